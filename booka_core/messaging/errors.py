"""What can be wrong in the messaging room."""

from __future__ import annotations

from booka_core.sdk.errors import NotFound, WrongState


class ConnectionNotFound(NotFound):
    """There is no such connection."""


class ConversationNotFound(NotFound):
    """There is no such conversation."""


class StillConnected(WrongState):
    """{count} connections still use this provider."""
