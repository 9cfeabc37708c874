"""Who is tried first of those who are free: whoever was asked for or served before, then whom the service prefers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from booka_core.availability import TimeCheck
from booka_core.offers.occupancy import load_of
from booka_core.offers.prepare import Offer, Shape
from booka_core.offers.visits import Unit, lane_of, resource_of


class Ranking:
    """The order of preference for one shape of a visit.

    `prefer` names people to be kept. After them decides the service: the least to do that day, a priority, or a
    rotation in which everybody's turns stay in proportion to their weight.
    """

    def __init__(self, offer: Offer, shape: Shape, prefer: Sequence[UUID]) -> None:
        self._offer = offer
        self._shape = shape
        self._prefer = frozenset(prefer)
        self._load: dict[UUID, int] = {}
        for unit, minutes in load_of(offer.busy).items():
            self._load[resource_of(unit)] = self._load.get(resource_of(unit), 0) + minutes

    def order(self, position: int, answers: Sequence[tuple[Unit, TimeCheck]]) -> list[Unit]:
        """The free candidates of one demand, best first."""
        free = [unit for unit, answer in answers if answer.free]
        if self._is_ordered(position):
            place = {unit: index for index, unit in enumerate(free)}
            return sorted(free, key=lambda unit: (resource_of(unit) not in self._prefer, place[unit]))
        return sorted(free, key=lambda unit: self.key(position, unit))

    def key(self, position: int, unit: Unit) -> tuple[Any, ...]:
        """What a candidate of a demand is compared by; the least comes first."""
        need = self._shape.visit.needs[position]
        rules = self._shape.visit.items[need.item].service.rules
        resource = resource_of(unit)
        found = self._offer.catalogue.resource(resource)
        rank: float = 0
        if rules.assignment == "priority" and found is not None:
            rank = found.priority
        elif rules.assignment == "round_robin" and found is not None and found.kind == "staff":
            rank = (self._offer.turns.get(resource, 0) + 1) / found.weight
        # Lanes are filled from the first one on, which keeps whole ones free for whoever stays long.
        return (resource not in self._prefer, rank, self._load.get(resource, 0), str(resource), lane_of(unit))

    def _is_ordered(self, position: int) -> bool:
        """Whether candidates stand in an order of their own: a wished person before stand-ins, small tables first."""
        need = self._shape.visit.needs[position]
        wanted = self._offer.wish.items[need.item].resource_id
        first = self._shape.query.demands[position].candidates[:1]
        return need.spec.seats or (wanted is not None and wanted in {resource_of(unit) for unit in first})
