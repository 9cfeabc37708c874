"""What a handler may say instead of returning, and what can be wrong with a job."""

from __future__ import annotations

from booka_core.sdk.errors import BookaError, NotFound, Upstream, WrongState


class RetryLater(BookaError):
    """Not yet: the work shall be tried again later."""

    def __init__(self, seconds: float, reason: str = "", *, counts: bool = True) -> None:
        """Try again after `seconds`. `counts=False` is for waiting one's turn: it uses up no attempt, however often."""
        super().__init__(reason)
        self.seconds = seconds
        self.counts = counts


class Bury(BookaError):
    """This work can never succeed; a person has to look at it."""


class Skip(BookaError):
    """There is nothing left to do."""


class NoHandler(WrongState):
    """No handler is registered for jobs of type {type}."""


class HandlerTaken(WrongState):
    """Two handlers were registered for jobs of type {type}."""


class JobNotFound(NotFound):
    """There is no such job here."""


class JobNotReplayable(WrongState):
    """Only a job that is waiting, dead or discarded can be run again; this one is {status}."""


class JobNotDiscardable(WrongState):
    """Only a job that is waiting or dead can be discarded; this one is {status}."""


class CarrierDown(Upstream):
    """The carrier takes no work; it stays in the table until the carrier is back."""
