"""Reads of reservations of the bound tenant."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from booka_core.availability import day_window, instant
from booka_core.availability.types import Minutes
from booka_core.booking.errors import BadCursor, ReservationNotFound
from booka_core.booking.types import (
    ChangeInfo,
    DaySheet,
    LogEntry,
    Page,
    ReservationInfo,
    ReservedItem,
    ReservedResource,
    StaffDay,
)
from booka_core.catalog.queries import read_shop
from booka_core.catalog.types import ResourceInfo, Shop
from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.offers.hours import open_times
from booka_core.offers.prepare import count_visits
from booka_core.sdk.pricing import Quote
from booka_core.sdk.values import Money
from booka_core.tenancy.queries import get_tenant, read_tenant

_ITEMS: TypeAdapter[tuple[ReservedItem, ...]] = TypeAdapter(tuple[ReservedItem, ...])

_SELECT = """
select r.id, r.reference, r.status, r.customer_id, c.name as customer_name, r.service_id, r.service_name, r.starts_at,
       r.ends_at, r.price, r.currency, r.party_size, r.intake, r.note, r.source, r.hold_expires_at, r.version,
       r.created_at, r.location_id, r.attendee_id,
       (select a.name from customers a where a.id = r.attendee_id) as attendee_name, r.items, r.quote, r.session_id,
       r.series_id, r.series_position, r.terms, r.checked_in_at, r.rating, r.review,
       (select jsonb_agg(distinct jsonb_build_object('id', x.id, 'name', x.name, 'kind', x.kind))
        from occupancies o join resources x on x.id = o.resource_id
        where o.reservation_id = r.id or (r.session_id is not null and o.session_id = r.session_id
                                          and o.reservation_id is null)) as resources
from reservations r join customers c on c.id = r.customer_id
"""

_SHOWN = """(r.status in ('pending', 'confirmed', 'checked_in', 'completed', 'no_show', 'cancelled')
             or (r.status = 'held' and r.hold_expires_at > $3))"""
# What began more than a day before the day and still runs is in an index of its own: nobody walks through the past.
_DAY = f"""
{_SELECT} where r.starts_at >= $1::timestamptz - interval '24 hours' and r.starts_at < $2 and r.ends_at > $1
            and {_SHOWN}
union all
{_SELECT} where r.starts_at < $1::timestamptz - interval '24 hours' and r.ends_at > $1
            and r.ends_at - r.starts_at > interval '1 day' and {_SHOWN}
order by starts_at, id
"""


async def get_reservation(reservation_id: UUID) -> ReservationInfo:
    """One reservation. Raises `ReservationNotFound`."""
    async with tenant_scope() as connection:
        return await read_reservation(connection, reservation_id)


async def read_reservation(connection: Queries, reservation_id: UUID, *, lock: bool = False) -> ReservationInfo:
    """One reservation as an open scope sees it; `lock` makes others wait who want to change it."""
    ending = "for no key update of r" if lock else ""
    rows = await connection.execute_query_dict(f"{_SELECT} where r.id = $1 {ending}", [reservation_id])
    if not rows:
        raise ReservationNotFound
    return _info(rows[0])


async def find_by_reference(reference: str) -> ReservationInfo:
    """The reservation with this code. Raises `ReservationNotFound`."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"{_SELECT} where r.reference = $1", [reference.strip().upper()])
    if not rows:
        raise ReservationNotFound
    return _info(rows[0])


async def list_reservations(
    *,
    day: date | None = None,
    customer_id: UUID | None = None,
    status: str | None = None,
    resource_id: UUID | None = None,
    series_id: UUID | None = None,
    starts_from: datetime | None = None,
    starts_until: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """Reservations in order of their start, a page at a time. `day` is a local date, `resource_id` somebody who is
    assigned, and [starts_from, starts_until) is asked for where no `day` is. Raises `BadCursor`.
    """
    after_start, after_id = _open_cursor(cursor) if cursor else (None, None)
    start, end = starts_from, starts_until
    if day is not None:
        zone = (await get_tenant()).zone
        start, end = (instant(minute) for minute in day_window(zone, day, 1))
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"""{_SELECT}
            where ($1::timestamptz is null or r.starts_at >= $1) and ($2::timestamptz is null or r.starts_at < $2)
              and ($3::uuid is null or r.customer_id = $3) and ($4::text is null or r.status = $4)
              and ($5::timestamptz is null or (r.starts_at, r.id) > ($5, $6::uuid))
              and ($8::uuid is null or exists (select 1 from occupancies mine
                                               where mine.reservation_id = r.id and mine.resource_id = $8))
              and ($9::uuid is null or r.series_id = $9)
            order by r.starts_at, r.id limit $7""",
            [start, end, customer_id, status, after_start, after_id, limit + 1, resource_id, series_id],
        )
    items = tuple(_info(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=_cursor(items[-1]) if more else None)


async def upcoming(customer_id: UUID) -> tuple[ReservationInfo, ...]:
    """What a customer has booked from now on, soonest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"{_SELECT} where r.customer_id = $1 and r.status in ('pending', 'confirmed')"
            " and r.starts_at > $2 order by r.starts_at",
            [customer_id, clock.now()],
        )
    return tuple(_info(row) for row in rows)


async def visits(customer_id: UUID) -> int:
    """How often a customer has been booked and has not cancelled."""
    async with tenant_scope() as connection:
        return await count_visits(connection, customer_id)


async def history(reservation_id: UUID) -> tuple[LogEntry, ...]:
    """Everything that happened to a reservation, oldest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            """select at, actor_kind, actor_label, source, action, before, after from reservation_logs
               where reservation_id = $1 order by at, id""",
            [reservation_id],
        )
    return tuple(LogEntry(**{**row, "before": _json(row["before"]), "after": _json(row["after"])}) for row in rows)


async def recent_changes(*, limit: int = 8) -> tuple[ChangeInfo, ...]:
    """What happened last in the tenant's book, newest first; holds that merely ran out are left out."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            """select l.id, l.at, l.action, l.source, l.actor_kind, l.actor_label, r.id as reservation_id, r.reference,
                      r.status, c.name as customer_name, r.service_name, r.starts_at,
                      (select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'kind', x.kind)
                                        order by x.kind <> 'staff', x.name)
                       from occupancies o join resources x on x.id = o.resource_id
                       where o.reservation_id = r.id) as resources
               from reservation_logs l join reservations r on r.id = l.reservation_id
               join customers c on c.id = r.customer_id
               where l.action <> 'expire' order by l.id desc limit $1""",
            [limit],
        )
    return tuple(
        ChangeInfo(**{**row, "resources": tuple(ReservedResource(**x) for x in _json(row["resources"]) or [])})
        for row in rows
    )


async def day_sheet(day: date) -> DaySheet:
    """One local day: the people, their open hours, and every reservation that is not an expired hold."""
    async with tenant_scope() as connection:
        tenant = await read_tenant(connection)
        shop = await read_shop(connection, tenant.catalog_revision)
        zone = shop.catalogue.location.zone if shop.catalogue.location else tenant.zone
        start, end = day_window(zone, day, 1)
        rows = await connection.execute_query_dict(_DAY, [instant(start), instant(end), clock.now()])
    people = shop.catalogue.staff
    ranges = _open_ranges(shop, people, day)
    reservations = tuple(_info(row) for row in rows)
    staff = tuple(
        StaffDay(
            id=person.id,
            name=person.name,
            title=person.title,
            hue=person.hue,
            open_ranges=tuple(
                (instant(max(a, start)), instant(min(b, end))) for a, b in ranges.get(person.id, ()) if b > start
            ),
        )
        for person in people
    )
    earning = [r for r in reservations if r.status in ("confirmed", "checked_in", "completed", "no_show")]
    open_minutes = sum((b - a).total_seconds() / 60 for person in staff for a, b in person.open_ranges)
    taken = sum((r.ends_at - r.starts_at).total_seconds() / 60 for r in earning if r.staff)
    return DaySheet(
        day=day,
        zone=zone,
        staff=staff,
        reservations=reservations,
        booked=Money(amount=sum(r.price.amount for r in earning), currency=tenant.currency),
        free_minutes=max(0, int(open_minutes - taken)),
    )


async def local_today() -> date:
    """Today where the tenant is."""
    return clock.now().astimezone(ZoneInfo((await get_tenant()).zone)).date()


def _open_ranges(shop: Shop, people: Sequence[ResourceInfo], day: date) -> dict[UUID, list[Minutes]]:
    """When people work on a day, at whichever places they do."""
    found: dict[UUID, list[Minutes]] = {}
    for location in shop.catalogue.locations:
        working = [person.id for person in people if person.works_at(location.id)]
        times = open_times(shop, working, location=location, first=day, days=1)
        for person, ranges in times.ranges.items():
            found.setdefault(person, []).extend(ranges)
    return found


def _info(row: dict[str, Any]) -> ReservationInfo:
    named = sorted(_json(row["resources"]) or [], key=lambda one: (one["kind"] != "staff", one["name"]))
    resources = tuple(
        ReservedResource.model_construct(id=UUID(one["id"]), name=one["name"], kind=one["kind"]) for one in named
    )
    currency = row.pop("currency")
    quote = row["quote"]
    return ReservationInfo.model_construct(
        **{
            **row,
            "resources": resources,
            "price": Money.model_construct(amount=row["price"], currency=currency),
            "intake": _json(row["intake"]) or {},
            "items": _items(row, resources),
            "quote": Quote.model_validate_json(quote) if isinstance(quote, str) else quote,
        }
    )


def _items(row: dict[str, Any], resources: tuple[ReservedResource, ...]) -> tuple[ReservedItem, ...]:
    """The services of a visit; a plain booking of one is told by the row's own columns."""
    if row["items"] not in ("[]", [], None):
        return _ITEMS.validate_json(row["items"]) if isinstance(row["items"], str) else tuple(row["items"])
    return (
        ReservedItem.model_construct(
            service_id=row["service_id"],
            name=row["service_name"],
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            guest=0,
            price=row["price"],
            add_ons=(),
            resource_ids=tuple(resource.id for resource in resources),
        ),
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _cursor(last: ReservationInfo) -> str:
    return base64.urlsafe_b64encode(f"{last.starts_at.timestamp()}|{last.id}".encode()).decode().rstrip("=")


def _open_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        start, _, reservation_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        return datetime.fromtimestamp(float(start), UTC), UUID(reservation_id)
    except (ValueError, OverflowError) as error:
        raise BadCursor from error
