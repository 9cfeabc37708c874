"""Free time found the slow and obvious way: walk the real minutes and read the wall clock of each one.

Shares no arithmetic with the product. A local bound is the first real minute whose clock shows that time or a later
one; from that follow both the skipped hour (the bound moves to the change) and the repeated one (the first counts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booka_core.availability import DateOverride, ServiceTiming, WeeklyHours


@dataclass(frozen=True)
class Walk:
    """The real minutes from two days before to two days after the asked days, with their wall clocks."""

    zone: str
    first_day: date
    days: int

    def minutes(self) -> list[tuple[int, datetime]]:
        start = (
            int(datetime(self.first_day.year, self.first_day.month, self.first_day.day, tzinfo=UTC).timestamp()) // 60
        )
        info = ZoneInfo(self.zone)
        return [
            (minute, datetime.fromtimestamp(minute * 60, info).replace(tzinfo=None))
            for minute in range(start - 2 * 1440, start + (self.days + 3) * 1440)
        ]


def first_at_or_after(walk: Sequence[tuple[int, datetime]], local: datetime) -> int:
    return next(minute for minute, wall in walk if wall >= local)


def working_ranges(
    walk: Sequence[tuple[int, datetime]],
    hours: WeeklyHours,
    overrides: Sequence[DateOverride],
    first_day: date,
    days: int,
) -> list[tuple[int, int]]:
    special = {override.date: override.ranges for override in overrides}
    ranges = []
    for number in range(-1, days + 1):
        day = first_day + timedelta(days=number)
        midnight = datetime.combine(day, time())
        for start, end in special.get(day, hours.days[day.weekday()]):
            opens = first_at_or_after(walk, midnight + timedelta(minutes=start))
            closes = first_at_or_after(walk, midnight + timedelta(minutes=end))
            if opens == closes:
                continue
            if start == 0 and ranges and ranges[-1][1] == opens:  # midnight is no border
                ranges[-1] = (ranges[-1][0], closes)
            else:
                ranges.append((opens, closes))
    after = first_day + timedelta(days=days)
    end_of_days = first_at_or_after(walk, datetime.combine(after, time()))
    return [(opens, closes) for opens, closes in ranges if opens < end_of_days]


def grid_minutes(walk: Sequence[tuple[int, datetime]], step: int) -> list[int]:
    return [minute for minute, wall in walk if (wall.hour * 60 + wall.minute) % step == 0]


def starts(
    timing: ServiceTiming,
    *,
    grid: Sequence[int],
    ranges: Sequence[tuple[int, int]],
    busy: Sequence[tuple[int, int]],
    parts: Sequence[tuple[int, int]] = (),
) -> set[int]:
    """Every grid minute at which one resource can serve, by looking at each minute the service would touch."""
    occupied = {minute for start, end in busy for minute in range(start, end)}
    stretches = parts or ((0, timing.duration),)
    found = set()
    for minute in grid:
        for position, (offset, length) in enumerate(stretches):
            first, last = minute + offset, minute + offset + length
            if not any(opens <= first and last <= closes for opens, closes in ranges):
                break
            lead = timing.buffer_before if position == 0 else 0
            trail = timing.buffer_after if position == len(stretches) - 1 else 0
            if any(touched in occupied for touched in range(first - lead, last + trail)):
                break
        else:
            found.add(minute)
    return found


def offered(
    free: Sequence[Mapping[str, set[int]]],
    minute: int,
) -> bool:
    """Whether every demand can have a resource of its own at a minute, by trying every combination."""

    def fill(position: int, taken: frozenset[str]) -> bool:
        if position == len(free):
            return True
        return any(
            minute in starts_of and name not in taken and fill(position + 1, taken | {name})
            for name, starts_of in free[position].items()
        )

    return fill(0, frozenset())
