"""A language's table made ready for reading: templates compiled to patterns once per locale, with the names of days
and months from CLDR and the order of day and month as the locale writes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from booka_core.conversation.understanding.languages import Language, language_of
from booka_core.conversation.understanding.languages.table import MonthDayRule, SpanRule, WeekdayRule
from booka_core.conversation.understanding.text import fold

Pattern = re.Pattern[str]


def words_of(table: dict[str, int]) -> str:
    """An alternation of the table's keys, the longest first."""
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))


@dataclass(frozen=True)
class Grammar:
    """The compiled patterns of one locale, and the values of the words in them."""

    language: Language
    weekdays: dict[str, int]
    months: dict[str, int]
    day_first: bool
    twenty_four: bool
    days: tuple[tuple[Pattern, int], ...]
    by_date: tuple[Pattern, ...]
    by_monthday: tuple[tuple[Pattern, MonthDayRule], ...]
    by_weekday: tuple[tuple[Pattern, WeekdayRule], ...]
    by_distance: tuple[Pattern, ...]
    units: tuple[tuple[Pattern, str], ...]
    day_ranges: tuple[Pattern, ...]
    spans: tuple[tuple[Pattern, SpanRule], ...]
    nth_weekday: Pattern
    clock: tuple[tuple[Pattern, str], ...]
    colon: Pattern
    spaced: Pattern
    spoken: Pattern
    oclock: Pattern
    part_then_hour: Pattern
    hour_then_part: Pattern
    after_at: Pattern
    military: Pattern
    hour_range: Pattern
    meridiem_after: Pattern
    part_before: Pattern
    parts: tuple[tuple[Pattern, int], ...]
    joiner: Pattern
    modifiers: tuple[tuple[Pattern, str], ...]

    def number(self, word: str) -> int:
        """The value of a number in digits or words; ordinals and quantities too."""
        digits = re.match(r"\d+", word)
        if digits:
            return int(digits.group())
        table = self.language
        key = word.strip()
        return table.numbers.get(key) or table.ordinals.get(key) or table.quantities.get(key) or 1


def _names(locale: Locale, language: Language) -> tuple[dict[str, int], dict[str, int]]:
    weekdays, months = dict(language.weekdays), dict(language.months)
    for number, name in locale.days["format"]["wide"].items():
        weekdays[fold(str(name))] = weekdays[fold(str(name)) + "s"] = int(number)
    for number, name in locale.months["format"]["wide"].items():
        months[fold(str(name))] = int(number)
    return weekdays, months


def _cldr(locale_name: str, language: Language) -> Locale:
    try:
        locale = Locale.parse(locale_name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.code)
    return locale if locale.language == language.code else Locale.parse(language.code)


@lru_cache(maxsize=64)
def grammar(locale_name: str) -> Grammar:
    """The grammar of a locale; an unknown locale reads as English."""
    language = language_of(locale_name)
    locale = _cldr(locale_name, language)
    weekdays, months = _names(locale, language)
    short = str(locale.date_formats["short"].pattern)
    hours = {word: n for word, n in language.numbers.items() if n <= (12 if language.code == "en" else 24)}
    minutes = {word: n for word, n in language.numbers.items() if n < 60}
    suffix, need = language.ordinal_suffix, "" if language.ordinal_suffix_required else "?"
    holes = {
        "h": rf"(?P<h>(?:[01]?\d|2[0-9])(?!\d|[:.]\d)|(?:{words_of(hours)})\b)",
        "m": rf"(?P<m>[0-5]?\d(?!\d)|(?:{words_of(minutes)})\b)",
        "d": rf"(?P<d>\d{{1,2}}(?!\d)(?: ?{suffix}\b)?|(?:{words_of(language.ordinals)})\b)",
        "ord": rf"(?P<ord>\d{{1,2}} ?{suffix}{need}\b|(?:{words_of(language.ordinals)})\b)",
        "ordnum": rf"(?P<ord>\d{{1,2}} ?{suffix}{need}\b)",
        "ordword": rf"(?P<ord>(?:{words_of({w: n for w, n in language.ordinals.items() if n > 3})})\b)",
        "d2": rf"(?P<d2>\d{{1,2}}(?!\d)(?: ?{suffix}\b)?)",
        "wd": rf"(?P<wd>(?:{words_of(weekdays)})\b\.?)",
        "month": rf"(?P<month>(?:{words_of(months)})\b\.?)",
        "y": r"(?P<y>20\d\d)\b",
        "n": rf"(?P<n>\d{{1,3}}|(?:{words_of(language.numbers | language.quantities)})\b)",
        "unit": rf"(?P<unit>(?:{'|'.join(language.units)})\b)",
    }
    # A part of the day as the word alone, and the qualifiers that may follow a time.
    part_words = "|".join(f"(?:{part.pattern})" for part in language.parts)
    qualifier = rf"[ ,]*(?:(?P<am>(?:{language.am}))|(?P<pm>(?:{language.pm}))|{language.part_before}(?P<part>\b(?:{part_words})\b))"

    opener, join = language.between

    def compiled(template: str) -> Pattern:
        filled = re.sub(r"\{([a-z]\w*)\}", lambda hole: holes.get(hole.group(1), hole.group()), template)
        return re.compile(rf"(?<![\w:])(?:{filled})")

    digits = r"(?:[01]?\d|2[0-4])"
    return Grammar(
        language=language,
        weekdays=weekdays,
        months=months,
        day_first=short.find("d") < short.find("M"),
        twenty_four="a" not in str(locale.time_formats["short"].pattern),
        days=tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), offset) for words, offset in language.days),
        by_date=tuple(compiled(t) for t in language.date_templates),
        by_monthday=tuple((compiled(t), rule) for t, rule in language.monthday_templates),
        by_weekday=tuple((compiled(t), rule) for t, rule in language.weekday_templates),
        by_distance=tuple(
            compiled(t) for t in (*language.in_templates, rf"(?:in|dans) (?P<unit>{next(iter(language.units))})")
        ),
        day_ranges=tuple(
            compiled(shape)
            for shape in (
                rf"(?:(?:{opener}) )?(?:the |le )?{{d}} ?(?:{join}) ?(?:the |le )?{{d2}} ?(?:of |de )?{{month}}(?:[, ]+{{y}})?",
                rf"(?:(?:{opener}) )?{{month}} (?:the )?{{d}} ?(?:{join}) ?(?:the )?{{d2}}(?![:\d]| ?[ap]m)(?:[, ]+{{y}})?",
            )
        ),
        units=tuple((re.compile(words), unit) for words, unit in language.units.items()),
        spans=tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), rule) for words, rule in language.spans),
        nth_weekday=compiled(r"(?:the |le )?(?P<nth>{ord}|last|dernier) {wd} (?:of|in|de|du|en|d') ?{month}"),
        clock=tuple((compiled(t + r"(?:(?!\w)|(?=[ap]\.?m\b))"), rule) for t, rule in language.clock),
        colon=re.compile(
            r"(?<![\d:./])(?P<h>\d{1,2}) ?[:;h] ?(?P<m>\d{2})(?![\d:])(?::\d\d)?|(?<![\d:./])(?P<h2>\d{1,2})\.(?P<m2>\d{2})(?![\d.])"
        ),
        spaced=re.compile(rf"(?<![\d:./-])(?P<h>{digits}) (?P<m>[0-5]\d)(?![\d:])"),
        spoken=re.compile(
            rf"(?<!\w)(?P<h>{words_of(hours)}|{digits})[ -](?P<m>oh five|{words_of({w: n for w, n in minutes.items() if n >= 10})})(?!\w)"
        ),
        oclock=re.compile(rf"(?<![\d:./])(?<!\w)(?P<h>{digits}|{words_of(hours)}) ?(?:{language.oclock})(?!\w)"),
        part_then_hour=re.compile(
            rf"(?<!\w)(?P<part>{part_words})(?: (?:{language.at}))?[ ,]+(?P<h>{digits}(?!\d|[:.]\d)|(?:{words_of(hours)})\b)(?! ?(?:people|of us|persons|personnes))"
        ),
        hour_then_part=re.compile(
            rf"(?<![\d:./])(?<!\w)(?P<h>\d{{1,2}}(?![\d:.])|\d{{1,2}}(?=\.? ?[ap]\.?m)|(?:{words_of(hours)})\b)(?={qualifier}(?!\w))"
        ),
        after_at=re.compile(
            rf"(?<!\w)(?P<at>{language.at}) (?:the |about |around |like |say )?(?P<h>{digits}(?!\d|[:./]\d|%)|(?:{words_of(hours)})\b)(?:-?ish)?(?! ?(?:minutes?|mins?|hours?|days?|weeks?|months?|people|persons?|guests?|adults?|kids?|children|pax|of us|of them|st\b|nd\b|rd\b|th\b|rooms?|nights?|friends|jours?|semaines?|mois|personnes?))"
        ),
        military=re.compile(r"(?<![\d:./])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?: ?(?:hrs|hours|h))?(?![\d:])"),
        hour_range=re.compile(
            rf"(?<!\w)(?P<open>(?:{opener}) )?(?P<h>{digits}|{words_of(hours)})(?:[:.h](?P<m>\d\d))?(?: ?(?:{language.oclock}))?(?P<q1>{_plain(qualifier, '1')})? ?(?P<join>{join}) ?(?P<h2>{digits}|{words_of(hours)})(?:[:.h](?P<m2>\d\d))?(?: ?(?:{language.oclock}))?(?P<q2>{_plain(qualifier, '2')})?(?![\w:/])"
        ),
        meridiem_after=re.compile(qualifier + r"(?!\w)"),
        part_before=re.compile(rf"(?<!\w)(?P<part>{part_words})(?: (?:{language.at}))?[ ,]*$"),
        parts=tuple(
            (re.compile(rf"(?:(?<!\w)(?P<same>{language.same_day_parts}) )?(?<!\w)(?:{part.pattern})(?!\w)"), i)
            for i, part in enumerate(language.parts)
        ),
        joiner=re.compile(rf"[ ,]*(?:{join}|{language.until}|{language.after})?[ ,]*(?:the |le )?"),
        modifiers=tuple(
            (re.compile(rf"(?<!\w)(?:{words}) ?(?:the |about )?$"), kind)
            for kind, words in (("before", language.before), ("after", language.after), ("around", language.around))
        ),
    )


def _plain(qualifier: str, mark: str) -> str:
    """A qualifier whose groups carry a mark, so that it may stand twice in one pattern."""
    return re.sub(r"\(\?P<(am|pm|part)>", lambda group: f"(?P<{group.group(1)}{mark}>", qualifier)
