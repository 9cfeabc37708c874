"""The shape of one language's data. Everything that is said differently in another language stands in one
`Language` value: numbers, days, parts of the day, and phrases for what a customer may want. The code that reads
them is the same for all, so a further language is a further table and no further code.

Patterns are fragments of regular expressions over folded text (lower case, accents taken off). In templates, `{d}`
is a day of the month, `{n}` and `{m}` a small number, `{h}` an hour, `{wd}` a weekday, `{month}` a month, `{y}` a
year, `{unit}` a unit of time and `{ord}` an ordinal such as "3rd".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Act = Literal[
    "book",
    "cancel",
    "reschedule",
    "view",
    "help",
    "human",
    "greet",
    "thanks",
    "bye",
    "confirm",
    "deny",
    "choose",
    "ask_availability",
    "alternatives",
    "ask_price",
    "ask_place",
    "ask_hours",
    "ask_services",
    "ask_staff",
    "any",
    "correct",
    "stop",
    "provide",
]

WeekdayRule = Literal["coming", "this", "next", "week_after", "fortnight_after", "after_next"]
MonthDayRule = Literal["next_such", "this_month", "next_month"]
SpanRule = Literal["weekend", "next_weekend", "this_week", "next_week", "this_month", "next_month"]


@dataclass(frozen=True)
class Part:
    """A part of the day. `pattern` matches the bare word, `start` and `end` are hours of the local day."""

    name: str
    start: int
    end: int
    pattern: str


@dataclass(frozen=True, eq=False)
class Language:
    """One language; see the module's own words for the placeholders in templates."""

    code: str
    numbers: dict[str, int]
    quantities: dict[str, int]
    """Words that count units of time only ("a couple of" days)."""
    ordinals: dict[str, int]
    ordinal_suffix: str
    ordinal_suffix_required: bool
    weekdays: dict[str, int]
    """Short and colloquial names; the full names come from CLDR."""
    months: dict[str, int]
    days: tuple[tuple[str, int], ...]
    """Words for a day relative to today, the longest first."""
    parts: tuple[Part, ...]
    part_before: str
    """What may stand between a time and the part of the day after it ("in the")."""
    same_day_parts: str
    """What makes a part of the day mean today ("this", "later this")."""
    am: str
    pm: str
    clock: tuple[tuple[str, str], ...]
    """Templates of clock times with their rule: "+30" adds to the hour, "-m" takes the minutes away, "12:00" is fixed."""
    at: str
    """Words that make a bare number after them a time."""
    oclock: str
    weekday_templates: tuple[tuple[str, WeekdayRule], ...]
    date_templates: tuple[str, ...]
    monthday_templates: tuple[tuple[str, MonthDayRule], ...]
    in_templates: tuple[str, ...]
    units: dict[str, str]
    spans: tuple[tuple[str, SpanRule], ...]
    now: str
    before: str
    after: str
    around: str
    until: str
    starting: str
    between: tuple[str, str]
    """The words around two ends: ("between|from", "and|to")."""
    first: str
    last: str
    acts: tuple[tuple[Act, str], ...]
    whole: tuple[tuple[Act, str], ...]
    """Acts said by a message that holds nothing else, once politeness is taken off it."""
    politeness: str
    weak_yes: str
    """Words that mean yes when they stand alone, and nothing much at the head of a longer message ("ok")."""
    hesitation: str
    """Words that take the force out of a yes ("maybe", "not sure")."""
    nearly: tuple[str, ...]
    """Key words worth recognising when they are misspelt."""
    never_corrected: tuple[str, ...]
    """Ordinary words that look like misspelt key words."""
    exclude: str
    """What stands before a person or service that is not wanted ("not with")."""
    with_person: str
    anyone: str
    party: tuple[str, ...]
    party_alone: str
    name: tuple[str, ...]
    not_a_name: str
    ask_for: tuple[str, ...]
    """What stands before something the business may not offer ("do you do {x}")."""
    filler: str
    """Words that carry no meaning of their own when a name or service is looked for."""
    list_words: dict[str, int]
    """Ways of choosing from a numbered list besides the digit ("the first one")."""
