"""The inner arithmetic for one resource: busy intervals and working ranges in, allowed starts out.

Guarantees: a start t is allowed exactly when [t, t + duration) lies within one working range and
[t - buffer_before, t + duration + buffer_after) touches no busy interval. The work grows with the number of busy
intervals and ranges, not with the length of the window or the fineness of the grid.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import compress

from booka_core.availability.types import Intervals, Minutes, ResourceT, ServiceTiming
from booka_core.availability.zones import clock_grid

FAR = 10**12
_NOBODY = object()


def busy_by_resource(rows: Iterable[tuple[ResourceT, int, int]]) -> dict[ResourceT, Intervals]:
    """Groups flat (resource, start, end) rows, as a database hands them over.

    Quickest where the rows of one resource are together.
    """
    columns: dict[ResourceT, tuple[list[int], list[int]]] = {}
    current: object = _NOBODY
    for resource, start, end in rows:
        if resource != current:  # rows mostly come in runs, so the dictionary is asked once for each run
            starts, ends = columns.setdefault(resource, ([], []))
            current, add_start, add_end = resource, starts.append, ends.append
        add_start(start)
        add_end(end)
    return {resource: Intervals(starts, ends) for resource, (starts, ends) in columns.items()}


def start_windows(
    ranges: Sequence[Minutes], busy: Iterable[Minutes], *, duration: int, before: int, after: int
) -> list[Minutes]:
    """Every stretch [first, last], both included, in which a start is allowed."""
    need = before + duration + after
    gaps: list[Minutes] = []
    free_since = -FAR
    for start, end in Intervals.of(busy):
        if start - free_since >= need:
            gaps.append((free_since + before, start - after - duration))
        if end > free_since:  # noqa: PLR1730  - max() would cost half as much again, once per booking
            free_since = end
    gaps.append((free_since + before, FAR))
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
    timing: ServiceTiming,
    *,
    parts: Sequence[Minutes],
    grid: Sequence[int],
    ranges: Sequence[Minutes],
    busy: Iterable[Minutes],
) -> list[Minutes]:
    """The index ranges of the grid at which one resource can serve, all of the time or during `parts` of it.

    With parts, the leading buffer belongs to the first one and the trailing buffer to the last; between the parts the
    resource is free for others. Index ranges may overlap where two night shifts do.
    """
    if not parts:
        windows = start_windows(
            ranges, busy, duration=timing.duration, before=timing.buffer_before, after=timing.buffer_after
        )
        return grid_indexes(grid, windows)
    intervals = Intervals.of(busy)
    common: set[int] | None = None
    for position, (offset, minutes) in enumerate(parts):
        windows = start_windows(
            ranges,
            intervals,
            duration=minutes,
            before=timing.buffer_before if position == 0 else 0,
            after=timing.buffer_after if position == len(parts) - 1 else 0,
        )
        shifted = ((first - offset, last - offset) for first, last in windows)
        allowed = {index for low, high in grid_indexes(grid, shifted) for index in range(low, high)}
        common = allowed if common is None else common & allowed
    return [(index, index + 1) for index in sorted(common or ())]


def marked(grid: Sequence[int], indexes: Iterable[Minutes], marks: bytearray | None = None) -> bytearray:
    """One byte per grid point, 1 where an index range covers it; adds to `marks` when given."""
    marks = bytearray(len(grid)) if marks is None else marks
    for low, high in indexes:
        marks[low:high] = b"\x01" * (high - low)
    return marks


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
    grid = clock_grid(zone, timing.step, low, high)
    indexes = allowed_indexes(timing, parts=(), grid=grid, ranges=open_ranges, busy=busy)
    return list(compress(grid, marked(grid, indexes)))
