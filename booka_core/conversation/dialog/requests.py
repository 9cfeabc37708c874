"""What the dialog engine may ask of the world, as values. Questions have no effect. Of the deeds, only `Confirm`,
`Cancel` and `Move` change a reservation, and each carries the token of the draft that the customer accepted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.conversation.types import Refusal
from booka_core.offers.types import OfferedSlot

T = TypeVar("T")


@dataclass(frozen=True)
class Whom:
    """Which people may serve, and how many they serve: one, or all but some; nobody named means anyone."""

    staff: UUID | None = None
    excluded: tuple[UUID, ...] = ()
    party: int = 1


@dataclass(frozen=True)
class CheckTime:
    """Can this start be booked? Answered by `TimeAnswer`. `moving` is a reservation that would make way for itself."""

    service: UUID
    whom: Whom
    starts_at: dt.datetime
    moving: UUID | None = None


@dataclass(frozen=True)
class TimeAnswer:
    """`reason` as the offers room gives it; `staff` is who would serve when somebody in particular must, and always
    where a reservation moves.
    """

    free: bool
    reason: str = "free"
    staff: UUID | None = None


@dataclass(frozen=True)
class Openings:
    """Every start that can be booked on some local days, or to which `moving` can go. Answered by a tuple of
    `OfferedSlot`.
    """

    service: UUID
    whom: Whom
    first: dt.date
    days: int = 1
    moving: UUID | None = None


@dataclass(frozen=True)
class Nearest:
    """The bookable starts nearest to a wanted one. Answered by a tuple of `OfferedSlot`."""

    service: UUID
    whom: Whom
    wanted: dt.datetime
    count: int = 3
    moving: UUID | None = None


@dataclass(frozen=True)
class Upcoming:
    """What the customer has booked from now on. Answered by a tuple of `ReservationInfo`."""


@dataclass(frozen=True)
class Look:
    """A reservation of this customer as it stands, or None."""

    reservation: UUID


@dataclass(frozen=True)
class Hold:
    """Keep a time for the customer while they answer. Answered by `ReservationInfo` or `Refusal`."""

    service: UUID
    staff: UUID | None
    starts_at: dt.datetime
    party: int
    intake: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """Give a hold back."""

    reservation: UUID


@dataclass(frozen=True)
class Confirm:
    """Make a hold a reservation. Answered by `ReservationInfo` or `Refusal`."""

    reservation: UUID
    token: str


@dataclass(frozen=True)
class Cancel:
    """Cancel a reservation. Answered by `ReservationInfo` or `Refusal`."""

    reservation: UUID
    token: str


@dataclass(frozen=True)
class Move:
    """Give a reservation another time. Answered by `ReservationInfo` or `Refusal`."""

    reservation: UUID
    starts_at: dt.datetime
    staff: UUID | None
    token: str


@dataclass(frozen=True)
class HandOver:
    """Let a person answer from here on."""


@dataclass(frozen=True)
class Introduce:
    """Remember what the customer said about themselves."""

    name: str | None = None
    email: str | None = None


Request = (
    CheckTime | Openings | Nearest | Upcoming | Look | Hold | Release | Confirm | Cancel | Move | HandOver | Introduce
)
Talk = Generator[Request, Any, T]


def check_time(question: CheckTime) -> Talk[TimeAnswer]:
    """Ask whether a start can be booked."""
    answer: TimeAnswer = yield question
    return answer


def slots(question: Openings | Nearest) -> Talk[tuple[OfferedSlot, ...]]:
    """Ask for bookable starts."""
    answer: tuple[OfferedSlot, ...] = yield question
    return answer


def upcoming() -> Talk[tuple[ReservationInfo, ...]]:
    """Ask what the customer has booked."""
    answer: tuple[ReservationInfo, ...] = yield Upcoming()
    return answer


def look(reservation: UUID) -> Talk[ReservationInfo | None]:
    """Read one reservation."""
    answer: ReservationInfo | None = yield Look(reservation)
    return answer


def do(deed: Hold | Confirm | Cancel | Move) -> Talk[ReservationInfo | Refusal]:
    """Have something done, and see the row that came of it, or why not."""
    answer: ReservationInfo | Refusal = yield deed
    return answer
