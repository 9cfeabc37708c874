"""Why something cannot be offered. Each says what a customer or a colleague can do about it."""

from __future__ import annotations

from booka_core.availability.types import Reason
from booka_core.sdk.errors import BadInput, WrongState


class NothingToBook(WrongState):
    """This business has no location yet, so nothing can be booked."""


class TooManyServices(BadInput):
    """A visit has between 1 and {most} services."""


class BadPartySize(BadInput):
    """A party has between 1 and 500 people."""


class DurationNotOffered(BadInput):
    """{name} is not offered for {minutes} minutes."""


class BadNights(BadInput):
    """{name} is offered for {least} to {most} nights."""


class StayAlone(BadInput):
    """{name} is booked by the night; nothing but more of it for other guests can be booked with it."""


class NotByTheNight(BadInput):
    """{name} is not booked by the night."""


class AddOnNotOffered(BadInput):
    """That extra does not go with {name}."""


class NotAtThisLocation(BadInput):
    """{name} is not given there."""


class ClassAlone(BadInput):
    """{name} is a class and is booked by itself."""


class ServiceIsPrivate(WrongState):
    """{name} can only be booked with a link from the business."""


class ClockGap(BadInput):
    """{local} does not exist in {zone}: the clocks are put forward across it."""


class SlotNotOffered(WrongState):
    """That time is not offered ({reason}); choose another."""


class SlotInPast(SlotNotOffered):
    """That time has passed; choose another."""


class SlotTooSoon(SlotNotOffered):
    """That time is too soon; choose a later one."""


class SlotBeyondWindow(SlotNotOffered):
    """That time is too far ahead to be booked yet; choose an earlier one."""


class SlotClosed(SlotNotOffered):
    """Nobody who could serve you works at that time; choose another."""


class SlotOffGrid(SlotNotOffered):
    """Appointments do not begin at that minute; choose another time."""


class CapReached(SlotNotOffered):
    """No more bookings of this kind are taken for that day, week or month."""


class SlotLeavesGap(SlotNotOffered):
    """That time would leave a gap too short for anybody else; choose one next to it."""


class NotScheduled(SlotNotOffered):
    """No class begins at that time; choose another."""


REFUSALS: dict[Reason, type[SlotNotOffered]] = {
    "past": SlotInPast,
    "too_soon": SlotTooSoon,
    "beyond_window": SlotBeyondWindow,
    "outside_dates": SlotBeyondWindow,
    "closed": SlotClosed,
    "holiday": SlotClosed,
    "absent": SlotClosed,
    "off_grid": SlotOffGrid,
    "cap_reached": CapReached,
    "leaves_gap": SlotLeavesGap,
    "not_scheduled": NotScheduled,
}
"""Which error a reason becomes; `busy` and `full` are the booking room's `SlotTaken`."""
