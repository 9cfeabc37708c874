"""Finding clock times in a folded text. A time carries what was said about its half of the day; one that could be
either half is decided later by the opening hours. A time that no clock shows (25:00) is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from booka_core.conversation.understanding.grammar import Grammar
from booka_core.conversation.understanding.types import Modifier

Span = tuple[int, int]


@dataclass(frozen=True)
class TimeMention:
    """One time, or the ends of a range. `either` says that the half of the day is open; `hour` is None on a fault.

    A `weak` mention may be something else ("for 2") and gives way to any other.
    """

    span: Span
    hour: int | None
    minute: int
    either: bool
    modifier: Modifier = "at"
    end: tuple[int, int] | None = None
    end_either: bool = False
    weak: bool = False


class TimeReader:
    """Reads the times out of one text, from which days are already blanked out."""

    def __init__(self, grammar: Grammar, *, asked: bool, counts_people: bool) -> None:
        """`asked` says that a time was asked for, so that a bare number is one."""
        self.grammar = grammar
        self.asked = asked
        self.counts_people = counts_people
        self.found: list[TimeMention] = []
        self.text = ""

    def read(self, text: str) -> list[TimeMention]:
        """All mentions in the order in which they stand. The surest ways of saying a time are tried first."""
        self.text = text
        self._ranges()
        for pattern, rule in self.grammar.clock:
            for match in pattern.finditer(text):
                self._by_rule(match, rule)
        for match in self.grammar.colon.finditer(text):
            hour, minute = match["h"] or match["h2"], match["m"] or match["m2"]
            self._add(match.span(), int(hour), int(minute), padded=hour.startswith("0"))
        self._two_numbers()
        for pattern in (self.grammar.oclock, self.grammar.hour_then_part):
            for match in pattern.finditer(text):
                self._add(match.span(), self.grammar.number(match["h"]), 0)
        for match in self.grammar.part_then_hour.finditer(text):
            self._add(match.span("h"), self.grammar.number(match["h"]), 0)
        self._after_at()
        if self.asked and not self.found:
            self._bare()
        return sorted(self.found, key=lambda mention: mention.span)

    def _two_numbers(self) -> None:
        """ "6 20", "six twenty", "1830": numbers that are a time only beside a word that says so."""
        for match in self.grammar.spaced.finditer(self.text):
            if self._anchored(match.span()):
                self._add(match.span(), int(match["h"]), int(match["m"]), padded=match["h"].startswith("0"))
        for match in self.grammar.spoken.finditer(self.text):
            if self._anchored(match.span()):
                minute = 5 if match["m"] == "oh five" else self.grammar.number(match["m"])
                self._add(match.span(), self.grammar.number(match["h"]), minute)
        for match in self.grammar.military.finditer(self.text):
            if self._anchored(match.span()) or match.group()[4:].strip():
                self._add(match.span(), int(match["h"]), int(match["m"]), padded=True)

    def _after_at(self) -> None:
        for match in self.grammar.after_at.finditer(self.text):
            weak = match["at"] in ("for", "pour", "to", "et")
            if not (self.counts_people and (weak or match["at"] == "not")):
                self._add(match.span("h"), self.grammar.number(match["h"]), 0, weak=weak)

    def _anchored(self, span: Span) -> bool:
        """True when something beside two loose numbers says that they are a time."""
        before, after = self.text[: span[0]], self.text[span[1] :]
        at = re.search(rf"(?<!\w)(?:{self.grammar.language.at}) (?:the |about |around )?$", before)
        whole = re.fullmatch(r"[\W_]*", before + after)
        return bool(
            self.asked
            or at
            or whole
            or self.grammar.meridiem_after.match(after)
            or self.grammar.part_before.search(before)
        )

    def _by_rule(self, match: re.Match[str], rule: str) -> None:
        if ":" in rule:
            hour, minute = rule.split(":")
            self._add(match.span(), int(hour), int(minute), padded=True)
            return
        hour_value = self.grammar.number(match["h"])
        minutes = self.grammar.number(match["m"]) if rule.endswith("m") else int(rule[1:])
        if minutes >= 60:
            return
        if rule[0] == "-" and minutes:
            hour_value, minutes = hour_value - 1, 60 - minutes
            if hour_value == 0 and not self.grammar.twenty_four:
                hour_value = 12
        self._add(match.span(), hour_value, minutes)

    def _bare(self) -> None:
        for match in re.finditer(r"(?<![\w:./])(\d{1,2})(?![\w:./])", self.text):
            self._add(match.span(), int(match.group()), 0)
            return
        words = self.text.strip(" .,!?")
        if words in self.grammar.language.numbers:
            start = self.text.index(words)
            self._add((start, start + len(words)), self.grammar.language.numbers[words], 0)

    def _free(self, span: Span) -> bool:
        return all(span[1] <= other.span[0] or span[0] >= other.span[1] for other in self.found)

    def _add(self, span: Span, hour: int, minute: int, *, padded: bool = False, weak: bool = False) -> None:
        if not self._free(span):
            return
        after = self.grammar.meridiem_after.match(self.text, span[1])
        before = self.grammar.part_before.search(self.text[: span[0]])
        if before and any(before.start() < other.span[1] for other in self.found if other.span[0] < span[0]):
            before = None  # that part of the day belongs to the time before it
        half = "am" if after and after["am"] else "pm" if after and after["pm"] else ""
        part = (after["part"] if after else None) or (before["part"] if before and not half else None)
        end = after.end() if after else span[1]
        start = span[0] - (len(before.group()) if before and not half else 0)
        modifier = self._modifier(start)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            self.found.append(TimeMention((start, end), None, 0, either=False))
            return
        hour, either = self._settle(hour % 24, half, part, padded=padded)
        self.found.append(TimeMention((start, end), hour, minute, either, modifier, weak=weak and either))

    def _modifier(self, start: int) -> Modifier:
        lead = self.text[:start].rstrip(" ,@") + " "
        for pattern, kind in self.grammar.modifiers:
            if pattern.search(lead):
                return kind  # type: ignore[return-value]  # the grammar names only modifiers
        return "at"

    def _settle(self, hour: int, half: str, part_word: str | None, *, padded: bool) -> tuple[int, bool]:
        """The hour of the day as far as the words tell, and whether the other half of the day is possible too."""
        if half:
            late = half == "pm" and hour <= 12
            return (hour % 12 + (12 if late else 0) if hour <= 12 else hour), False
        part = self.part_of(part_word)
        if part is None or not 1 <= hour <= 12:
            return hour, 1 <= hour <= 12 and not padded
        name = self.grammar.language.parts[part].name
        if name == "morning":
            return hour, False
        if name in ("lunchtime", "afternoon"):
            return (hour + 12 if hour <= 8 else hour), False
        late = name == "evening" or hour >= 6
        return (0 if hour == 12 else hour + 12 if late else hour), False

    def part_of(self, word: str | None) -> int | None:
        """The index of the part of the day that a word names."""
        if not word:
            return None
        return next((i for i, (pattern, _) in enumerate(self.grammar.parts) if pattern.fullmatch(word)), None)

    def _ranges(self) -> None:
        for match in self.grammar.hour_range.finditer(self.text):
            said = match.groupdict()
            marked = any(said[key] for key in ("q1", "q2", "m", "m2"))
            hour, end_hour = self.grammar.number(match["h"]), self.grammar.number(match["h2"])
            minutes_to = (
                hour in (5, 10, 15, 20, 25)
                and not (said["m"] or said["m2"] or said["q1"])
                and match["join"] in ("to", "till", "til")
            )
            dash = match["join"] in ("-", "/") and not re.match(r" ?[a-z]", self.text[match.end() :])
            if not (
                said["open"] or (marked and not minutes_to and match["join"] not in ("and", "et", "&", "a")) or dash
            ):
                continue
            if hour > 24 or end_hour > 24 or not self._free(match.span()):
                continue
            second = self._end(end_hour, said, "2")
            first = self._end(hour, said, "1")
            if first[1] and not second[1] and second[0] > 12:  # "2 to 4pm": the second end tells about the first
                first = (hour + 12 if hour < 12 and hour + 12 <= second[0] else hour, False)
            mention = TimeMention(match.span(), first[0], int(said["m"] or 0), first[1])
            self.found.append(replace(mention, end=(second[0], int(said["m2"] or 0)), end_either=second[1]))

    def _end(self, hour: int, said: dict[str, str | None], mark: str) -> tuple[int, bool]:
        half = "am" if said["am" + mark] else "pm" if said["pm" + mark] else ""
        return self._settle(hour % 24, half, said["part" + mark], padded=False)
