"""French, accents taken off as the folding does: "l'apres-midi", "mardi prochain", "15h30", "annuler"."""

from __future__ import annotations

from booka_core.conversation.understanding.languages.table import Language, Part

_WORDS = (
    *("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
    *("quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt"),
)
_NUMBERS = {word: value for value, word in enumerate(_WORDS, start=1)}
_NUMBERS |= {word.replace("-", " "): value for word, value in _NUMBERS.items() if "-" in word}
_NUMBERS |= {"une": 1, "trente": 30, "quarante": 40, "cinquante": 50}
_NUMBERS |= {
    f"{ten}{gap}{unit}": base + n
    for ten, base in (("vingt", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50))
    for n, unit in enumerate(("et un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"), start=1)
    for gap in " -"
}

_RDV = r"(?:rendez[- ]?vous|rdv|reservations?|seances?|tables?)"
_MON = r"(?:mon|ma|mes|le|la|l'|ce|cette|notre|un|une|tous mes)"

FRENCH = Language(
    code="fr",
    numbers=_NUMBERS,
    quantities={"quelques": 3},
    ordinals={"premier": 1},
    ordinal_suffix=r"(?:er|eme|e)",
    ordinal_suffix_required=False,
    weekdays={"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6},
    months={"janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "sep": 9, "oct": 10, "nov": 11}
    | {"dec": 12, "aout": 8},
    days=(
        (r"apres[- ]?demain|le surlendemain", 2),
        (r"demain|dem1|2main|le lendemain", 1),
        (r"aujourd ?.? ?hui|aujourdhui|ajd|auj|ce jour|ce soir", 0),
        (r"hier", -1),
    ),
    parts=(
        Part("morning", 8, 12, r"matinees?|matins?|mat"),
        Part("lunchtime", 12, 14, r"(?:l ?.?heure du |le )?dejeuner|pause de midi"),
        Part("afternoon", 12, 18, r"apres[- ]?midis?|aprem|apm|apres m"),
        Part("evening", 18, 22, r"soirees?|soirs?"),
        Part("night", 20, 24, r"nuits?"),
    ),
    part_before=r"(?:(?:du|de|dans|en|pendant|le|au|ce|cet|cette|l.?|d) ?(?:la |le |l.?|debut de |fin de )?)?",
    same_day_parts=r"ce|cet|cette",
    am=r"a\.?m\b\.?",
    pm=r"p\.?m\b\.?",
    clock=(
        (r"midi et demie?", "12:30"),
        (r"midi et quart", "12:15"),
        (r"midi moins (?:le )?quart", "11:45"),
        (r"{h} ?(?:heures?|h) et demie?", "+30"),
        (r"{h} ?(?:heures?|h) et quart", "+15"),
        (r"{h} ?(?:heures?|h) moins (?:le )?quart", "-15"),
        (r"{h} ?(?:heures?|h) moins {m}", "-m"),
        (r"{h} ?(?:heures?|h) ?{m}(?: ?min(?:utes?)?)?(?![:\d])", "+m"),
        (r"(?<!apres )(?<!apres-)(?<!\w)midi", "12:00"),
        (r"minuit", "00:00"),
    ),
    at=r"a|vers|avant|apres|pour|jusqu.?a|des|a partir de|environ|plutot|et",
    oclock=r"heures?(?!\w)|h(?![a-z])",
    weekday_templates=(
        (r"{wd} en huit", "week_after"),
        (r"{wd} en (?:quinze|15)", "fortnight_after"),
        (r"{wd},? (?:de )?la semaine (?:prochaine|suivante|qui vient|d.apres)", "next"),
        (r"(?:la )?semaine prochaine,? (?:le )?{wd}", "next"),
        (r"{wd},? (?:de )?cette semaine", "this"),
        (r"(?:le )?{wd} (?:prochain|qui vient|suivant)", "coming"),
        (r"prochain {wd}", "coming"),
        (r"ce {wd}", "this"),
        (r"(?:le )?{wd}", "coming"),
    ),
    date_templates=(
        r"(?:{wd}[, ]+)?(?:le |du )?{d} ?(?:de )?{month}(?:[, ]+{y})?",
        r"{month} {d}(?![:\dh])(?:[, ]+{y})?",
    ),
    monthday_templates=(
        (r"(?:{wd}[, ]+)?(?:le )?{d} (?:de ce|du) mois(?:-ci)?", "this_month"),
        (r"(?:{wd}[, ]+)?(?:le )?{d} du mois prochain", "next_month"),
        (r"{wd}[, ]+(?:le )?{d}(?! ?h|[:.\d])", "next_such"),
        (r"(?:le|du) {d}(?! ?h|[:./\d-])", "next_such"),
    ),
    in_templates=(r"(?:dans|d.?ici|sous) (?:environ )?{n} ?{unit}", r"{n} ?{unit} plus tard"),
    units={
        r"une demi[- ]heure|demi[- ]heure": "half_hour",
        r"minutes?|mins?|mn": "minute",
        r"heures?|h": "hour",
        r"jours?": "day",
        r"semaines?": "week",
        r"quinzaines?": "fortnight",
        r"mois": "month",
    },
    spans=(
        (r"(?:ce |le )?week[- ]?end prochain|le prochain week[- ]?end", "next_weekend"),
        (r"(?:ce |le |en |du )?week[- ]?end", "weekend"),
        (r"(?:la )?semaine (?:prochaine|suivante|qui vient)", "next_week"),
        (r"(?:la |cette )semaine(?: en cours)?", "this_week"),
        (r"(?:le )?mois prochain", "next_month"),
        (r"ce mois(?:[- ]ci)?", "this_month"),
    ),
    now=r"maintenant|tout de suite|immediatement",
    before=r"avant|jusqu.?a|d.?ici|au plus tard|plus tot que",
    after=r"apres|a partir de|plus tard que|pas avant|des|depuis",
    around=r"vers|environ|aux alentours de|autour de|a peu pres",
    until=r"jusqu.?au?|au",
    starting=r"du|des le|a partir du|de|entre",
    between=(r"entre|de|du", r"et|a|au|jusqu.?a|-"),
    first=r"(?:le |la )?(?:premiere?|prochaine?) (?:creneau|disponibilite|heure|horaire|place)(?: disponible| libre)?|au plus (?:tot|vite)|le plus (?:tot|vite) possible|des que possible",
    last=r"(?:le |la )?(?:derniere?) (?:creneau|disponibilite|heure|horaire|place)(?: disponible| libre)?|le plus tard possible",
    acts=(
        (
            "human",
            r"(?:parler|discuter|echanger) (?:a|avec) (?:un |une |quelqu.?un|le |la |votre )?(?:vraie? |autre )?(?:personne|humain|conseill\w+|responsable|gerante?|patron\w*|equipe|employe\w*)?|une vraie personne|un humain|un conseiller|(?:me )?rappele[rz]|service client|reclamation",
        ),
        (
            "cancel",
            rf"(?:annul|supprim|decommand)(?:e|er|ez|ation)(?: {_MON})?(?: (?:prochain|prochaine))?(?: ?{_RDV})?",
        ),
        ("cancel", r"je ne (?:pourrai|peux|viendrai)(?: pas| plus)(?: (?:venir|etre la))?"),
        (
            "reschedule",
            rf"(?:deplac|decal|report|modifi|chang|repouss|avanc)(?:e|er|ez|ons)(?: {_MON}) ?(?:[a-z ]{{0,20}}?)?{_RDV}",
        ),
        ("reschedule", r"\b(?:reporter|decaler|deplacer|reprogrammer)\b"),
        (
            "view",
            rf"(?:quand|quels?|quelles?|ou|voir|montre\w*|affich\w+|consulter|verifier|rappele\w*|liste)(?: (?:est|sont|me|moi|de|heure|date|jour|a))* (?:mon|ma|mes|nos) ?(?:prochaine?s? )?{_RDV}",
        ),
        (
            "view",
            rf"(?:est[- ]ce que )?j.?ai (?:un|une|des|deja un) {_RDV}|ai[- ]je (?:un|une|des) {_RDV}|^(?:mon|mes) (?:prochain )?{_RDV}$",
        ),
        ("ask_price", r"combien|prix|tarifs?|couts?|coute\w*|cher\b"),
        ("ask_place", r"ou (?:etes|est|se trouve|vous trouvez)|adresse|localisation|itineraire|comment venir|parking"),
        (
            "ask_hours",
            r"(?:horaires?|heures?) d.?ouverture|(?:etes|est)[- ](?:vous|ce) ouvert\w*|vous (?:ouvrez|fermez)|a quelle heure (?:ouvrez|fermez|vous)|vos horaires",
        ),
        (
            "ask_services",
            r"(?:quels?|quelles?) (?:sont (?:vos|les) )?(?:services?|prestations?|soins?)|vos (?:services|prestations|soins)|que (?:proposez|faites)[- ]vous|la carte|le menu des",
        ),
        (
            "ask_staff",
            r"(?:qui|quel(?:le)?s?) (?:coiff\w+|travaill\w+|est (?:la|disponible|libre)|styliste\w*|specialiste\w*)|votre equipe",
        ),
        (
            "alternatives",
            r"autres? (?:heures?|horaires?|jours?|dates?|creneaux?|options?|choix|moments?)|autre chose|plus (?:tot|tard)(?! que| possible)|un autre",
        ),
        (
            "ask_availability",
            r"disponib\w+|(?:quels?|des|les|un|vos) (?:creneaux?|horaires?|places?)|de libre|avez[- ]vous (?:de la place|une place|quelque chose)|quand (?:puis|pouvez|est[- ]ce que)|y a[- ]t[- ]il|(?:est|etes)[- ](?:elle|il|vous) libre",
        ),
        (
            "book",
            rf"(?:prend(?:re|s)|reserv(?:er|e|ez)|fixer|avoir|obtenir|besoin|veux|voudrais|souhaite\w*|aimerais)(?: (?:d|de|prendre|avoir|un|une|le|la))* ?.?{_RDV}",
        ),
        ("book", r"\b(?:reserver|reservation|rendez[- ]?vous|rdv|prendre un)\b"),
        (
            "book",
            r"\b(?:je (?:voudrais|veux|souhaite(?:rais)?|aimerais|desire)|j.?(?:aimerais|ai besoin)|il me faut(?:drait)?|est[- ]ce (?:que je peux|possible)|puis[- ]je|je peux)\b",
        ),
        ("help", r"\baide[rz]?\b|comment (?:ca marche|faire|reserver)|\bmenu\b|recommencer"),
        (
            "any",
            r"(?:n.?importe (?:qui|quand|lequel|laquelle|quelle? \w+|quel \w+)|peu importe|(?:ca |cela )?m.?est egal|pas de preference|aucune preference|sans preference|comme vous voulez|celui que vous voulez)",
        ),
        (
            "correct",
            r"\b(?:en fait|plutot|finalement|je voulais dire|non pas|au lieu|a la place|correction|attendez|attends|pardon|changer pour|et (?:si|pour)|mettez|mets)\b",
        ),
        ("thanks", r"\bmerci\b"),
        (
            "bye",
            r"\b(?:au revoir|a bientot|a plus|a tout a l.?heure|bonne (?:journee|soiree|nuit)|c.?est tout|bye|ciao|a demain)\b",
        ),
        ("greet", r"^(?:bonjour|bonsoir|salut|coucou|hello|bjr|slt|hey)\b"),
    ),
    whole=(
        (
            "confirm",
            r"(?:o|oui+|ouais?|ouep|wi|ok(?:ay)?|d.?accord|dac|bien sur|certainement|absolument|exact(?:ement)?|tout a fait|parfait|(?:tres |c.?est )?(?:bien|bon|correct|parfait|exact|ca|d.?accord|ok|tout bon|note)|super|genial|impeccable|nickel|volontiers|je confirme|confirme[rz]?|valide[rz]?|allez[- ]y|vas[- ]y|va pour (?:ca|cela)|ca (?:marche|me va|me convient|roule)|cela (?:me convient|me va)|je (?:prends|le prends|la prends|veux bien)|👍|👌|✅|entendu|oui oui)",
        ),
        (
            "deny",
            r"(?:n|non+|nan|nope|pas (?:celui[- ]la|ca|vraiment|du tout|celle[- ]la|encore|d.?accord|bon)|ce n.?est pas (?:ca|bon|correct|exact)|c.?est (?:faux|pas ca|pas bon)|ca ne (?:marche|va|me va|convient) pas|ca va pas|incorrect|faux|👎|❌)",
        ),
        (
            "stop",
            r"(?:stop|arret\w*|quitter|laisse[rz]? tomber|oublie[rz]?|tant pis|plus tard|pas maintenant|une autre fois|je (?:vais )?reflechi\w*|annule[rz]? (?:ca|tout))",
        ),
        ("human", r"(?:une? )?(?:personne|humain|conseill\w+|collegue)|quelqu.?un"),
        ("cancel", r"c"),
        ("reschedule", r"m"),
        ("thanks", r"(?:merci)(?: (?:beaucoup|bien|infiniment|a vous|mille fois))?"),
        ("help", r"(?:aide|menu|info|infos|options|\?+)"),
        (
            "greet",
            r"(?:bonjour|bonsoir|salut|coucou|hello|bjr|slt|hey)(?: (?:a tous|a vous|madame|monsieur|l.?equipe))*",
        ),
        (
            "any",
            r"(?:n.?importe(?: (?:qui|quand|lequel|laquelle))?|peu importe|(?:ca )?m.?est egal|sans preference|pas de preference|aucune preference|les deux)",
        ),
    ),
    politeness=r"(?:s.?il (?:vous|te) plait|svp|stp|merci(?: beaucoup| bien)?|madame|monsieur|alors|donc|euh+|bon|eh bien|bonjour|bonsoir|salut|😊|🙂|🙏)",
    weak_yes=r"ok(?:ay)?|bien|bon|d.?accord|dac|super|parfait|genial|nickel|entendu",
    hesitation=r"\b(?:peut[- ]etre|pas sur|mais|attend\w*|si possible|sauf|je (?:vais )?(?:reflechi\w*|verifi\w*)|plus tard|pas|non|plutot|un instant|avant de)\b",
    nearly=(
        "demain",
        "aujourd'hui",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "janvier",
        "fevrier",
        "juillet",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "matin",
        "reserver",
        "annuler",
        "reporter",
        "deplacer",
        "rendez-vous",
        "prochain",
        "prochaine",
        "semaine",
        "heures",
        "confirmer",
        "merci",
        "disponible",
        "personne",
    ),
    never_corrected=(
        "mardis",
        "lundis",
        "matins",
        "soiree",
        "heure",
        "personnes",
        "semaines",
        "prochains",
        "disponibles",
    ),
    exclude=r"(?:pas|sauf|sans|autre que|plutot que|au lieu de|excepte)(?: (?:avec|chez|le|la|de))*",
    with_person=r"(?:avec|chez|par)",
    anyone=r"(?:(?:la |le )?premiere? (?:personne |styliste )?(?:libre|disponible)|qui vous voulez|n.?importe qui|n.?importe (?:quel|quelle) (?:coiff\w+|styliste|personne)|peu importe (?:qui|la personne)|sans preference|pas de preference|aucune preference|qui est (?:libre|disponible))",
    party=(
        r"(?:pour|on sera|nous serons|nous sommes|on est|table de|groupe de) {n}(?: personnes?| pers| couverts?)?(?! ?(?:h|heures?|[:.]\d|janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec|jours?|minutes?))\b",
        r"{n} (?:personnes?|pers|couverts?|adultes?|invites)",
    ),
    party_alone=r"(?:juste moi|moi seule?|seule?|pour moi)",
    name=(
        r"(?:mon nom est|mon nom c.?est|mon prenom est|je m.?appelle|je me nomme|c.?est au nom de|au nom de|moi c.?est|nom ?:) (?P<name>{words})",
        r"(?:je suis) (?P<name>{words})",
    ),
    not_a_name=r"(?:un|une|le|la|les|mon|ma|pas|oui|non|bien|desole\w*|libre|disponible|interesse\w*|en|a|au|pour|avec|de|du|la|tres|aussi|deja|ici|pret\w*|nouveau|nouvelle|bonjour|merci|ok|client\w*|d'accord)",
    ask_for=(
        r"(?:faites|proposez|avez)[- ]vous (?:des |du |de la |un |une |les )?(?P<thing>[a-z][a-z' -]{2,40})",
        r"(?:voudrais|veux|souhaite|aimerais|reserver|prendre|besoin d.?)(?: (?:reserver|prendre|faire|avoir))? ?(?:un|une|des|de) (?P<thing>[a-z][a-z' -]{2,40})",
    ),
    filler=r"(?:un|une|le|la|les|l|d|des|du|de|mon|ma|mes|pour|avec|chez|et|en|a|au|je|j|vous|voudrais|veux|souhaite|aimerais|prendre|rendez-vous|rendez|rdv|reserver|reservation|svp|merci|faire|avoir|besoin|creneau|heure|jour|s|il|te|plait)",
    list_words={
        r"(?:le |la )?(?:premiere?|1ere?|1er)(?: (?:option|choix|creneau|svp))*": 1,
        r"(?:le |la )?(?:deuxieme|seconde?|2e(?:me)?)(?: (?:option|choix|creneau|svp))*": 2,
        r"(?:le |la )?(?:troisieme|3e(?:me)?)(?: (?:option|choix|creneau|svp))*": 3,
        r"(?:le |la )?(?:quatrieme|4e(?:me)?)(?: (?:option|choix|creneau|svp))*": 4,
        r"(?:le |la )?derniere?(?: (?:option|choix|creneau|svp))*": -1,
    },
)
