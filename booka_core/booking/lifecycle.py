"""The life of a reservation as data: which status may follow which, and by which verb. Commands guard their updates
with it (`UPDATE … WHERE status = ANY(…)`), the API's documentation shows it, and the database checks the column.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Status = Literal[
    "held", "pending", "confirmed", "checked_in", "cancelled", "declined", "expired", "completed", "no_show"
]

STATUSES: tuple[Status, ...] = (
    "held",
    "pending",
    "confirmed",
    "checked_in",
    "cancelled",
    "declined",
    "expired",
    "completed",
    "no_show",
)


class Transition(NamedTuple):
    """What one verb does: the statuses it may start from, the one it ends in (None keeps it), and what it is for."""

    allowed: tuple[Status, ...]
    status: Status | None
    purpose: str


TRANSITIONS: dict[str, Transition] = {
    "confirm": Transition(("held",), "confirmed", "the customer said yes"),
    "request": Transition(("held",), "pending", "the customer said yes, and a colleague has to agree"),
    "approve": Transition(("pending",), "confirmed", "a colleague agreed"),
    "decline": Transition(("pending",), "declined", "a colleague did not agree"),
    "cancel": Transition(("held", "pending", "confirmed"), "cancelled", "it will not take place"),
    "expire": Transition(("held",), "expired", "nobody said yes in time"),
    "move": Transition(("pending", "confirmed"), None, "another time"),
    "reassign": Transition(("pending", "confirmed", "checked_in"), None, "other people or things, same time"),
    "check_in": Transition(("confirmed",), "checked_in", "the customer is here"),
    "complete": Transition(("confirmed", "checked_in"), "completed", "it took place"),
    "no_show": Transition(("confirmed",), "no_show", "nobody came"),
}
"""Verb → what it does."""

BLOCKING: tuple[Status, ...] = ("held", "pending", "confirmed", "checked_in", "completed", "no_show")
"""Statuses whose occupancies are active: nobody else can have that time. A no-show that was released has given its
time back.
"""

AHEAD: tuple[Status, ...] = ("held", "pending", "confirmed")
"""Statuses of a reservation that is still to come."""
