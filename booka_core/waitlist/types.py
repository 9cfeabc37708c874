"""What crosses the border of the waitlist."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.sdk.values import Frozen

EntryStatus = Literal["waiting", "offered", "booked", "left", "expired"]
OfferStatus = Literal["open", "accepted", "declined", "expired", "lost"]


class EntryInfo(Frozen):
    """Somebody who wants a service that begins in [`wanted_from`, `wanted_until`). Instants are UTC.

    `resource_id` is the person they want, and `reservation_id` what they got.
    """

    id: UUID
    customer_id: UUID
    customer_name: str | None
    service_id: UUID
    resource_id: UUID | None
    location_id: UUID | None
    party_size: int
    wanted_from: datetime
    wanted_until: datetime
    note: str
    status: EntryStatus
    source: str
    reservation_id: UUID | None
    joined_at: datetime


class OfferInfo(Frozen):
    """A time that is kept for one waiting customer until `expires_at`. `hold_id` is the reservation that keeps it."""

    id: UUID
    entry_id: UUID
    hold_id: UUID
    customer_id: UUID
    starts_at: datetime
    status: OfferStatus
    rank: int
    offered_at: datetime
    expires_at: datetime
    answered_at: datetime | None


class EntryPage(Frozen):
    """A page of the waitlist; `next_cursor` is None on the last one."""

    items: tuple[EntryInfo, ...]
    next_cursor: str | None


Answered = Literal["booked", "already_yours", "lost", "expired", "declined", "refused"]


class OfferAnswer(Frozen):
    """What became of an answer.

    `lost`: somebody else has the time. `expired`: it can no longer be had. `refused`: a plugin has something against
    it, and `message` says what. With `booked` and `already_yours` comes the reservation, which is `pending` where a
    colleague has to agree.
    """

    outcome: Answered
    reservation: ReservationInfo | None = None
    message: str = ""
