"""What can be wrong with a time before anybody looks whether it is free."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput


class LocalTimeSkipped(BadInput):
    """{local} does not exist in {zone}: the clocks are put forward across it."""


class NotAWholeMinute(BadInput):
    """Times are given in whole minutes."""


class BadRecurrence(BadInput):
    """An appointment repeats a number of times or until a date, at least once."""
