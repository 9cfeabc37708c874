"""What an English-speaking customer may want: phrases that name an act anywhere in a message, and short answers
that count only where a message begins with them.
"""

from __future__ import annotations

from booka_core.conversation.understanding.languages.table import Act

_BOOKED = r"(?:appointments?|appt|apt|bookings?|reservations?|visits?|sessions?|slots?|tables?)"
_MINE = r"(?:my|the|our|that|this|it|an?|all)"
_SOFT = r"(?:please|pls|plz|just|now|instead|kindly|also)"
_VERY = r"(?:(?:all|very|so|quite|just|absolutely|pretty|really|perfectly|totally|completely|more than) )"
_FINE = r"(?:correct|right|good|great|fine|perfect|ok|okay|lovely|excellent|awesome|nice|wonderful|amazing|fantastic|accurate|ideal|cool)"

ACTS: tuple[tuple[Act, str], ...] = (
    (
        "human",
        (
            r"(?:speak|talk|chat|connect|transfer|put|pass)(?: me| us)?(?: directly| through)? (?:to|with|through to) (?:an? |the |your |some |one of your |another )?"
            r"(?:real |actual |live |human |customer )*(?:person|human|someone|somebody|agent|people|team|manager|owner|receptionist|staff|representative|rep|operator|assistant|service|support|boss)"
        ),
    ),
    (
        "human",
        r"(?:real|actual|live|human) (?:person|human|agent|being|people|operator)|(?:want|need|get|give) (?:me )?an? (?:human|agent|person|manager|operator)|call me(?: back)?|customer (?:service|care|support)|complaint|complain|not a (?:bot|robot)|are you (?:a )?(?:bot|robot)",
    ),
    (
        "cancel",
        rf"(?:cancel|cancle|cancell|canceled|call off|get rid of|drop|delete|remove|take (?:out|off)|withdraw|close|annul|scrap|void)(?:ing|l?ed|lation)?(?: {_SOFT})* (?:{_MINE} )?(?:[a-z0-9 ']{{0,30}}?)?{_BOOKED}",
    ),
    ("cancel", rf"{_BOOKED}[a-z ]{{0,20}}(?:isn'?t|is not|are ?n'?t|are not|no longer) (?:needed|required|necessary)"),
    ("cancel", r"\b(?:cancel|cancle|cancell|cancelling|canceling|cancellation)\b"),
    (
        "cancel",
        r"(?:can ?no ?t|can'?t|cannot|won'?t|will not|not able to|unable to)(?: be able to)? (?:make (?:it|my)|come(?: in)?(?! (?:before|after|until|at|on|then))|attend|be there)",
    ),
    (
        "cancel",
        rf"(?:don'?t|do not|no longer|won'?t|will not|not going to)(?: be)?(?: going to)? (?:need(?:ing)?|want(?:ing)?|requir(?:e|ing)|us(?:e|ing)|tak(?:e|ing)) (?:my|the|that|our) (?:[a-z0-9 ']{{0,30}}?)?{_BOOKED}",
    ),
    (
        "reschedule",
        rf"(?:re-?schedul|reschedual|re-?book|postpon|move|shift|push|bring|change|amend|modify|adjust|delay|switch|swap|edit)(?:e|es|ed|ing)?(?: (?:back|forward|up))?(?: {_SOFT})* (?:{_MINE} )(?:[a-z0-9 ']{{0,30}}?)?{_BOOKED}",
    ),
    ("reschedule", rf"(?:move|change|amend|modify|edit|switch|postpone|adjust|update) (?:{_SOFT} )?{_BOOKED}"),
    (
        "reschedule",
        r"\b(?:re-?schedul(?:e|es|ed|ing)|resched|reschedual|postpone|push (?:it )?back|move (?:it|that|this)|different (?:day|time) for my)\b",
    ),
    ("reschedule", r"(?:move|shift|postpone|push|bring) (?:my|our) [a-z]+"),
    (
        "view",
        rf"(?:what|when|which|where|show|see|view|check|list|look up|confirm|see|find|tell|details|display|pull up|know)(?:'s| is| are| me| if| about| up| of| out| on)*(?: (?:the (?:date|time|details|status)|time|day|date)(?: and (?:time|date))?(?: of| for| is| are)?)? (?:my|our) (?:[a-z0-9 ']{{0,30}}?)?{_BOOKED}",
    ),
    (
        "view",
        rf"(?:do|did|have) (?:i|we) (?:have|make|made|book|got|get|already have)(?: got)? (?:an?|any|my|some|a table)(?: [a-z]+){{0,2}} ?{_BOOKED}?",
    ),
    (
        "view",
        rf"(?:what|when|which)(?: {_BOOKED})? (?:do|have|am|did|are|did) (?:i|we) (?:have|got|get|booked|book|made|make|coming)|my (?:upcoming |next |current |existing )?{_BOOKED}(?: list| details| status)?$|(?:when|what time) am i (?:booked|coming|due|in)",
    ),
    (
        "ask_price",
        r"how much|price|prices|pricing|cost|costs|charge|charges|fee|fees|rates?\b|expensive|what do you charge",
    ),
    (
        "ask_place",
        r"where (?:are|r) (?:you|u)|where is (?:it|the|your)|(?:what(?:'s| is)|your|the|share|send) (?:the |your |me |us )*(?:address|location)|address|located|directions?|how do i get (?:there|to you)|parking",
    ),
    (
        "ask_hours",
        r"(?:what|when)(?:'s| is| are| time)? ?(?:are |is |do )?(?:you|u|your|the)? ?(?:guys )?(?:open|close|closing|opening)(?:ing)?(?: hours| times?)?|opening (?:hours|times)|business hours|working hours|(?:are|r) (?:you|u) open|what time do (?:you|u) (?:open|close)|hours of operation|your hours",
    ),
    (
        "ask_services",
        r"(?:what|which)(?: all)? (?:services?|treatments?|styles?)|(?:what|which) (?:do|can) (?:you|u) (?:offer|do|have|provide)|what(?:'s| is) on offer|(?:your|the|see|show me|list|send me)(?: a| the| your)? (?:services?|menu|price ?list|treatments)\b|list of services|services you offer",
    ),
    (
        "ask_staff",
        r"(?:who|which|what) (?:is|are|works?|does|do|stylists?|staff|barbers?|therapists?|doctors?|specialists?)(?: (?:available|there|working|do you have|you have|your|the|stylists?|staff|team|barbers?|therapists?|doctors?))+|who (?:can|could|will) (?:do|see|cut|style)|who(?:'s| is) (?:free|available|in|working)|your (?:team|stylists|staff|barbers)",
    ),
    (
        "alternatives",
        r"(?:any(?:thing)?|something|some|got) (?:else|other|different|earlier|later|sooner)(?: (?:times?|slots?|options?|days?|dates?|available|free))?|(?:other|another|different|more|alternative) (?:times?|slots?|options?|days?|dates?|one)|what else|none of (?:these|those|them)|alternatives?",
    ),
    (
        "ask_availability",
        r"(?:what|which|when|any|anything|is there|are there|do you have|have you got|got|r there|you have|whats|show)(?:[a-z' ]{0,25})? (?:times?|slots?|openings?|spaces?|availability|available|free|space|open)(?! hours)\b|availability|when (?:can|could) (?:i|you|we)|(?:are|r) (?:you|u) (?:free|available)|is (?:she|he|anyone|[a-z]+) (?:free|available|in)\b|can you (?:fit|squeeze) me",
    ),
    (
        "book",
        rf"(?:book|bok|make|schedule|reserve|set up|setup|get|arrange|need|want|have|like|take|fix|find)(?:ing)?(?: {_SOFT})*(?: (?:me|us|my|in|to|for))*(?: (?:an?|another|the|one|some|new|two|1|2))*(?: [a-z']+){{0,3}}? {_BOOKED}\b",
    ),
    ("book", r"\b(?:book|booking|bok|boook|reserve|reserving|schedule|appointment|appt|set (?:me )?up)\b"),
    (
        "book",
        r"(?:i(?:'d| would|'ll|d)? ?(?:like|love|want|wanna|need|prefer|wish)|i want|i need|i wanna|can i (?:get|have|come)|could i (?:get|have|come)|may i (?:get|have|come|see|visit|book)|looking (?:for (?:an?|some)|to)|fit me in|squeeze me in|interested in|get my|do my|have my|need my|want my|lemme get|let me get|i(?:'ll| will) have|sign me up)\b",
    ),
    (
        "help",
        r"(?:need|want|get|require) (?:some |your )?help$|how does (?:this|it) work|what can (?:you|u) do|how do i (?:use|book|do this)|instructions|main menu|\bmenu\b|options\b|start over|start again|restart|begin again",
    ),
    (
        "any",
        r"(?:anything|anyone|anybody|either(?: one)?|whichever|whatever|whoever|whenever|any (?:stylist|person|one|body|staff|time|day|slot|of them|barber|therapist|doctor|is fine|works|will do)|no preference|(?:do|does|did|have|has|'ve)?(?:n'?t| not| no)(?: [a-z]+){0,2} (?:mind|matter|care|bother(?:ed)?|preference|idea|clue|know|fuss(?:ed|y)?|picky)|no (?:idea|clue)|not (?:fussy|picky|bothered)|up to you|you (?:choose|decide|pick)|surprise me|flexible|open to any(?:thing)?|(?:is|are) (?:all )?fine with me|first available)",
    ),
    (
        "correct",
        r"\b(?:actually|instead|i meant|i mean|rather|sorry,? (?:i|make|not)|correction|change (?:it |that |the )?(?:to|time|day|date|service|stylist|that|my mind)|make (?:it|that)|wait|on second thou?ghts?|changed my mind|not .{1,20} but|switch to|how about|what about|could (?:it|we)|can (?:it|we) (?:be|do|make)|let'?s (?:do|make|try)|prefer)\b",
    ),
    (
        "thanks",
        r"\b(?:thanks?|thank (?:you|u)|thx|tnx|ty|tysm|cheers|much appreciated|appreciate (?:it|that|your)|grateful|god bless)\b",
    ),
    (
        "bye",
        r"\b(?:bye|goodbye|good bye|see (?:you|ya|u)|later then|have a (?:good|nice|great|lovely|wonderful) (?:day|one|evening|night|weekend|time)|good night|take care|that(?:'s| is|'ll be| will be| would be)? all|nothing else|i'?m (?:all )?(?:good|set|done)|ttyl)\b",
    ),
    (
        "greet",
        r"^(?:hi+|hey+|hello+|helo|hallo|hiya|yo|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|howdy|sup|what'?s up|how are you|how far|g'?day|hy)\b",
    ),
)

WHOLE: tuple[tuple[Act, str], ...] = (
    (
        "confirm",
        (
            r"(?:y|ye|yes+|yea+h*|yep|yup|yess*ir|yas+|yah|ya|ok(?:ay)?|okey|okie|k|kk|oki|sure(?: thing)?|of course|certainly|absolutely|definitely|correct|right|exactly|indeed|confirm(?:ed|ing)?|i confirm|agreed?|affirmative|"
            r"go ahead|go on|do it|do that|go for it|book (?:it|that|this|me|me in)|perfect|great|good|fine|cool|awesome|excellent|wonderful|lovely|alright|all right|aight|alrighty|"
            rf"(?:that|it|this|all(?: of (?:it|that))?|everything|the details?)(?:'s| is| are|s| looks?| sounds?| seems?| would be| will be| all)* ?{_VERY}*{_FINE}(?: (?:for|to|with|by) me)?|"
            r"(?:that|it|this|which)(?:'ll|'d| will| would| should| could)? (?:works?|do|suits?)(?: (?:me|for me|well|great|perfectly|fine|just fine))*|"
            rf"(?:looks?|sounds?|seems?) {_VERY}*{_FINE}|{_VERY}+{_FINE}|works(?: (?:for me|well|great|perfectly))?|"
            r"yes i (?:do|am|want|would)|i do|i would|i want (?:it|that|this)|i(?:'d| would) (?:like|love) (?:that|it)|i like (?:it|that)|i(?:'ll| will) take (?:it|that|this(?: one)?)|that one|deal|let'?s (?:do|go|book) ?(?:it|that|this|for it|ahead)?|sounds like a plan|please do|no problem|proceed|continue|make (?:the|that|my|this) (?:booking|reservation|appointment)|lock it in|accept(?:ed)?|approved?|👍|👌|✅|🙏)"
        ),
    ),
    (
        "deny",
        (
            r"(?:n|no+|nope|nah+|na|naw|not? (?:really|quite|this|that|that one|this one|today|now|thanks|thank you|yet|correct|right|at all|anymore|any more|any longer|for me|ok|okay|good)|no way|never ?mind|nvm|forget (?:it|about it|that)|wrong|incorrect|"
            r"(?:that(?:'s| is)?|it(?:'s| is)?|this(?: is)?) (?:not|wrong|incorrect|isn'?t)(?: (?:right|correct|it|what i (?:want|wanted|said|asked|meant)|good|ok|for me|going to work))?|that does(?:n'?t| not) work(?: for me)?|does(?:n'?t| not) work|don'?t (?:book(?: it| that)?|do it|do that|want it|want that)|do not (?:book(?: it| that)?|do it|do that|want it)|i don'?t (?:want|think so|need)(?: (?:it|that|this|to))*|not interested|negative|👎|❌)"
        ),
    ),
    (
        "stop",
        r"(?:stop|quit|exit|end|abort|unsubscribe|leave me alone|never ?mind|nvm|forget (?:it|about it)|not interested|no longer interested|maybe later|later|another time|not now|i'?ll (?:think about it|come back|do it later|get back to you|let you know)|changed my mind|cancel (?:that|this|it))",
    ),
    (
        "thanks",
        r"(?:thanks?|thank (?:you|u)|thx|ty|cheers)(?: (?:so|very) much| a lot| a bunch| again| in advance)?",
    ),
    ("human", r"(?:an? |the )?(?:person|human|agent|someone|somebody|operator|manager|representative|colleague)"),
    ("cancel", r"c"),
    ("reschedule", r"m"),
    ("help", r"(?:help(?: me)?(?: out)?|menu|info|information|options|start|\?+)"),
    (
        "greet",
        r"(?:hi+|hey+|hello+|hiya|yo|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|howdy|how are you(?: doing)?)(?: (?:there|all|guys|team|everyone|booka|sir|ma|madam|dear|again))*",
    ),
    (
        "any",
        r"(?:any|anyone|anybody|anything|either|any one|any time|anytime|any day|whenever|whatever|whoever|whichever|no preference|you choose|all)(?: (?:is|are|works?|will do|fine|ok|okay|good|really|for me|of them))*",
    ),
)
