"""What can go wrong with a dialogue."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class SessionNotFound(NotFound):
    """There is no open dialogue for this conversation."""


class SessionMovedOn(WrongState):
    """The dialogue was changed by another message in the meantime; read it again."""


class UnknownSlot(BadInput):
    """A dialogue has no slot {name} that takes this value."""


class TurnGivenUp(WrongState):
    """The bot cannot answer a message, so a colleague was asked to:"""


class TokenSpent(WrongState):
    """This draft was already answered, or never shown; nothing is committed."""
