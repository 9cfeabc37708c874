"""Rooms by the night: from a local check-in time to a check-out time some nights later, in the house's own zone.

Guarantees: a stay is offered exactly when every demand can be given something of its own that is neither occupied nor
closed from check-in to check-out, buffers included; nights are counted in local dates, so a clock change makes one
shorter or longer, never two or none. There are no opening hours: what cannot be had is listed as closed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Generic, NamedTuple

from booka_core.availability.assignment import assign
from booka_core.availability.explain import conclude, first_refusal, out_of_reach
from booka_core.availability.types import (
    Demand,
    Intervals,
    Minutes,
    Reason,
    Refusal,
    ResourceT,
    StartReport,
    TimeCheck,
)
from booka_core.availability.zones import day_number, instant, local_to_minute, offset_at


@dataclass(frozen=True, slots=True)
class StayQuery(Generic[ResourceT]):
    """One question: on which of `days` local dates from `first_day` on can a stay of `nights` begin?

    `check_in` and `check_out` are local minutes of the day. The demands are needed throughout and have no parts; their
    own buffers count instead of the query's. `busy` is as in `SlotQuery`. Nothing that touches a `closed` stretch of a
    resource is offered on it; `refused` and `refused_by` forbid arrivals, not nights. `now`, `min_notice` and `window`
    are minutes and bound the arrival.
    """

    zone: str
    check_in: int
    check_out: int
    nights: int
    demands: Sequence[Demand[ResourceT]]
    busy: Mapping[ResourceT, Iterable[Minutes]]
    first_day: date
    days: int
    now: int | None = None
    min_notice: int = 0
    window: int | None = None
    buffer_before: int = 0
    buffer_after: int = 0
    closed: Mapping[ResourceT, Sequence[Refusal]] = field(default_factory=dict)
    refused: Sequence[Refusal] = ()
    refused_by: Mapping[ResourceT, Sequence[Refusal]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.nights < 1:
            raise ValueError(f"a stay of {self.nights} nights")
        if any(demand.parts for demand in self.demands):
            raise ValueError("what a stay needs, it needs throughout")


class Stay(NamedTuple, Generic[ResourceT]):
    """A stay that can be offered, with the free candidates of every demand in the order of the query."""

    day: date
    starts_at: datetime
    ends_at: datetime
    by_demand: tuple[tuple[ResourceT, ...], ...]

    @property
    def resource_ids(self) -> tuple[ResourceT, ...]:
        """Those able to take it: the free candidates of the first demand."""
        return self.by_demand[0]


class _Calendar:
    """One resource's occupied time, ready to be asked about many stays."""

    def __init__(self, busy: Iterable[Minutes]) -> None:
        self.intervals = Intervals.of(busy)
        self.latest_ends = list(accumulate(self.intervals.ends, max))

    def occupied(self, first: int, last: int) -> bool:
        place = bisect_left(self.intervals.starts, last)
        return place > 0 and self.latest_ends[place - 1] > first

    def blockers(self, first: int, last: int) -> tuple[Minutes, ...]:
        return tuple((begins, ends) for begins, ends in self.intervals if begins < last and first < ends)


def stay_bounds(zone: str, day: date, *, check_in: int, check_out: int, nights: int) -> Minutes | None:
    """From check-in on a local date to check-out, in minutes since the epoch; None when the date never happened."""
    number = day_number(day)
    start = local_to_minute(zone, number, check_in)
    if (start + offset_at(zone, start)) // 1440 != number:
        return None
    return start, local_to_minute(zone, number + nights, check_out)


def find_stays(query: StayQuery[ResourceT]) -> list[Stay[ResourceT]]:
    """Every stay that can be offered, in order of its first day, each with what is free for it."""
    calendars = _calendars(query)
    found = []
    for shift in range(query.days):
        day = query.first_day + timedelta(days=shift)
        bounds = _bounds(query, day)
        if bounds is None or _arrival_reason(query, bounds[0]):
            continue
        by_demand = tuple(
            tuple(
                resource
                for resource in demand.candidates
                if _obstacle(query, demand, resource, bounds, calendar=calendars[resource]) is None
            )
            for demand in query.demands
        )
        if by_demand and all(by_demand) and (len(by_demand) == 1 or assign(by_demand) is not None):
            found.append(Stay(day, instant(bounds[0]), instant(bounds[1]), by_demand))
    return found


def explain_stay(query: StayQuery[ResourceT], day: date) -> StartReport[ResourceT]:
    """Every candidate's answer for a stay from one local date on, and the answer for the whole question."""
    bounds = _bounds(query, day)
    if bounds is None:
        return StartReport(TimeCheck(False, "off_grid"), ())
    calendars = _calendars(query)
    general = _arrival_reason(query, bounds[0])
    by_demand = tuple(
        tuple(
            (
                resource,
                TimeCheck(False, general)
                if general
                else _obstacle(query, demand, resource, bounds, calendar=calendars[resource])
                or TimeCheck(True, "free"),
            )
            for resource in demand.candidates
        )
        for demand in query.demands
    )
    return StartReport(conclude(by_demand), by_demand)


def _calendars(query: StayQuery[ResourceT]) -> dict[ResourceT, _Calendar]:
    everyone = {resource for demand in query.demands for resource in demand.candidates}
    return {resource: _Calendar(query.busy.get(resource, ())) for resource in everyone}


def _bounds(query: StayQuery[ResourceT], day: date) -> Minutes | None:
    return stay_bounds(query.zone, day, check_in=query.check_in, check_out=query.check_out, nights=query.nights)


def _arrival_reason(query: StayQuery[ResourceT], start: int) -> Reason | None:
    reason = None
    if query.now is not None:
        reason = out_of_reach(start - query.now, min_notice=query.min_notice, window=query.window)
    return reason or first_refusal(query.refused, start)


def _obstacle(
    query: StayQuery[ResourceT],
    demand: Demand[ResourceT],
    resource: ResourceT,
    bounds: Minutes,
    *,
    calendar: _Calendar,
) -> TimeCheck | None:
    """What stands in one resource's way; None when nothing does."""
    start, end = bounds
    if reason := first_refusal(query.refused_by.get(resource, ()), start):
        return TimeCheck(False, reason)
    for cause in query.closed.get(resource, ()):
        if cause.start < end and start < cause.end:
            return TimeCheck(False, cause.reason)
    first = start - (query.buffer_before if demand.before is None else demand.before)
    last = end + (query.buffer_after if demand.after is None else demand.after)
    if calendar.occupied(first, last):
        return TimeCheck(False, "busy", calendar.blockers(first, last))
    return None
