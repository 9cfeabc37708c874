"""The booking room's own work in the background: holds that run out, and reminders that come due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from booka_core.booking.commands import expire_hold
from booka_core.booking.errors import ReservationNotFound
from booka_core.booking.queries import get_reservation
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


def register() -> None:
    """Make the handlers and the consumer known."""
    registry.register("booking.expire_hold", expire_hold_job)
    registry.register("booking.remind", remind_job)
    consumers.register("booking.reminders", [ReminderRequested.TYPE], schedule_reminder)
