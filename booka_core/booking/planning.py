"""From a wish to plans: which people and things would serve a start, best first. Nothing here writes; whether a plan
holds is decided by the constraint when it is written.

Who is best depends on the service: the one with the least to do that day, the one with the highest priority, or the one
whose turn it is in a rotation that gives everybody a share by their weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.availability import assign, clashes, explain_start, minute_of
from booka_core.booking.errors import BadIntake, SlotTaken
from booka_core.booking.plans import CapPlan, Plan, SeatPlan, Take, merged
from booka_core.booking.ranking import Ranking
from booka_core.booking.types import ReservedAddOn, ReservedItem, ReservedResource
from booka_core.catalog.types import ResourceInfo, ServiceInfo
from booka_core.forms import faults_in
from booka_core.offers.classes import Session
from booka_core.offers.errors import REFUSALS, SlotNotOffered, SlotOffGrid
from booka_core.offers.hours import local_day_of
from booka_core.offers.prepare import Offer, Shape
from booka_core.offers.queries import check
from booka_core.offers.stays import is_stay, report_stay, stay_ends
from booka_core.offers.visits import Unit, VisitItem, lane_of, resource_of
from booka_core.plugins.catalogue import vertical
from booka_core.pricing.types import PricedAddOn, PricedService

MOST_PLANS = 12
"""People tried for one booking before its time is looked at afresh."""


def require_whole_minute(starts_at: datetime) -> None:
    """Raises `SlotOffGrid`: nothing begins within a minute."""
    if starts_at.second or starts_at.microsecond:
        raise SlotOffGrid(reason="off_grid")


def require_intake(offer: Offer) -> None:
    """Raises `BadIntake` when an answer does not fit the question of the business's vertical."""
    if offer.wish.intake:
        faults = faults_in(offer.wish.intake, vertical(offer.tenant.vertical).intake, partial=True)
        if faults:
            raise BadIntake(" ".join(f"{fault.where}: {fault.message}." for fault in faults))


def plan_visit(
    offer: Offer, customer_id: UUID, *, source: str, prefer: Sequence[UUID] = (), scheduling: bool = False
) -> list[Plan]:
    """Every way to serve the start of a wish, best first; `prefer` names people to be kept where they are free.

    `scheduling` is for a colleague who fixes when a class meets.

    Raises `SlotTaken`, or the `SlotNotOffered` that says why there is none.
    """
    start = offer.wish.starts_at
    require_whole_minute(start)
    answer = check(offer, start, scheduling=scheduling)
    if not answer.free:
        raise refusal(answer.reason)
    plans: list[Plan] = []
    if offer.is_class:
        plans = _class_plans(offer, customer_id, source=source)
    else:
        for shape in offer.shapes:
            plans += _shape_plans(offer, shape, customer_id, source=source, prefer=prefer)
        if len(offer.shapes) > 1:
            plans.sort(key=lambda plan: plan.priority)
    if not plans:
        raise SlotTaken
    return plans[:MOST_PLANS]


def refusal(reason: Any) -> SlotTaken | SlotNotOffered:
    """The error that says why a start cannot be had."""
    if reason in ("busy", "full"):
        return SlotTaken()
    return REFUSALS.get(reason, SlotNotOffered)(reason=reason)


def _shape_plans(offer: Offer, shape: Shape, customer_id: UUID, *, source: str, prefer: Sequence[UUID]) -> list[Plan]:
    stay = is_stay(offer)
    report = report_stay(offer) if stay else explain_start(shape.query, minute_of(offer.wish.starts_at))
    if not report.check.free:
        return []
    ends = stay_ends(offer) if stay else None
    ranking = Ranking(offer, shape, prefer)
    ranked = [ranking.order(position, answers) for position, answers in enumerate(report.by_demand)]
    clash = clashes(shape.query.demands, shape.query.timing)
    found: dict[tuple[Unit, ...], Plan] = {}
    for turn in range(min(MOST_PLANS, max(len(ranks) for ranks in ranked))):
        chosen = assign([ranks[turn % len(ranks) :] + ranks[: turn % len(ranks)] for ranks in ranked], clash=clash)
        if chosen is not None and chosen not in found:
            priority = ranking.key(0, chosen[0])
            found[chosen] = _plan(offer, shape, chosen, customer_id, source=source, until=ends, priority=priority)
    # Several services are given by as few people as can: the customer stays where they are.
    return sorted(found.values(), key=lambda plan: len(plan.resources))


def _plan(
    offer: Offer,
    shape: Shape,
    chosen: Sequence[Unit],
    customer_id: UUID,
    *,
    source: str,
    until: datetime | None = None,
    priority: tuple[Any, ...] = (),
) -> Plan:
    starts = offer.wish.starts_at
    ends = until or starts + timedelta(minutes=shape.visit.minutes)
    items, priced = _items(offer, shape, chosen, ends=until)
    takes = []
    for demand, unit in zip(shape.query.demands, chosen, strict=True):
        parts = demand.parts or ((0, shape.visit.minutes),)
        for index, (offset, minutes) in enumerate(parts):
            begins = starts + timedelta(minutes=offset - ((demand.before or 0) if index == 0 else 0))
            after = (demand.after or 0) if index == len(parts) - 1 else 0
            last = until or starts + timedelta(minutes=offset + minutes)
            stops = last + timedelta(minutes=after)
            takes.append(Take(resource_of(unit), lane_of(unit), begins, stops))
    return _made(
        offer,
        shape,
        customer_id,
        items=items,
        priced=priced,
        resources=_named(offer, [resource_of(unit) for unit in chosen]),
        takes=merged(takes),
        ends_at=ends,
        source=source,
        priority=priority,
    )


def _made(offer: Offer, shape: Shape, customer_id: UUID, *, source: str, **parts: Any) -> Plan:
    services = [item.service for item in shape.visit.items]
    releases = [service.rules.release_minutes for service in services if service.rules.release_minutes]
    active = [s.rules.active_per_customer for s in services if s.rules.active_per_customer]
    if offer.tenant.settings.active_per_customer:
        active.append(offer.tenant.settings.active_per_customer)
    resources: tuple[ReservedResource, ...] = parts["resources"]
    return Plan(
        wish=offer.wish,
        customer_id=customer_id,
        location_id=offer.location.id,
        zone=offer.location.zone,
        category=services[0].category,
        currency=offer.tenant.currency,
        source=source,
        reminder_minutes=offer.tenant.settings.reminder_minutes,
        occupied_share=_occupied_share(offer, shape) if offer.book.needs_occupancy else None,
        approval=any(service.rules.approval for service in services),
        release_minutes=min(releases) if releases else None,
        caps=tuple(
            CapPlan(item.service.id, item.minutes, item.service.rules.caps)
            for item in shape.visit.items
            if item.service.rules.caps
        ),
        most_active=min(active) if active else None,
        turns=tuple(_turns(services, resources)),
        private=tuple(service.id for service in services if service.rules.private),
        customer_visits=offer.customer_visits,
        **parts,
    )


def _items(
    offer: Offer, shape: Shape, chosen: Sequence[Unit], *, ends: datetime | None
) -> tuple[tuple[ReservedItem, ...], tuple[PricedService, ...]]:
    items, priced = [], []
    for position, item in enumerate(shape.visit.items):
        mine = [
            resource_of(unit) for need, unit in zip(shape.visit.needs, chosen, strict=True) if need.item == position
        ]
        amount = _amount(offer, item, position, mine)
        extras = [ReservedAddOn(id=a.id, name=a.name, minutes=a.minutes, price=a.price) for a in item.add_ons]
        begins = offer.wish.starts_at + timedelta(minutes=item.offset)
        items.append(
            ReservedItem(
                service_id=item.service.id,
                name=item.service.name,
                starts_at=begins,
                ends_at=ends or begins + timedelta(minutes=item.minutes),
                guest=item.guest,
                price=amount + sum(extra.price for extra in extras),
                add_ons=tuple(extras),
                resource_ids=tuple(dict.fromkeys(mine)),
            )
        )
        priced.append(
            PricedService(
                service_id=item.service.id,
                name=item.service.name,
                category=item.service.category,
                minutes=item.minutes,
                guest=item.guest,
                amount=amount,
                add_ons=tuple(PricedAddOn(name=e.name, amount=e.price, service_id=item.service.id) for e in extras),
                tax_basis_points=item.service.rules.tax_basis_points,
            )
        )
    return tuple(items), tuple(priced)


def _amount(offer: Offer, item: VisitItem, position: int, resources: Sequence[UUID]) -> int:
    """What a service costs by itself: its person's own price, its location's, that of its length, or its usual one."""
    service = item.service
    own = [service.own[one].price for one in (*resources, offer.location.id) if one in service.own]
    wanted = offer.wish.items[position].minutes
    by_length = {option.minutes: option.price for option in service.rules.durations}
    amount = next((price for price in own if price is not None), None)
    if wanted is not None and wanted != service.minutes and wanted in by_length:
        amount = by_length[wanted]
    price = service.price.amount if amount is None else amount
    if service.rules.seats > 1:
        price *= offer.wish.party_size
    return price * (offer.wish.nights or 1)


def _class_plans(offer: Offer, customer_id: UUID, *, source: str) -> list[Plan]:
    """A seat in the meeting at that start or, where none meets yet, every way to open one."""
    start = offer.wish.starts_at
    shape = offer.shapes[0]
    session = next((one for one in offer.sessions if one.starts_at == start), None)
    service = offer.service
    if session is None:
        opened = _shape_plans(offer, shape, customer_id, source=source, prefer=())
        seat = SeatPlan(None, service.rules.seats, offer.wish.party_size)
        return [replace(plan, seat=seat) for plan in opened]
    # Whose turn it was to give the class was counted when it was opened.
    return [replace(_seat_plan(offer, shape, session, customer_id, source=source), turns=())]


def _seat_plan(offer: Offer, shape: Shape, session: Session, customer_id: UUID, *, source: str) -> Plan:
    chosen: list[Unit] = list(session.resources)
    item = shape.visit.items[0]
    amount = _amount(offer, item, 0, session.resources)
    begins = session.starts_at
    resources = _named(offer, session.resources)
    reserved = ReservedItem(
        service_id=item.service.id,
        name=item.service.name,
        starts_at=begins,
        ends_at=session.ends_at,
        price=amount,
        resource_ids=tuple(resource_of(unit) for unit in chosen),
    )
    priced = PricedService(
        service_id=item.service.id,
        name=item.service.name,
        category=item.service.category,
        minutes=item.minutes,
        amount=amount,
        tax_basis_points=item.service.rules.tax_basis_points,
    )
    return _made(
        offer,
        shape,
        customer_id,
        items=(reserved,),
        priced=(priced,),
        resources=resources,
        takes=tuple(Take(one, 0, begins, session.ends_at) for one in session.resources),
        ends_at=session.ends_at,
        source=source,
        seat=SeatPlan(session.id, session.seats, offer.wish.party_size),
    )


def _turns(services: Sequence[ServiceInfo], resources: Sequence[ReservedResource]) -> Iterable[tuple[UUID, UUID]]:
    people = [resource.id for resource in resources if resource.kind == "staff"]
    for service in dict.fromkeys(one.id for one in services if one.rules.assignment == "round_robin"):
        for person in people:
            yield service, person


def _occupied_share(offer: Offer, shape: Shape) -> float:
    """How much of the open time of those who could serve is taken on the day of the wish."""
    begins, ends = local_day_of(offer.wish.starts_at, offer.location.zone)
    people = list(dict.fromkeys(shape.query.demands[0].candidates)) if shape.query.demands else []
    open_minutes = sum(_inside(shape.query.open_ranges.get(unit, ()), begins, ends) for unit in people)
    taken = sum(_inside(offer.busy.get(unit, ()), begins, ends) for unit in people)
    return min(1.0, taken / open_minutes) if open_minutes else 0.0


def _inside(intervals: Iterable[tuple[int, int]], begins: int, ends: int) -> int:
    return sum(max(0, min(end, ends) - max(start, begins)) for start, end in intervals)


def _named(offer: Offer, chosen: Iterable[UUID]) -> tuple[ReservedResource, ...]:
    found: Iterable[ResourceInfo | None] = (offer.catalogue.resource(resource) for resource in dict.fromkeys(chosen))
    return tuple(ReservedResource(id=r.id, name=r.name, kind=r.kind) for r in found if r is not None)
