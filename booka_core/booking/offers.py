"""Which starts can be offered: the catalogue, the hours and the occupancies, put before the pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.availability import (
    DateOverride,
    Demand,
    Intervals,
    ServiceTiming,
    SlotQuery,
    WeeklyHours,
    busy_by_resource,
    day_window,
    explain_start,
    find_slots,
    intersect_ranges,
    minute_of,
    nearest,
    open_ranges,
)
from booka_core.availability.types import Minutes
from booka_core.booking.errors import NothingToBook
from booka_core.booking.types import OfferedSlot, TimeCheck
from booka_core.catalog.errors import ResourceNotFound, ServiceNotFound
from booka_core.catalog.queries import read_shop
from booka_core.catalog.types import Catalogue, LocationInfo, ResourceInfo, ServiceInfo, Timetable
from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.plugins.effective import confirm
from booka_core.tenancy.queries import read_tenant
from booka_core.tenancy.types import TenantInfo

_BUSY = """
select resource_id, (extract(epoch from starts_at) / 60)::bigint, (extract(epoch from ends_at) / 60)::bigint
from occupancies
where active and resource_id = any($1) and starts_at < $3 and ends_at > $2
  and (expires_at is null or expires_at > $4) and ($5::uuid is null or reservation_id <> $5)
"""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A question ready for the arithmetic, and what it was made from."""

    tenant: TenantInfo
    catalogue: Catalogue
    location: LocationInfo
    service: ServiceInfo
    query: SlotQuery[UUID]


async def availability(
    *, service_id: UUID, from_day: date, days: int, resource_id: UUID | None = None
) -> list[OfferedSlot]:
    """Every start that can be booked on `days` local days; `resource_id` asks for one person or thing.

    Raises `ServiceNotFound`, `ResourceNotFound`, `NothingToBook`.
    """
    offer = await prepare(service_id=service_id, resource_id=resource_id, first=from_day, days=days)
    return [_offered(slot) for slot in find_slots(offer.query)]


async def alternatives(
    *, service_id: UUID, wanted: datetime, resource_id: UUID | None = None, count: int = 3, days: int = 14
) -> list[OfferedSlot]:
    """The bookable starts nearest to `wanted`, in order of time: first within three days around, then later ones."""
    first = _day_before(wanted)
    around = await prepare(service_id=service_id, resource_id=resource_id, first=first, days=3)
    found = nearest(find_slots(around.query), wanted, count)
    if len(found) < count:
        wide = await prepare(service_id=service_id, resource_id=resource_id, first=first, days=days)
        found = nearest(find_slots(wide.query), wanted, count)
    return [_offered(slot) for slot in found]


async def check_time(*, service_id: UUID, starts_at: datetime, resource_id: UUID | None = None) -> TimeCheck:
    """Whether one start can be booked, and why not."""
    offer = await prepare_start(service_id=service_id, resource_id=resource_id, starts_at=starts_at)
    if starts_at.second or starts_at.microsecond:
        return TimeCheck(free=False, reason="off_grid")
    check = explain_start(offer.query, minute_of(starts_at)).check
    return TimeCheck(free=check.free, reason=check.reason)


async def prepare_start(
    *, service_id: UUID, starts_at: datetime, resource_id: UUID | None = None, moving: UUID | None = None
) -> Offer:
    """The question about one start, with the days around it."""
    return await prepare(
        service_id=service_id, resource_id=resource_id, first=_day_before(starts_at), days=3, moving=moving
    )


async def prepare(
    *,
    service_id: UUID,
    first: date,
    days: int,
    resource_id: UUID | None = None,
    moving: UUID | None = None,
) -> Offer:
    """Gather what the arithmetic needs for `days` local days; `moving` is a reservation that makes way for itself."""
    now = clock.now()
    async with tenant_scope() as connection:
        tenant = await read_tenant(connection)
        confirm(tenant)
        shop = await read_shop(connection, tenant.catalog_revision)
        catalogue = shop.catalogue
        location = catalogue.location
        if location is None:
            raise NothingToBook
        service = catalogue.service(service_id)
        if service is None:
            raise ServiceNotFound
        wanted = catalogue.resource(resource_id) if resource_id else None
        if resource_id and wanted is None:
            raise ResourceNotFound
        demands = _demands(catalogue, service, wanted)
        resources = sorted({r for demand in demands for r in demand.candidates})
        start, end = day_window(location.zone, first, days)
        busy = await _busy(connection, resources, start=start, end=end, now=now, moving=moving)
    rules = tenant.settings
    return Offer(
        tenant=tenant,
        catalogue=catalogue,
        location=location,
        service=service,
        query=SlotQuery(
            timing=ServiceTiming(
                duration=service.minutes,
                buffer_before=service.buffer_before,
                buffer_after=service.buffer_after,
                step=rules.slot_step,
                min_notice=rules.min_notice_minutes,
                window=rules.window_days * 1440,
            ),
            zone=location.zone,
            demands=demands,
            open_ranges=open_by_resource(shop.timetable, resources, first=first, days=days),
            busy=busy,
            window_from=start,
            window_to=end,
            now=minute_of(now) + (1 if now.second or now.microsecond else 0),
        ),
    )


def open_by_resource(
    hours: Timetable, resources: Sequence[UUID], *, first: date, days: int
) -> dict[UUID, list[Minutes]]:
    """When each resource can serve: its own hours within the location's; without hours of its own, the location's."""
    house = _ranges(hours, None, first=first, days=days)
    with_own = {row.resource_id for row in hours.hours} | {row.resource_id for row in hours.overrides}
    found: dict[UUID, list[Minutes]] = {}
    for resource in resources:
        if resource not in with_own:
            found[resource] = house
            continue
        own_week = any(row.resource_id == resource for row in hours.hours)
        own = _ranges(hours, resource, first=first, days=days, week_of=resource if own_week else None)
        found[resource] = intersect_ranges(own, house)
    return found


def _ranges(
    hours: Timetable, resource: UUID | None, *, first: date, days: int, week_of: UUID | None = None
) -> list[Minutes]:
    week: dict[int, list[Minutes]] = {}
    for row in hours.hours:
        if row.resource_id == week_of:
            week.setdefault(row.weekday, []).append((row.opens, row.closes))
    overrides = [
        DateOverride(date=row.day, ranges=row.ranges)
        for row in hours.between(first - _DAY, first + _DAY * days)
        if row.resource_id == resource
    ]
    return open_ranges(WeeklyHours.of(week), overrides, zone=hours.zone, first_day=first, days=days)


def _demands(catalogue: Catalogue, service: ServiceInfo, wanted: ResourceInfo | None) -> list[Demand[UUID]]:
    demands = []
    for kind in service.demands:
        able = catalogue.candidates(service, kind)
        if wanted is not None and wanted.kind == kind:
            if wanted.id not in {r.id for r in able}:
                raise ResourceNotFound(f"{wanted.name} does not offer {service.name}.")
            able = (wanted,)
        demands.append(Demand(candidates=[r.id for r in able], kind=kind))
    return demands


async def _busy(
    connection: Queries, resources: Sequence[UUID], *, start: int, end: int, now: datetime, moving: UUID | None
) -> dict[UUID, Intervals]:
    _, rows = await connection.execute_query(
        _BUSY, [list(resources), _instant(start - 1440), _instant(end + 1440), now, moving]
    )
    return busy_by_resource((row[0], row[1], row[2]) for row in rows)


def _day_before(instant: datetime) -> date:
    """The first of three days that hold an instant's local date, whatever the zone."""
    return instant.astimezone(UTC).date() - _DAY


def _instant(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


def _offered(slot: Any) -> OfferedSlot:
    return OfferedSlot(starts_at=slot.starts_at, ends_at=slot.ends_at, resource_ids=slot.resource_ids)
