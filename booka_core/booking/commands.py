"""The verbs that make reservations and give them back. Each validates, writes, logs and announces in one transaction;
nothing else writes here.

Whether a time is free is checked first only to give a friendly answer: the exclusion constraint decides. Of several
people who could serve the best is tried first, then the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from booka_core.booking import events
from booka_core.booking.approval import require_approval
from booka_core.booking.errors import AlreadyCancelled, HoldExpired, SlotTaken
from booka_core.booking.idempotency import Request, answered
from booka_core.booking.making import serve
from booka_core.booking.queries import read_reservation
from booka_core.booking.transitions import (
    advance,
    locked,
    record,
    release_time,
    require,
    require_notice,
    require_version,
)
from booka_core.booking.types import SYSTEM, Actor, Approval, ReservationInfo
from booka_core.catalog.queries import read_shop
from booka_core.catalog.types import ServiceInfo
from booka_core.db.scope import Queries, tenant_scope
from booka_core.jobs.commands import enqueue_all
from booka_core.kernel import clock
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.types import Wish
from booka_core.outbox.commands import emit
from booka_core.pricing.commands import give_back
from booka_core.tenancy.queries import read_tenant


async def hold_slot(
    wish: Wish,
    *,
    customer_id: UUID,
    actor: Actor,
    source: str,
    idempotency_key: str | None = None,
    minutes: int | None = None,
) -> ReservationInfo:
    """Keep a time for a customer while they answer or pay, for `minutes` or as long as the business says.

    Raises `SlotNotOffered` (its classes say why), `SlotTaken`, `IdempotencyConflict`, `CustomerNotFound`,
    `CustomerBlocked`, `NotTheirDependant`, what `require_entry` raises, and what a wish may lack.
    """
    request = Request.of(idempotency_key, "hold", wish.model_dump_json(), customer_id)
    return await _first_come(
        wish, customer_id=customer_id, actor=actor, source=source, request=request, hold=True, minutes=minutes
    )


async def book(
    wish: Wish,
    *,
    customer_id: UUID,
    actor: Actor,
    source: str,
    idempotency_key: str | None = None,
    walk_in: bool = False,
) -> ReservationInfo:
    """Hold and confirm in one transaction, after the plugins' consent. A service that needs a colleague's agreement is
    only requested, unless a colleague books.

    Who walks in is bound by no grid, notice or window. Raises what `hold_slot` raises, and `BookingRefused` or
    `NeedsPerson`.
    """
    request = Request.of(idempotency_key, "book", wish.model_dump_json(), customer_id)
    return await _first_come(
        wish, customer_id=customer_id, actor=actor, source=source, request=request, hold=False, walk_in=walk_in
    )


async def confirm_reservation(
    *, reservation_id: UUID, approval: Approval, actor: Actor, source: str, expected_version: int | None = None
) -> ReservationInfo:
    """Turn a hold into a reservation, given the plugins' consent to exactly this booking; or into a request where a
    colleague has to agree and the actor is none.

    A hold that ran out but that nobody else has taken is still good, unless a limit stopped counting it.
    Confirming twice changes nothing.
    Raises `ReservationNotFound`, `HoldExpired`, `AlreadyCancelled`, `ApprovalMismatch`, `StaleVersion`.
    """
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id)
        if before.status in ("confirmed", "pending"):
            return before
        if before.status == "expired":
            raise HoldExpired
        require_version(before, expected_version)
        require("confirm", before)
        require_approval(approval, before)
        tenant = await read_tenant(connection)
        shop = await read_shop(connection, tenant.catalog_revision)
        services = [one for item in before.items if (one := shop.catalogue.service(item.service_id)) is not None]
        if _ran_out(before) and (tenant.settings.active_per_customer or any(map(_has_limits, services))):
            raise HoldExpired
        asks = actor.kind != "user" and any(service.rules.approval for service in services)
        verb = "request" if asks else "confirm"
        await advance(connection, before, verb=verb)
        await connection.execute_query(
            "update occupancies set expires_at = null where reservation_id = $1 and active", [reservation_id]
        )
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action=verb)
        if asks:
            await emit(events.requested(after))
        else:
            await emit(events.booked(after), *events.reminders(after, minutes_before=tenant.settings.reminder_minutes))
            await enqueue_all(events.releases(after, minutes_after=_release_minutes(services)))
        return after


async def cancel_reservation(
    *, reservation_id: UUID, actor: Actor, source: str, reason: str = "", expected_version: int | None = None
) -> ReservationInfo:
    """Give a time back. Customers are held to the notice limit; colleagues are not.

    Raises `ReservationNotFound`, `AlreadyCancelled`, `IllegalTransition`, `NoticeTooShort`, `StaleVersion`.
    """
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id, expected_version=expected_version)
        if before.status == "cancelled":
            raise AlreadyCancelled(status="cancelled")
        require("cancel", before)
        if before.status != "held":
            require_notice(before, actor=actor, minutes=await notice_minutes(connection, before))
        await advance(connection, before, verb="cancel")
        await give_back(connection, reservation_id)  # before its time, as those who book lock vouchers before people
        await release_time(connection, reservation_id)
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="cancel", reason=reason)
        if before.status != "held":
            await emit(events.cancelled(after, reason=reason))
        await emit(events.freed(before))
        return after


async def expire_hold(reservation_id: UUID) -> bool:
    """Give a hold back once it ran out. Returns whether it did; anything else is left alone."""
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id)
        if before.status == "expired":
            await give_back(connection, reservation_id)  # who needed the time may have left the voucher to us
        if before.status != "held" or before.hold_expires_at is None or before.hold_expires_at > clock.now():
            return False
        await advance(connection, before, verb="expire")
        await give_back(connection, reservation_id)
        await release_time(connection, reservation_id)
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=SYSTEM, source="system", action="expire")
        await emit(events.freed(before))
        return True


async def notice_minutes(connection: Queries, reservation: ReservationInfo) -> int:
    """How long before its start a customer may still move or cancel a reservation."""
    tenant = await read_tenant(connection)
    shop = await read_shop(connection, tenant.catalog_revision)
    own = [
        service.rules.cancel_notice_minutes
        for item in reservation.items
        if (service := shop.catalogue.service(item.service_id)) is not None
    ]
    usual = tenant.settings.cancel_notice_minutes
    return max((usual if minutes is None else minutes for minutes in own), default=usual)


async def _first_come(
    wish: Wish,
    *,
    customer_id: UUID,
    actor: Actor,
    source: str,
    request: Request | None,
    hold: bool,
    minutes: int | None = None,
    walk_in: bool = False,
) -> ReservationInfo:
    """What a request with this key got before, or a booking of its own."""
    if (known := await answered(request)) is not None:
        return known
    try:
        return await serve(
            wish,
            customer_id=customer_id,
            actor=actor,
            source=source,
            request=request,
            hold=hold,
            minutes=minutes,
            walk_in=walk_in,
        )
    except (SlotTaken, SlotNotOffered):
        # The one who was faster may have been the same request, sent twice.
        if (known := await answered(request)) is not None:
            return known
        raise


def _ran_out(reservation: ReservationInfo) -> bool:
    return reservation.hold_expires_at is not None and reservation.hold_expires_at <= clock.now()


def _has_limits(service: ServiceInfo) -> bool:
    return bool(service.rules.caps or service.rules.active_per_customer)


def _release_minutes(services: Sequence[ServiceInfo]) -> int | None:
    """The shortest time after which one of the services gives a booking up that nobody checked in for."""
    return min((one.rules.release_minutes for one in services if one.rules.release_minutes), default=None)
