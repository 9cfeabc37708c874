"""The booking room's own work in the background: holds that run out, reminders that come due, and bookings to which
nobody has come.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from booka_core.booking.attendance import mark_no_show
from booka_core.booking.commands import expire_hold
from booka_core.booking.errors import IllegalTransition, NotBegunYet, ReservationNotFound, StaleVersion
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import SYSTEM
from booka_core.db.scope import tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.commands import enqueue
from booka_core.jobs.errors import Skip
from booka_core.jobs.types import JobInfo
from booka_core.outbox import consumers
from booka_core.outbox.commands import emit
from booka_core.sdk.events import AnyEvent, ReminderDue, ReminderRequested


async def expire_hold_job(job: JobInfo) -> None:
    """`booking.expire_hold`: give one hold back when its time is over."""
    if not await expire_hold(UUID(job.payload["reservation_id"])):
        raise Skip("the hold was answered in time")


async def schedule_reminder(_event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.reminder.requested.v1`: one job per reminder time."""
    if isinstance(event, ReminderRequested):
        async with tenant_scope():
            await enqueue(
                "booking.remind",
                {"reservation_id": str(event.reservation_id), "starts_at": event.starts_at.isoformat()},
                scheduled_at=event.due_at,
                dedupe_key=f"remind:{event.reservation_id}:{event.starts_at.isoformat()}:{event.due_at.isoformat()}",
            )


async def remind_job(job: JobInfo) -> None:
    """`booking.remind`: announce that a reminder is due, unless the reservation moved or no longer stands."""
    try:
        reservation = await get_reservation(UUID(job.payload["reservation_id"]))
    except ReservationNotFound:
        raise Skip("the reservation is gone") from None
    if reservation.status != "confirmed" or reservation.starts_at != datetime.fromisoformat(job.payload["starts_at"]):
        raise Skip("the reservation moved or no longer stands")
    async with tenant_scope():
        await emit(
            ReminderDue(
                reservation_id=reservation.id, customer_id=reservation.customer_id, starts_at=reservation.starts_at
            )
        )


async def release_job(job: JobInfo) -> None:
    """`booking.release`: give a booking up when nobody has checked in, unless it moved or was decided otherwise."""
    try:
        reservation = await get_reservation(UUID(job.payload["reservation_id"]))
        if reservation.status != "confirmed" or reservation.starts_at != datetime.fromisoformat(
            job.payload["starts_at"]
        ):
            raise Skip("the reservation moved, or somebody has decided already")
        await mark_no_show(
            reservation_id=reservation.id,
            actor=SYSTEM,
            source="system",
            release=True,
            reason="nobody checked in",
            expected_version=reservation.version,
        )
    except (ReservationNotFound, IllegalTransition, NotBegunYet, StaleVersion):
        raise Skip("the reservation was changed meanwhile") from None


def register() -> None:
    """Make the handlers and the consumer known."""
    registry.register("booking.expire_hold", expire_hold_job)
    registry.register("booking.remind", remind_job)
    registry.register("booking.release", release_job)
    consumers.register("booking.reminders", [ReminderRequested.TYPE], schedule_reminder)
