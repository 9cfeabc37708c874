"""How a wish becomes a row: plans are made, approved and priced outside any transaction, and the first of them that the
constraint lets through is written inside one. The verbs in `commands` and other rooms book through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booka_core.booking import events
from booka_core.booking.approval import approve_plan
from booka_core.booking.classes import seat_guests
from booka_core.booking.entry import count_turns, lock_limits, require_entry, require_limits, use_link
from booka_core.booking.errors import SlotTaken
from booka_core.booking.idempotency import AlreadyWritten, Request, answered, remember
from booka_core.booking.lifecycle import Status
from booka_core.booking.planning import MOST_PLANS, plan_visit, require_intake
from booka_core.booking.plans import Plan
from booka_core.booking.prices import price_plan
from booka_core.booking.transitions import tell_live_pages
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.booking.writes import (
    Consequences,
    Draft,
    HoldRanOut,
    TakenInPart,
    expire_overlapping,
    lock_resources,
    write_booking,
)
from booka_core.db.scope import tenant_scope
from booka_core.jobs.commands import wake_after_commit
from booka_core.jobs.types import NewJob
from booka_core.kernel import clock
from booka_core.offers.prepare import prepare_start
from booka_core.offers.types import Wish
from booka_core.pricing.commands import redeem

_ROUNDS = 4  # looks at the times afresh when everybody tried was taken meanwhile


@dataclass(frozen=True, slots=True)
class Prepared:
    """A booking that plugins have agreed to and whose price is known: ways to serve it, best first."""

    plans: tuple[Plan, ...]
    needs_approval: bool

    @property
    def resource_ids(self) -> tuple[UUID, ...]:
        """Everybody and everything that one of the ways takes."""
        return tuple(dict.fromkeys(one for plan in self.plans for one in plan.resource_ids))


async def prepare_booking(
    wish: Wish, *, customer_id: UUID, actor: Actor, source: str, ways: int = 3, walk_in: bool = False
) -> Prepared:
    """Everything about a booking that has to happen before its transaction: plans, the plugins' consent, the price.

    Raises what `book` raises.
    """
    offer = await prepare_start(wish, customer_id=customer_id, walk_in=walk_in)
    require_entry(offer, actor=actor)
    require_intake(offer)
    ready = []
    for plan in plan_visit(offer, customer_id, source=source)[:ways]:
        await approve_plan(plan)
        ready.append(await price_plan(offer, plan))
    return Prepared(tuple(ready), any(plan.approval for plan in ready) and actor.kind != "user")


async def write_prepared(
    prepared: Prepared,
    *,
    actor: Actor,
    action: str = "book",
    hold_until: datetime | None = None,
    request: Request | None = None,
    series: tuple[UUID, int] | None = None,
) -> ReservationInfo:
    """The transaction of a prepared booking: the first of its ways that the constraint lets through. Raises
    `SlotTaken`, after which nothing of it is left, also inside a transaction that goes on.
    """
    for plan in prepared.plans:
        for _ in range(2):
            try:
                return await write_plan(
                    plan, actor=actor, action=action, hold_until=hold_until, request=request, series=series
                )
            except SlotTaken:
                begins, ends = plan.occupied
                async with tenant_scope() as connection:
                    if not await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends):
                        break
    raise SlotTaken


async def serve(
    wish: Wish,
    *,
    customer_id: UUID,
    actor: Actor,
    source: str,
    request: Request | None,
    hold: bool,
    minutes: int | None,
    walk_in: bool,
) -> ReservationInfo:
    """Write the first plan that the constraint lets through; plans that somebody was faster on are skipped.

    What is confirmed at once has each plan approved before its transaction; a hold is approved when it is confirmed.
    """
    for _ in range(_ROUNDS):
        offer = await prepare_start(wish, customer_id=customer_id, walk_in=walk_in)
        require_entry(offer, actor=actor)
        require_intake(offer)
        until = clock.now() + timedelta(minutes=minutes or offer.tenant.settings.hold_minutes) if hold else None
        plans = plan_visit(offer, customer_id, source=source)
        for plan in plans:
            if not hold:
                await approve_plan(plan)
            priced = await price_plan(offer, plan)
            action = "hold" if hold else "book"
            try:
                return await _write(priced, request=request, actor=actor, action=action, hold_until=until)
            except SlotTaken:
                continue
            except AlreadyWritten:
                known = await answered(request)
                if known is not None:
                    return known
        if _all_were_tried(plans):
            break
    raise SlotTaken


async def _write(
    plan: Plan, *, request: Request | None, actor: Actor, action: str, hold_until: datetime | None
) -> ReservationInfo:
    for _ in range(2):
        try:
            return await write_plan(plan, request=request, actor=actor, action=action, hold_until=hold_until)
        except HoldRanOut:
            begins, ends = plan.occupied
            async with tenant_scope() as connection:
                given_back = await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends)
            if not given_back:
                raise
        except TakenInPart:
            begins, ends = plan.occupied
            async with tenant_scope() as connection:
                await expire_overlapping(connection, plan.resource_ids, begins=begins, ends=ends)
    return await write_plan(plan, request=request, actor=actor, action=action, hold_until=hold_until)


async def write_plan(
    plan: Plan,
    *,
    actor: Actor,
    action: str,
    hold_until: datetime | None,
    request: Request | None = None,
    series: tuple[UUID, int] | None = None,
) -> ReservationInfo:
    """The transaction of a booking, for a plan that was approved and priced: all of it or nothing.

    Raises `SlotTaken` (as `HoldRanOut` where an expired hold is in the way), `AlreadyWritten`, `LinkUsedUp`,
    `CapReached`, `TooManyActive` and `VoucherUsedUp`.
    """
    asks = plan.approval and actor.kind != "user"
    status: Status = "held" if hold_until else "pending" if asks else "confirmed"
    async with tenant_scope() as connection:
        await lock_limits(connection, [plan])
        await require_limits(connection, plan, actor=actor)
        await use_link(connection, plan)
        session_id, takes = None, plan.takes
        if plan.seat is not None:
            session_id, takes = await seat_guests(connection, plan)
        elif len(plan.resources) > 1 or plan.turns:  # a series holds turns while it waits for its other dates
            await lock_resources(connection, plan.resource_ids)
        draft = Draft(plan, status, "request" if status == "pending" else action, hold_until, takes, session_id, series)
        reservation = await write_booking(
            connection, draft, actor=actor, consequences=lambda made: _consequences(made, plan)
        )
        if plan.turns:
            await count_turns(connection, plan)
        if plan.quote is not None:
            await redeem(connection, plan.quote, reservation_id=reservation.id, customer_id=plan.customer_id)
        if request is not None:
            await remember(connection, request, reservation.id)
        wake_after_commit()
        tell_live_pages(reservation)
        return reservation


def _all_were_tried(plans: Sequence[Plan]) -> bool:
    """Whether no other way is left to look at: a single thing is needed, and everybody who could serve was asked."""
    return len(plans) < MOST_PLANS and all(len(plan.takes) == 1 and plan.seat is None for plan in plans)


def _consequences(made: ReservationInfo, plan: Plan) -> Consequences:
    """A hold runs out one day; a reservation is announced and asks for its reminders."""
    if made.status == "held":
        expiry = NewJob(
            type="booking.expire_hold", payload={"reservation_id": str(made.id)}, scheduled_at=made.hold_expires_at
        )
        return Consequences(jobs=[expiry])
    if made.status == "pending":
        return Consequences(events=[events.requested(made)])
    return Consequences(
        events=[events.booked(made), *events.reminders(made, minutes_before=plan.reminder_minutes)],
        jobs=events.releases(made, minutes_after=plan.release_minutes),
    )
