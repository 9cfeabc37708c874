"""The life of a reservation as data: which status may follow which, and by which verb. Commands guard their updates
with it (`UPDATE … WHERE status = ANY(…)`), and so does the database's own check on the column.
"""

from __future__ import annotations

from typing import Literal

Status = Literal["held", "confirmed", "cancelled", "expired", "completed", "no_show"]

STATUSES: tuple[Status, ...] = ("held", "confirmed", "cancelled", "expired", "completed", "no_show")

TRANSITIONS: dict[str, tuple[tuple[Status, ...], Status]] = {
    "confirm": (("held",), "confirmed"),
    "cancel": (("held", "confirmed"), "cancelled"),
    "expire": (("held",), "expired"),
    "move": (("confirmed",), "confirmed"),
    "complete": (("confirmed",), "completed"),
    "no_show": (("confirmed",), "no_show"),
}
"""Verb → (statuses it may start from, status it ends in)."""

BLOCKING: tuple[Status, ...] = ("held", "confirmed", "completed", "no_show")
"""Statuses whose occupancies are active: nobody else can have that time."""
