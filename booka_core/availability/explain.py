"""Why a start is or is not offered: the same rules as the search, asked about one instant.

Guarantees: a start is reported free exactly when the search over the same data offers it. The reason given is the
first rule that forbids it, in the order a person would ask: is it past, soon enough, near enough, within the dates,
below the caps, open, unoccupied, next to its neighbours, on the grid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from booka_core.availability.assignment import assign
from booka_core.availability.claims import Claim, Claims, Clash
from booka_core.availability.types import (
    DAY,
    Demand,
    Intervals,
    Minutes,
    Reason,
    Refusal,
    ResourceT,
    ServiceTiming,
    SlotQuery,
    StartReport,
    TimeCheck,
)
from booka_core.availability.zones import offset_at

# When nobody can take a start, the answer that got furthest says most: "busy" of one tells more than "closed" of all.
_FURTHEST: tuple[Reason, ...] = (
    "free",
    "off_grid",
    "leaves_gap",
    "busy",
    "full",
    "cap_reached",
    "not_scheduled",
    "absent",
    "holiday",
    "closed",
    "outside_dates",
    "beyond_window",
    "too_soon",
    "past",
)


def is_free(
    timing: ServiceTiming,
    start: int,
    *,
    zone: str,
    open_ranges: Sequence[Minutes],
    busy: Iterable[Minutes],
    now: int | None = None,
    parts: tuple[Minutes, ...] = (),
    refused: Sequence[Refusal] = (),
    why_closed: Sequence[Refusal] = (),
) -> TimeCheck:
    """Whether one resource can take a start at the given minute and, if not, why."""
    claim = Claim.of(Demand((), parts=parts), timing)
    return _answer(
        claim,
        start,
        timing=timing,
        zone=zone,
        ahead=None if now is None else start - now,
        ranges=open_ranges,
        busy=Intervals.of(busy),
        refused=refused,
        why_closed=why_closed,
    )


def _answer(
    claim: Claim,
    start: int,
    *,
    timing: ServiceTiming,
    zone: str,
    ahead: int | None,
    ranges: Sequence[Minutes],
    busy: Intervals,
    refused: Sequence[Refusal],
    why_closed: Sequence[Refusal],
) -> TimeCheck:
    reason = None if ahead is None else out_of_reach(ahead, min_notice=timing.min_notice, window=timing.window)
    reason = reason or first_refusal(refused, start)
    reason = reason or _closed(claim, start, ranges=ranges, why=why_closed)
    if reason:
        return TimeCheck(False, reason)
    blockers = [
        (begins, ends)
        for since, until in claim.taken
        for begins, ends in busy
        if begins < start + until and start + since < ends
    ]
    if blockers:
        return TimeCheck(False, "busy", tuple(dict.fromkeys(blockers)))
    if claim.gap and not _snug(claim, start, ranges=ranges, busy=busy):
        return TimeCheck(False, "leaves_gap")
    if ((start + offset_at(zone, start)) % DAY - timing.offset) % timing.step:
        return TimeCheck(False, "off_grid")
    return TimeCheck(True, "free")


def out_of_reach(ahead: int, *, min_notice: int, window: int | None) -> Reason | None:
    """What a start so many minutes ahead of now offends: the past, the notice or the booking window."""
    if ahead < 0:
        return "past"
    if ahead < min_notice:
        return "too_soon"
    if window is not None and ahead > window:
        return "beyond_window"
    return None


def first_refusal(refused: Sequence[Refusal], start: int) -> Reason | None:
    """The reason that a start is refused for; the one asked first where there are several."""
    reasons = [refusal.reason for refusal in refused if refusal.start <= start < refusal.end]
    return max(reasons, key=_FURTHEST.index, default=None)


def _closed(claim: Claim, start: int, *, ranges: Sequence[Minutes], why: Sequence[Refusal]) -> Reason | None:
    for offset, minutes in claim.parts:
        first, last = start + offset, start + offset + minutes
        if not any(opens <= first and last <= closes for opens, closes in ranges):
            return next((cause.reason for cause in why if cause.start < last and first < cause.end), "closed")
    return None


def _snug(claim: Claim, start: int, *, ranges: Sequence[Minutes], busy: Intervals) -> bool:
    """Whether a claim that is free leaves no gap on either side, in a range that holds it."""
    begins, ends = start + claim.begins, start + claim.ends
    previous = max((end for end in busy.ends if end <= begins), default=None)
    place = bisect_left(busy.starts, ends)
    following = busy.starts[place] if place < len(busy) else None

    def fits(room: int, fills: Sequence[int]) -> bool:
        return room <= 0 or room >= claim.gap or room in fills

    head, tail = claim.parts[0], claim.parts[-1]
    lefts, rights = (
        {(opens, closes) for opens, closes in ranges if opens <= start + part[0] and start + sum(part) <= closes}
        for part in (head, tail)
    )
    lefts = {
        (opens, closes)
        for opens, closes in lefts
        if fits(begins - (opens if previous is None else max(opens, previous)), claim.fills_before)
    }
    rights = {
        (opens, closes)
        for opens, closes in rights
        if fits((closes if following is None else min(closes, following)) - ends, claim.fills_after)
    }
    return bool(lefts & rights) if len(claim.parts) == 1 else bool(lefts and rights)


def explain_start(query: SlotQuery[ResourceT], start: int) -> StartReport[ResourceT]:
    """Every candidate's answer for one start, and the answer for the whole question."""
    claims = Claims.of(query)
    by_demand = tuple(
        tuple(
            (
                resource,
                _answer(
                    claims.claim(position, resource),
                    start,
                    timing=query.timing,
                    zone=query.zone,
                    ahead=None if query.now is None else start - query.now,
                    ranges=query.open_ranges.get(resource, ()),
                    busy=Intervals.of(query.busy.get(resource, ())),
                    refused=[*query.refused, *query.refused_by.get(resource, ())],
                    why_closed=query.why_closed.get(resource, ()),
                ),
            )
            for resource in demand.candidates
        )
        for position, demand in enumerate(query.demands)
    )
    return StartReport(conclude(by_demand, claims.clash), by_demand)


def conclude(by_demand: Sequence[Sequence[tuple[ResourceT, TimeCheck]]], clash: Clash | None = None) -> TimeCheck:
    """The answer for a whole visit, from each candidate's own."""
    for answers in by_demand:
        if not any(check.free for _, check in answers):
            best = min((check for _, check in answers), key=lambda check: _FURTHEST.index(check.reason), default=None)
            return best or TimeCheck(False, "closed")
    free = [[resource for resource, check in answers if check.free] for answers in by_demand]
    if assign(free, clash=clash) is None:
        return TimeCheck(False, "busy")  # free apart, but one of them is needed twice
    return TimeCheck(bool(by_demand), "free" if by_demand else "closed")
