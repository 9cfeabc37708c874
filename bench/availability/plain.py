"""The peer: a straightforward sweep over plain rows, as a good programmer writes it without a product around it.

Answers the bare question (which starts exist) in zones of whole-hour offsets; it knows no overrides, no night shifts,
no notice, and does not say who is free.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bench.availability.workload import Workload, minutes_of

_EPOCH = date(1970, 1, 1)


def working_ranges(workload: Workload) -> list[tuple[int, list[tuple[int, int]]]]:
    window = workload["window"]
    first = date.fromisoformat(window["first_day"])
    days = [first + timedelta(days=number) for number in range(window["days"] + 1)]
    calendars: dict[str, tuple[ZoneInfo, list[tuple[date, int, int, bool]]]] = {}
    found = []
    for person in workload["staff"]:
        name = person["tz"]
        if name not in calendars:
            zone = ZoneInfo(name)
            offsets = [_offset(datetime(day.year, day.month, day.day, tzinfo=zone)) for day in days]
            calendars[name] = (
                zone,
                [
                    (day, day.weekday(), (day - _EPOCH).days * 1440 - offset, offset == following)
                    for day, offset, following in zip(days, offsets, offsets[1:], strict=False)
                ],
            )
        zone, calendar = calendars[name]
        weekly = {
            int(weekday): [(minutes_of(start), minutes_of(end)) for start, end in ranges]
            for weekday, ranges in person["weekly"].items()
        }
        ranges = []
        for day, weekday, midnight, even in calendar:
            for start, end in weekly.get(weekday, ()):
                if even:
                    ranges.append((midnight + start, midnight + end))
                else:
                    wall = datetime(day.year, day.month, day.day, tzinfo=zone)
                    opens = wall.replace(hour=start // 60, minute=start % 60)
                    closes = wall.replace(hour=end // 60 % 24, minute=end % 60) + timedelta(days=end // 1440)
                    ranges.append((int(opens.timestamp()) // 60, int(closes.timestamp()) // 60))
        found.append((person["id"], ranges))
    return found


def _offset(wall: datetime) -> int:
    offset = wall.utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


def sweep(  # noqa: C901, PLR0912  - one loop, as the fastest plain Python is written
    workload: Workload, busy: Sequence[Sequence[int]]
) -> list[int]:
    service, window = workload["service"], workload["window"]
    duration, before, after, step = service["duration"], service["before"], service["after"], service["step"]
    low, high = window["from"], window["to"]
    base = low // step
    size = (high - low) // step + 2
    union = bytearray(size)
    ones = b"\x01" * size
    grouped: dict[int, list[Sequence[int]]] = {}
    for row in busy:
        mine = grouped.get(row[0])
        if mine is None:
            grouped[row[0]] = [row]
        else:
            mine.append(row)
    for person, ranges in working_ranges(workload):
        rows = grouped.get(person, [])
        index, count, busy_until = 0, len(rows), low
        for opens, closes in ranges:
            free_since = max(opens, busy_until)
            while index < count:
                _, start, end, row_before, row_after = rows[index]
                start -= row_before + after
                if start >= closes:
                    break
                if start - free_since >= duration:
                    first = -(-free_since // step)
                    last = (start - duration) // step + 1
                    if last > first:
                        union[first - base : last - base] = ones[: last - first]
                end += row_after + before
                if end > busy_until:
                    busy_until = end
                    if end > free_since:  # noqa: PLR1730
                        free_since = end
                index += 1
            if closes - free_since >= duration:
                first = -(-free_since // step)
                last = (closes - duration) // step + 1
                if last > first:
                    union[first - base : last - base] = ones[: last - first]
    return [(base + index) * step for index, mark in enumerate(union) if mark]
