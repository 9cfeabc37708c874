"""What can be wrong with an event or its delivery."""

from __future__ import annotations

from booka_core.sdk.errors import NotFound, WrongState


class EventNotFound(NotFound):
    """There is no such event here."""


class NoConsumer(WrongState):
    """No consumer called {name} is registered in this process."""


class ConsumerTaken(WrongState):
    """Two consumers were registered under the name {name}."""
