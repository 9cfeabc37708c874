"""Between wall clocks and minutes since the epoch, correct on the days when clocks change.

A local time that a clock change skips stands for the instant of the change, so a range that begins or ends in the gap
loses exactly the minutes that never happened, and no start is offered inside it. A local time that happens twice stands
for its first occurrence where it bounds a range; starts between the bounds are real minutes, so both occurrences are on
the grid and differ in their UTC offset. Offsets are whole minutes, of any size (Lord Howe shifts by 30 minutes,
Kathmandu is 5:45 ahead). What is learnt about a zone and a day is kept in bounded caches.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from booka_core.availability.types import DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MINUTE = timedelta(minutes=1)


class LocalDay(NamedTuple):
    """One calendar day of a zone: `plain` days keep one offset from their midnight to the next."""

    number: int
    weekday: int
    midnight: int
    plain: bool


class OffsetSpan(NamedTuple):
    """A stretch of UTC minutes [start, end) during which a zone keeps one offset."""

    start: int
    end: int
    offset: int


def minute_of(at: datetime) -> int:
    """The minute since the epoch that contains an aware datetime."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place on the time line")
    return (at - EPOCH) // _MINUTE


def instant(minute: int) -> datetime:
    """The aware UTC datetime at which a minute begins."""
    return datetime.fromtimestamp(minute * 60, UTC)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH_ORDINAL


def offset_at(zone: str, minute: int) -> int:
    """Minutes by which the zone's wall clock is ahead of UTC."""
    return _minutes((EPOCH + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)).utcoffset())


def _minutes(offset: timedelta | None) -> int:
    assert offset is not None, "an aware datetime has an offset"  # noqa: S101  - narrows the type
    return offset // _MINUTE


@lru_cache(maxsize=16_384)
def local_to_minute(zone: str, day: int, minute_of_day: int) -> int:
    """The UTC minute of a wall-clock time, given as day number and minutes after its midnight (1440 and more go on)."""
    extra, minute_of_day = divmod(minute_of_day, DAY)
    local = (day + extra) * DAY + minute_of_day
    wall = (EPOCH + timedelta(minutes=local)).replace(tzinfo=ZoneInfo(zone))
    before, after = _minutes(wall.utcoffset()), _minutes(wall.replace(fold=1).utcoffset())
    if before >= after:  # an ordinary time, or the first of two
        return local - before
    low, high = local - after, local - before  # skipped: the change lies in (low, high]
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if offset_at(zone, middle) == after else (middle, high)
    return high


@lru_cache(maxsize=16_384)
def local_day(zone: str, number: int) -> LocalDay:
    info = ZoneInfo(zone)
    midnight = EPOCH + timedelta(days=number)
    offset = _minutes(midnight.replace(tzinfo=info).utcoffset())
    following = _minutes((midnight + timedelta(days=1)).replace(tzinfo=info).utcoffset())
    weekday = (number + 3) % 7  # 1970-01-01 was a Thursday
    return LocalDay(number, weekday, local_to_minute(zone, number, 0), offset == following)


@lru_cache(maxsize=1024)
def local_days(zone: str, first: int, days: int) -> tuple[LocalDay, ...]:
    return tuple(local_day(zone, number) for number in range(first, first + days))


@lru_cache(maxsize=1024)
def stretches(zone: str, first: int, days: int) -> tuple[tuple[bool, tuple[LocalDay, ...]], ...]:
    """The days in runs that are plain throughout (True) or not at all (False)."""
    runs = groupby(local_days(zone, first, days), key=lambda day: day.plain)
    return tuple((plain, tuple(run)) for plain, run in runs)


def day_window(zone: str, first_day: date, days: int) -> tuple[int, int]:
    """From the first minute of a local date to the end of the last of `days` dates, in UTC minutes."""
    first = day_number(first_day)
    return local_to_minute(zone, first, 0), local_to_minute(zone, first + days, 0)


@lru_cache(maxsize=16_384)
def _offsets_of_day(zone: str, utc_day: int) -> tuple[OffsetSpan, ...]:
    """The offsets of one UTC day. Zones change at most once a day, so its two ends and a bisection find the change."""
    start, end = utc_day * DAY, (utc_day + 1) * DAY
    first, last = offset_at(zone, start), offset_at(zone, end)
    if first == last:
        return (OffsetSpan(start, end, first),)
    low, high = start, end
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset_at(zone, middle) == first else (low, middle)
    changed = OffsetSpan(high, end, last)
    return (OffsetSpan(start, high, first), changed) if high < end else (OffsetSpan(start, end, first),)


def offset_spans(zone: str, start: int, end: int) -> list[OffsetSpan]:
    """The stretches of equal offset that cover [start, end)."""
    spans: list[OffsetSpan] = []
    for utc_day in range(start // DAY, -(-end // DAY)):
        for span in _offsets_of_day(zone, utc_day):
            left, right = max(span.start, start), min(span.end, end)
            if left >= right:
                continue
            if spans and spans[-1].offset == span.offset:
                spans[-1] = spans[-1]._replace(end=right)
            else:
                spans.append(OffsetSpan(left, right, span.offset))
    return spans


@lru_cache(maxsize=256)
def clock_grid(zone: str, step: int, start: int, end: int, offset: int = 0) -> Sequence[int]:
    """Every minute of [start, end) at which the zone's clock shows a multiple of `step` after `offset` from midnight.

    A `range` where the grid is even, which nearly every real question has; a tuple where a clock change or a step that
    does not divide the day bends it.
    """
    spans = offset_spans(zone, start, end)
    if DAY % step == 0 and len({-span.offset % step for span in spans}) == 1:
        phase = (offset - spans[0].offset) % step
        return range(start + (phase - start) % step, end, step)
    points: list[int] = []
    phase = offset % step
    for span in spans:
        midnight = (span.start + span.offset) // DAY * DAY - span.offset
        while midnight < span.end:
            ahead = phase + max(-((midnight + phase - span.start) // step), 0) * step
            points.extend(range(midnight + ahead, min(span.end, midnight + DAY), step))
            midnight += DAY
    return tuple(points)
