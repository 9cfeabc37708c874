"""What can go wrong in the walk-in queue. Each says what somebody at the desk can do about it."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class QueueEntryNotFound(NotFound):
    """There is no such person in the queue here."""


class NotForTheQueue(BadInput):
    """{name} is not given to people who walk in; book it."""


class AlreadyInQueue(WrongState):
    """This customer already waits here with ticket {ticket}."""


class NobodyWaiting(WrongState):
    """Nobody is waiting whom that person could serve."""


class IllegalQueueStep(WrongState):
    """Somebody who is {status} cannot be changed like this."""


class FreeOnlyUntil(WrongState):
    """{name} is only free until {until}: the next appointment begins then. Let somebody else serve."""


class BusyUntil(WrongState):
    """{name} is busy until {until}. Wait, or let somebody else serve."""


class NobodyFree(WrongState):
    """Not everybody and everything that {name} needs is free now."""
