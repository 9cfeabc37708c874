"""What each demand of a visit takes of whoever serves it, and which demands one resource can serve together.

A claim is a demand with every default filled in, in minutes from the start of the visit. Two claims clash when any
stretch of one overlaps any stretch of the other; buffers lie round a visit and do not keep one resource from serving
both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, NamedTuple, Self

from booka_core.availability.types import Demand, Minutes, ResourceT, ServiceTiming, SlotQuery

Clash = Sequence[Sequence[bool]]
"""For every two demands, by their positions, whether they need a resource each."""


class Claim(NamedTuple):
    """The stretches (offset, minutes) in which a resource must be open and free, and the buffers round them.

    A free stretch beside the claim that is shorter than `gap` rules it out, unless another service of the visit by the
    same resource can fill it exactly: `fills_before` and `fills_after` are the lengths for which that is so.
    """

    parts: tuple[Minutes, ...]
    before: int
    after: int
    gap: int = 0
    fills_before: tuple[int, ...] = ()
    fills_after: tuple[int, ...] = ()

    @classmethod
    def of(cls, demand: Demand[ResourceT], timing: ServiceTiming) -> Self:
        """A demand's claim."""
        return cls(
            tuple(sorted(demand.parts)) or ((0, timing.duration),),
            timing.buffer_before if demand.before is None else demand.before,
            timing.buffer_after if demand.after is None else demand.after,
            timing.gap,
        )

    @property
    def begins(self) -> int:
        """When the resource is first needed, buffers included."""
        return self.parts[0][0] - self.before

    @property
    def ends(self) -> int:
        """When the resource is needed no longer, buffers included."""
        return sum(self.parts[-1]) + self.after

    @property
    def taken(self) -> list[Minutes]:
        """The stretches [begin, end) in which the resource is occupied, buffers included."""
        last = len(self.parts) - 1
        return [
            (
                offset - (self.before if position == 0 else 0),
                offset + minutes + (self.after if position == last else 0),
            )
            for position, (offset, minutes) in enumerate(self.parts)
        ]

    def clashes(self, other: Claim) -> bool:
        """Whether no resource can serve both. Buffers keep other customers away and not the same one."""
        return any(
            offset < since + length and since < offset + minutes
            for offset, minutes in self.parts
            for since, length in other.parts
        )


def clashes(demands: Sequence[Demand[ResourceT]], timing: ServiceTiming) -> tuple[tuple[bool, ...], ...]:
    """Which demands of a visit cannot be served by one resource: what `assign` wants to know."""
    each = [Claim.of(demand, timing) for demand in demands]
    return tuple(tuple(one is other or one.clashes(other) for other in each) for one in each)


@dataclass(frozen=True, slots=True)
class Claims(Generic[ResourceT]):
    """The claims of a visit, demand by demand."""

    demands: Sequence[Demand[ResourceT]]
    each: tuple[Claim, ...]
    clash: Clash

    @classmethod
    def of(cls, query: SlotQuery[ResourceT]) -> Claims[ResourceT]:
        """The claims of a question."""
        each = tuple(Claim.of(demand, query.timing) for demand in query.demands)
        clash = clashes(query.demands, query.timing) if len(each) > 1 else ((True,),)
        return cls(query.demands, each, clash)

    @property
    def compete(self) -> bool:
        """Whether two demands that need a resource each have a candidate in common."""
        people = [set(demand.candidates) for demand in self.demands] if len(self.demands) > 1 else []
        return any(
            self.clash[one][other] and not people[one].isdisjoint(people[other])
            for one, other in combinations(range(len(people)), 2)
        )

    def claim(self, position: int, resource: ResourceT) -> Claim:
        """One demand's claim on one resource."""
        own = self.each[position]
        if not own.gap or len(self.each) == 1:
            return own
        mates = [
            other
            for place, other in enumerate(self.each)
            if not self.clash[position][place] and resource in self.demands[place].candidates
        ]
        return own._replace(
            fills_before=tuple(own.begins - mate.begins for mate in mates if mate.begins < own.begins),
            fills_after=tuple(mate.ends - own.ends for mate in mates if mate.ends > own.ends),
        )
