"""The verbs of booking. Each validates, writes, logs and announces in one transaction; nothing else writes here.

Whether a time is free is checked first only to give a friendly answer: the exclusion constraint decides. Of several
people who could serve, the one with the least to do that day is tried first, then the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.booking import events
from booka_core.booking.approval import approve_plan, fingerprint
from booka_core.booking.errors import (
    AlreadyCancelled,
    ApprovalMismatch,
    HoldExpired,
    IllegalTransition,
    NoticeTooShort,
    SlotTaken,
)
from booka_core.booking.idempotency import AlreadyWritten, Request, answered, remember
from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.booking.planning import Plan, offer_start, plan_booking, plan_move
from booka_core.booking.queries import get_reservation, read_reservation
from booka_core.booking.types import SYSTEM, Actor, Approval, ReservationInfo
from booka_core.booking.writes import (
    Consequences,
    HoldRanOut,
    expire_overlapping,
    lock_resources,
    take_resources,
    write_booking,
    write_log,
)
from booka_core.db.scope import Queries, after_commit, current_tenant, tenant_scope
from booka_core.jobs.commands import wake_after_commit
from booka_core.jobs.hints import of_tenant, publish
from booka_core.jobs.types import NewJob
from booka_core.kernel import clock
from booka_core.outbox.commands import emit
from booka_core.tenancy.queries import read_tenant


async def hold_slot(
    *,
    service_id: UUID,
    starts_at: datetime,
    customer_id: UUID,
    actor: Actor,
    source: str,
    resource_id: UUID | None = None,
    party_size: int = 1,
    intake: dict[str, Any] | None = None,
    note: str = "",
    idempotency_key: str | None = None,
) -> ReservationInfo:
    """Keep a time for a customer while they answer or pay. Without `resource_id` anybody able may serve.

    Raises `SlotNotOffered` (closed, past, …), `SlotTaken`, `IdempotencyConflict`, `BadPartySize` and the catalogue's
    `ServiceNotFound` / `ResourceNotFound`.
    """
    request = Request.of(idempotency_key, "hold", service_id, starts_at, customer_id, resource_id, party_size, intake)
    if (known := await answered(request)) is not None:
        return known
    offer = await offer_start(
        service_id=service_id, starts_at=starts_at, resource_id=resource_id, party_size=party_size, intake=intake
    )
    until = clock.now() + timedelta(minutes=offer.tenant.settings.hold_minutes)
    plans = plan_booking(offer, starts_at, customer_id, party_size=party_size, intake=intake, note=note, source=source)
    return await _write_first(plans, request=request, actor=actor, action="hold", hold_until=until)


async def book(
    *,
    service_id: UUID,
    starts_at: datetime,
    customer_id: UUID,
    actor: Actor,
    source: str,
    resource_id: UUID | None = None,
    party_size: int = 1,
    intake: dict[str, Any] | None = None,
    note: str = "",
    idempotency_key: str | None = None,
) -> ReservationInfo:
    """Hold and confirm in one transaction, after the plugins' consent.

    Raises what `hold_slot` raises, and `BookingRefused` or `NeedsPerson`.
    """
    request = Request.of(idempotency_key, "book", service_id, starts_at, customer_id, resource_id, party_size, intake)
    if (known := await answered(request)) is not None:
        return known
    offer = await offer_start(
        service_id=service_id, starts_at=starts_at, resource_id=resource_id, party_size=party_size, intake=intake
    )
    plans = plan_booking(offer, starts_at, customer_id, party_size=party_size, intake=intake, note=note, source=source)
    return await _write_first(plans, request=request, actor=actor, action="book", hold_until=None)


async def confirm_reservation(
    *, reservation_id: UUID, approval: Approval, actor: Actor, source: str
) -> ReservationInfo:
    """Turn a hold into a reservation, given the plugins' consent to exactly this booking.

    A hold that ran out but that nobody else has taken is still good. Confirming twice changes nothing.
    Raises `ReservationNotFound`, `HoldExpired`, `AlreadyCancelled`, `ApprovalMismatch`.
    """
    async with tenant_scope() as connection:
        before = await _locked(connection, reservation_id)
        if before.status == "confirmed":
            return before
        if before.status == "expired":
            raise HoldExpired
        _require("confirm", before)
        _require_approval(approval, before)
        await _advance(connection, before, verb="confirm")
        await connection.execute_query(
            "update occupancies set expires_at = null where reservation_id = $1 and active", [reservation_id]
        )
        after = await read_reservation(connection, reservation_id)
        await _record(connection, before, after, actor=actor, source=source, action="confirm")
        rules = (await read_tenant(connection)).settings
        await emit(events.booked(after), *events.reminders(after, minutes_before=rules.reminder_minutes))
        return after


async def cancel_reservation(*, reservation_id: UUID, actor: Actor, source: str, reason: str = "") -> ReservationInfo:
    """Give a time back. Customers are held to the tenant's notice limit; colleagues are not.

    Raises `ReservationNotFound`, `AlreadyCancelled`, `IllegalTransition`, `NoticeTooShort`.
    """
    async with tenant_scope() as connection:
        rules = (await read_tenant(connection)).settings
        before = await _locked(connection, reservation_id)
        if before.status == "cancelled":
            raise AlreadyCancelled(status="cancelled")
        _require("cancel", before)
        if before.status == "confirmed":
            _require_notice(before, actor=actor, minutes=rules.cancel_notice_minutes)
        await _advance(connection, before, verb="cancel")
        await connection.execute_query(
            "update occupancies set active = false, expires_at = null where reservation_id = $1", [reservation_id]
        )
        after = await read_reservation(connection, reservation_id)
        await _record(connection, before, after, actor=actor, source=source, action="cancel", reason=reason)
        if before.status == "confirmed":
            await emit(events.cancelled(after, reason=reason))
        return after


async def approve_move(*, reservation_id: UUID, starts_at: datetime, resource_id: UUID | None = None) -> Approval:
    """Ask for consent to move a reservation. Raises `BookingRefused`, `NeedsPerson`, `SlotNotOffered`, `SlotTaken`."""
    current = await get_reservation(reservation_id)
    return await approve_plan(await plan_move(current, starts_at=starts_at, resource_id=resource_id))


async def move_reservation(
    *,
    reservation_id: UUID,
    starts_at: datetime,
    approval: Approval,
    actor: Actor,
    source: str,
    resource_id: UUID | None = None,
) -> ReservationInfo:
    """Give a reservation another time, keeping its people where they are free, or naming another with `resource_id`.

    Raises `ReservationNotFound`, `IllegalTransition`, `SlotNotOffered`, `SlotTaken`, `NoticeTooShort`,
    `ApprovalMismatch`.
    """
    current = await get_reservation(reservation_id)
    _require("move", current)
    plan = await plan_move(current, starts_at=starts_at, resource_id=resource_id)
    begins, ends = plan.occupied
    async with tenant_scope() as connection:
        rules = (await read_tenant(connection)).settings
        await lock_resources(connection, [*plan.resource_ids, *(r.id for r in current.resources)])
        await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends)
        before = await _locked(connection, reservation_id)
        _require("move", before)
        _require_notice(before, actor=actor, minutes=rules.cancel_notice_minutes)
        expected = fingerprint(
            customer_id=before.customer_id,
            service_id=before.service_id,
            starts_at=plan.starts_at,
            resource_ids=plan.resource_ids,
        )
        if approval.fingerprint != expected:
            raise ApprovalMismatch
        await take_resources(connection, reservation_id, plan.resource_ids, begins=begins, ends=ends)
        await _advance(connection, before, verb="move", starts_at=plan.starts_at, ends_at=plan.ends_at)
        after = await read_reservation(connection, reservation_id)
        await _record(connection, before, after, actor=actor, source=source, action="move")
        await emit(
            events.moved(after, previous=before.starts_at),
            *events.reminders(after, minutes_before=rules.reminder_minutes),
        )
        return after


async def expire_hold(reservation_id: UUID) -> bool:
    """Give a hold back once it ran out. Returns whether it did; anything else is left alone."""
    async with tenant_scope() as connection:
        before = await _locked(connection, reservation_id)
        if before.status != "held" or before.hold_expires_at is None or before.hold_expires_at > clock.now():
            return False
        await _advance(connection, before, verb="expire")
        await connection.execute_query(
            "update occupancies set active = false where reservation_id = $1", [reservation_id]
        )
        after = await read_reservation(connection, reservation_id)
        await _record(connection, before, after, actor=SYSTEM, source="system", action="expire")
        return True


async def _write_first(
    plans: Sequence[Plan], *, request: Request | None, actor: Actor, action: str, hold_until: datetime | None
) -> ReservationInfo:
    """Write the first plan that the constraint lets through; plans that somebody was faster on are skipped.

    What is confirmed at once has each plan approved before its transaction; a hold is approved when it is confirmed.
    """
    for plan in plans:
        if hold_until is None:
            await approve_plan(plan)
        try:
            return await _write(plan, request=request, actor=actor, action=action, hold_until=hold_until)
        except SlotTaken:
            continue
        except AlreadyWritten:
            known = await answered(request)
            if known is not None:
                return known
    raise SlotTaken


async def _write(
    plan: Plan, *, request: Request | None, actor: Actor, action: str, hold_until: datetime | None
) -> ReservationInfo:
    try:
        return await write_plan(plan, request=request, actor=actor, action=action, hold_until=hold_until)
    except HoldRanOut:
        begins, ends = plan.occupied
        async with tenant_scope() as connection:
            given_back = await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends)
        if not given_back:
            raise
    return await write_plan(plan, request=request, actor=actor, action=action, hold_until=hold_until)


async def write_plan(
    plan: Plan, *, actor: Actor, action: str, hold_until: datetime | None, request: Request | None = None
) -> ReservationInfo:
    """The transaction of a booking, for a plan that was approved: all of it or nothing.

    Raises `SlotTaken` (as `HoldRanOut` where an expired hold is in the way) and `AlreadyWritten`.
    """
    async with tenant_scope() as connection:
        reservation = await write_booking(
            connection,
            plan,
            actor=actor,
            action=action,
            hold_until=hold_until,
            consequences=lambda made: _consequences(made, plan.reminder_minutes),
        )
        if request is not None:
            await remember(connection, request, reservation.id)
        wake_after_commit()
        _tell_live_pages(reservation)
        return reservation


def _consequences(made: ReservationInfo, reminder_minutes: Sequence[int]) -> Consequences:
    """A hold runs out one day; a reservation is announced and asks for its reminders."""
    if made.status == "held":
        expiry = NewJob(
            type="booking.expire_hold", payload={"reservation_id": str(made.id)}, scheduled_at=made.hold_expires_at
        )
        return Consequences(jobs=[expiry])
    return Consequences(events=[events.booked(made), *events.reminders(made, minutes_before=reminder_minutes)])


async def _locked(connection: Queries, reservation_id: UUID) -> ReservationInfo:
    return await read_reservation(connection, reservation_id, lock=True)


async def _advance(connection: Queries, before: ReservationInfo, *, verb: str, **columns: datetime) -> None:
    """The guarded update of one legal transition."""
    allowed, status = TRANSITIONS[verb]
    assignments = "".join(f", {name} = ${position}" for position, name in enumerate(columns, start=5))
    changed, _ = await connection.execute_query(
        f"""update reservations set status = $2, hold_expires_at = null, version = version + 1, updated_at = $3
            {assignments} where id = $1 and status = any($4)""",
        [before.id, status, clock.now(), list(allowed), *columns.values()],
    )
    if not changed:
        raise IllegalTransition(status=before.status)


def _require(verb: str, reservation: ReservationInfo) -> None:
    if reservation.status not in TRANSITIONS[verb][0]:
        if reservation.status == "cancelled":
            raise AlreadyCancelled(status="cancelled")
        raise IllegalTransition(status=reservation.status)


def _require_approval(approval: Approval, reservation: ReservationInfo) -> None:
    expected = fingerprint(
        customer_id=reservation.customer_id,
        service_id=reservation.service_id,
        starts_at=reservation.starts_at,
        resource_ids=[r.id for r in reservation.resources],
    )
    if approval.fingerprint != expected:
        raise ApprovalMismatch


def _require_notice(reservation: ReservationInfo, *, actor: Actor, minutes: int) -> None:
    if actor.kind == "customer" and minutes and reservation.starts_at - clock.now() < timedelta(minutes=minutes):
        raise NoticeTooShort(minutes=minutes)


async def _record(
    connection: Queries,
    before: ReservationInfo,
    after: ReservationInfo,
    *,
    actor: Actor,
    source: str,
    action: str,
    reason: str = "",
) -> None:
    told = {"reason": reason} if reason else {}
    await write_log(
        connection,
        before.id,
        actor=actor,
        source=source,
        action=action,
        before=_summary(before),
        after={**_summary(after), **told},
    )
    _tell_live_pages(after)


def _summary(reservation: ReservationInfo) -> dict[str, Any]:
    return {
        "status": reservation.status,
        "starts_at": reservation.starts_at.isoformat(),
        "resources": [str(r.id) for r in reservation.resources],
    }


def _tell_live_pages(reservation: ReservationInfo) -> None:
    tenant = current_tenant()

    async def hint() -> None:
        publish(of_tenant(tenant), json.dumps({"kind": "reservation", "id": str(reservation.id)}))

    after_commit(hint)
