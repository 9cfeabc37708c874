"""Services by the night: from a local evening to a local morning, whatever the clocks do in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.availability import assign, instant, local_to_minute
from booka_core.availability.zones import day_number
from booka_core.catalog.rules import StayRule
from booka_core.offers.errors import BadNights
from booka_core.offers.prepare import Offer, Shape, reach
from booka_core.offers.types import OfferedSlot
from booka_core.offers.visits import Unit, resource_of


def is_stay(offer: Offer) -> bool:
    """Whether what is asked for is booked by the night."""
    return offer.service.rules.stay is not None


def find_offered_stays(offer: Offer) -> list[OfferedSlot]:
    """One stay for every local day on which the nights wanted can begin. Raises `BadNights`."""
    found = []
    for begins, ends in _spans(offer):
        chosen = _free(offer, offer.shapes[0], begins, ends)
        if chosen is not None and reach(offer.query, begins) is None:
            units = chosen[0] if chosen else []
            found.append(
                OfferedSlot(
                    starts_at=instant(begins),
                    ends_at=instant(ends),
                    resource_ids=tuple(dict.fromkeys(resource_of(unit) for unit in units)),
                )
            )
    return found


def stay_plans(offer: Offer, *, prefer: Sequence[UUID]) -> list[tuple[tuple[Unit, ...], tuple[datetime, datetime]]]:
    """Every way to serve the stay of a wish, with its first and last moment."""
    start = next(((a, b) for a, b in _spans(offer) if instant(a) == offer.wish.starts_at), None)
    if start is None:
        return []
    candidates = _free(offer, offer.shapes[0], *start)
    if candidates is None:
        return []
    ranked = [sorted(units, key=lambda unit: resource_of(unit) not in prefer) for units in candidates]
    ways: dict[tuple[Unit, ...], None] = {}
    for turn in range(max(len(units) for units in ranked)):
        chosen = assign([units[turn % len(units) :] + units[: turn % len(units)] for units in ranked])
        if chosen is not None:
            ways[chosen] = None
    return [(chosen, (instant(start[0]), instant(start[1]))) for chosen in ways]


def _rule(offer: Offer) -> tuple[StayRule, int]:
    rule = offer.service.rules.stay
    assert rule is not None  # noqa: S101 - only stays come here
    nights = offer.wish.nights or 1
    if not rule.least_nights <= nights <= rule.most_nights:
        raise BadNights(name=offer.service.name, least=rule.least_nights, most=rule.most_nights)
    return rule, nights


def _spans(offer: Offer) -> list[tuple[int, int]]:
    rule, nights = _rule(offer)
    zone = offer.location.zone
    first = instant(offer.query.window_from).astimezone(ZoneInfo(zone)).date()
    spans: list[tuple[int, int]] = []
    day = first
    while True:
        begins = local_to_minute(zone, day_number(day), rule.check_in)
        if begins >= offer.query.window_to:
            return spans
        spans.append((begins, local_to_minute(zone, day_number(day) + nights, rule.check_out)))
        day += timedelta(days=1)


def _free(offer: Offer, shape: Shape, begins: int, ends: int) -> list[list[Unit]] | None:
    """Who is free for the whole of a stay, buffers inside, demand by demand; None when somebody is missing."""
    found = []
    for demand in shape.query.demands:
        first, last = begins - (demand.before or 0), ends + (demand.after or 0)
        free: list[Unit] = [
            unit
            for unit in demand.candidates
            if not any(start < last and first < end for start, end in offer.busy.get(unit, ()))
        ]
        if not free:
            return None
        found.append(free)
    return found if assign(found) is not None else None
