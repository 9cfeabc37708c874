"""The standard question of the availability benchmark, made from a seed: one seed gives one question anywhere.

Draws from the random generator in a fixed order, because the digests of the answers depend on every draw. Weekly hours
stay wall-clock text, so that each contestant does its own work with time zones.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Workload = dict[str, Any]
LEAST_PAUSE = 5


@dataclass(frozen=True)
class Shape:
    """One size of the question."""

    staff: int
    zone: str = "America/New_York"
    first_day: str = "2027-03-01"
    days: int = 30
    bookings: int = 20
    seed: int = 1

    @property
    def name(self) -> str:
        return f"{self.staff} staff, {self.zone}, {self.first_day}"


def build(shape: Shape) -> Workload:
    """45 minutes with buffers of 5 and 10 on a grid of 15; about `bookings` busy rows on each person's working day."""
    draw = random.Random(f"{shape.seed}/{shape.staff}/{shape.days}/{shape.bookings}/{shape.zone}")
    zone = ZoneInfo(shape.zone)
    first = date.fromisoformat(shape.first_day)
    staff: list[dict[str, Any]] = []
    busy: list[list[int]] = []
    for person in range(1, shape.staff + 1):
        weekly = _weekly(draw)
        staff.append({"id": person, "tz": shape.zone, "weekly": weekly})
        leave = first + timedelta(days=draw.randrange(shape.days))
        rows: list[list[int]] = []
        for number in range(shape.days):
            day = first + timedelta(days=number)
            ranges = weekly.get(str(day.weekday()))
            if not ranges:
                continue
            if day == leave:
                rows.append([person, _minute(day, 0, zone), _minute(day + timedelta(days=1), 0, zone), 0, 0])
            else:
                rows += _bookings(draw, shape.bookings, ranges, person=person, day=day, zone=zone)
        busy += sorted(rows, key=lambda row: row[1])
    return {
        "seed": shape.seed,
        "tz": shape.zone,
        "now": "2027-02-15T12:00:00Z",
        "window": {
            "first_day": shape.first_day,
            "days": shape.days,
            "from": _minute(first, 0, zone),
            "to": _minute(first + timedelta(days=shape.days), 0, zone),
        },
        "service": {"duration": 45, "before": 5, "after": 10, "step": 15},
        "staff": staff,
        "busy": busy,
    }


def digest(starts: Sequence[int]) -> str:
    return hashlib.sha256(",".join(str(start) for start in starts).encode()).hexdigest()[:16]


def minutes_of(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minute(day: date, minute_of_day: int, zone: ZoneInfo) -> int:
    wall = datetime.combine(day, time(minute_of_day // 60, minute_of_day % 60), zone)
    return int(wall.timestamp()) // 60


def _weekly(draw: random.Random) -> dict[str, list[list[str]]]:
    opens = draw.choice([420, 480, 510, 540, 600])
    length = draw.choice([540, 570, 600, 645])
    lunch = opens + draw.choice([210, 225, 240, 270])
    lunch_length = draw.choice([30, 45, 60])
    free_days = set(draw.sample(range(7), draw.choice([1, 2])))
    weekly: dict[str, list[list[str]]] = {}
    for weekday in range(7):
        if weekday in free_days:
            continue
        late = draw.choice([0, 0, 0, 30])
        morning = [_clock(opens + late), _clock(lunch)]
        weekly[str(weekday)] = [morning, [_clock(lunch + lunch_length), _clock(opens + length)]]
    return weekly


def _bookings(
    draw: random.Random, bookings: int, ranges: list[list[str]], *, person: int, day: date, zone: ZoneInfo
) -> list[list[int]]:
    """A day's bookings: each range gets its share, packed into clusters with the free time in two random gaps."""
    spans = [(minutes_of(start), minutes_of(end)) for start, end in ranges]
    total = sum(end - start for start, end in spans)
    rows = []
    for start, end in spans:
        room = end - start
        items: list[tuple[int, int, int]] = []
        for _ in range(round(bookings * (end - start) / total)):
            length = draw.choice([10, 10, 15, 15, 20])
            before, after = draw.choice([(0, 0), (0, 5), (0, 5), (5, 5)])
            if length + before + after > room:
                break
            room -= length + before + after
            items.append((length, before, after))
        pauses = [0] * (len(items) + 1)
        first, second = (draw.randrange(len(pauses)) for _ in range(2))
        share = draw.randrange(room // LEAST_PAUSE + 1) * LEAST_PAUSE if room >= LEAST_PAUSE else 0
        pauses[first] += share
        pauses[second] += room - share
        clock = start
        for pause, (length, before, after) in zip(pauses, items, strict=False):
            clock += pause + before
            begins = _minute(day, clock, zone)
            rows.append([person, begins, begins + length, before, after])
            clock += length + after
    return rows
