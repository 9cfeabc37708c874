"""Gathers everything one question needs, in one short transaction, and puts it into the form of the arithmetic."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from booka_core.availability import (
    Intervals,
    ServiceTiming,
    SlotQuery,
    day_window,
    instant,
    intersect_ranges,
    minute_of,
)
from booka_core.availability.types import Minutes, Refusal
from booka_core.catalog.errors import LocationNotFound
from booka_core.catalog.queries import read_shop
from booka_core.catalog.types import AbsenceInfo, Catalogue, LocationInfo, ServiceInfo, Shop
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.offers.classes import Session, read_sessions
from booka_core.offers.errors import ClassAlone, NothingToBook, SlotBeyondWindow, SlotInPast
from booka_core.offers.hours import OpenTimes, away, open_times, span
from booka_core.offers.limits import Counting, Limits, read_limits
from booka_core.offers.occupancy import read_busy
from booka_core.offers.types import Wish
from booka_core.offers.visits import Unit, Visit, resource_of, shapes, units_of
from booka_core.plugins.effective import confirm
from booka_core.plugins.queries import effective_slugs
from booka_core.pricing.queries import read_book
from booka_core.pricing.types import PriceBook
from booka_core.tenancy.queries import read_tenant
from booka_core.tenancy.types import TenantInfo

_DAY = timedelta(days=1)
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class Shape:
    """One form the visit can take, as a question to the arithmetic."""

    visit: Visit
    query: SlotQuery[Unit]


@dataclass(frozen=True, slots=True)
class Offer:
    """A question ready for the arithmetic, and what it was made from. `sessions` is for classes only."""

    tenant: TenantInfo
    shop: Shop
    location: LocationInfo
    wish: Wish
    shapes: tuple[Shape, ...]
    sessions: tuple[Session, ...]
    book: PriceBook
    busy: Mapping[Unit, Intervals]
    turns: Mapping[UUID, int]
    now: datetime
    customer_visits: int | None = None

    @property
    def catalogue(self) -> Catalogue:
        """What the business offers."""
        return self.shop.catalogue

    @property
    def service(self) -> ServiceInfo:
        """The first service of the visit."""
        return self.shapes[0].visit.items[0].service

    @property
    def query(self) -> SlotQuery[Unit]:
        """The question about the first, mostly the only shape."""
        return self.shapes[0].query

    @property
    def is_class(self) -> bool:
        """Whether several customers share what is asked for."""
        return self.service.rules.seats > 1


async def prepare_start(
    wish: Wish,
    *,
    customer_id: UUID | None = None,
    moving: UUID | None = None,
    among: tuple[UUID, ...] = (),
    walk_in: bool = False,
) -> Offer:
    """The question about the start of a wish, with the days around it."""
    return await prepare(
        wish,
        first=day_before(wish.starts_at),
        days=3 + (wish.nights or 0),
        customer_id=customer_id,
        moving=moving,
        among=among,
        walk_in=walk_in,
    )


async def prepare(
    wish: Wish,
    *,
    first: date,
    days: int,
    customer_id: UUID | None = None,
    moving: UUID | None = None,
    among: tuple[UUID, ...] = (),
    walk_in: bool = False,
) -> Offer:
    """Gather what the arithmetic needs for `days` local days.

    `moving` is a reservation that makes way for itself, with those of `among` that move at the same time. Who walks in
    is bound by no grid, notice or window. Raises `NothingToBook` and what `shapes` raises.
    """
    _require_within_calendars(first.year)
    now = clock.now()
    leaving = tuple(one for one in (moving, *among) if one is not None)
    asks_plugins = customer_id is not None and await _plugins_have_a_say()
    async with tenant_scope() as connection:
        tenant = await read_tenant(connection)
        confirm(tenant)
        shop = await read_shop(connection, tenant.catalog_revision)
        location = _location(shop, wish)
        visits = shapes(shop.catalogue, wish, location=location, stand_ins=_stand_ins(shop, wish))
        resources = sorted(
            {resource_of(unit) for visit in visits for need in visit.demands for unit in need.candidates}
        )
        start, end = day_window(location.zone, first, days)
        busy = await read_busy(
            connection,
            resources,
            start=instant(start - 1440),
            end=instant(end + 1440 * (1 + (wish.nights or 0))),
            now=now,
            catalogue=shop.catalogue,
            leaving_out=leaving,
        )
        limits = await _limits(
            connection, visits[0], location, first=first, days=days, customer_id=customer_id, moving=leaving, now=now
        )
        sessions = await _sessions(connection, visits[0], location, start=start, end=end, now=now, moving=moving)
        turns = await _turns(connection, visits[0])
        been_here = await count_visits(connection, customer_id) if asks_plugins else None
        book = await read_book(connection, tenant.catalog_revision)
    hours = open_times(
        shop, resources, location=location, first=first, days=days, kept_as=(tenant.id, tenant.catalog_revision)
    )
    offer = Offer(tenant, shop, location, wish, (), sessions, book, busy, turns, now, been_here)
    made = (
        Shape(visit, _question(offer, visit, hours, limits, window=(start, end), walk_in=walk_in)) for visit in visits
    )
    return replace(offer, shapes=tuple(made))


def day_before(at: datetime) -> date:
    """The first of three days that hold an instant's local date, whatever the zone.

    Raises `SlotInPast` and `SlotBeyondWindow` where calendars end.
    """
    _require_within_calendars(at.year)
    return at.astimezone(UTC).date() - _DAY


def _require_within_calendars(year: int) -> None:
    if year < 1970:
        raise SlotInPast(reason="past")
    if year > 9000:
        raise SlotBeyondWindow(reason="beyond_window")


def reach(query: SlotQuery[Unit], start: int) -> Refusal | None:
    """The first rule of time alone that forbids a start, whoever serves."""
    if query.now is not None:
        ahead = start - query.now
        if ahead < 0:
            return Refusal(start, start + 1, "past")
        if ahead < query.timing.min_notice:
            return Refusal(start, start + 1, "too_soon")
        if query.timing.window is not None and ahead > query.timing.window:
            return Refusal(start, start + 1, "beyond_window")
    return next((one for one in query.refused if one.start <= start < one.end), None)


def _location(shop: Shop, wish: Wish) -> LocationInfo:
    places = shop.catalogue.locations
    if not places:
        raise NothingToBook
    if wish.location_id is not None:
        found = next((place for place in places if place.id == wish.location_id), None)
        if found is None:
            raise LocationNotFound
        return found
    wished = next((item.resource_id for item in wish.items if item.resource_id), None)
    person = shop.catalogue.resource(wished) if wished else None
    service = shop.catalogue.service(wish.service_id)
    homes = [place for place in places if person is not None and place.id == person.location_id]
    giving = [
        place for place in places if service is None or not service.location_ids or place.id in service.location_ids
    ]
    return next((place for place in [*homes, *giving] if place in giving), places[0])


def _stand_ins(shop: Shop, wish: Wish) -> dict[UUID, tuple[UUID, ...]]:
    """Who else is asked for the wished people while they are away."""
    wished = {item.resource_id for item in wish.items if item.resource_id is not None}
    return {
        resource: tuple({one.redirect_to: None for one in away(shop.timetable, resource) if one.redirect_to})
        for resource in wished
    }


def _question(
    offer: Offer, visit: Visit, hours: OpenTimes, limits: Limits, *, window: Minutes, walk_in: bool
) -> SlotQuery[Unit]:
    rules = [item.service.rules for item in visit.items]
    settings = offer.tenant.settings
    notices = [
        settings.min_notice_minutes if one.min_notice_minutes is None else one.min_notice_minutes for one in rules
    ]
    windows = [one.window_days or settings.window_days for one in rules]
    timing = ServiceTiming(
        duration=visit.minutes,
        step=1 if walk_in else rules[0].slot_step or settings.slot_step,
        offset=0 if walk_in else rules[0].slot_offset,
        min_notice=0 if walk_in else max(notices),
        window=None if walk_in else min(windows) * 1440,
        gap=0 if walk_in else max(one.gap_minutes for one in rules),
    )
    units: dict[Unit, list[Minutes]] = {}
    refused_by: dict[Unit, list[Refusal]] = {}
    why_closed: dict[Unit, list[Refusal]] = {}
    for resource in hours.ranges:
        found = offer.catalogue.resource(resource)
        for unit in units_of(found) if found else ():
            units[unit] = hours.ranges[resource]
            if resource in hours.why_closed:
                why_closed[unit] = hours.why_closed[resource]
            if resource in limits.refused_by:
                refused_by[unit] = limits.refused_by[resource]
    _restrict_stand_ins(offer, units)
    return SlotQuery(
        timing=timing,
        zone=offer.location.zone,
        demands=visit.demands,
        open_ranges=units,
        busy=offer.busy,
        window_from=window[0],
        window_to=window[1],
        now=minute_of(offer.now) + (1 if offer.now.second or offer.now.microsecond else 0),
        refused=[*limits.refused, *_outside(visit, offer.location.zone, window)],
        refused_by=refused_by,
        why_closed=why_closed,
    )


def _restrict_stand_ins(offer: Offer, units: dict[Unit, list[Minutes]]) -> None:
    """Who only stands in for somebody serves while that person is away, and at no other time."""
    for item in offer.wish.items:
        if item.resource_id is None:
            continue
        absences: dict[UUID, list[AbsenceInfo]] = {}
        for one in away(offer.shop.timetable, item.resource_id):
            if one.redirect_to is not None:
                absences.setdefault(one.redirect_to, []).append(one)
        wished = {other.resource_id for other in offer.wish.items}
        for other, times in absences.items():
            if other in wished:
                continue
            spans = sorted(span(one.starts_at, one.ends_at) for one in times)
            for unit in [unit for unit in units if resource_of(unit) == other]:
                units[unit] = intersect_ranges(units[unit], spans)


def _outside(visit: Visit, zone: str, window: Minutes) -> list[Refusal]:
    """The starts before the first and after the last date on which a service is offered."""
    found = []
    for item in visit.items:
        rules = item.service.rules
        if rules.window_from is not None:
            found.append(Refusal(-_FAR, day_window(zone, rules.window_from, 1)[0], "outside_dates"))
        if rules.window_until is not None:
            found.append(Refusal(day_window(zone, rules.window_until, 1)[1], _FAR, "outside_dates"))
    return [one for one in found if one.start < window[1] and window[0] < one.end]


async def _limits(
    connection: Queries,
    visit: Visit,
    location: LocationInfo,
    *,
    first: date,
    days: int,
    customer_id: UUID | None,
    moving: tuple[UUID, ...],
    now: datetime,
) -> Limits:
    wanted = [
        (item.service.id, item.minutes, item.service.rules.caps) for item in visit.items if item.service.rules.caps
    ]
    if not wanted:
        return Limits()
    people = {resource_of(unit) for demand in visit.demands if demand.kind == "staff" for unit in demand.candidates}
    counting = Counting(
        zone=location.zone,
        first=first,
        days=days,
        now=now,
        customer_id=customer_id,
        tags=await customer_tags(connection, customer_id),
        leaving_out=moving,
    )
    return await read_limits(connection, wanted, sorted(people), counting)


async def count_visits(connection: Queries, customer_id: UUID | None) -> int:
    """How often a customer has been booked and has not cancelled."""
    rows = await connection.execute_query_dict(
        """select count(*) as n from reservations
           where customer_id = $1 and status in ('confirmed', 'checked_in', 'completed')""",
        [customer_id],
    )
    return int(rows[0]["n"])


async def _plugins_have_a_say() -> bool:
    """Whether any plugin judges or prices bookings, and so has to be told how often the customer has been here."""
    for hook in ("booka_booking_check", "booka_quote_adjust"):
        if await effective_slugs(current_tenant(), hook=hook):
            return True
    return False


async def customer_tags(connection: Queries, customer_id: UUID | None) -> frozenset[str]:
    """The groups a customer belongs to."""
    rows = await connection.execute_query_dict("select tags from customers where id = $1", [customer_id])
    return frozenset(json.loads(rows[0]["tags"])) if rows else frozenset()


async def _sessions(
    connection: Queries,
    visit: Visit,
    location: LocationInfo,
    *,
    start: int,
    end: int,
    now: datetime,
    moving: UUID | None,
) -> tuple[Session, ...]:
    shared = [item.service for item in visit.items if item.service.rules.seats > 1]
    if not shared:
        return ()
    if len(visit.items) > 1:
        raise ClassAlone(name=shared[0].name)
    found = await read_sessions(
        connection, shared[0].id, start=instant(start), end=instant(end), now=now, leaving_out=moving
    )
    return tuple(one for one in found if one.location_id == location.id)


async def _turns(connection: Queries, visit: Visit) -> dict[UUID, int]:
    """How often each person has had a turn, where a rotation decides."""
    rotating = [item.service.id for item in visit.items if item.service.rules.assignment == "round_robin"]
    if not rotating:
        return {}
    rows: Sequence[Mapping[str, object]] = await connection.execute_query_dict(
        "select resource_id, sum(turns)::bigint as turns from rotations where service_id = any($1) group by 1",
        [rotating],
    )
    return {UUID(str(row["resource_id"])): int(str(row["turns"])) for row in rows}
