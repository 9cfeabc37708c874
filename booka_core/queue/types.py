"""What other rooms see of the walk-in queue."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from booka_core.queue.lifecycle import QueueStatus
from booka_core.sdk.values import Frozen


class EntryInfo(Frozen):
    """Somebody in the queue. Before they are served `resource_id` is whom they wish for, afterwards who served them.

    `wait_minutes` is known of those who wait or were called, in a list of the queue: an estimate, and None when their
    turn will not come before closing. `ahead` counts those in front of them.
    """

    id: UUID
    location_id: UUID
    service_id: UUID
    service_name: str
    customer_id: UUID
    customer_name: str | None
    resource_id: UUID | None
    resource_name: str | None
    day: date
    ticket: int
    status: QueueStatus
    party_size: int
    reservation_id: UUID | None
    joined_at: datetime
    called_at: datetime | None
    finished_at: datetime | None
    ahead: int | None = None
    wait_minutes: int | None = None


class QueueInfo(Frozen):
    """One local day of the queue of one location: those called, waiting and being served, in order of their turn.

    `ended` are those who were served or left, by ticket.
    """

    location_id: UUID
    day: date
    zone: str
    entries: tuple[EntryInfo, ...]
    ended: tuple[EntryInfo, ...]
