"""What Booka announces. Events are facts, written in the transaction that made them true and delivered at least once
after its commit. Names are `<area>.<thing>.<what happened>.v<n>`; a field is only ever added, never changed.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from booka_core.sdk.values import Frozen


class Event(Frozen):
    """Base of all events. `subject` names the thing it is about, and orders events of one thing."""

    TYPE: ClassVar[str]

    @property
    @abstractmethod
    def subject(self) -> str:
        """`<kind>:<id>` of the thing the event is about."""


class _AppointmentEvent(Event):
    """Whatever happens to an appointment. `resource_ids` begins with the person who serves, where one does."""

    reservation_id: UUID
    reference: str
    customer_id: UUID
    service_id: UUID
    service_name: str
    resource_ids: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime
    source: str

    @property
    def subject(self) -> str:
        return f"reservation:{self.reservation_id}"


class AppointmentBooked(_AppointmentEvent):
    """A reservation is confirmed."""

    TYPE: ClassVar[str] = "booking.appointment.booked.v1"
    type: Literal["booking.appointment.booked.v1"] = "booking.appointment.booked.v1"


class AppointmentMoved(_AppointmentEvent):
    """A confirmed reservation has another time or other resources."""

    TYPE: ClassVar[str] = "booking.appointment.moved.v1"
    type: Literal["booking.appointment.moved.v1"] = "booking.appointment.moved.v1"
    previous_starts_at: datetime


class AppointmentCancelled(_AppointmentEvent):
    """A reservation no longer takes place."""

    TYPE: ClassVar[str] = "booking.appointment.cancelled.v1"
    type: Literal["booking.appointment.cancelled.v1"] = "booking.appointment.cancelled.v1"
    reason: str = ""


class AppointmentRequested(_AppointmentEvent):
    """A customer said yes to a time that a colleague has to agree to; until then nobody else can have it."""

    TYPE: ClassVar[str] = "booking.appointment.requested.v1"
    type: Literal["booking.appointment.requested.v1"] = "booking.appointment.requested.v1"


class AppointmentApproved(_AppointmentEvent):
    """A colleague agreed to a request; `booked` is announced with it."""

    TYPE: ClassVar[str] = "booking.appointment.approved.v1"
    type: Literal["booking.appointment.approved.v1"] = "booking.appointment.approved.v1"


class AppointmentDeclined(_AppointmentEvent):
    """A colleague did not agree to a request; its time is free again."""

    TYPE: ClassVar[str] = "booking.appointment.declined.v1"
    type: Literal["booking.appointment.declined.v1"] = "booking.appointment.declined.v1"
    reason: str = ""


class AppointmentCompleted(_AppointmentEvent):
    """The visit took place."""

    TYPE: ClassVar[str] = "booking.appointment.completed.v1"
    type: Literal["booking.appointment.completed.v1"] = "booking.appointment.completed.v1"


class AppointmentMissed(_AppointmentEvent):
    """Nobody came. `released` when the rest of the time was given back."""

    TYPE: ClassVar[str] = "booking.appointment.missed.v1"
    type: Literal["booking.appointment.missed.v1"] = "booking.appointment.missed.v1"
    released: bool = False


class AppointmentRated(_AppointmentEvent):
    """The customer rated the visit, 1 to 5. What they wrote stays with the reservation: events outlive people."""

    TYPE: ClassVar[str] = "booking.appointment.rated.v1"
    type: Literal["booking.appointment.rated.v1"] = "booking.appointment.rated.v1"
    rating: int
    previous: int | None = None


class SlotFreed(Event):
    """Time that was taken or kept for somebody can be had again; `reservation_id` is what had it."""

    TYPE: ClassVar[str] = "booking.slot.freed.v1"
    type: Literal["booking.slot.freed.v1"] = "booking.slot.freed.v1"
    reservation_id: UUID
    service_id: UUID
    resource_ids: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime

    @property
    def subject(self) -> str:
        return f"reservation:{self.reservation_id}"


class ReminderRequested(Event):
    """A reminder for a reservation shall go out at `due_at`; one event per reminder time."""

    TYPE: ClassVar[str] = "booking.reminder.requested.v1"
    type: Literal["booking.reminder.requested.v1"] = "booking.reminder.requested.v1"
    reservation_id: UUID
    customer_id: UUID
    starts_at: datetime
    due_at: datetime

    @property
    def subject(self) -> str:
        return f"reservation:{self.reservation_id}"


class ReminderDue(Event):
    """The time of a requested reminder has come and the reservation still stands."""

    TYPE: ClassVar[str] = "scheduler.reminder.due.v1"
    type: Literal["scheduler.reminder.due.v1"] = "scheduler.reminder.due.v1"
    reservation_id: UUID
    customer_id: UUID
    starts_at: datetime

    @property
    def subject(self) -> str:
        return f"reservation:{self.reservation_id}"


class _WaitlistEvent(Event):
    """What happens to somebody who waits. `reservation_id` is the hold that keeps the time."""

    entry_id: UUID
    offer_id: UUID
    customer_id: UUID
    reservation_id: UUID
    service_id: UUID
    starts_at: datetime

    @property
    def subject(self) -> str:
        return f"waitlist:{self.entry_id}"


class WaitlistPlaceOffered(_WaitlistEvent):
    """A time is kept for a waiting customer until `expires_at`, who may take it."""

    TYPE: ClassVar[str] = "waitlist.place.offered.v1"
    type: Literal["waitlist.place.offered.v1"] = "waitlist.place.offered.v1"
    expires_at: datetime


class WaitlistPlaceLost(_WaitlistEvent):
    """Somebody else took the time that a waiting customer had been offered; they keep waiting."""

    TYPE: ClassVar[str] = "waitlist.place.lost.v1"
    type: Literal["waitlist.place.lost.v1"] = "waitlist.place.lost.v1"


class NotificationStatus(Event):
    """An outgoing message changed its state: sent, delivered, read, failed, or unknown after an ambiguous answer."""

    TYPE: ClassVar[str] = "notification.message.status.v1"
    type: Literal["notification.message.status.v1"] = "notification.message.status.v1"
    message_id: UUID
    customer_id: UUID | None
    status: Literal["sent", "delivered", "read", "failed", "unknown"]
    detail: str = ""

    @property
    def subject(self) -> str:
        return f"message:{self.message_id}"


AnyEvent = Annotated[
    AppointmentBooked
    | AppointmentMoved
    | AppointmentCancelled
    | AppointmentRequested
    | AppointmentApproved
    | AppointmentDeclined
    | AppointmentCompleted
    | AppointmentMissed
    | AppointmentRated
    | SlotFreed
    | ReminderRequested
    | ReminderDue
    | WaitlistPlaceOffered
    | WaitlistPlaceLost
    | NotificationStatus,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
