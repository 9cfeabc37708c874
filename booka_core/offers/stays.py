"""Services by the night: from a local evening to a local morning, whatever the clocks do in between.

No guest is let in on a date on which the location is closed, and nights over it are none of its business. A room that
is away cannot be had for a minute of it, nor for the night of a date on which it is closed itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.availability import StartReport, StayQuery, TimeCheck, day_window, explain_stay, find_stays, instant
from booka_core.availability import stay_bounds as bounds_of
from booka_core.availability.types import Refusal
from booka_core.catalog.rules import StayRule
from booka_core.offers.hours import away, closed_days, span, without
from booka_core.offers.prepare import Offer
from booka_core.offers.types import OfferedSlot
from booka_core.offers.visits import Unit, resource_of

_ALWAYS = (-(10**9), 10**9)


def is_stay(offer: Offer) -> bool:
    """Whether what is asked for is booked by the night."""
    return offer.service.rules.stay is not None


def find_offered_stays(offer: Offer) -> list[OfferedSlot]:
    """One stay for every local day on which the nights wanted can begin."""
    return [
        OfferedSlot(
            starts_at=stay.starts_at,
            ends_at=stay.ends_at,
            resource_ids=tuple(dict.fromkeys(resource_of(unit) for unit in stay.resource_ids)),
        )
        for stay in find_stays(_query(offer))
    ]


def report_stay(offer: Offer) -> StartReport[Unit]:
    """What every room says to the stay of a wish. What begins at another time than that of arrival is off the grid."""
    start, day = offer.wish.starts_at, _local_day(offer, offer.wish.starts_at)
    bounds = _bounds(offer, day)
    if bounds is None or instant(bounds[0]) != start:
        return StartReport(TimeCheck(False, "off_grid"), ())
    return explain_stay(_query(offer), day)


def stay_ends(offer: Offer) -> datetime:
    """When the stay of a wish is over."""
    bounds = _bounds(offer, _local_day(offer, offer.wish.starts_at))
    assert bounds is not None  # noqa: S101 - only stays that were found free come here
    return instant(bounds[1])


def _rule(offer: Offer) -> StayRule:
    rule = offer.service.rules.stay
    assert rule is not None  # noqa: S101 - only stays come here
    return rule


def _local_day(offer: Offer, at: datetime) -> date:
    return at.astimezone(ZoneInfo(offer.location.zone)).date()


def _bounds(offer: Offer, day: date) -> tuple[int, int] | None:
    rule = _rule(offer)
    return bounds_of(
        offer.location.zone, day, check_in=rule.check_in, check_out=rule.check_out, nights=offer.wish.nights or 1
    )


def _query(offer: Offer) -> StayQuery[Unit]:
    """The question to the arithmetic about every day of the offer's window."""
    rule, query = _rule(offer), offer.query
    first = _local_day(offer, instant(query.window_from))
    days = (_local_day(offer, instant(query.window_to - 1)) - first).days + 1
    shut = closed_days(offer.shop, offer.location, None, first=first, days=days)
    nobody_comes = [Refusal(*day_window(offer.location.zone, day, 1), reason) for day, reason in shut.items()]
    return StayQuery(
        zone=offer.location.zone,
        check_in=rule.check_in,
        check_out=rule.check_out,
        nights=offer.wish.nights or 1,
        demands=[replace(demand, parts=()) for demand in query.demands],
        busy=query.busy,
        first_day=first,
        days=days,
        now=query.now,
        min_notice=query.timing.min_notice,
        window=query.timing.window,
        closed=_closed(offer, first=first, days=days + (offer.wish.nights or 1)),
        refused=[*query.refused, *nobody_comes],
        refused_by=query.refused_by,
    )


def _closed(offer: Offer, *, first: date, days: int) -> Mapping[Unit, Sequence[Refusal]]:
    """When a room cannot be had though nobody is in it."""
    found: dict[UUID, list[Refusal]] = {}
    units = {unit for demand in offer.query.demands for unit in demand.candidates}
    for room in {resource_of(unit) for unit in units}:
        found[room] = [Refusal(*span(one.starts_at, one.ends_at), "absent") for one in away(offer.shop.timetable, room)]
        for day in closed_days(offer.shop, offer.location, room, first=first, days=days):
            night = bounds_of(
                offer.location.zone, day, check_in=_rule(offer).check_in, check_out=_rule(offer).check_out, nights=1
            )
            if night is not None:
                found[room].append(Refusal(night[0], day_window(offer.location.zone, day, 1)[1], "closed"))
    for room, times in _stand_ins(offer).items():
        found.setdefault(room, []).extend(Refusal(*gap, "closed") for gap in without([_ALWAYS], sorted(times)))
    return {unit: found[resource_of(unit)] for unit in units}


def _stand_ins(offer: Offer) -> dict[UUID, list[tuple[int, int]]]:
    """When a room stands in for one that was asked for: only while that is away."""
    wished = {item.resource_id for item in offer.wish.items if item.resource_id is not None}
    times: dict[UUID, list[tuple[int, int]]] = {}
    for room in wished:
        for one in away(offer.shop.timetable, room):
            if one.redirect_to is not None and one.redirect_to not in wished:
                times.setdefault(one.redirect_to, []).append(span(one.starts_at, one.ends_at))
    return times
