"""Finding days in a folded text. Every mention is resolved against today in the tenant's zone: days without a year
or month roll forward to the next such day, and a day that the calendar does not have is reported as a fault and
never bent into another one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from booka_core.conversation.understanding.grammar import Grammar
from booka_core.conversation.understanding.languages.table import MonthDayRule, SpanRule, WeekdayRule

Span = tuple[int, int]
ISO = re.compile(r"(?<![\d])(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
NUMERIC = re.compile(
    r"(?<![\d/.:-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?:(?P=sep)(?P<y>\d{4}|\d{2}))?(?![\d/:]|[.-]\d)"
)


@dataclass(frozen=True)
class DayMention:
    """One day, or a span of days, or a day that does not exist (`day` is None). `moment` is set by "in two hours"."""

    span: Span
    day: dt.date | None
    last: dt.date | None = None
    moment: dt.datetime | None = None
    bare_number: bool = False


class DayReader:
    """Reads the days out of one text."""

    def __init__(self, grammar: Grammar, now: dt.datetime) -> None:
        """`now` is local to the tenant."""
        self.grammar = grammar
        self.now = now
        self.today = now.date()
        self.found: list[DayMention] = []

    def read(self, text: str) -> list[DayMention]:
        """All mentions in the order in which they stand."""
        for match in ISO.finditer(text):
            self._add(match.span(), self._day(int(match["y"]), int(match["m"]), int(match["d"])))
        self._distances(text)
        self._nth(text)
        self._stretches(text)
        self._written(text)
        self._numeric(text)
        for pattern, offset in self.grammar.days:
            for match in pattern.finditer(text):
                self._add(match.span(), self.today + dt.timedelta(days=offset))
        for pattern, monthday_rule in self.grammar.by_monthday:
            for match in pattern.finditer(text):
                self._monthday(match, monthday_rule)
        for pattern, weekday_rule in self.grammar.by_weekday:
            for match in pattern.finditer(text):
                self._add(match.span(), self._weekday(self._index(match["wd"]), weekday_rule))
        for pattern, span_rule in self.grammar.spans:
            for match in pattern.finditer(text):
                first, last = self._span(span_rule)
                self._add(match.span(), first, last=last)
        return sorted(self.found, key=lambda mention: mention.span)

    def _add(self, span: Span, day: dt.date | None, **more: object) -> None:
        if all(span[1] <= other.span[0] or span[0] >= other.span[1] for other in self.found):
            self.found.append(DayMention(span, day, **more))  # type: ignore[arg-type]  # the fields named above

    def _index(self, word: str) -> int:
        return self.grammar.weekdays[word.rstrip(".")]

    @staticmethod
    def _day(year: int, month: int, day: int) -> dt.date | None:
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return dt.date(year, month, day)
        return None

    def _next_such(self, month: int, day: int) -> dt.date | None:
        """The coming day and month. 29 February waits for the next leap year only if that is this year or the next."""
        for year in (self.today.year, self.today.year + 1):
            found = self._day(year, month, day)
            if found and found >= self.today:
                return found
        return None

    def _distances(self, text: str) -> None:
        for pattern in self.grammar.by_distance:
            for match in pattern.finditer(text):
                unit = next(u for p, u in self.grammar.units if p.fullmatch(match["unit"]))
                count = self.grammar.number(match["n"]) if "n" in match.groupdict() else 1
                if unit in ("minute", "hour", "half_hour"):
                    minutes = {"minute": count, "hour": 60 * count, "half_hour": 30}[unit]
                    moment = (self.now + dt.timedelta(minutes=minutes)).replace(second=0, microsecond=0)
                    self._add(match.span(), moment.date(), moment=moment)
                elif count <= 400:
                    self._add(match.span(), self._later(count, unit))

    def _later(self, count: int, unit: str) -> dt.date:
        if unit == "month":
            month = self.today.month - 1 + count
            year, month = self.today.year + month // 12, month % 12 + 1
            return dt.date(year, month, min(self.today.day, calendar.monthrange(year, month)[1]))
        return self.today + dt.timedelta(days=count * {"day": 1, "half_hour": 0, "week": 7, "fortnight": 14}[unit])

    def _nth(self, text: str) -> None:
        for match in self.grammar.nth_weekday.finditer(text):
            month, weekday = self.grammar.months[match["month"].rstrip(".")], self._index(match["wd"])
            for year in (self.today.year, self.today.year + 1):
                days = [
                    d
                    for n in range(1, calendar.monthrange(year, month)[1] + 1)
                    if (d := dt.date(year, month, n)).weekday() == weekday
                ]
                which = -1 if match["nth"] in ("last", "dernier") else self.grammar.number(match["nth"]) - 1
                if which < len(days) and days[which] >= self.today:
                    self._add(match.span(), days[which])
                    break

    def _stretches(self, text: str) -> None:
        """ "The 13th to the 15th of July": the month stands once for both ends."""
        for pattern in self.grammar.day_ranges:
            for match in pattern.finditer(text):
                month = self.grammar.months[match["month"].rstrip(".")]
                end = self.grammar.number(match["d2"])
                last = self._day(int(match["y"]), month, end) if match["y"] else self._next_such(month, end)
                first = last and self._day(last.year, month, self.grammar.number(match["d"]))
                self._add(match.span(), first, last=last)

    def _written(self, text: str) -> None:
        for pattern in self.grammar.by_date:
            for match in pattern.finditer(text):
                number = self.grammar.number(match["d"])
                month = self.grammar.months[match["month"].rstrip(".")]
                day = self._day(int(match["y"]), month, number) if match["y"] else self._next_such(month, number)
                self._add(match.span(), day)

    def _numeric(self, text: str) -> None:
        for match in NUMERIC.finditer(text):
            a, b, year, sep = int(match["a"]), int(match["b"]), match["y"], match["sep"]
            if sep != "/" and not year:
                continue  # "4.30" and "11-4" are times
            day, month = (a, b) if self.grammar.day_first else (b, a)
            if month > 12 >= day:
                day, month = month, day
            if not year:
                self._add(match.span(), self._next_such(month, day))
                continue
            full = int(year) + (2000 if len(year) == 2 else 0)
            self._add(match.span(), self._day(full, month, day) if 1 <= full <= 9998 else None)

    def _monthday(self, match: re.Match[str], rule: MonthDayRule) -> None:
        groups = match.groupdict()
        word = groups.get("ord") or groups.get("d") or ""
        number = self.grammar.number(word)
        first = self.today.replace(day=1)
        if rule != "next_such":
            month = first if rule == "this_month" else (first + dt.timedelta(days=31)).replace(day=1)
            self._add(match.span(), self._day(month.year, month.month, number))
            return
        if groups.get("wd"):
            wanted = self._index(groups["wd"] or "")
            for ahead in range(62):  # "Friday the 13th": the next day that is both, if there is one soon
                day = self.today + dt.timedelta(days=ahead)
                if day.day == number and day.weekday() == wanted:
                    self._add(match.span(), day)
                    return
        for _ in range(3):
            day_or_none = self._day(first.year, first.month, number)
            if day_or_none and day_or_none >= self.today:
                self._add(match.span(), day_or_none, bare_number=True)
                return
            first = (first + dt.timedelta(days=31)).replace(day=1)
        self._add(match.span(), None)

    def _weekday(self, wanted: int, rule: WeekdayRule) -> dt.date:
        monday = self.today - dt.timedelta(days=self.today.weekday())
        coming = self.today + dt.timedelta(days=(wanted - self.today.weekday() - 1) % 7 + 1)
        if rule == "next":
            return monday + dt.timedelta(days=7 + wanted)
        if rule == "this":
            day = monday + dt.timedelta(days=wanted)
            return day if day >= self.today else coming
        extra = {"coming": 0, "week_after": 7, "fortnight_after": 14, "after_next": 7}[rule]
        return coming + dt.timedelta(days=extra)

    def _span(self, rule: SpanRule) -> tuple[dt.date, dt.date]:
        monday = self.today - dt.timedelta(days=self.today.weekday())
        first_of_month = self.today.replace(day=1)
        next_month = (first_of_month + dt.timedelta(days=31)).replace(day=1)
        if rule in ("weekend", "next_weekend"):
            saturday = monday + dt.timedelta(days=5 + (7 if rule == "next_weekend" else 0))
            return max(saturday, self.today), saturday + dt.timedelta(days=1)
        if rule == "this_week":
            return self.today, monday + dt.timedelta(days=6)
        if rule == "next_week":
            return monday + dt.timedelta(days=7), monday + dt.timedelta(days=13)
        if rule == "this_month":
            return self.today, next_month - dt.timedelta(days=1)
        return next_month, (next_month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
