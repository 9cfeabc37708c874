"""Free time found the slow and obvious way: walk the real minutes and read the wall clock of each one.

Shares no arithmetic with the product. A local bound is the first real minute whose clock shows that time or a later
one; from that follow both the skipped hour (the bound moves to the change) and the repeated one (the first counts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booka_core.availability import DateOverride, Demand, ServiceTiming, WeeklyHours


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


def grid_minutes(walk: Sequence[tuple[int, datetime]], step: int, offset: int = 0) -> list[int]:
    return [minute for minute, wall in walk if (wall.hour * 60 + wall.minute - offset) % step == 0]


@dataclass(frozen=True)
class Need:
    """A demand with its defaults filled in."""

    parts: tuple[tuple[int, int], ...]
    before: int
    after: int

    @classmethod
    def of(cls, demand: Demand[str], timing: ServiceTiming) -> Need:
        return cls(
            demand.parts or ((0, timing.duration),),
            timing.buffer_before if demand.before is None else demand.before,
            timing.buffer_after if demand.after is None else demand.after,
        )

    @property
    def served(self) -> set[int]:
        """Every minute of the customer's time, counted from the start of the visit."""
        return {minute for offset, lasts in self.parts for minute in range(offset, offset + lasts)}

    @property
    def minutes(self) -> set[int]:
        """Every minute in which nobody else can be served: buffers inside."""
        (first, _), (last, length) = self.parts[0], self.parts[-1]
        return (
            self.served | set(range(first - self.before, first)) | set(range(last + length, last + length + self.after))
        )


def starts(
    timing: ServiceTiming,
    *,
    grid: Sequence[int],
    ranges: Sequence[tuple[int, int]],
    busy: Sequence[tuple[int, int]],
    need: Need | None = None,
    mates: Sequence[Need] = (),
) -> set[int]:
    """Every grid minute at which one resource can serve, by looking at each minute the service would touch.

    `mates` are the other needs of the visit that the resource could serve as well.
    """
    need = need or Need.of(Demand(()), timing)
    occupied = {minute for start, end in busy for minute in range(start, end)}
    taken = need.minutes
    found = set()
    for minute in grid:
        homes = [
            [
                (opens, closes)
                for opens, closes in ranges
                if opens <= minute + offset and minute + offset + length <= closes
            ]
            for offset, length in need.parts
        ]
        if not all(homes) or any(minute + touched in occupied for touched in taken):
            continue
        if timing.gap and not _snug(timing.gap, minute, need, mates, homes=homes, occupied=occupied):
            continue
        found.add(minute)
    return found


def _snug(
    gap: int,
    minute: int,
    need: Need,
    mates: Sequence[Need],
    *,
    homes: Sequence[Sequence[tuple[int, int]]],
    occupied: set[int],
) -> bool:
    """Whether walking away from the service on both sides meets an end at once, or not before `gap` minutes."""
    first, last = min(need.minutes), max(need.minutes)
    flush_left = {first - min(mate.minutes) for mate in mates if min(mate.minutes) < first}
    flush_right = {max(mate.minutes) - last for mate in mates if max(mate.minutes) > last}

    def left(home: tuple[int, int]) -> bool:
        room = 0
        while room < gap and minute + first - room - 1 >= home[0] and minute + first - room - 1 not in occupied:
            room += 1
        return room in {0, gap} | flush_left

    def right(home: tuple[int, int]) -> bool:
        room = 0
        while room < gap and minute + last + room + 1 < home[1] and minute + last + room + 1 not in occupied:
            room += 1
        return room in {0, gap} | flush_right

    if len(need.parts) == 1:
        return any(left(home) and right(home) for home in homes[0])
    return any(left(home) for home in homes[0]) and any(right(home) for home in homes[-1])


def offered(free: Sequence[Mapping[str, set[int]]], minute: int, needs: Sequence[Need]) -> bool:
    """Whether every demand can have a resource at a minute, by trying every combination and marking the minutes."""

    def fill(position: int, taken: Mapping[str, frozenset[int]]) -> bool:
        if position == len(free):
            return True
        mine = needs[position].served
        return any(
            fill(position + 1, {**taken, name: taken.get(name, frozenset()) | mine})
            for name, starts_of in free[position].items()
            if minute in starts_of and taken.get(name, frozenset()).isdisjoint(mine)
        )

    return fill(0, {})
