"""What can go wrong with a series. Nothing of it is left behind in the database when one of these is raised."""

from __future__ import annotations

from typing import Any

from booka_core.offers.types import OfferedSlot
from booka_core.sdk.errors import BadInput, NotFound, WrongState


class SeriesNotFound(NotFound):
    """There is no such series here."""


class NotInSeries(WrongState):
    """This reservation does not belong to a series; change it by itself."""


class SeriesTooLong(BadInput):
    """A series has at most {most} appointments."""


class SeriesEmpty(BadInput):
    """No date fits this rule."""


class SeriesCollision(WrongState):
    """Appointment {position} of the series ({local}) cannot be had ({reason}). Choose another time, or leave it out."""

    def __init__(self, *, alternatives: tuple[OfferedSlot, ...] = (), **fields: Any) -> None:
        super().__init__(**fields)
        self.alternatives = alternatives
        """What is free nearest to it on that local day."""


class SeriesInClockGap(BadInput):
    """Appointment {position} of the series: {local} does not exist in {zone}, the clocks are put forward across it."""


class OccurrenceOver(WrongState):
    """This appointment of the series has begun or is over and can no longer be changed."""


class SeriesChanged(WrongState):
    """The series was changed by somebody else a moment ago; look at it again."""
