"""What a plugin sees of a booking that is about to be made, and what it may answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from booka_core.sdk.values import Frozen, Money


class BookingDraft(Frozen):
    """A booking as it would be confirmed. `customer_visits` counts the customer's confirmed visits before it."""

    service_id: UUID
    service_name: str
    service_category: str
    resource_ids: tuple[UUID, ...]
    customer_id: UUID
    customer_visits: int
    starts_at: datetime
    ends_at: datetime
    price: Money
    party_size: int = 1
    intake: dict[str, Any] = {}


class BookingVerdict(Frozen):
    """A plugin's answer: `allow`, `refuse`, or `hold` until a person has looked.

    `message` is for the customer: why not, or what to know about a booking that is allowed.
    `not_before` is the earliest start that the plugin would allow, where it knows one; times are offered from there on.
    """

    decision: Literal["allow", "refuse", "hold"]
    code: str = ""
    message: str = ""
    not_before: datetime | None = None
