"""What crosses the border of this room."""

from __future__ import annotations

from booka_core.sdk.values import Frozen


class Accepted(Frozen):
    """What became of an authentic request: `events` were in it, `new` of them had not been stored before."""

    events: int
    new: int
