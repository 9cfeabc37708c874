"""What can go wrong with a dialogue."""

from __future__ import annotations

from booka_core.sdk.errors import NotFound, WrongState


class SessionNotFound(NotFound):
    """There is no open dialogue for this conversation."""


class SessionMovedOn(WrongState):
    """The dialogue was changed by another message in the meantime; read it again."""
