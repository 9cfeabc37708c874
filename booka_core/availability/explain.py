"""Why a start is or is not offered: the same rules as the search, asked about one instant.

Guarantees: a start is reported free exactly when the search over the same data offers it. The reason given is the
first rule that forbids it, in the order a person would ask: is it past, soon enough, near enough, open, unoccupied, on
the grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from booka_core.availability.search import assign
from booka_core.availability.types import (
    DAY,
    Intervals,
    Minutes,
    Reason,
    ResourceT,
    ServiceTiming,
    SlotQuery,
    StartReport,
    TimeCheck,
)
from booka_core.availability.zones import offset_at

# When nobody can take a start, the answer that got furthest says most: "busy" of one tells more than "closed" of all.
_FURTHEST: tuple[Reason, ...] = ("free", "off_grid", "busy", "closed", "beyond_window", "too_soon", "past")


def is_free(
    timing: ServiceTiming,
    start: int,
    *,
    zone: str,
    open_ranges: Sequence[Minutes],
    busy: Iterable[Minutes],
    now: int | None = None,
    parts: Sequence[Minutes] = (),
) -> TimeCheck:
    """Whether one resource can take a start at the given minute and, if not, why."""
    if now is not None and (reason := _out_of_reach(timing, start - now)):
        return TimeCheck(False, reason)
    stretches = parts or ((0, timing.duration),)
    for offset, minutes in stretches:
        first, last = start + offset, start + offset + minutes
        if not any(opens <= first and last <= closes for opens, closes in open_ranges):
            return TimeCheck(False, "closed")
    blockers: list[Minutes] = []
    intervals = list(Intervals.of(busy))
    for position, (offset, minutes) in enumerate(stretches):
        first = start + offset - (timing.buffer_before if position == 0 else 0)
        last = start + offset + minutes + (timing.buffer_after if position == len(stretches) - 1 else 0)
        blockers += [(begins, ends) for begins, ends in intervals if begins < last and first < ends]
    if blockers:
        return TimeCheck(False, "busy", tuple(dict.fromkeys(blockers)))
    if (start + offset_at(zone, start)) % DAY % timing.step:
        return TimeCheck(False, "off_grid")
    return TimeCheck(True, "free")


def _out_of_reach(timing: ServiceTiming, ahead: int) -> Reason | None:
    if ahead < 0:
        return "past"
    if ahead < timing.min_notice:
        return "too_soon"
    if timing.window is not None and ahead > timing.window:
        return "beyond_window"
    return None


def explain_start(query: SlotQuery[ResourceT], start: int) -> StartReport[ResourceT]:
    """Every candidate's answer for one start, and the answer for the whole question."""
    by_demand = tuple(
        tuple(
            (
                resource,
                is_free(
                    query.timing,
                    start,
                    zone=query.zone,
                    open_ranges=query.open_ranges.get(resource, ()),
                    busy=query.busy.get(resource, ()),
                    now=query.now,
                    parts=demand.parts,
                ),
            )
            for resource in demand.candidates
        )
        for demand in query.demands
    )
    for answers in by_demand:
        if not any(check.free for _, check in answers):
            best = min((check for _, check in answers), key=lambda check: _FURTHEST.index(check.reason), default=None)
            return StartReport(best or TimeCheck(False, "closed"), by_demand)
    if assign([[resource for resource, check in answers if check.free] for answers in by_demand]) is None:
        return StartReport(TimeCheck(False, "busy"), by_demand)  # free apart, but one of them is needed twice
    return StartReport(TimeCheck(bool(by_demand), "free" if by_demand else "closed"), by_demand)
