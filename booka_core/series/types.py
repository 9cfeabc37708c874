"""What crosses the border of the series room."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from booka_core.availability import Recurrence
from booka_core.booking.types import ReservationInfo
from booka_core.offers.types import Wish
from booka_core.sdk.values import Frozen

Scope = Literal["this", "future", "all"]
"""Which appointments of a series an edit is about: one, that one and all after it, or all. What is past stays."""

SeriesStatus = Literal["active", "ended", "cancelled"]


class LeftOut(Frozen):
    """A date of the rule without an appointment. `local` is naive wall-clock time; positions count from 1."""

    position: int
    local: datetime
    reason: str


class SeriesInfo(Frozen):
    """A repeating appointment as it stands.

    `rule` says how it repeats; `starts` are the naive local times in `zone` that its positions (from 1) are meant for.
    An occurrence that was moved by itself has another time than its position. `wish` is what is booked each time.
    A series is `ended` when what followed was cancelled or goes on as another series. `left_out` is told once, by the
    verb that left them out.
    """

    id: UUID
    customer_id: UUID
    rule: Recurrence
    starts: tuple[datetime, ...]
    wish: Wish
    zone: str
    status: SeriesStatus
    created_at: datetime
    occurrences: tuple[ReservationInfo, ...]
    left_out: tuple[LeftOut, ...] = ()


class Stroke(Frozen):
    """The last change of several occurrences at once, so that the customer is told of it once.

    `first` is the occurrence that they hear of; `versions` are what all of them became by it.
    """

    action: Literal["move", "cancel"]
    first: UUID
    versions: dict[UUID, int]


class Together(Frozen):
    """An occurrence was changed together with `others` more; `is_first` for the one that stands for all."""

    is_first: bool
    others: int
