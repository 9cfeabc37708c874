"""Which function does which kind of work, and what is due again and again. Rooms register here; the runner looks up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from booka_core.jobs.errors import HandlerTaken, NoHandler
from booka_core.jobs.types import JobInfo

Run = Callable[[JobInfo], Awaitable[None]]
R = TypeVar("R", bound=Run)


@dataclass(frozen=True, slots=True)
class Handler:
    """What runs jobs of one type. After `timeout` seconds an attempt is cancelled and counts as failed."""

    type: str
    run: Run
    timeout: float


@dataclass(frozen=True, slots=True)
class Periodic:
    """A platform job of type `type`, written once every `seconds` however many processes think of it."""

    type: str
    seconds: float


_handlers: dict[str, Handler] = {}
_periodic: dict[str, Periodic] = {}


def register(type_: str, run: Run, *, timeout: float = 60.0) -> None:
    """Let `run` do the jobs of a type. It must be safe to run twice. Registering the same function again is allowed.

    Raises `HandlerTaken` when another function has the type.
    """
    known = _handlers.get(type_)
    if known is not None and _name(known.run) != _name(run):
        raise HandlerTaken(type=type_)
    _handlers[type_] = Handler(type_, run, timeout)


def handler(type_: str, *, timeout: float = 60.0) -> Callable[[R], R]:
    """`register` as a decorator."""

    def accept(run: R) -> R:
        register(type_, run, timeout=timeout)
        return run

    return accept


def every(type_: str, *, seconds: float) -> None:
    """Have a platform job of this type written every `seconds`; its handler runs with no tenant bound."""
    _periodic[type_] = Periodic(type_, seconds)


def find(type_: str) -> Handler:
    """The handler of a type. Raises `NoHandler`."""
    try:
        return _handlers[type_]
    except KeyError:
        raise NoHandler(type=type_) from None


def periodic() -> tuple[Periodic, ...]:
    """Everything that is due again and again."""
    return tuple(_periodic.values())


def unregister(type_: str) -> None:
    """Forget a type: for tests, and for plugins that leave."""
    _handlers.pop(type_, None)
    _periodic.pop(type_, None)


def _name(run: Run) -> str:
    return f"{getattr(run, '__module__', '')}.{getattr(run, '__qualname__', repr(run))}"
