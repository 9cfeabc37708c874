"""The way through the queue as data: which status follows which, and by which verb. Commands guard their updates with
it, and the database checks the column.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

QueueStatus = Literal["waiting", "called", "serving", "served", "left"]


class Step(NamedTuple):
    """What one verb does: the statuses it may start from, the one it ends in, and what it is for."""

    allowed: tuple[QueueStatus, ...]
    status: QueueStatus
    purpose: str


STEPS: dict[str, Step] = {
    "call": Step(("waiting", "called"), "called", "it is their turn; calling again is allowed"),
    "skip": Step(("called",), "waiting", "they did not come: behind all who wait now"),
    "serve": Step(("waiting", "called"), "serving", "they are served, with a reservation of their own"),
    "finish": Step(("serving",), "served", "they have been served"),
    "leave": Step(("waiting", "called"), "left", "they do not wait any longer"),
}
"""Verb → what it does."""

PRESENT: tuple[QueueStatus, ...] = ("waiting", "called", "serving")
"""Statuses of people who are still there."""
