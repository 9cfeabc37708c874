"""The verbs of the walk-in queue. Who is served gets a reservation that begins at that moment, written by the verbs of
booking together with the step, so that a chair is never promised to two people.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.booking import attendance
from booka_core.booking.errors import CustomerBlocked, SlotTaken
from booka_core.booking.making import prepare_booking, write_prepared
from booka_core.booking.queries import read_reservation
from booka_core.booking.transitions import release_time
from booka_core.booking.types import Actor
from booka_core.catalog.errors import ResourceNotFound, ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.catalog.types import Catalogue, ResourceInfo, ServiceInfo
from booka_core.customers.errors import CustomerNotFound
from booka_core.db.scope import Queries, after_commit, current_tenant, tenant_scope
from booka_core.jobs.hints import of_tenant, publish
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.offers.errors import BadPartySize
from booka_core.offers.types import Wish
from booka_core.queue.errors import (
    AlreadyInQueue,
    BusyUntil,
    FreeOnlyUntil,
    IllegalQueueStep,
    NobodyFree,
    NobodyWaiting,
    NotForTheQueue,
)
from booka_core.queue.lifecycle import PRESENT, STEPS
from booka_core.queue.queries import LINE, free_between, local_day, place, read_entry
from booka_core.queue.types import EntryInfo

_JOIN = """
insert into queue_entries (id, tenant_id, location_id, service_id, customer_id, resource_id, day, ticket, status,
                           party_size, reservation_id, joined_at, called_at, finished_at)
select $1, $2, $3, $4, $5, $6, $7::date, coalesce(max(ticket), 0) + 1, 'waiting', $8, null,
       greatest($9::timestamptz, max(joined_at)), null, null
from queue_entries where location_id = $3 and day = $7
on conflict (tenant_id, location_id, day, ticket) do nothing returning id
"""
"""Nobody joins before who has a lower ticket, even when the clocks of two processes disagree."""


async def join_queue(
    *,
    customer_id: UUID,
    service_id: UUID,
    location_id: UUID | None = None,
    resource_id: UUID | None = None,
    party_size: int = 1,
) -> EntryInfo:
    """Take the next ticket of today. `resource_id` is whom they want to be served by.

    Raises `CustomerBlocked`, `AlreadyInQueue`, `NotForTheQueue`, `BadPartySize`, `CustomerNotFound`,
    `ServiceNotFound`, `ResourceNotFound`, `LocationNotFound`, `NothingToBook`.
    """
    if not 1 <= party_size <= 500:
        raise BadPartySize
    location = await place(location_id)
    shop = await catalogue()
    service = shop.service(service_id)
    if service is None:
        raise ServiceNotFound
    if service.rules.stay is not None or service.rules.seats > 1:
        raise NotForTheQueue(name=service.name)
    if resource_id is not None:
        _require_able(shop, service, resource_id, location_id=location.id)
    day = local_day(location)
    entry_id = new_id()
    async with tenant_scope() as connection:
        await _require_welcome(connection, customer_id)
        waits = await connection.execute_query_dict(
            """select ticket from queue_entries
               where location_id = $1 and day = $2 and customer_id = $3 and status = any($4)""",
            [location.id, day, customer_id, list(PRESENT)],
        )
        if waits:
            raise AlreadyInQueue(ticket=waits[0]["ticket"])
        values = [
            entry_id, current_tenant(), location.id, service.id, customer_id, resource_id, day, party_size, clock.now()
        ]  # fmt: skip
        while not await connection.execute_query_dict(_JOIN, values):
            pass  # somebody took that ticket a moment ago; theirs is committed by now, so the next one is another
        _tell_live_pages(entry_id)
        return await read_entry(connection, entry_id)


async def call_next(*, location_id: UUID | None = None, resource_id: UUID | None = None) -> EntryInfo:
    """Call whose turn it is; with `resource_id`, the first whom that person can serve and who wants no one else.

    Two who call at once get two different people. Raises `NobodyWaiting`, `ResourceNotFound`, `LocationNotFound`.
    """
    location = await place(location_id)
    shop = await catalogue()
    services = [service.id for service in shop.services]
    if resource_id is not None:
        person = shop.resource(resource_id)
        if person is None:
            raise ResourceNotFound
        services = [s.id for s in shop.services if _able(shop, s, person, location_id=location.id)]
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"""select q.id from queue_entries q
                where q.location_id = $1 and q.day = $2 and q.status = 'waiting' and q.service_id = any($3)
                  and ($4::uuid is null or q.resource_id is null or q.resource_id = $4)
                order by {LINE} limit 1 for no key update skip locked""",
            [location.id, local_day(location), services, resource_id],
        )
        if not rows:
            raise NobodyWaiting
        return await _step(connection, rows[0]["id"], verb="call", called_at=clock.now())


async def call(entry_id: UUID) -> EntryInfo:
    """Call one person out of turn, or again. Raises `QueueEntryNotFound`, `IllegalQueueStep`."""
    async with tenant_scope() as connection:
        return await _step(connection, entry_id, verb="call", called_at=clock.now())


async def skip(entry_id: UUID) -> EntryInfo:
    """Send back who was called and did not come: behind all who wait now.

    Raises `QueueEntryNotFound`, `IllegalQueueStep`.
    """
    async with tenant_scope() as connection:
        return await _step(connection, entry_id, verb="skip", called_at=clock.now())


async def leave(entry_id: UUID) -> EntryInfo:
    """They do not wait any longer. Raises `QueueEntryNotFound`, `IllegalQueueStep`."""
    async with tenant_scope() as connection:
        return await _step(connection, entry_id, verb="leave", finished_at=clock.now())


async def start_serving(
    *, entry_id: UUID, actor: Actor, source: str, resource_id: UUID | None = None, minutes: int | None = None
) -> EntryInfo:
    """Serve somebody from this minute on, by `resource_id`, else whom they wished for, else anybody who is free.

    Their reservation occupies the time, so it never runs into a booked appointment. Raises `FreeOnlyUntil`,
    `BusyUntil`, `NobodyFree`, `IllegalQueueStep`, `QueueEntryNotFound`, and what booking raises for who may book what.
    The actor is a colleague: who serves somebody at the desk has agreed to it.
    """
    async with tenant_scope() as connection:
        entry = await read_entry(connection, entry_id)
    _require("serve", entry)
    who = resource_id or entry.resource_id
    starts_at = _this_minute()
    wish = Wish.of(
        service_id=entry.service_id,
        starts_at=starts_at,
        resource_id=who,
        minutes=minutes,
        location_id=entry.location_id,
        party_size=entry.party_size,
    )
    try:
        prepared = await prepare_booking(wish, customer_id=entry.customer_id, actor=actor, source=source, walk_in=True)
        async with tenant_scope() as connection:
            _require("serve", await read_entry(connection, entry_id, lock=True))
            made = await write_prepared(prepared, actor=actor)
            await attendance.check_in(reservation_id=made.id, actor=actor, source=source)
            served_by = who or next((r.id for r in made.resources if r.kind == "staff"), None)
            return await _step(connection, entry_id, verb="serve", reservation_id=made.id, resource_id=served_by)
    except SlotTaken as taken:
        await _say_until_when(entry, who, starts_at, cause=taken)
        raise NobodyFree(name=entry.service_name) from taken


async def finish(*, entry_id: UUID, actor: Actor, source: str) -> EntryInfo:
    """They have been served: their reservation is completed, and what is left of its time is given back.

    Raises `QueueEntryNotFound`, `IllegalQueueStep`.
    """
    async with tenant_scope() as connection:
        entry = await _step(connection, entry_id, verb="finish", finished_at=clock.now())
        if entry.reservation_id is not None:
            booked = await read_reservation(connection, entry.reservation_id, lock=True)
            if booked.status in ("confirmed", "checked_in"):  # otherwise it was ended in the calendar already
                await attendance.complete(reservation_id=booked.id, actor=actor, source=source)
                await release_time(connection, booked.id)
        return entry


async def _step(connection: Queries, entry_id: UUID, *, verb: str, **columns: datetime | UUID | None) -> EntryInfo:
    """The guarded update of one step, and a hint to the pages that are open."""
    step = STEPS[verb]
    assignments = "".join(f", {name} = ${position}" for position, name in enumerate(columns, start=4))
    changed, _ = await connection.execute_query(
        f"update queue_entries set status = $2{assignments} where id = $1 and status = any($3)",
        [entry_id, step.status, list(step.allowed), *columns.values()],
    )
    entry = await read_entry(connection, entry_id)
    if not changed:
        raise IllegalQueueStep(status=entry.status)
    _tell_live_pages(entry_id)
    return entry


def _require(verb: str, entry: EntryInfo) -> None:
    if entry.status not in STEPS[verb].allowed:
        raise IllegalQueueStep(status=entry.status)


async def _require_welcome(connection: Queries, customer_id: UUID) -> None:
    """Lock the customer's row, so that one person cannot join twice at once."""
    rows = await connection.execute_query_dict(
        "select blocked_at, erased_at from customers where id = $1 for no key update", [customer_id]
    )
    if not rows or rows[0]["erased_at"] is not None:
        raise CustomerNotFound
    if rows[0]["blocked_at"] is not None:
        raise CustomerBlocked


def _able(shop: Catalogue, service: ServiceInfo, person: ResourceInfo, *, location_id: UUID) -> bool:
    """Whether one of the things that a service takes can be this person or thing."""
    return any(
        person.id in {r.id for r in shop.candidates(service, demand, location_id=location_id)}
        for demand in service.demands
        if demand.kind == person.kind
    )


def _require_able(shop: Catalogue, service: ServiceInfo, resource_id: UUID, *, location_id: UUID) -> None:
    person = shop.resource(resource_id)
    if person is None:
        raise ResourceNotFound
    if not _able(shop, service, person, location_id=location_id):
        raise ResourceNotFound(f"{person.name} does not offer {service.name}.")


def _this_minute() -> datetime:
    """Now, rounded up: time is sold by the minute."""
    now = clock.now().astimezone(UTC)
    whole = now.replace(second=0, microsecond=0)
    return whole if whole == now else whole + timedelta(minutes=1)


async def _say_until_when(entry: EntryInfo, resource_id: UUID | None, at: datetime, *, cause: SlotTaken) -> None:
    """Tell the desk when the named person is busy or free; silent when they are not what is missing."""
    if resource_id is None:
        return
    person = (await catalogue()).resource(resource_id)
    zone = ZoneInfo((await place(entry.location_id)).zone)
    busy_until, free_until = await free_between(resource_id, at)
    name = person.name if person else ""
    if busy_until is not None:
        raise BusyUntil(name=name, until=f"{busy_until.astimezone(zone):%H:%M}", instant=busy_until) from cause
    if free_until is not None:
        raise FreeOnlyUntil(name=name, until=f"{free_until.astimezone(zone):%H:%M}", instant=free_until) from cause


def _tell_live_pages(entry_id: UUID) -> None:
    tenant = current_tenant()

    async def hint() -> None:
        publish(of_tenant(tenant), json.dumps({"kind": "queue", "id": str(entry_id)}))

    after_commit(hint)
