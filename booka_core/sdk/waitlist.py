"""What a plugin sees when a time became free and several people wait for one: the time, and who would fit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from booka_core.sdk.values import Frozen


class FreedSlot(Frozen):
    """A time that became free. `service_id` is the service it was last taken for, or None when hours were opened."""

    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[UUID, ...]
    service_id: UUID | None = None


class WaitingCustomer(Frozen):
    """Somebody who waits and could take the time.

    `starts_at` and `minutes` are what they would be offered, `alternatives` how many other starts are free for them.
    `tags` are the business's own labels of the customer, and `visits` how often they have been booked.
    """

    entry_id: UUID
    customer_id: UUID
    service_id: UUID
    resource_id: UUID | None
    party_size: int
    starts_at: datetime
    minutes: int
    wanted_from: datetime
    wanted_until: datetime
    joined_at: datetime
    alternatives: int = 0
    visits: int = 0
    tags: tuple[str, ...] = ()
    note: str = ""
