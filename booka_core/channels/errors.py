"""Why a webhook is not taken."""

from __future__ import annotations

from booka_core.sdk.errors import NotFound, WrongState


class UnknownDoor(NotFound):
    """Nobody receives anything here."""


class DoorNotReady(WrongState):
    """This address is ours, but what belongs to it is not here at the moment; deliver again later."""
