"""From weekly hours and date overrides to the stretches of time a resource really works.

Guarantees: every range is resolved in the resource's own zone on the day it begins, daylight saving included; the
result is sorted; ranges are not cut at the edges of the asked days. Midnight is no border: a range that ends there and
one that begins there are one, so a house that is open day and night can serve across it. Elsewhere ranges that touch
stay apart, because two shifts were meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from booka_core.availability.types import DateOverride, Minutes, WeeklyHours
from booka_core.availability.zones import LocalDay, day_number, local_days, local_to_minute, stretches


def open_ranges(
    hours: WeeklyHours,
    overrides: Sequence[DateOverride] = (),
    *,
    zone: str,
    first_day: date,
    days: int,
) -> list[Minutes]:
    """The working ranges, in UTC minutes, that touch the local dates from `first_day` on.

    A night shift that began the evening before `first_day` is included, whole.
    """
    if days <= 0:
        return []
    first = day_number(first_day)
    if not overrides and not hours.reach_midnight:
        return _ordinary_ranges(hours, zone=zone, first=first, days=days)
    special = {day_number(override.date): override.ranges for override in overrides}
    table = local_days(zone, first - 1, days + 3)
    ranges: list[Minutes] = []
    for here, following in pairwise(table):
        for start, end in _resolve(zone, here, following, special.get(here.number, hours.days[here.weekday])):
            if ranges and ranges[-1][1] == start == here.midnight:
                ranges[-1] = (ranges[-1][0], end)
            else:
                ranges.append((start, end))
    opening, closing = table[1].midnight, table[-2].midnight
    return [(start, end) for start, end in ranges if end > opening and start < closing]


def _ordinary_ranges(hours: WeeklyHours, *, zone: str, first: int, days: int) -> list[Minutes]:
    """As `open_ranges` where there are no exceptions and no nights: only days of a clock change need a closer look."""
    weekly = hours.days
    ranges: list[Minutes] = []
    for even, table in stretches(zone, first, days):
        if even:
            ranges += [
                (midnight + start, midnight + end) for _, day, midnight, _ in table for start, end in weekly[day]
            ]
        else:
            for here in table:
                ranges += _resolve(zone, here, here, weekly[here.weekday])
    return ranges


def _resolve(zone: str, here: LocalDay, following: LocalDay, local: Sequence[Minutes]) -> list[Minutes]:
    if here.plain and following.plain:
        return [(here.midnight + start, here.midnight + end) for start, end in local]
    resolved = (
        (local_to_minute(zone, here.number, start), local_to_minute(zone, here.number, end)) for start, end in local
    )
    return [(start, end) for start, end in resolved if start < end]  # a range inside a skipped hour never happens


def intersect_ranges(left: Sequence[Minutes], right: Sequence[Minutes]) -> list[Minutes]:
    """What two sorted lists of ranges have in common: a stylist's hours within the opening hours of the house."""
    common: list[Minutes] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            common.append((start, end))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return common
