"""The steps that several verbs of the waitlist take, inside the caller's transaction.

Whoever changes an offer locks its hold first, then offers, then entries: in one order, so that nobody deadlocks.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from booka_core.booking.commands import cancel_reservation
from booka_core.booking.transitions import locked
from booka_core.booking.types import SYSTEM, ReservationInfo
from booka_core.db.scope import Queries
from booka_core.jobs.commands import enqueue
from booka_core.kernel import clock
from booka_core.offers.types import Wish
from booka_core.sdk.waitlist import FreedSlot
from booka_core.waitlist.types import EntryInfo, OfferInfo, OfferStatus

OFFER = "waitlist.offer"
"""The job that looks who could take what is free. One at a time for each business."""

_CLOSE = """
update waitlist_offers set status = $2, answered_at = $3
where hold_id = $1 and status = 'open' and ($4::uuid is null or id = $4)
  and ($5::timestamptz is null or expires_at <= $5)
returning id, entry_id, hold_id, customer_id, starts_at, status, rank, offered_at, expires_at, answered_at
"""
_WAIT_ON = """
update waitlist_entries set status = case when wanted_until <= $2 then 'expired' else 'waiting' end
where id = any($1) and status = 'offered'
"""


async def lock_hold(connection: Queries, hold_id: UUID) -> ReservationInfo:
    """The reservation behind an offer, so that everybody else who answers waits. Raises `ReservationNotFound`."""
    return await locked(connection, hold_id)


async def close_offers(
    connection: Queries,
    hold_id: UUID,
    *,
    status: OfferStatus,
    only: UUID | None = None,
    due_at: datetime | None = None,
) -> tuple[OfferInfo, ...]:
    """Close the open offers of a hold, or one of them, or those due; their customers go on waiting."""
    now = clock.now()
    rows = await connection.execute_query_dict(_CLOSE, [hold_id, status, now, only, due_at])
    closed = tuple(OfferInfo(**row) for row in rows)
    await connection.execute_query(_WAIT_ON, [[offer.entry_id for offer in closed], now])
    return closed


async def release_unwanted(connection: Queries, hold_id: UUID) -> bool:
    """Give a held time back unless somebody else is still asked about it, and look for the next who wants it."""
    hold = await lock_hold(connection, hold_id)
    asked = await connection.execute_query_dict(
        "select id from waitlist_offers where hold_id = $1 and status = 'open' limit 1", [hold_id]
    )
    if asked or hold.status != "held":
        return False
    await cancel_reservation(
        reservation_id=hold_id, actor=SYSTEM, source="system", reason="not taken from the waitlist"
    )
    await look_again(freed_by(hold))
    return True


def wish_of(entry: EntryInfo, starts_at: datetime) -> Wish:
    """The visit that somebody waits for, at a time."""
    return Wish.of(
        service_id=entry.service_id,
        starts_at=starts_at,
        resource_id=entry.resource_id,
        location_id=entry.location_id,
        party_size=entry.party_size,
        note=entry.note,
    )


def freed_by(reservation: ReservationInfo) -> FreedSlot:
    """The time that a reservation leaves."""
    return FreedSlot(
        starts_at=reservation.starts_at,
        ends_at=reservation.ends_at,
        resource_ids=tuple(resource.id for resource in reservation.resources),
        service_id=reservation.service_id,
    )


async def look_again(freed: FreedSlot | None = None, *, at: datetime | None = None) -> None:
    """Have somebody look, in the background, who could take a freed time, or anything that is free."""
    await enqueue(
        OFFER,
        {"freed": freed.model_dump(mode="json") if freed else None},
        scheduled_at=at,
        order_key=OFFER,
        dedupe_key=f"{OFFER}:{at.isoformat()}" if at else None,
    )
