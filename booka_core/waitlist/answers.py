"""What a waiting customer answers, in whatever order and however late: there is one winner for each time.

The hold's row decides. Who says yes claims it with a guarded update, and everything that follows from it (the hold
confirmed, the others told, the entry closed) is written in that transaction. The plugins' consent is asked for before.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

from tortoise.exceptions import IntegrityError

from booka_core.booking.approval import approve_reservation
from booka_core.booking.commands import confirm_reservation, hold_slot
from booka_core.booking.errors import (
    ApprovalMismatch,
    BookingRefused,
    CustomerBlocked,
    HoldExpired,
    IllegalTransition,
    NeedsPerson,
    SlotTaken,
)
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import SYSTEM, Actor, Approval, ReservationInfo
from booka_core.customers.queries import get_customer
from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.outbox.commands import emit
from booka_core.sdk.errors import BadInput, BookaError, WrongState
from booka_core.sdk.events import WaitlistPlaceLost
from booka_core.tenancy.queries import get_tenant
from booka_core.waitlist.errors import WaitlistOfferNotFound
from booka_core.waitlist.queries import get_entry, get_offer, read_offer
from booka_core.waitlist.types import EntryInfo, OfferAnswer, OfferInfo
from booka_core.waitlist.writes import close_offers, lock_hold, release_unwanted, wish_of

_TRIES = 12
_STANDS = ("pending", "confirmed", "checked_in", "completed")


async def answer(*, offer_id: UUID, accept: bool, actor: Actor, source: str) -> OfferAnswer:
    """Take an offered time, or let it go. Safe to repeat: who has it hears so again, and a later no changes nothing.

    A yes that comes late, even after a no, still gets the time as long as nobody else has it. Raises
    `WaitlistOfferNotFound`, also for a customer who was not the one asked.
    """
    offer = await get_offer(offer_id)
    if actor.kind == "customer" and actor.id != offer.customer_id:
        raise WaitlistOfferNotFound
    if not accept:
        return await _decline(offer)
    for turn in range(_TRIES):
        found = await _accept(offer_id, actor=actor, source=source)
        if found is not None:
            return found
        await asyncio.sleep(0.01 * turn)  # somebody else answers for the same time; let them finish
    return OfferAnswer(outcome="lost")


async def _decline(offer: OfferInfo) -> OfferAnswer:
    async with tenant_scope() as connection:
        hold = await lock_hold(connection, offer.hold_id)
        await close_offers(connection, offer.hold_id, status="declined", only=offer.id)
        now = await read_offer(connection, offer.id)
        if now.status == "accepted":
            return OfferAnswer(outcome="already_yours", reservation=hold)
        if now.status == "lost":
            return OfferAnswer(outcome="lost")
        await release_unwanted(connection, offer.hold_id)
    return OfferAnswer(outcome="declined")


async def _accept(offer_id: UUID, *, actor: Actor, source: str) -> OfferAnswer | None:
    """One try. None when somebody else changed something meanwhile, so that it has to be looked at again."""
    offer = await get_offer(offer_id)
    hold = await get_reservation(offer.hold_id)
    if offer.status == "accepted":
        return OfferAnswer(outcome="already_yours", reservation=hold) if hold.status in _STANDS else _GONE
    entry = await get_entry(offer.entry_id)
    if entry.status in ("booked", "left"):
        return _GONE
    if (await get_customer(offer.customer_id)).blocked:
        return await _refuse(offer, CustomerBlocked())
    if hold.status == "held":
        return await _take(offer, actor=actor, source=source)
    if hold.status in ("expired", "cancelled"):
        return await _hold_again(offer, entry)
    return await _lose(offer)


_GONE = OfferAnswer(outcome="expired")


async def _take(offer: OfferInfo, *, actor: Actor, source: str) -> OfferAnswer | None:
    """Confirm the hold for this customer, with the plugins' consent to their having it, whoever it is held for."""
    try:
        approval = await approve_reservation(offer.hold_id, customer_id=offer.customer_id)
        booked = await _win(offer, approval, actor=actor, source=source)
    except (BookingRefused, NeedsPerson) as refusal:
        return await _refuse(offer, refusal)
    except (ApprovalMismatch, HoldExpired, IllegalTransition, IntegrityError):
        return None
    if booked is None:
        return None
    await _withdraw_others(offer)
    return OfferAnswer(outcome="booked", reservation=booked)


async def _refuse(offer: OfferInfo, refusal: BookaError) -> OfferAnswer:
    """They may not have it: let it go to the next."""
    await _decline(offer)
    return OfferAnswer(outcome="refused", message=refusal.detail or str(refusal))


async def _win(offer: OfferInfo, approval: Approval, *, actor: Actor, source: str) -> ReservationInfo | None:
    """The one transaction in which a time becomes somebody's. None when it is somebody else's."""
    now = clock.now()
    async with tenant_scope() as connection:
        if not await _claim(connection, offer):
            return None
        booked = await confirm_reservation(reservation_id=offer.hold_id, approval=approval, actor=actor, source=source)
        await connection.execute_query(
            "update waitlist_offers set status = 'accepted', answered_at = $2 where id = $1", [offer.id, now]
        )
        losers = await close_offers(connection, offer.hold_id, status="lost")
        await connection.execute_query(
            "update waitlist_entries set status = 'booked', reservation_id = $2 where id = $1",
            [offer.entry_id, booked.id],
        )
        await emit(*(_lost(loser, booked) for loser in losers))
    return booked


async def _claim(connection: Queries, offer: OfferInfo) -> bool:
    """Make the hold this customer's as long as it is one. The row stays locked, so that nobody else can meanwhile."""
    changed, _ = await connection.execute_query(
        "update reservations set customer_id = $2, updated_at = $3 where id = $1 and status = 'held'",
        [offer.hold_id, offer.customer_id, clock.now()],
    )
    return bool(changed)


async def _hold_again(offer: OfferInfo, entry: EntryInfo) -> OfferAnswer | None:
    """The hold is gone; keep the time once more, unless somebody else has it by now."""
    minutes = (await get_tenant()).settings.waitlist_minutes
    try:
        hold = await hold_slot(
            wish_of(entry, offer.starts_at),
            customer_id=offer.customer_id,
            actor=SYSTEM,
            source="system",
            idempotency_key=f"waitlist:{offer.id}:{offer.hold_id}",
            minutes=minutes,
        )
    except SlotTaken:
        return await _lose(offer)
    except (WrongState, BadInput):
        return _GONE
    async with tenant_scope() as connection:
        await connection.execute_query(
            "update waitlist_offers set hold_id = $2 where id = $1 and hold_id = $3", [offer.id, hold.id, offer.hold_id]
        )
    return None


async def _lose(offer: OfferInfo) -> OfferAnswer:
    async with tenant_scope() as connection:
        await lock_hold(connection, offer.hold_id)
        await close_offers(connection, offer.hold_id, status="lost", only=offer.id)
    return OfferAnswer(outcome="lost")


async def _withdraw_others(offer: OfferInfo) -> None:
    """Let go what else the entry was offered: an earlier offer was taken after a later one had been made."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select id, hold_id from waitlist_offers where entry_id = $1 and status = 'open'", [offer.entry_id]
        )
        for row in rows:
            await lock_hold(connection, row["hold_id"])
            await close_offers(connection, row["hold_id"], status="declined", only=row["id"])
            await release_unwanted(connection, row["hold_id"])


def _lost(loser: OfferInfo, taken: ReservationInfo) -> WaitlistPlaceLost:
    return WaitlistPlaceLost(
        entry_id=loser.entry_id,
        offer_id=loser.id,
        customer_id=loser.customer_id,
        reservation_id=taken.id,
        service_id=taken.service_id,
        starts_at=taken.starts_at,
    )
