"""Who serves which demand: one resource of its own for each, or one for several that do not get in each other's way.

Guarantees: nobody is given two demands that clash; where no sharing is possible an assignment is found whenever there
is one. With sharing the question is that of colouring a graph, so the exact search is cut short after a number of steps
that only dozens of interlocked demands can reach; then it is answered as if nobody could share.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Generic

from booka_core.availability.claims import Clash
from booka_core.availability.types import ResourceT

_MOST_STEPS = 5_000


def assign(
    by_demand: Sequence[Sequence[ResourceT]], *, clash: Clash | None = None, together: bool = True
) -> tuple[ResourceT, ...] | None:
    """A resource for every demand, preferring each list's head; None when there are too few.

    `clash` says which demands need a resource each; None means all of them. Earlier demands choose first. A later one
    is given to somebody who serves the visit already where that is possible, and else to the head of its list; without
    `together` to the head of its list in any case.
    """
    if clash is None or not _can_share(by_demand, clash):
        return _one_each(by_demand)
    if any(_one_each([by_demand[place] for place in crowd]) is None for crowd in _crowds(clash)):
        return None
    search: _Search[ResourceT] = _Search(clash, together=together)
    found = search.place(tuple(tuple(candidates) for candidates in by_demand), ())
    return found if found is not None or search.steps < _MOST_STEPS else _one_each(by_demand)


def _can_share(by_demand: Sequence[Sequence[ResourceT]], clash: Clash) -> bool:
    return any(
        not clash[one][other] and not set(by_demand[one]).isdisjoint(by_demand[other])
        for one, other in combinations(range(len(by_demand)), 2)
    )


def _one_each(by_demand: Sequence[Sequence[ResourceT]]) -> tuple[ResourceT, ...] | None:
    """Augmenting paths: an earlier demand steps aside to its next candidate when a later one has no other."""
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


def _crowds(clash: Clash) -> set[tuple[int, ...]]:
    """Groups of demands that all clash with each other: too few resources for one of them is the usual dead end."""
    crowds = set()
    for first in range(len(clash)):
        crowd = [first]
        for other in range(len(clash)):
            if other != first and all(clash[member][other] for member in crowd):
                crowd.append(other)
        crowds.add(tuple(sorted(crowd)))
    return crowds


class _Search(Generic[ResourceT]):
    """Depth first in order of preference; what is left to be placed decides, so a dead end is met only once."""

    def __init__(self, clash: Clash, *, together: bool) -> None:
        self.clash = clash
        self.together = together
        self.steps = 0
        self.dead: set[tuple[tuple[ResourceT, ...], ...]] = set()

    def place(
        self, left: tuple[tuple[ResourceT, ...], ...], chosen: tuple[ResourceT, ...]
    ) -> tuple[ResourceT, ...] | None:
        if not left:
            return chosen
        if left in self.dead:
            return None
        here, order = len(chosen), left[0]
        if self.together:
            order = tuple(sorted(order, key=lambda resource: resource not in chosen))
        for resource in order:
            self.steps += 1
            if self.steps >= _MOST_STEPS:
                return None
            after = tuple(
                tuple(other for other in options if other != resource) if self.clash[here][place] else options
                for place, options in enumerate(left[1:], here + 1)
            )
            if all(after) and (found := self.place(after, (*chosen, resource))) is not None:
                return found
        self.dead.add(left)
        return None
