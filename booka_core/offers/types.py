"""What crosses the border of the offers room: what somebody wants, and what can be had."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from booka_core.availability.types import Reason
from booka_core.sdk.values import Frozen


class WishItem(Frozen):
    """One service of a visit.

    `minutes` is one of the service's lengths (its usual one when None) and `resource_id` a wished person or thing.
    Services of one `guest` follow each other; those of different guests begin together, with people of their own.
    """

    service_id: UUID
    minutes: int | None = None
    resource_id: UUID | None = None
    add_on_ids: tuple[UUID, ...] = ()
    guest: int = 0


class Wish(Frozen):
    """A visit that somebody wants to book. Instants are aware.

    `nights` is for services by the night. `attendee_id` is who comes when that is not the customer, `terms` what was
    accepted, `voucher` a code, `quote_id` a price named before, and `link_id` an opened link to a private service.
    """

    items: tuple[WishItem, ...]
    starts_at: datetime
    location_id: UUID | None = None
    party_size: int = 1
    nights: int | None = None
    attendee_id: UUID | None = None
    intake: dict[str, Any] = {}
    note: str = ""
    terms: str = ""
    voucher: str | None = None
    quote_id: UUID | None = None
    link_id: UUID | None = None

    @classmethod
    def of(
        cls,
        *,
        service_id: UUID,
        starts_at: datetime,
        resource_id: UUID | None = None,
        minutes: int | None = None,
        add_on_ids: tuple[UUID, ...] = (),
        **more: Any,
    ) -> Self:
        """A visit of one service."""
        item = WishItem(service_id=service_id, minutes=minutes, resource_id=resource_id, add_on_ids=add_on_ids)
        return cls(items=(item,), starts_at=starts_at, **more)

    @property
    def service_id(self) -> UUID:
        """The first service."""
        return self.items[0].service_id

    def at(self, starts_at: datetime) -> Self:
        """The same visit at another time."""
        return self.model_copy(update={"starts_at": starts_at})


class OfferedSlot(Frozen):
    """A start that can be booked, and the people (or, without people, things) free to serve it.

    `seats_left` is set for classes only.
    """

    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[UUID, ...]
    seats_left: int | None = None


class TimeCheck(Frozen):
    """Whether one start can be booked, and if not, the first rule that forbids it."""

    free: bool
    reason: Reason


class Blocker(Frozen):
    """An occupancy that stands in the way. `reference` is the reservation's, where one of this business holds it."""

    starts_at: datetime
    ends_at: datetime
    reservation_id: UUID | None
    reference: str | None
    held: bool


class CandidateExplained(Frozen):
    """What one person or thing says to a start."""

    resource_id: UUID
    name: str
    free: bool
    reason: Reason
    blockers: tuple[Blocker, ...] = ()


class DemandExplained(Frozen):
    """One thing that the visit needs, and what each candidate says."""

    kind: str
    free: bool
    candidates: tuple[CandidateExplained, ...]


class Explanation(Frozen):
    """Why a start is or is not offered: the deciding rule, the setting behind it, and every candidate's answer.

    `rule` is a sentence for people; `setting` names what to change, such as `min_notice_minutes=30`.
    """

    starts_at: datetime
    local_time: str
    zone: str
    free: bool
    reason: Reason
    rule: str
    setting: str | None
    demands: tuple[DemandExplained, ...]
    nearest: tuple[OfferedSlot, ...]


class DayCount(Frozen):
    """How many starts one local day offers, for calendars that show no times."""

    day: date
    starts: int
