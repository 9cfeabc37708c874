"""Joining the waitlist and leaving it. Answers to offers are in `answers`, making them in `offering`."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from booka_core.booking.errors import CustomerBlocked
from booka_core.booking.types import Actor
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.customers.errors import CustomerNotFound
from booka_core.customers.queries import get_customer
from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.offers.errors import BadPartySize, ServiceIsPrivate
from booka_core.waitlist.errors import (
    BadNote,
    BadWaitingWindow,
    NoLongerWaiting,
    NoWaitlist,
    TooManyEntries,
    WaitlistEntryNotFound,
)
from booka_core.waitlist.queries import ENTRY, read_entry
from booka_core.waitlist.types import EntryInfo
from booka_core.waitlist.writes import close_offers, lock_hold, look_again, release_unwanted

MOST_ENTRIES = 10
FARTHEST = timedelta(days=366)
LONGEST_NOTE = 500

_SAME = f"""{ENTRY}
where e.customer_id = $1 and e.service_id = $2 and e.resource_id is not distinct from $3
  and e.location_id is not distinct from $4 and e.party_size = $5 and e.wanted_from = $6 and e.wanted_until = $7
  and e.status in ('waiting', 'offered')
"""
_JOIN = """
insert into waitlist_entries (id, tenant_id, customer_id, service_id, resource_id, location_id, party_size, wanted_from,
                              wanted_until, note, status, source, reservation_id, joined_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $11, null, $12)
"""


async def join(
    *,
    customer_id: UUID,
    service_id: UUID,
    wanted_from: datetime,
    wanted_until: datetime,
    resource_id: UUID | None = None,
    location_id: UUID | None = None,
    party_size: int = 1,
    note: str = "",
    source: str,
) -> EntryInfo:
    """Wait for a service that begins in [`wanted_from`, `wanted_until`), which are aware instants.

    Joining again with the same wish returns the entry that waits already. What is free right now is offered at once,
    in the background. Raises `BadWaitingWindow`, `BadPartySize`, `BadNote`, `NoWaitlist`, `ServiceIsPrivate`,
    `TooManyEntries`, `CustomerBlocked`, `CustomerNotFound`, `ServiceNotFound`, `ResourceNotFound`, `LocationNotFound`.
    """
    _require_window(wanted_from, wanted_until)
    if not 1 <= party_size <= 500:
        raise BadPartySize
    if len(note) > LONGEST_NOTE or "\0" in note:
        raise BadNote(most=LONGEST_NOTE)
    await _require_offered(service_id, resource_id, location_id)
    wish = [customer_id, service_id, resource_id, location_id, party_size, wanted_from, wanted_until]
    async with tenant_scope() as connection:
        if not await connection.execute_query_dict(
            "select id from customers where id = $1 for no key update", [customer_id]
        ):
            raise CustomerNotFound
        customer = await get_customer(customer_id)
        if customer.erased:
            raise CustomerNotFound
        if customer.blocked:
            raise CustomerBlocked
        if waiting := await connection.execute_query_dict(_SAME, wish):
            return EntryInfo(**waiting[0])
        count = await connection.execute_query_dict(
            "select count(*) as n from waitlist_entries where customer_id = $1 and status in ('waiting', 'offered')",
            [customer_id],
        )
        if count[0]["n"] >= MOST_ENTRIES:
            raise TooManyEntries(most=MOST_ENTRIES)
        entry_id = new_id()
        await connection.execute_query(_JOIN, [entry_id, current_tenant(), *wish, note, source, clock.now()])
        await look_again()
        return await read_entry(connection, entry_id)


async def leave(*, entry_id: UUID, actor: Actor) -> EntryInfo:
    """Wait no longer. An open offer is withdrawn, and its time goes to the next. Leaving twice changes nothing.

    Raises `WaitlistEntryNotFound` (also for a customer who is not the one that waits) and `NoLongerWaiting` for an
    entry that ended otherwise.
    """
    async with tenant_scope() as connection:
        entry = await read_entry(connection, entry_id)
        if actor.kind == "customer" and actor.id != entry.customer_id:
            raise WaitlistEntryNotFound
        open_now = await connection.execute_query_dict(
            "select id, hold_id from waitlist_offers where entry_id = $1 and status = 'open'", [entry_id]
        )
        for offer in open_now:
            await lock_hold(connection, offer["hold_id"])
            await close_offers(connection, offer["hold_id"], status="declined", only=offer["id"])
        changed, _ = await connection.execute_query(
            "update waitlist_entries set status = 'left' where id = $1 and status in ('waiting', 'offered')",
            [entry_id],
        )
        after = await read_entry(connection, entry_id)
        if not changed and after.status != "left":
            raise NoLongerWaiting(status=after.status)
        for offer in open_now:
            await release_unwanted(connection, offer["hold_id"])
        return after


def _require_window(wanted_from: datetime, wanted_until: datetime) -> None:
    now = clock.now()
    aware = wanted_from.tzinfo is not None and wanted_until.tzinfo is not None
    if not aware or not max(wanted_from, now) < wanted_until <= now + FARTHEST or wanted_from < now - FARTHEST:
        raise BadWaitingWindow(days=FARTHEST.days)


async def _require_offered(service_id: UUID, resource_id: UUID | None, location_id: UUID | None) -> None:
    shop = await catalogue()
    service = shop.service(service_id)
    if service is None:
        raise ServiceNotFound
    if service.rules.private:
        raise ServiceIsPrivate(name=service.name)
    if service.rules.stay is not None or service.rules.terms:
        raise NoWaitlist(name=service.name)
    if location_id is not None and location_id not in {place.id for place in shop.locations}:
        raise LocationNotFound
    if resource_id is not None:
        resource = shop.resource(resource_id)
        if resource is None:
            raise ResourceNotFound
        if resource.id not in {r.id for spec in service.demands for r in shop.candidates(service, spec)}:
            raise ResourceNotFound(f"{resource.name} does not offer {service.name}.")
