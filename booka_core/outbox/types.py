"""What crosses the border of this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from booka_core.jobs.types import NewJob
from booka_core.sdk.values import Frozen


class EventRecord(Frozen):
    """An event as it was written down."""

    id: UUID
    seq: int
    type: str
    subject: str
    payload: dict[str, Any]
    occurred_at: datetime


class Draft(Frozen):
    """Events ready to be written: their ids, the parameter of `statements.insert_events`, and the jobs beside them."""

    ids: tuple[UUID, ...]
    rows: str
    jobs: tuple[NewJob, ...]


class ConsumerLag(Frozen):
    """How far one consumer is behind: deliveries waiting, deliveries given up, and the age of the oldest waiting."""

    consumer: str
    waiting: int
    dead: int
    oldest_seconds: float
