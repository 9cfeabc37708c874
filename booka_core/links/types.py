"""What crosses the border of the links room."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.sdk.values import Frozen

Closed = Literal["", "ended", "begun", "too_late", "not_confirmed", "suspended"]
"""Why a deed is closed to the holder of a link; empty while it is open."""


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
    """What the holder of a manage link may see and do. `zone` is that of the place, `address` where it is.

    `move_closed`, `cancel_closed` and `rate_closed` say why a deed is not possible. Changes have to be made
    `notice_minutes` before the start, so until `changeable_until`.
    """

    business: str
    slug: str
    locale: str
    zone: str
    place: str
    address: str
    reservation: ReservationInfo
    notice_minutes: int
    changeable_until: datetime
    move_closed: Closed
    cancel_closed: Closed
    rate_closed: Closed
