"""The inner arithmetic for one resource: busy intervals and working ranges in, allowed starts out.

Guarantees: a start t is allowed exactly when [t, t + duration) lies within one working range and
[t - before, t + duration + after) touches no busy interval; with a gap to avoid, no free stretch that is shorter but
not empty may remain between that and the next busy interval or the edge of the range, on either side. The work grows
with the number of busy intervals and ranges, not with the length of the window or the fineness of the grid.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any, overload

from booka_core.availability.claims import Claim
from booka_core.availability.types import Demand, Intervals, Minutes, Refusal, ResourceT, ServiceTiming
from booka_core.availability.zones import clock_grid

FAR = 10**12
_NOBODY = object()


@overload
def busy_by_resource(rows: Iterable[tuple[ResourceT, int, int]]) -> dict[ResourceT, Intervals]: ...
@overload
def busy_by_resource(rows: Iterable[tuple[ResourceT, int, int, int]]) -> dict[tuple[ResourceT, int], Intervals]: ...
def busy_by_resource(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Intervals]:
    """Groups flat (resource, start, end) rows, as a database hands them over; (resource, lane, start, end) by lane.

    Quickest where the rows of one resource are together.
    """
    columns: dict[Any, tuple[list[int], list[int]]] = {}
    current: object = _NOBODY
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return {}
    every: Iterable[tuple[Any, ...]] = chain((first,), coming)
    if len(first) == 4:
        every = (((resource, lane), start, end) for resource, lane, start, end in every)
    for resource, start, end in every:
        if resource != current:  # rows mostly come in runs, so the dictionary is asked once for each run
            starts, ends = columns.setdefault(resource, ([], []))
            current, add_start, add_end = resource, starts.append, ends.append
        add_start(start)
        add_end(end)
    return {resource: Intervals(starts, ends) for resource, (starts, ends) in columns.items()}


def _free_gaps(busy: Iterable[Minutes], *, duration: int, before: int, after: int) -> list[Minutes]:
    """Every stretch [first, last] of starts that no busy interval forbids; the last one never ends."""
    need = before + duration + after
    gaps: list[Minutes] = []
    free_since = -FAR
    for start, end in Intervals.of(busy):
        if start - free_since >= need:
            gaps.append((free_since + before, start - after - duration))
        if end > free_since:  # noqa: PLR1730  - max() would cost half as much again, once per booking
            free_since = end
    gaps.append((free_since + before, FAR))
    return gaps


def start_windows(
    ranges: Sequence[Minutes], busy: Iterable[Minutes], *, duration: int, before: int, after: int
) -> list[Minutes]:
    """Every stretch [first, last], both included, in which a start is allowed."""
    gaps = _free_gaps(busy, duration=duration, before=before, after=after)
    windows: list[Minutes] = []
    index = 0
    for opens, closes in ranges:
        latest = closes - duration
        while gaps[index][1] < opens:  # the last gap never ends, so this stops
            index += 1
        at = index
        first, last = gaps[at]
        while first <= latest:
            first = max(first, opens)
            last = min(last, latest)
            if first <= last:
                windows.append((first, last))
            at += 1
            if at == len(gaps):
                break
            first, last = gaps[at]
    return windows


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a part on which a free stretch shorter than `gap` is avoided, but for those of just these lengths.

    None leaves a side alone, because the resource's time goes on there.
    """

    gap: int
    left: Sequence[int] | None
    right: Sequence[int] | None

    def narrow(self, window: Minutes, *, earliest: int, latest: int) -> Iterator[Minutes]:
        """The stretches of a window that leave no gap; at `earliest` and `latest` the part has no room on its side."""
        lefts, rights = [(-FAR, FAR)], [(-FAR, FAR)]
        if self.left is not None:
            lefts = [(-FAR, earliest), (earliest + self.gap, FAR)]
            lefts += [(earliest + length, earliest + length) for length in self.left]
        if self.right is not None:
            rights = [(latest, FAR), (-FAR, latest - self.gap)]
            rights += [(latest - length, latest - length) for length in self.right]
        for left in lefts:
            for right in rights:
                first, last = max(window[0], left[0], right[0]), min(window[1], left[1], right[1])
                if first <= last:
                    yield first, last


def snug_windows(
    ranges: Sequence[Minutes], busy: Iterable[Minutes], *, duration: int, before: int, after: int, sides: Sides
) -> list[Minutes]:
    """As `start_windows`, without the starts that leave a gap. The stretches are in no order and may overlap."""
    gaps = _free_gaps(busy, duration=duration, before=before, after=after)
    windows: list[Minutes] = []
    index = 0
    for opens, closes in ranges:
        while gaps[index][1] < opens:
            index += 1
        for at in range(index, len(gaps)):
            first, last = gaps[at]
            if first > closes - duration:
                break
            window = max(first, opens), min(last, closes - duration)
            if window[0] <= window[1]:
                earliest = max(first, opens + before)
                windows += sides.narrow(window, earliest=earliest, latest=min(last, closes - after - duration))
    return windows


def grid_indexes(grid: Sequence[int], windows: Iterable[Minutes]) -> list[Minutes]:
    """Turns windows into index ranges [low, high) over the grid, leaving out those that hold no grid point."""
    size = len(grid)
    if isinstance(grid, range):
        base, step = grid.start, grid.step
        indexes: list[Minutes] = []
        for first, last in windows:
            low = -((base - first) // step)
            high = (last - base) // step + 1
            low = max(low, 0)
            high = min(high, size)
            if low < high:
                indexes.append((low, high))
        return indexes
    found = ((bisect_left(grid, first), bisect_right(grid, last)) for first, last in windows)
    return [(low, high) for low, high in found if low < high]


def effective_window(timing: ServiceTiming, window_from: int, window_to: int, now: int | None) -> Minutes:
    """The asked window of starts, narrowed by minimum notice and booking window when `now` is known."""
    if now is None:
        return window_from, window_to
    earliest = now + timing.min_notice
    latest = window_to if timing.window is None else min(window_to, now + timing.window + 1)
    return max(window_from, earliest), latest


def allowed_indexes(
    claim: Claim, *, grid: Sequence[int], ranges: Sequence[Minutes], busy: Iterable[Minutes]
) -> list[Minutes]:
    """The index ranges of the grid at which one resource can serve a claim.

    The leading buffer belongs to the first part and the trailing buffer to the last; between the parts the resource is
    free for others. Index ranges may overlap where two night shifts do.
    """
    if len(claim.parts) == 1:
        return grid_indexes(grid, _part_windows(claim, 0, ranges=ranges, busy=busy))
    intervals = Intervals.of(busy)
    common = [(-FAR, FAR)]
    for position in range(len(claim.parts)):
        common = _overlap(common, _merged(_part_windows(claim, position, ranges=ranges, busy=intervals)))
    return grid_indexes(grid, common)


def _part_windows(claim: Claim, position: int, *, ranges: Sequence[Minutes], busy: Iterable[Minutes]) -> list[Minutes]:
    """The stretches [first, last] of the visit's starts that one part allows."""
    offset, minutes = claim.parts[position]
    leads, trails = position == 0, position == len(claim.parts) - 1
    before, after = claim.before if leads else 0, claim.after if trails else 0
    if claim.gap and (leads or trails):
        sides = Sides(claim.gap, claim.fills_before if leads else None, claim.fills_after if trails else None)
        windows = snug_windows(ranges, busy, duration=minutes, before=before, after=after, sides=sides)
    else:
        windows = start_windows(ranges, busy, duration=minutes, before=before, after=after)
    return [(first - offset, last - offset) for first, last in windows] if offset else windows


def _merged(windows: Iterable[Minutes]) -> list[Minutes]:
    """The same stretches in order, apart from one another."""
    merged: list[Minutes] = []
    for first, last in sorted(windows):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _overlap(left: Sequence[Minutes], right: Sequence[Minutes]) -> list[Minutes]:
    """What two lists of ordered stretches, ends included, have in common."""
    common: list[Minutes] = []
    i = j = 0
    while i < len(left) and j < len(right):
        first, last = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if first <= last:
            common.append((first, last))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return common


def marked(grid: Sequence[int], indexes: Iterable[Minutes], marks: bytearray | None = None) -> bytearray:
    """One byte per grid point, 1 where an index range covers it; adds to `marks` when given."""
    marks = bytearray(len(grid)) if marks is None else marks
    for low, high in indexes:
        marks[low:high] = b"\x01" * (high - low)
    return marks


def refused_indexes(grid: Sequence[int], refused: Iterable[Refusal]) -> list[Minutes]:
    """The index ranges of the grid that refusals cover."""
    return grid_indexes(grid, [(refusal.start, refusal.end - 1) for refusal in refused])


def without(indexes: Iterable[Minutes], refused: Iterable[Minutes], *, size: int) -> list[Minutes]:
    """What is left of index ranges over a grid of `size` points when others are taken out."""
    barred = marked(range(size), refused)
    return [(index, index + 1) for low, high in indexes for index in range(low, high) if not barred[index]]


def free_starts(
    timing: ServiceTiming,
    *,
    zone: str,
    open_ranges: Sequence[Minutes],
    busy: Iterable[Minutes],
    window_from: int,
    window_to: int,
    now: int | None = None,
) -> list[int]:
    """The starts in [window_from, window_to) at which one resource can give the service; `zone` sets the clock grid."""
    low, high = effective_window(timing, window_from, window_to, now)
    if low >= high:
        return []
    grid = clock_grid(zone, timing.step, low, high, timing.offset)
    claim = Claim.of(Demand(()), timing)
    indexes = allowed_indexes(claim, grid=grid, ranges=open_ranges, busy=busy)
    return list(compress(grid, marked(grid, indexes)))
