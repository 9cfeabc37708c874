"""The one source of the present. `BOOKA_NOW` starts the clock of every process at a simulated instant, from where it
ticks on; tests freeze it and move it by hand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from booka_core.kernel.errors import ClockNotFrozen
from booka_core.kernel.settings import settings

_frozen: datetime | None = None
_shift: timedelta | None = None


def now() -> datetime:
    """The present instant in UTC."""
    if _frozen is not None:
        return _frozen
    return datetime.now(UTC) + _simulated_shift()


def _simulated_shift() -> timedelta:
    """How far the simulated clock is ahead. Every process of one instance must agree, so the instance's first
    process notes the real instant at which the simulation began in BOOKA_NOW_SINCE, and its children inherit it.
    """
    global _shift  # noqa: PLW0603 - computed once per process
    if _shift is None:
        start = settings().BOOKA_NOW
        if start is None:
            _shift = timedelta()
        else:
            since = os.environ.setdefault("BOOKA_NOW_SINCE", datetime.now(UTC).isoformat())
            _shift = start - datetime.fromisoformat(since)
    return _shift


def reset() -> None:
    """Forget the simulated start, so that it is read anew."""
    global _shift  # noqa: PLW0603
    _shift = None


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock still at `at` (timezone-aware) until the block ends."""
    global _frozen  # noqa: PLW0603 - the clock is process-wide by design
    if at.tzinfo is None:
        raise ValueError("a frozen clock needs a timezone-aware instant")
    before, _frozen = _frozen, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before


def advance(by: timedelta) -> None:
    """Move a frozen clock forward. Raises `ClockNotFrozen` otherwise."""
    global _frozen  # noqa: PLW0603
    if _frozen is None:
        raise ClockNotFrozen
    _frozen += by


class SystemClock:
    """The `Clock` that plugins are handed."""

    def now(self) -> datetime:
        return now()
