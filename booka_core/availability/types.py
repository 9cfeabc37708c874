"""The words of free time: timing of a service, weekly hours, overrides, the question and its answers.

What people configure (timing, hours, overrides) is validated once as frozen pydantic models. What is made by the
thousand for one question (busy intervals, slots) is plain tuples and slotted dataclasses, because validating every
interval of a hundred people's month would cost more than the search itself. Every instant inside the room is a whole
minute since 1970-01-01T00:00Z; aware datetimes appear only at its edge.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import Field, field_validator

from booka_core.sdk.values import Frozen

Minutes = tuple[int, int]
"""A half-open interval [start, end) in minutes."""

DAY = 1440

ALWAYS_OPEN: tuple[Minutes, ...] = ((-(10**9), 10**9),)
"""Open ranges of a resource that has no hours of its own, such as a device that may be used day and night."""

ResourceT = TypeVar("ResourceT", bound=Hashable)


def _tidy(ranges: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """Sorts one day's local ranges; an end that is not after its start lies on the next day."""
    tidy = sorted((start, end if end > start else end + DAY) for start, end in ranges)
    for start, end in tidy:
        if not (0 <= start < DAY and start < end <= start + DAY):
            raise ValueError(f"range {start}-{end} must begin within the day and last at most 24 hours")
    for (_, end), (start, _) in pairwise(tidy):
        if start < end:
            raise ValueError(f"ranges of one day overlap: one ends at {end}, the next begins at {start}")
    return tuple(tidy)


class Intervals:
    """Intervals of one resource in order of their start, kept as two columns.

    This is how a database hands them over at least cost (`array_agg(... order by starts_at)`), and it spares the search
    one tuple for each of tens of thousands of bookings.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        if len(starts) != len(ends):
            raise ValueError(f"{len(starts)} starts and {len(ends)} ends")
        if sorted(starts) != starts:  # cheap where they are in order already
            pairs = sorted(zip(starts, ends, strict=True))
            starts, ends = [start for start, _ in pairs], [end for _, end in pairs]
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, intervals: Iterable[Minutes]) -> Intervals:
        if isinstance(intervals, Intervals):
            return intervals
        pairs = sorted(intervals)
        return cls([start for start, _ in pairs], [end for _, end in pairs])

    def __iter__(self) -> Iterator[Minutes]:
        return zip(self.starts, self.ends, strict=True)

    def __len__(self) -> int:
        return len(self.starts)

    def __repr__(self) -> str:
        return f"Intervals({list(self)})"


class ServiceTiming(Frozen):
    """How long a service takes and how it may be placed; all values in minutes.

    The buffers keep the resource busy before and after the customer's time; they may lie outside the working hours,
    but never over another occupancy. Starts are offered where the wall clock of the asked zone shows a multiple of
    `step` minutes after `offset`, counted from midnight. `min_notice` and `window` are the least and the greatest
    distance from now to a start. With a `gap`, a start is withheld from a resource on which it would leave a shorter
    free stretch than that beside it, but not none at all.
    """

    duration: int = Field(gt=0)
    buffer_before: int = Field(default=0, ge=0)
    buffer_after: int = Field(default=0, ge=0)
    step: int = Field(default=15, gt=0, le=DAY)
    min_notice: int = Field(default=0, ge=0)
    window: int | None = Field(default=None, gt=0)
    offset: int = Field(default=0, ge=0, lt=DAY)
    gap: int = Field(default=0, ge=0)


class WeeklyHours(Frozen):
    """Working ranges of every weekday (Monday first) in local minutes of the day they begin on.

    A range may cross midnight: 20:00 to 04:00 is (1200, 240), stored as (1200, 1680). Ranges that touch stay separate,
    except at midnight: an appointment lies within one of them, so a border between two shifts is never crossed.
    """

    days: tuple[tuple[Minutes, ...], ...]

    @field_validator("days")
    @classmethod
    def _seven_tidy_days(cls, days: tuple[tuple[Minutes, ...], ...]) -> tuple[tuple[Minutes, ...], ...]:
        if len(days) != 7:
            raise ValueError("weekly hours need seven days, Monday first")
        return tuple(_tidy(ranges) for ranges in days)

    @cached_property
    def reach_midnight(self) -> bool:
        """Whether any range runs up to midnight or into the next day."""
        return any(local and local[-1][1] >= DAY for local in self.days)

    @classmethod
    def of(cls, ranges: Mapping[int, Sequence[Minutes]]) -> WeeklyHours:
        """From weekday (0 = Monday) to its ranges; absent days are closed."""
        if unknown := set(ranges) - set(range(7)):
            raise ValueError(f"no such weekday: {sorted(unknown)}")
        return cls(days=tuple(tuple(ranges.get(weekday, ())) for weekday in range(7)))


class DateOverride(Frozen):
    """What holds instead of the weekly ranges that would begin on one local date; no ranges means closed.

    A range that began the evening before still runs to its end: the closed day takes away only what begins on it.
    """

    date: date
    ranges: tuple[Minutes, ...] = ()

    @field_validator("ranges")
    @classmethod
    def _tidy_ranges(cls, ranges: tuple[Minutes, ...]) -> tuple[Minutes, ...]:
        return _tidy(ranges)

    @property
    def closed(self) -> bool:
        return not self.ranges


Reason = Literal[
    "free",
    "past",
    "too_soon",
    "beyond_window",
    "outside_dates",
    "closed",
    "holiday",
    "absent",
    "busy",
    "full",
    "cap_reached",
    "leaves_gap",
    "not_scheduled",
    "off_grid",
]


class Refusal(NamedTuple):
    """No start in [start, end) is offered, in minutes since the epoch, for `reason`."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Demand(Generic[ResourceT]):
    """One thing a visit needs: any one of `candidates`, in order of preference.

    `parts` are the stretches of the visit, as (offset from its start, minutes), during which it is needed: a stylist
    for (0, 30) and (70, 20), while the chair is needed throughout. Without parts it is the whole duration. `before` and
    `after` are the buffers round its first and last part; None means the timing's.
    One resource may serve two demands of a visit when their parts, buffers left out, do not overlap, and never when
    they do: buffers keep other customers away. A resource that serves several bookings at a time stands here once for
    each of its lanes, under a key of its own such as (id, lane).
    """

    candidates: Sequence[ResourceT]
    kind: str = "staff"
    parts: tuple[Minutes, ...] = ()
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class SlotQuery(Generic[ResourceT]):
    """One question: which starts in [window_from, window_to) can be offered?

    `busy` holds each resource's occupied intervals in minutes, buffers already inside: pairs in any order, or
    `Intervals` where there are many.
    A resource without an entry in `open_ranges` is closed. `now` switches on the past, notice and window rules.
    `refused` are starts that nobody may take and `refused_by` those that one resource may not, such as where a cap is
    reached. `why_closed` changes no offer: where a resource does not work, it says a better reason than "closed".
    """

    timing: ServiceTiming
    zone: str
    demands: Sequence[Demand[ResourceT]]
    open_ranges: Mapping[ResourceT, Sequence[Minutes]]
    busy: Mapping[ResourceT, Iterable[Minutes]]
    window_from: int
    window_to: int
    now: int | None = None
    refused: Sequence[Refusal] = ()
    refused_by: Mapping[ResourceT, Sequence[Refusal]] = field(default_factory=dict)
    why_closed: Mapping[ResourceT, Sequence[Refusal]] = field(default_factory=dict)


class Slot(NamedTuple, Generic[ResourceT]):
    """A start that can be offered, with the free candidates of every demand in the order of the query."""

    starts_at: datetime
    ends_at: datetime
    by_demand: tuple[tuple[ResourceT, ...], ...]

    @property
    def resource_ids(self) -> tuple[ResourceT, ...]:
        """Those able to take it: the free candidates of the first demand."""
        return self.by_demand[0]


class TimeCheck(NamedTuple):
    """Whether one start can be offered and, if not, the first rule that forbids it."""

    free: bool
    reason: Reason
    blocked_by: tuple[Minutes, ...] = ()


class StartReport(NamedTuple, Generic[ResourceT]):
    """Why one start is or is not offered, with each candidate's own answer, demand by demand."""

    check: TimeCheck
    by_demand: tuple[tuple[tuple[ResourceT, TimeCheck], ...], ...]
