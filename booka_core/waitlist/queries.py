"""Reads of the waitlist of the bound tenant."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from booka_core.booking.errors import BadCursor
from booka_core.db.scope import Queries, tenant_scope
from booka_core.waitlist.errors import WaitlistEntryNotFound, WaitlistOfferNotFound
from booka_core.waitlist.types import EntryInfo, EntryPage, EntryStatus, OfferInfo

ENTRY = """
select e.id, e.customer_id, c.name as customer_name, e.service_id, e.resource_id, e.location_id, e.party_size,
       e.wanted_from, e.wanted_until, e.note, e.status, e.source, e.reservation_id, e.joined_at
from waitlist_entries e join customers c on c.id = e.customer_id
"""
OFFER = """
select id, entry_id, hold_id, customer_id, starts_at, status, rank, offered_at, expires_at, answered_at
from waitlist_offers
"""


async def get_entry(entry_id: UUID) -> EntryInfo:
    """One entry. Raises `WaitlistEntryNotFound`."""
    async with tenant_scope() as connection:
        return await read_entry(connection, entry_id)


async def read_entry(connection: Queries, entry_id: UUID) -> EntryInfo:
    """One entry as an open scope sees it. Raises `WaitlistEntryNotFound`."""
    rows = await connection.execute_query_dict(f"{ENTRY} where e.id = $1", [entry_id])
    if not rows:
        raise WaitlistEntryNotFound
    return EntryInfo(**rows[0])


async def list_entries(
    *,
    status: EntryStatus | None = None,
    customer_id: UUID | None = None,
    service_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> EntryPage:
    """Entries in the order in which people joined, a page at a time. Raises `BadCursor`."""
    after = _open_cursor(cursor) if cursor else None
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"""{ENTRY}
            where ($1::text is null or e.status = $1) and ($2::uuid is null or e.customer_id = $2)
              and ($3::uuid is null or e.service_id = $3)
              and ($4::uuid is null or (e.joined_at, e.id) > (select joined_at, id from waitlist_entries where id = $4))
            order by e.joined_at, e.id limit $5""",
            [status, customer_id, service_id, after, limit + 1],
        )
    items = tuple(EntryInfo(**row) for row in rows[:limit])
    return EntryPage(items=items, next_cursor=_cursor(items[-1]) if len(rows) > limit else None)


async def get_offer(offer_id: UUID) -> OfferInfo:
    """One offer. Raises `WaitlistOfferNotFound`."""
    async with tenant_scope() as connection:
        return await read_offer(connection, offer_id)


async def read_offer(connection: Queries, offer_id: UUID) -> OfferInfo:
    """One offer as an open scope sees it. Raises `WaitlistOfferNotFound`."""
    rows = await connection.execute_query_dict(f"{OFFER} where id = $1", [offer_id])
    if not rows:
        raise WaitlistOfferNotFound
    return OfferInfo(**rows[0])


async def open_offers(customer_id: UUID) -> tuple[OfferInfo, ...]:
    """What a customer has been offered and not answered, newest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"{OFFER} where customer_id = $1 and status = 'open' order by offered_at desc, id desc", [customer_id]
        )
    return tuple(OfferInfo(**row) for row in rows)


async def latest_offer(customer_id: UUID) -> OfferInfo | None:
    """The offer that a customer was made last, whatever became of it."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"{OFFER} where customer_id = $1 order by offered_at desc, id desc limit 1", [customer_id]
        )
    return OfferInfo(**rows[0]) if rows else None


async def asked_together(hold_id: UUID) -> int:
    """How many people were offered the time of one hold."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select count(*) as n from waitlist_offers where hold_id = $1", [hold_id]
        )
    return int(rows[0]["n"])


async def offers_of(entry_id: UUID) -> tuple[OfferInfo, ...]:
    """Everything that an entry was offered, oldest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"{OFFER} where entry_id = $1 order by offered_at, id", [entry_id])
    return tuple(OfferInfo(**row) for row in rows)


def _cursor(last: EntryInfo) -> str:
    return base64.urlsafe_b64encode(last.id.bytes).decode().rstrip("=")


def _open_cursor(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
