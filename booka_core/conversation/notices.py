"""What the business tells a customer unasked: that a colleague moved or cancelled their reservation or answered their
request, that one is near, and that a time they wait for is free or gone again. Each is a consumer of the fact and says
what the row says at that moment; what the customer did themselves in the chat is not told twice.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Literal
from uuid import UUID

from booka_core.booking.errors import ReservationNotFound
from booka_core.booking.queries import get_reservation, history
from booka_core.booking.types import LogEntry, ReservationInfo
from booka_core.catalog.queries import catalogue
from booka_core.conversation.situation import wording_of
from booka_core.kernel import clock
from booka_core.messaging.commands import queue_message
from booka_core.messaging.queries import conversation_of
from booka_core.outbox import consumers
from booka_core.sdk.events import (
    AnyEvent,
    AppointmentApproved,
    AppointmentCancelled,
    AppointmentDeclined,
    AppointmentMoved,
    ReminderDue,
    WaitlistPlaceLost,
    WaitlistPlaceOffered,
)
from booka_core.series.queries import changed_together
from booka_core.tenancy.queries import get_tenant
from booka_core.waitlist.queries import asked_together, get_offer


async def tell_moved(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.moved.v1`."""
    if isinstance(event, AppointmentMoved):
        await _tell_change(event_id, event, "move", "moved_by_us", status=("confirmed", "pending"))


async def tell_cancelled(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.cancelled.v1`."""
    if isinstance(event, AppointmentCancelled):
        await _tell_change(event_id, event, "cancel", "cancelled_by_us", status=("cancelled",))


async def tell_agreed(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.approved.v1`."""
    if isinstance(event, AppointmentApproved):
        await _tell(event_id, event.reservation_id, event.customer_id, ("agreed", "booked"), status=("confirmed",))


async def tell_declined(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.declined.v1`."""
    if isinstance(event, AppointmentDeclined):
        keys = ("declined_by_us", "declined_because") if event.reason else ("declined_by_us",)
        await _tell(
            event_id,
            event.reservation_id,
            event.customer_id,
            keys,
            status=("declined",),
            reason=event.reason,
        )


async def remind(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `scheduler.reminder.due.v1`."""
    if isinstance(event, ReminderDue):
        await _tell(
            event_id, event.reservation_id, event.customer_id, ("reminder", "reminder_hint"), status=("confirmed",)
        )


async def offer_place(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `waitlist.place.offered.v1`. An offer that has ended by now is not made any more."""
    if not isinstance(event, WaitlistPlaceOffered):
        return
    now = clock.now()
    if (await get_offer(event.offer_id)).status != "open" or event.expires_at <= now:
        return
    key = "place_offered_to_several" if await asked_together(event.reservation_id) > 1 else "place_offered"
    await _tell(
        event_id,
        event.reservation_id,
        event.customer_id,
        (key,),
        status=("held",),
        minutes=ceil((event.expires_at - now).total_seconds() / 60),
        until=event.expires_at,
    )


async def tell_place_lost(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `waitlist.place.lost.v1`."""
    if isinstance(event, WaitlistPlaceLost):
        await _tell(event_id, event.reservation_id, event.customer_id, ("place_gone",))


async def _tell_change(
    event_id: UUID,
    event: AppointmentMoved | AppointmentCancelled,
    action: Literal["move", "cancel"],
    key: str,
    *,
    status: tuple[str, ...],
) -> None:
    """What a colleague changed; of many appointments of a series that changed together, the first speaks for all."""
    last = await _last(event.reservation_id, action)
    if last is not None and last.actor_kind == "customer":
        return
    together = await changed_together(event.reservation_id, action)
    if together is None:
        await _tell(event_id, event.reservation_id, event.customer_id, (key,), status=status)
    elif together.is_first:
        keys = (key, "series_too")
        await _tell(event_id, event.reservation_id, event.customer_id, keys, status=status, count=together.others)


async def _last(reservation_id: UUID, action: str) -> LogEntry | None:
    """When something was last done to a reservation, and by whom."""
    done = [entry for entry in await history(reservation_id) if entry.action == action]
    return done[-1] if done else None


async def _tell(
    event_id: UUID,
    reservation_id: UUID,
    customer_id: UUID,
    keys: tuple[str, ...],
    *,
    status: tuple[str, ...] = (),
    until: datetime | None = None,
    **values: object,
) -> None:
    """Queue the words, unless the reservation changed again or the customer has never written to us."""
    try:
        row: ReservationInfo = await get_reservation(reservation_id)
    except ReservationNotFound:
        return
    conversation = await conversation_of(customer_id)
    if conversation is None or (status and row.status not in status):
        return
    tenant = await get_tenant()
    wording = wording_of(tenant, await catalogue())
    if row.status == "pending":
        keys = (*keys, "still_asked")
    if until is not None:
        values["until"] = wording.moment(until)["time"]
    text = "\n\n".join(wording.say(key, **wording.about(row), **values) for key in keys)
    await queue_message(conversation_id=conversation.id, text=text, dedupe_key=f"notice:{event_id}")


def register() -> None:
    """Take part in what happens to reservations."""
    consumers.register("conversation.agreed", [AppointmentApproved.TYPE], tell_agreed)
    consumers.register("conversation.declined", [AppointmentDeclined.TYPE], tell_declined)
    consumers.register("conversation.moved", [AppointmentMoved.TYPE], tell_moved)
    consumers.register("conversation.cancelled", [AppointmentCancelled.TYPE], tell_cancelled)
    consumers.register("conversation.reminders", [ReminderDue.TYPE], remind)
    consumers.register("conversation.places", [WaitlistPlaceOffered.TYPE], offer_place)
    consumers.register("conversation.places_lost", [WaitlistPlaceLost.TYPE], tell_place_lost)
