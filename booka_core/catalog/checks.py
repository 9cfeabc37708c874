"""What may be written into a catalogue. A verb asks here before it opens its transaction, so that a person reads which
rule was broken and not which constraint. Each check raises an error of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from booka_core.catalog.errors import (
    BadBookingWindow,
    BadCapacity,
    BadDuration,
    BadHours,
    BadKind,
    BadName,
    BadNights,
    BadPrice,
    BadSegments,
    BadShare,
    BadSkills,
    NoSuchSegment,
    NothingDemanded,
    RepeatedDuration,
    TooShortForSegments,
)
from booka_core.catalog.rules import DemandSpec, ServiceRules, Value
from booka_core.tenancy.places import check_zone

Ranges = Sequence[tuple[int, int]]

_KIND = re.compile(r"[a-z][a-z0-9_]{0,19}")
_MOST_MINUTES = 14400
_MOST_PRICE = 10**15
_MOST_NAMED = 40


def line(text: str, *, most: int, optional: bool = False) -> str:
    """A text as one line. Raises `BadName` when it is too long, or empty without being `optional`."""
    one = " ".join(text.replace("\0", "").split())
    if len(one) > most or not (one or optional):
        raise BadName(most=most)
    return one


def lines(texts: Sequence[str], *, most: int) -> list[str]:
    """Several texts, each once and on one line. Raises `BadName`."""
    return list(dict.fromkeys(line(text, most=most) for text in texts))


def check_price(price: int | None) -> None:
    """Raises `BadPrice`."""
    if price is not None and not 0 <= price <= _MOST_PRICE:
        raise BadPrice


def check_minutes(minutes: int | None, rules: ServiceRules | None = None) -> None:
    """Whether a service with `rules` may take so long. Raises `BadDuration`, `TooShortForSegments`."""
    if minutes is None:
        return
    if not 1 <= minutes <= _MOST_MINUTES:
        raise BadDuration
    if rules is not None and rules.segments and minutes <= sum(rules.segments[:-1]):
        raise TooShortForSegments(minutes=minutes)


def check_service(
    *,
    minutes: int,
    buffer_before: int,
    buffer_after: int,
    price: int,
    demands: Sequence[DemandSpec],
    rules: ServiceRules,
) -> None:
    """Whether a service makes sense as a whole. Raises one of this room's errors for the first thing that does not."""
    check_minutes(minutes)
    if not 0 <= buffer_before <= 1440 or not 0 <= buffer_after <= 1440:
        raise BadDuration
    check_price(price)
    if not demands:
        raise NothingDemanded
    _check_segments(minutes, demands, rules)
    lengths = {minutes}
    for option in rules.durations:
        check_minutes(option.minutes, rules)
        check_price(option.price)
        if option.minutes in lengths:
            raise RepeatedDuration(minutes=option.minutes)
        lengths.add(option.minutes)
    if rules.window_from is not None and rules.window_until is not None and rules.window_until < rules.window_from:
        raise BadBookingWindow
    stay = rules.stay
    if stay is not None and (stay.least_nights > stay.most_nights or rules.segments or rules.durations):
        raise BadNights


def _check_segments(minutes: int, demands: Sequence[DemandSpec], rules: ServiceRules) -> None:
    segments = rules.segments
    if segments and (min(segments) < 1 or sum(segments) != minutes):
        raise BadSegments(minutes=minutes)
    for demand in demands:
        check_kind(demand.kind)
        for part in demand.parts:
            if not 0 <= part < len(segments):
                raise NoSuchSegment(part=part)


def check_kind(kind: str) -> None:
    """Raises `BadKind`."""
    if not _KIND.fullmatch(kind):
        raise BadKind(kind=kind)


def check_resource(
    *,
    skills: Sequence[str],
    properties: Mapping[str, Value],
    capacity: int,
    weight: int,
    priority: int,
    zone: str | None,
) -> None:
    """Raises `BadSkills`, `BadCapacity`, `BadShare`, `UnknownZone`."""
    named = [*skills, *properties]
    if max(len(skills), len(properties)) > _MOST_NAMED or any(not 1 <= len(name) <= 60 for name in named):
        raise BadSkills
    seats = properties.get("seats", 1)
    if type(seats) is not int or seats < 1:
        raise BadSkills
    if not 1 <= capacity <= 500:
        raise BadCapacity
    if not 1 <= weight <= 1000 or not -1000 <= priority <= 1000:
        raise BadShare
    if zone:
        check_zone(zone)


def check_ranges(ranges: Ranges) -> None:
    """Raises `BadHours`."""
    last = -1
    for opens, closes in sorted(ranges):
        if not 0 <= opens < 1440 or not opens < closes <= 2880 or opens < last:
            raise BadHours
        last = closes
