"""The question a customer asks: when can this be booked, and who or what could take it?

Answers for many candidates and several demands at once. A start is offered only if every demand can be given a resource
for the time it takes: where two demands draw on the same people at the same time, one person is never counted twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import compress

from booka_core.availability.assignment import assign
from booka_core.availability.claims import Claim, Claims
from booka_core.availability.sweep import allowed_indexes, effective_window, marked, refused_indexes, without
from booka_core.availability.types import Minutes, ResourceT, Slot, SlotQuery
from booka_core.availability.zones import clock_grid, instant


def offered_starts(query: SlotQuery[ResourceT]) -> list[int]:
    """Only the starts, as minutes: the quickest answer, for calendars that show no names."""
    grid = _grid(query)
    if not grid:
        return []
    claims = Claims.of(query)
    if claims.compete:
        return [grid[index] for index, _ in _candidates(query, claims, grid)]
    offered: bytearray | None = None
    for position, demand in enumerate(query.demands):
        marks = bytearray(len(grid))
        for resource in demand.candidates:
            marked(grid, _indexes(query, claims.claim(position, resource), resource, grid), marks)
        offered = marks if offered is None else _both(offered, marks)
    offered = offered or bytearray()
    for low, high in refused_indexes(grid, query.refused):
        offered[low:high] = bytes(high - low)
    return list(compress(grid, offered))


def find_slots(query: SlotQuery[ResourceT], *, limit: int | None = None) -> list[Slot[ResourceT]]:
    """Every start that can be offered, in order of time, each with the candidates who could take it.

    `limit` stops after that many slots.
    """
    grid = _grid(query)
    if not grid:
        return []
    duration = timedelta(minutes=query.timing.duration)
    slots: list[Slot[ResourceT]] = []
    for index, by_demand in _candidates(query, Claims.of(query), grid):
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


def _grid(query: SlotQuery[ResourceT]) -> Sequence[int]:
    low, high = effective_window(query.timing, query.window_from, query.window_to, query.now)
    if low >= high or not query.demands:
        return ()
    return clock_grid(query.zone, query.timing.step, low, high, query.timing.offset)


def _indexes(query: SlotQuery[ResourceT], claim: Claim, resource: ResourceT, grid: Sequence[int]) -> Sequence[Minutes]:
    indexes = allowed_indexes(
        claim, grid=grid, ranges=query.open_ranges.get(resource, ()), busy=query.busy.get(resource, ())
    )
    refused = query.refused_by.get(resource)
    return without(indexes, refused_indexes(grid, refused), size=len(grid)) if refused else indexes


def _both(left: bytearray, right: bytearray) -> bytearray:
    both = int.from_bytes(left, "little") & int.from_bytes(right, "little")
    return bytearray(both.to_bytes(len(left), "little"))


def _candidates(
    query: SlotQuery[ResourceT], claims: Claims[ResourceT], grid: Sequence[int]
) -> list[tuple[int, tuple[tuple[ResourceT, ...], ...]]]:
    """The grid points every demand can serve, with the candidates of each demand."""
    boards = [_board(query, claims, position, grid) for position in range(len(query.demands))]
    for low, high in refused_indexes(grid, query.refused):
        boards[0][low:high] = [None] * (high - low)
    if len(boards) == 1:
        return [(index, (tuple(free),)) for index, free in enumerate(boards[0]) if free]
    served = (
        (index, tuple(tuple(free) for free in by_demand if free is not None))
        for index, by_demand in enumerate(zip(*boards, strict=True))
        if all(by_demand)
    )
    if not claims.compete:
        return list(served)
    possible: dict[tuple[tuple[ResourceT, ...], ...], bool] = {}  # the same people are free at many starts
    found = []
    for index, by_demand in served:
        if min(map(len, by_demand)) >= len(boards):  # so many each that the others cannot take all of them
            found.append((index, by_demand))
            continue
        if by_demand not in possible:
            possible[by_demand] = assign(by_demand, clash=claims.clash) is not None
        if possible[by_demand]:
            found.append((index, by_demand))
    return found


def _board(
    query: SlotQuery[ResourceT], claims: Claims[ResourceT], position: int, grid: Sequence[int]
) -> list[list[ResourceT] | None]:
    """For every grid point one demand's free candidates in their order of preference; None when there is nobody."""
    board: list[list[ResourceT] | None] = [None] * len(grid)
    for resource in dict.fromkeys(query.demands[position].candidates):
        for low, high in _indexes(query, claims.claim(position, resource), resource, grid):
            for index in range(low, high):
                free = board[index]
                if free is None:
                    board[index] = [resource]
                elif free[-1] is not resource:  # two night shifts may both cover a point
                    free.append(resource)
    return board
