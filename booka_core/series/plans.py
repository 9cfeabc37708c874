"""The dates of a series, in local time. Pure: which wall-clock times a rule means, and what an edit makes of them.

Everything is reckoned on naive wall-clock time in the series' zone and only then put on the time line, so that ten
o'clock stays ten o'clock when the clocks change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booka_core.availability import Recurrence, instant, local_instant, occurrences
from booka_core.availability.errors import LocalTimeSkipped
from booka_core.series.errors import SeriesEmpty, SeriesInClockGap, SeriesTooLong

MOST = 104
"""Two years of weeks."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a series: its position (from 1), its wall-clock time, and its instant (None inside a clock change).

    `excepted` dates have a position and no appointment, so that the seventh week is the seventh.
    """

    position: int
    local: datetime
    at: datetime | None
    excepted: bool


def wall_clock(at: datetime, zone: str) -> datetime:
    """The naive local time of an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def on_time_line(local: datetime, zone: str, *, position: int) -> datetime:
    """The instant of a naive local time. Raises `SeriesInClockGap` for one that a clock change skips."""
    found = _instant(local, zone)
    if found is None:
        raise SeriesInClockGap(position=position, local=f"{local:%Y-%m-%d %H:%M}", zone=zone)
    return found


def first_instant(starts: Sequence[datetime], zone: str) -> datetime:
    """The instant of the first of some local times that the clocks do not skip; one of them is none such."""
    return next(at for start in starts if (at := _instant(start, zone)) is not None)


def dates(rule: Recurrence, *, zone: str, first: datetime) -> list[Dated]:
    """The dates that a rule means, beginning at a naive local time. Raises `SeriesTooLong`, `SeriesEmpty`."""
    whole = occurrences(rule.model_copy(update={"except_dates": ()}), zone=zone, first=first)
    if len(whole) > MOST:
        raise SeriesTooLong(most=MOST)
    excepted = set(rule.except_dates)
    found = [
        Dated(number, one.local, None if one.skipped else instant(one.minute), one.local.date() in excepted)
        for number, one in enumerate(whole, start=1)
    ]
    if all(one.excepted for one in found):
        raise SeriesEmpty
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """An edit in local terms: so many days later (or earlier), at this time of the day."""

    days: int
    at: time

    @classmethod
    def between(cls, planned: datetime, wanted: datetime) -> Shift:
        """What makes `wanted` of `planned`."""
        return cls((wanted.date() - planned.date()).days, wanted.time())

    def of(self, planned: datetime) -> datetime:
        """What the edit makes of a date of the series."""
        return datetime.combine(planned.date() + timedelta(days=self.days), self.at)

    def of_rule(self, rule: Recurrence) -> Recurrence:
        """The rule as it reads after the edit."""
        moved = timedelta(days=self.days)
        return rule.model_copy(
            update={
                "weekdays": tuple(sorted((weekday + self.days) % 7 for weekday in rule.weekdays)),
                "until": rule.until + moved if rule.until else None,
                "except_dates": tuple(day + moved for day in rule.except_dates),
            }
        )


def shortened(rule: Recurrence, *, starts: Sequence[datetime]) -> Recurrence:
    """The rule of a series of which only `starts` remain."""
    last = starts[-1].date() if starts else date.min
    return rule.model_copy(
        update={
            "count": len(starts),
            "until": None,
            "except_dates": tuple(day for day in rule.except_dates if day <= last),
        }
    )


def remaining(rule: Recurrence, *, starts: Sequence[datetime]) -> Recurrence:
    """The rule of the series that goes on with `starts` where another one ended."""
    return rule.model_copy(
        update={
            "count": len(starts),
            "until": None,
            "except_dates": tuple(day for day in rule.except_dates if day >= starts[0].date()),
        }
    )


def _instant(local: datetime, zone: str) -> datetime | None:
    try:
        return instant(local_instant(zone, local)).astimezone(UTC)
    except LocalTimeSkipped:
        return None
