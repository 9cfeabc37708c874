"""Failures of the ground every room stands on."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, BookaError, WrongState


class MissingSecret(BookaError):
    """This feature is switched off until {name} is set in the environment."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.name = name


class WeakSecret(BookaError):
    """{name} is too short: it needs at least {minimum} bytes; `openssl rand -hex 32` makes a good one."""


class EffectInTransaction(BookaError):
    """{what} was called while a database transaction was open; decide before it and act after it."""


class SealBroken(BadInput):
    """A sealed value cannot be opened: the key is another one, or the value belongs elsewhere."""


class ClockNotFrozen(WrongState):
    """Only a frozen clock can be moved."""
