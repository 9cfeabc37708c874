"""What crosses the border of the links room."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.sdk.values import Frozen

Closed = Literal["", "ended", "begun", "too_late", "not_confirmed", "suspended"]
"""Why something can no longer be done; empty while it can."""


class BookingLinkInfo(Frozen):
    """A link that opens one service, with what is left of it. The token is known to nobody but its holders."""

    id: UUID
    tenant_id: UUID
    service_id: UUID
    service_name: str
    resource_id: UUID | None
    label: str
    uses_left: int
    expires_at: datetime | None
    created_at: datetime


class NewBookingLink(Frozen):
    """A link as it is made. `token` is shown this one time."""

    token: str
    info: BookingLinkInfo


class ManagedReservation(Frozen):
    """What the holder of a manage link may see and do.

    `move_closed` and `cancel_closed` say why a deed is no longer possible. `notice_minutes` is how long before the
    start it has to be done, and `changeable_until` the last instant for it.
    """

    business: str
    slug: str
    locale: str
    zone: str
    place: str
    phone: str
    reservation: ReservationInfo
    notice_minutes: int
    changeable_until: datetime
    move_closed: Closed
    cancel_closed: Closed
