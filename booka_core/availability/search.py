"""The question a customer asks: when can this be booked, and who or what could take it?

Answers for many candidates and several demands at once. A start is offered only if every demand can be given a resource
of its own: where two demands draw on the same people, one person is never counted twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import compress
from typing import TypeVar

from booka_core.availability.sweep import allowed_indexes, effective_window, marked
from booka_core.availability.types import Demand, Minutes, ResourceT, Slot, SlotQuery
from booka_core.availability.zones import clock_grid, instant

T = TypeVar("T")


def offered_starts(query: SlotQuery[ResourceT]) -> list[int]:
    """Only the starts, as minutes: the quickest answer, for calendars that show no names."""
    grid = _grid(query)
    if not grid:
        return []
    if _compete(query.demands):
        return [grid[index] for index, _ in _candidates(query, grid)]
    offered: bytearray | None = None
    for demand in query.demands:
        marks = bytearray(len(grid))
        for resource in demand.candidates:
            marked(grid, _indexes(query, demand, resource, grid), marks)
        offered = marks if offered is None else _both(offered, marks)
    return list(compress(grid, offered or b""))


def find_slots(query: SlotQuery[ResourceT], *, limit: int | None = None) -> list[Slot[ResourceT]]:
    """Every start that can be offered, in order of time, each with the candidates who could take it.

    `limit` stops after that many slots.
    """
    grid = _grid(query)
    if not grid:
        return []
    duration = timedelta(minutes=query.timing.duration)
    slots: list[Slot[ResourceT]] = []
    for index, by_demand in _candidates(query, grid):
        starts_at = instant(grid[index])
        slots.append(Slot(starts_at, starts_at + duration, by_demand))
        if len(slots) == limit:
            break
    return slots


def nearest(slots: Sequence[Slot[ResourceT]], wanted: datetime, n: int) -> list[Slot[ResourceT]]:
    """The `n` slots closest to the wanted start, before or after it, in order of time; on a tie the earlier one.

    `slots` is in order of time, as `find_slots` returns it.
    """
    high = bisect_left(slots, wanted, key=lambda slot: slot.starts_at)
    low = high
    while high - low < n and (low > 0 or high < len(slots)):
        earlier = wanted - slots[low - 1].starts_at if low > 0 else timedelta.max
        later = slots[high].starts_at - wanted if high < len(slots) else timedelta.max
        if earlier <= later:
            low -= 1
        else:
            high += 1
    return list(slots[low:high])


def assign(by_demand: Sequence[Sequence[ResourceT]]) -> tuple[ResourceT, ...] | None:
    """One resource of its own for every demand, preferring each list's head; None when there are too few.

    Augmenting paths: an earlier demand steps aside to its next candidate when a later one has no other.
    """
    holder: dict[ResourceT, int] = {}

    def place(demand: int, tried: set[ResourceT]) -> bool:
        for resource in by_demand[demand]:
            if resource in tried:
                continue
            tried.add(resource)
            if resource not in holder or place(holder[resource], tried):
                holder[resource] = demand
                return True
        return False

    if not all(place(demand, set()) for demand in range(len(by_demand))):
        return None
    chosen = {demand: resource for resource, demand in holder.items()}
    return tuple(chosen[demand] for demand in range(len(by_demand)))


def _grid(query: SlotQuery[ResourceT]) -> Sequence[int]:
    low, high = effective_window(query.timing, query.window_from, query.window_to, query.now)
    if low >= high or not query.demands:
        return ()
    return clock_grid(query.zone, query.timing.step, low, high)


def _indexes(
    query: SlotQuery[ResourceT], demand: Demand[ResourceT], resource: ResourceT, grid: Sequence[int]
) -> list[Minutes]:
    return allowed_indexes(
        query.timing,
        parts=demand.parts,
        grid=grid,
        ranges=query.open_ranges.get(resource, ()),
        busy=query.busy.get(resource, ()),
    )


def _compete(demands: Sequence[Demand[ResourceT]]) -> bool:
    """Whether any resource is a candidate of two demands."""
    everyone = [resource for demand in demands for resource in set(demand.candidates)]
    return len(everyone) > len(set(everyone))


def _both(left: bytearray, right: bytearray) -> bytearray:
    both = int.from_bytes(left, "little") & int.from_bytes(right, "little")
    return bytearray(both.to_bytes(len(left), "little"))


def _candidates(
    query: SlotQuery[ResourceT], grid: Sequence[int]
) -> list[tuple[int, tuple[tuple[ResourceT, ...], ...]]]:
    """The grid points every demand can serve, with the candidates of each demand."""
    boards = [_board(query, demand, grid) for demand in query.demands]
    if len(boards) == 1:
        return [(index, (tuple(free),)) for index, free in enumerate(boards[0]) if free]
    served = (
        (index, tuple(tuple(free) for free in by_demand if free is not None))
        for index, by_demand in enumerate(zip(*boards, strict=True))
        if all(by_demand)
    )
    if not _compete(query.demands):
        return list(served)
    return [(index, by_demand) for index, by_demand in served if assign(by_demand) is not None]


def _board(query: SlotQuery[ResourceT], demand: Demand[ResourceT], grid: Sequence[int]) -> list[list[ResourceT] | None]:
    """For every grid point one demand's free candidates in their order of preference; None when there is nobody."""
    board: list[list[ResourceT] | None] = [None] * len(grid)
    for resource in demand.candidates:
        for low, high in _indexes(query, demand, resource, grid):
            for index in range(low, high):
                free = board[index]
                if free is None:
                    board[index] = [resource]
                elif free[-1] is not resource:  # two night shifts may both cover a point
                    free.append(resource)
    return board
