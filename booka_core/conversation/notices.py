"""What the business tells a customer unasked: that a colleague moved or cancelled their reservation, and that a
reservation is near. Each is a consumer of the fact and says what the row says at that moment; what the customer did
themselves in the chat is not told twice.
"""

from __future__ import annotations

from uuid import UUID

from booka_core.booking.errors import ReservationNotFound
from booka_core.booking.queries import get_reservation, history
from booka_core.booking.types import ReservationInfo
from booka_core.conversation.wording import Wording
from booka_core.messaging.commands import queue_message
from booka_core.messaging.queries import conversation_of
from booka_core.outbox import consumers
from booka_core.plugins.catalogue import vertical
from booka_core.sdk.events import AnyEvent, AppointmentCancelled, AppointmentMoved, ReminderDue
from booka_core.tenancy.queries import get_tenant


async def tell_moved(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.moved.v1`."""
    if isinstance(event, AppointmentMoved) and not await _by_customer(event.reservation_id, "move"):
        await _tell(event_id, event.reservation_id, event.customer_id, ("moved_by_us",), status="confirmed")


async def tell_cancelled(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.cancelled.v1`."""
    if isinstance(event, AppointmentCancelled) and not await _by_customer(event.reservation_id, "cancel"):
        await _tell(event_id, event.reservation_id, event.customer_id, ("cancelled_by_us",), status="cancelled")


async def remind(event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `scheduler.reminder.due.v1`."""
    if isinstance(event, ReminderDue):
        await _tell(
            event_id, event.reservation_id, event.customer_id, ("reminder", "reminder_hint"), status="confirmed"
        )


async def _by_customer(reservation_id: UUID, action: str) -> bool:
    done = [entry for entry in await history(reservation_id) if entry.action == action]
    return bool(done) and done[-1].actor_kind == "customer"


async def _tell(event_id: UUID, reservation_id: UUID, customer_id: UUID, keys: tuple[str, ...], *, status: str) -> None:
    """Queue the words, unless the reservation changed again or the customer has never written to us."""
    try:
        row: ReservationInfo = await get_reservation(reservation_id)
    except ReservationNotFound:
        return
    conversation = await conversation_of(customer_id)
    if conversation is None or row.status != status:
        return
    tenant = await get_tenant()
    wording = Wording(locale=tenant.locale, zone=tenant.zone, business=tenant.name, vertical=vertical(tenant.vertical))
    text = "\n\n".join(wording.say(key, **wording.about(row)) for key in keys)
    await queue_message(conversation_id=conversation.id, text=text, dedupe_key=f"notice:{event_id}")


def register() -> None:
    """Take part in what happens to reservations."""
    consumers.register("conversation.moved", [AppointmentMoved.TYPE], tell_moved)
    consumers.register("conversation.cancelled", [AppointmentCancelled.TYPE], tell_cancelled)
    consumers.register("conversation.reminders", [ReminderDue.TYPE], remind)
