"""Giving reservations other times: one, or many at once, with everybody they leave and everybody they take locked in
one order, so that a series can move onto its own old times and nobody deadlocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.booking import events
from booka_core.booking.approval import approve_plan, fingerprint
from booka_core.booking.classes import seat_guests
from booka_core.booking.commands import notice_minutes
from booka_core.booking.entry import lock_limits, require_limits
from booka_core.booking.errors import ApprovalMismatch, NothingToMove
from booka_core.booking.planning import plan_visit
from booka_core.booking.plans import Plan
from booka_core.booking.queries import get_reservation, read_reservation
from booka_core.booking.transitions import advance, locked, record, require, require_notice, require_version
from booka_core.booking.types import Actor, Approval, ReservationInfo
from booka_core.booking.writes import close_empty, drop_times, expire_overlapping, lock_resources, take_times
from booka_core.catalog.queries import shop
from booka_core.catalog.types import Catalogue
from booka_core.db.scope import Queries, tenant_scope
from booka_core.jobs.commands import enqueue_all
from booka_core.offers.prepare import prepare_start
from booka_core.offers.types import Wish, WishItem
from booka_core.outbox.commands import emit
from booka_core.tenancy.queries import read_tenant


@dataclass(frozen=True, slots=True)
class PreparedMove:
    """A move that plugins have agreed to. `plan` is the best way to serve the new time."""

    reservation_id: UUID
    previous: tuple[UUID, ...]
    plan: Plan
    expected_version: int | None = None

    @property
    def resource_ids(self) -> tuple[UUID, ...]:
        """Everybody it leaves and everybody it takes."""
        return tuple(dict.fromkeys([*self.previous, *self.plan.resource_ids]))


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
    expected_version: int | None = None,
) -> ReservationInfo:
    """Give a reservation another time, keeping its people where they are free, or naming another with `resource_id`.

    Its price stays as it was accepted. Raises `ReservationNotFound`, `IllegalTransition`, `NothingToMove`,
    `SlotNotOffered`, `SlotTaken`, `NoticeTooShort`, `ApprovalMismatch`, `StaleVersion`.
    """
    current = await get_reservation(reservation_id)
    require_version(current, expected_version)
    require("move", current)
    plan = await plan_move(current, starts_at=starts_at, resource_id=resource_id)
    if approval.fingerprint != fingerprint(plan):
        raise ApprovalMismatch
    move = PreparedMove(current.id, tuple(r.id for r in current.resources), plan, expected_version)
    return (await write_moves([move], actor=actor, source=source))[0]


async def prepare_move(
    *, reservation_id: UUID, starts_at: datetime, resource_id: UUID | None = None, among: Sequence[UUID] = ()
) -> PreparedMove:
    """Everything about a move that has to happen before its transaction. Raises what `approve_move` raises.

    `among` are reservations that move at the same time and so make way.
    """
    current = await get_reservation(reservation_id)
    require("move", current)
    plan = await plan_move(current, starts_at=starts_at, resource_id=resource_id, among=among)
    await approve_plan(plan)
    return PreparedMove(current.id, tuple(r.id for r in current.resources), plan)


async def write_moves(
    moves: Sequence[PreparedMove], *, actor: Actor, source: str, reason: str = ""
) -> tuple[ReservationInfo, ...]:
    """All of the moves in one transaction, or none. Raises what `move_reservation` raises."""
    async with tenant_scope() as connection:
        rules = (await read_tenant(connection)).settings
        await lock_limits(connection, [move.plan for move in moves])
        await lock_resources(connection, [one for move in moves for one in move.resource_ids])
        before = {
            move.reservation_id: await locked(connection, move.reservation_id, expected_version=move.expected_version)
            for move in sorted(moves, key=lambda one: one.reservation_id)
        }
        for move in moves:
            require("move", before[move.reservation_id])
            notice = await notice_minutes(connection, before[move.reservation_id])
            require_notice(before[move.reservation_id], actor=actor, minutes=notice)
        await drop_times(connection, [move.reservation_id for move in moves])
        moved = []
        for position, move in enumerate(moves):
            waiting = tuple(one.reservation_id for one in moves[position:])
            after = await _take(connection, move, before[move.reservation_id], actor=actor, leaving_out=waiting)
            await record(
                connection, before[move.reservation_id], after, actor=actor, source=source, action="move", reason=reason
            )
            moved.append(after)
        for after in moved:
            was = before[after.id]
            await emit(events.moved(after, previous=was.starts_at), events.freed(was))
            if after.status == "confirmed":
                await emit(*events.reminders(after, minutes_before=rules.reminder_minutes))
        for move, after in zip(moves, moved, strict=True):
            await enqueue_all(events.releases(after, minutes_after=move.plan.release_minutes))
        await close_empty(connection, [s for one in before.values() if (s := one.session_id) is not None])
        return tuple(moved)


async def plan_move(
    current: ReservationInfo, *, starts_at: datetime, resource_id: UUID | None, among: Sequence[UUID] = ()
) -> Plan:
    """The best way to serve a reservation at another time, with the same people where they are free.

    Raises `NothingToMove` when that is what it already is.
    """
    wish = wish_of(current, (await shop()).catalogue, starts_at=starts_at, resource_id=resource_id)
    offer = await prepare_start(wish, customer_id=current.customer_id, moving=current.id, among=tuple(among))
    own = [resource.id for resource in current.resources]
    plan = plan_visit(offer, current.customer_id, source=current.source, prefer=own)[0]
    if plan.starts_at == current.starts_at and set(plan.resource_ids) == set(own):
        raise NothingToMove
    # What each service costs stays as it was accepted, too.
    items = (
        item.model_copy(update={"price": was.price, "add_ons": was.add_ons})
        for item, was in zip(plan.items, current.items, strict=True)
    )
    return replace(plan, items=tuple(items))


def wish_of(
    current: ReservationInfo, catalogue: Catalogue, *, starts_at: datetime, resource_id: UUID | None = None
) -> Wish:
    """What a reservation would be asked for as today, at another time; `resource_id` names somebody for it."""
    items: list[WishItem] = []
    for item in current.items:
        service = catalogue.service(item.service_id)
        options = {option.minutes for option in service.rules.durations} if service is not None else set()
        minutes = int((item.ends_at - item.starts_at).total_seconds()) // 60 - sum(a.minutes for a in item.add_ons)
        items.append(
            WishItem(
                service_id=item.service_id,
                minutes=minutes if minutes in options else None,
                resource_id=resource_id if not items else None,
                add_on_ids=tuple(add_on.id for add_on in item.add_ons),
                guest=item.guest,
            )
        )
    first = catalogue.service(current.service_id)
    nights = None
    if first is not None and first.rules.stay is not None:
        place = catalogue.at(current.location_id) if current.location_id else catalogue.location
        zone = ZoneInfo(place.zone if place is not None else "UTC")
        nights = (current.ends_at.astimezone(zone).date() - current.starts_at.astimezone(zone).date()).days
    return Wish(
        items=tuple(items),
        starts_at=starts_at,
        location_id=current.location_id,
        party_size=current.party_size,
        nights=nights,
        attendee_id=current.attendee_id,
        intake=current.intake,
        note=current.note,
        terms=current.terms,
    )


async def _take(
    connection: Queries,
    move: PreparedMove,
    before: ReservationInfo,
    *,
    actor: Actor,
    leaving_out: tuple[UUID, ...],
) -> ReservationInfo:
    plan = move.plan
    begins, ends = plan.occupied
    await require_limits(connection, plan, actor=actor, leaving_out=leaving_out)
    await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends)
    session_id, takes = None, plan.takes
    if plan.seat is not None:
        session_id, takes = await seat_guests(connection, plan)
    await take_times(connection, before.id, takes, session_id=session_id)
    await advance(
        connection,
        before,
        verb="move",
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        session_id=session_id,
        location_id=plan.location_id,
        items=plan.stored_items,
    )
    return await read_reservation(connection, before.id)
