"""What crosses the border of the booking room."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from booka_core.booking.lifecycle import Status
from booka_core.sdk.pricing import Quote
from booka_core.sdk.values import Frozen, Money

Source = Literal["whatsapp", "web", "api", "admin", "cli", "demo", "system"]


class Actor(Frozen):
    """Who did it. `label` is for people to read and never a phone number or a mail address."""

    kind: Literal["customer", "user", "system"]
    id: UUID | None = None
    label: str = ""


SYSTEM = Actor(kind="system", label="Booka")


class ReservedResource(Frozen):
    """A person or thing that a reservation takes."""

    id: UUID
    name: str
    kind: str


class ReservedAddOn(Frozen):
    """Something extra with a service; minutes and minor units as they were when it was booked."""

    id: UUID
    name: str
    minutes: int
    price: int


class ReservedItem(Frozen):
    """One service of a visit, for one guest. `price` is what it costs by itself, with its extras, in minor units."""

    service_id: UUID
    name: str
    starts_at: datetime
    ends_at: datetime
    guest: int = 0
    price: int
    add_ons: tuple[ReservedAddOn, ...] = ()
    resource_ids: tuple[UUID, ...] = ()


class ReservationInfo(Frozen):
    """A reservation as it stands in the database. Instants are UTC; `ends_at` is when the customer leaves.

    `items` are the services of the visit, the first of them being `service_id`. `attendee_id` is who comes when that is
    not the customer, and `quote` the price as it was accepted, line by line.
    """

    id: UUID
    reference: str
    status: Status
    customer_id: UUID
    customer_name: str | None
    service_id: UUID
    service_name: str
    resources: tuple[ReservedResource, ...]
    starts_at: datetime
    ends_at: datetime
    price: Money
    party_size: int
    intake: dict[str, Any]
    note: str
    source: str
    hold_expires_at: datetime | None
    version: int
    created_at: datetime
    location_id: UUID | None = None
    attendee_id: UUID | None = None
    attendee_name: str | None = None
    items: tuple[ReservedItem, ...] = ()
    quote: Quote | None = None
    session_id: UUID | None = None
    series_id: UUID | None = None
    series_position: int | None = None
    terms: str = ""
    checked_in_at: datetime | None = None
    rating: int | None = None
    review: str = ""

    @property
    def staff(self) -> ReservedResource | None:
        """The person who serves, if the service takes one."""
        return next((r for r in self.resources if r.kind == "staff"), None)


class Approval(Frozen):
    """The plugins' consent to one booking, asked for before the transaction. Bound to exactly what was asked.

    `advice` is what those who consented would still have the customer know.
    """

    fingerprint: str
    advice: tuple[str, ...] = ()


class LogEntry(Frozen):
    """One line of a reservation's history."""

    at: datetime
    actor_kind: str
    actor_label: str
    source: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class AttachmentInfo(Frozen):
    """A file that was given with a reservation. `question` is the one it answers, `size` bytes."""

    id: UUID
    reservation_id: UUID
    question: str
    name: str
    media_type: str
    size: int
    created_at: datetime


class TimelineLine(Frozen):
    """One change as people read it. `who` did it from `source`, and `sentence` says all of it."""

    at: datetime
    who: str
    source: str
    action: str
    sentence: str


class ChangeInfo(Frozen):
    """One recent change, with the reservation as it stands now."""

    id: UUID
    at: datetime
    action: str
    source: str
    actor_kind: str
    actor_label: str
    reservation_id: UUID
    reference: str
    status: Status
    customer_name: str | None
    service_name: str
    starts_at: datetime
    resources: tuple[ReservedResource, ...]


class StaffDay(Frozen):
    """One person's column of a day: open ranges and what they are booked for, in order of time."""

    id: UUID
    name: str
    title: str
    hue: int
    open_ranges: tuple[tuple[datetime, datetime], ...]


class DaySheet(Frozen):
    """Everything that happens on one local day of a tenant. `booked` sums confirmed and completed reservations."""

    day: date
    zone: str
    staff: tuple[StaffDay, ...]
    reservations: tuple[ReservationInfo, ...]
    booked: Money
    free_minutes: int


class Page(Frozen):
    """A page of reservations; `next_cursor` is None on the last one."""

    items: tuple[ReservationInfo, ...]
    next_cursor: str | None
