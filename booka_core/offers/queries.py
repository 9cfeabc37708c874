"""What can be offered: free starts, the ones nearest to a wish, and whether one start can be had."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from booka_core.availability import explain_start, find_slots, instant, minute_of, nearest
from booka_core.availability.types import Slot
from booka_core.offers.prepare import Offer, day_before, prepare, prepare_start, reach
from booka_core.offers.stays import find_offered_stays, is_stay, report_stay
from booka_core.offers.types import OfferedSlot, TimeCheck, Wish
from booka_core.offers.visits import Unit, resource_of


async def availability(
    *,
    from_day: date,
    days: int,
    service_id: UUID | None = None,
    resource_id: UUID | None = None,
    wish: Wish | None = None,
    customer_id: UUID | None = None,
) -> list[OfferedSlot]:
    """Every start that can be booked on `days` local days, in order of time.

    Asked for one service (`resource_id` names one person or thing), or for a whole `wish`, whose own start is ignored.
    Raises `ServiceNotFound`, `ResourceNotFound`, `NothingToBook` and what a wish may lack.
    """
    asked = wish or _simple(service_id, resource_id)
    offer = await prepare(asked, first=from_day, days=days, customer_id=customer_id)
    return offered(offer)


async def alternatives(
    *,
    wanted: datetime,
    service_id: UUID | None = None,
    resource_id: UUID | None = None,
    wish: Wish | None = None,
    customer_id: UUID | None = None,
    count: int = 3,
    days: int = 14,
) -> list[OfferedSlot]:
    """The bookable starts nearest to `wanted`, in order of time: first within three days around, then later ones."""
    asked = wish or _simple(service_id, resource_id)
    first = day_before(wanted)
    found = _nearest(offered(await prepare(asked, first=first, days=3, customer_id=customer_id)), wanted, count)
    if len(found) < count:
        wide = offered(await prepare(asked, first=first, days=days, customer_id=customer_id))
        found = _nearest(wide, wanted, count)
    return found


async def check_time(
    *,
    starts_at: datetime,
    service_id: UUID | None = None,
    resource_id: UUID | None = None,
    wish: Wish | None = None,
    customer_id: UUID | None = None,
) -> TimeCheck:
    """Whether one start can be booked, and why not."""
    asked = (wish or _simple(service_id, resource_id)).at(starts_at)
    return check(await prepare_start(asked, customer_id=customer_id), starts_at)


def check(offer: Offer, starts_at: datetime, *, scheduling: bool = False) -> TimeCheck:
    """As `check_time`, for an offer that is prepared. `scheduling` asks when a class may meet, not who may come."""
    if starts_at.second or starts_at.microsecond:
        return TimeCheck(free=False, reason="off_grid")
    if is_stay(offer):
        answer = report_stay(offer).check
        return TimeCheck(free=answer.free, reason=answer.reason)
    start = minute_of(starts_at)
    if offer.is_class:
        return _check_class(offer, start, scheduling=scheduling)
    reports = [explain_start(shape.query, start).check for shape in offer.shapes]
    best = next((one for one in reports if one.free), reports[0])
    return TimeCheck(free=best.free, reason=best.reason)


def free_for(offer: Offer, start: int) -> list[UUID]:
    """Who could serve a start, person by person and thing by thing, in the order of the visit's demands."""
    reports = [explain_start(shape.query, start) for shape in offer.shapes]
    free = [unit for report in reports for answers in report.by_demand for unit, answer in answers if answer.free]
    sessions = [one for session in offer.sessions if minute_of(session.starts_at) == start for one in session.resources]
    return list(dict.fromkeys([*sessions, *(resource_of(unit) for unit in free)]))


def offered(offer: Offer) -> list[OfferedSlot]:
    """Every start that an offer holds, in order of time."""
    if is_stay(offer):
        return find_offered_stays(offer)
    found: dict[datetime, OfferedSlot] = {}
    for shape in offer.shapes:
        for slot in find_slots(shape.query) if not offer.is_class or offer.service.rules.ad_hoc else ():
            _add(found, slot)
    for session in offer.sessions:
        starts = minute_of(session.starts_at)
        found.pop(session.starts_at, None)  # at one place a class meets once at a time, whoever else could give it
        has_room = session.left >= offer.wish.party_size and _wanted(offer, session.resources)
        if has_room and reach(offer.query, starts) is None:
            found[session.starts_at] = OfferedSlot(
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                resource_ids=session.resources,
                seats_left=session.left,
            )
    if offer.is_class:
        seats = offer.service.rules.seats
        found = {
            start: slot if slot.seats_left is not None else slot.model_copy(update={"seats_left": seats})
            for start, slot in found.items()
        }
        if offer.wish.party_size > seats:
            return []
    if len(offer.shapes) == 1 and not offer.sessions:
        return list(found.values())
    return [found[start] for start in sorted(found)]


def _check_class(offer: Offer, start: int, *, scheduling: bool) -> TimeCheck:
    session = next((one for one in offer.sessions if minute_of(one.starts_at) == start), None)
    if session is not None:
        refusal = reach(offer.query, start)
        if refusal is not None:
            return TimeCheck(free=False, reason=refusal.reason)
        if not _wanted(offer, session.resources):
            return TimeCheck(free=False, reason="busy")
        full = session.left < offer.wish.party_size
        return TimeCheck(free=not full, reason="full" if full else "free")
    if not offer.service.rules.ad_hoc and not scheduling:
        return TimeCheck(free=False, reason="not_scheduled")
    if offer.wish.party_size > offer.service.rules.seats:
        return TimeCheck(free=False, reason="full")
    report = explain_start(offer.query, start).check
    return TimeCheck(free=report.free, reason=report.reason)


def _wanted(offer: Offer, resources: tuple[UUID, ...]) -> bool:
    """Whether a meeting has the person who was asked for."""
    wished = {item.resource_id for item in offer.wish.items if item.resource_id is not None}
    return wished <= set(resources)


def _add(found: dict[datetime, OfferedSlot], slot: Slot[Unit]) -> None:
    resources = tuple(dict.fromkeys(resource_of(unit) for unit in slot.resource_ids))
    known = found.get(slot.starts_at)
    if known is None:
        found[slot.starts_at] = OfferedSlot.model_construct(
            starts_at=slot.starts_at, ends_at=slot.ends_at, resource_ids=resources, seats_left=None
        )
    else:
        merged = tuple(dict.fromkeys([*known.resource_ids, *resources]))
        found[slot.starts_at] = known.model_copy(
            update={"ends_at": min(known.ends_at, slot.ends_at), "resource_ids": merged}
        )


def _nearest(slots: list[OfferedSlot], wanted: datetime, count: int) -> list[OfferedSlot]:
    plain: list[Slot[UUID]] = [Slot(slot.starts_at, slot.ends_at, ((),)) for slot in slots]
    chosen = {slot.starts_at for slot in nearest(plain, wanted, count)}
    return [slot for slot in slots if slot.starts_at in chosen]


def _simple(service_id: UUID | None, resource_id: UUID | None) -> Wish:
    if service_id is None:
        raise TypeError("availability is asked for a service or for a wish")
    return Wish.of(service_id=service_id, resource_id=resource_id, starts_at=instant(0))
