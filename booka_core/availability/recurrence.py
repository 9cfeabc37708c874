"""Appointments that repeat, reckoned on the wall clock: ten o'clock stays ten o'clock when the clocks change.

Guarantees: the dates come from naive local times alone, and each is put on the time line by itself. A local time that
happens twice stands for its first occurrence. One that a clock change skips is told, never shifted in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Final, Literal, Self

from dateutil import rrule
from pydantic import Field, model_validator

from booka_core.availability.errors import LocalTimeSkipped, NotAWholeMinute
from booka_core.availability.types import DAY
from booka_core.availability.zones import day_number, local_to_minute, offset_at
from booka_core.sdk.values import Frozen

MOST_OCCURRENCES = 1000
"""The most dates that one rule is followed for."""

_FREQUENCIES: Final[dict[str, Literal[1, 2, 3]]] = {
    "daily": rrule.DAILY,
    "weekly": rrule.WEEKLY,
    "monthly": rrule.MONTHLY,
}


class Recurrence(Frozen):
    """Every `interval` days, weeks or months, `count` times or until a local date inclusive.

    `weekdays` (Monday is 0) are for weeks; without any it is the weekday of the first. A month without the day of the
    first is passed over. `except_dates` are local dates on which it does not take place; they count.
    """

    frequency: Literal["daily", "weekly", "monthly"] = "weekly"
    interval: int = Field(default=1, ge=1, le=366)
    weekdays: tuple[int, ...] = ()
    count: int | None = Field(default=None, ge=1, le=MOST_OCCURRENCES)
    until: date | None = None
    except_dates: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if (self.count is None) == (self.until is None):
            raise ValueError("give either count or until")
        if any(not 0 <= weekday <= 6 for weekday in self.weekdays):
            raise ValueError("weekdays are 0 (Monday) to 6 (Sunday)")
        if self.weekdays and self.frequency != "weekly":
            raise ValueError("weekdays are for weekly recurrences")
        return self


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a recurrence, counted from 1. `minute` is UTC; where `skipped`, that of the clock change."""

    index: int
    local: datetime
    minute: int
    skipped: bool


def local_instant(zone: str, local: datetime) -> int:
    """The UTC minute of a naive wall-clock time; the first of two. Raises `LocalTimeSkipped`, `NotAWholeMinute`."""
    minute, skipped = _on_time_line(zone, local)
    if skipped:
        raise LocalTimeSkipped(local=f"{local:%Y-%m-%d %H:%M}", zone=zone)
    return minute


def occurrences(rule: Recurrence, *, zone: str, first: datetime) -> list[Occurrence]:
    """The dates of a rule that begins at a naive local time, in order, at most `MOST_OCCURRENCES`.

    The first is `first` itself where that fits the rule. Raises `NotAWholeMinute`.
    """
    if first.tzinfo is not None:
        raise ValueError("a recurrence begins at a wall-clock time, without an offset")
    dates = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=first,
        interval=rule.interval,
        byweekday=rule.weekdays or None,
        count=rule.count,
        until=datetime.combine(rule.until, time.max) if rule.until is not None else None,
    )
    excepted = set(rule.except_dates)
    found = []
    for index, local in enumerate(islice(dates, MOST_OCCURRENCES), start=1):
        if local.date() not in excepted:
            found.append(Occurrence(index, local, *_on_time_line(zone, local)))
    return found


def _on_time_line(zone: str, local: datetime) -> tuple[int, bool]:
    if local.tzinfo is not None:
        raise ValueError("a wall-clock time has no offset")
    if local.second or local.microsecond:
        raise NotAWholeMinute
    number = day_number(local.date())
    of_day = local.hour * 60 + local.minute
    minute = local_to_minute(zone, number, of_day)
    return minute, minute + offset_at(zone, minute) != number * DAY + of_day
