"""A booking that is ready to be written: what, for whom, when, and what it takes of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from booka_core.booking.types import ReservedItem, ReservedResource
from booka_core.catalog.rules import Cap
from booka_core.offers.types import Wish
from booka_core.pricing.types import PricedService
from booka_core.sdk.pricing import Quote
from booka_core.sdk.values import Money


@dataclass(frozen=True, slots=True)
class Take:
    """One stretch of one lane of a resource, buffers inside."""

    resource_id: UUID
    lane: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """Seats of a class: in a meeting that exists, or in one that is opened for it."""

    session_id: UUID | None
    seats: int
    party_size: int


@dataclass(frozen=True, slots=True)
class CapPlan:
    """A cap that has to be counted again where the booking is written."""

    service_id: UUID
    minutes: int
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to serve a wish. `items` are its services, `takes` the time it needs of everybody.

    `priced` is what each service costs with the people chosen, before rules and reductions; `quote` is set once the
    price is made up. `turns` are the (service, resource) pairs of rotations that this booking moves on, `private` the
    services that need a link.
    """

    wish: Wish
    customer_id: UUID
    location_id: UUID
    zone: str
    category: str
    items: tuple[ReservedItem, ...]
    resources: tuple[ReservedResource, ...]
    takes: tuple[Take, ...]
    ends_at: datetime
    priced: tuple[PricedService, ...]
    currency: str
    source: str
    reminder_minutes: tuple[int, ...]
    occupied_share: float | None = None
    approval: bool = False
    release_minutes: int | None = None
    seat: SeatPlan | None = None
    caps: tuple[CapPlan, ...] = ()
    most_active: int | None = None
    turns: tuple[tuple[UUID, UUID], ...] = ()
    private: tuple[UUID, ...] = ()
    customer_visits: int | None = None
    quote: Quote | None = None
    priority: tuple[Any, ...] = field(default=(), compare=False)

    @property
    def starts_at(self) -> datetime:
        """When the customer comes."""
        return self.items[0].starts_at

    @property
    def service_id(self) -> UUID:
        """The first service."""
        return self.items[0].service_id

    @property
    def service_name(self) -> str:
        """What it is called: all its services."""
        return name_of(self.items)

    @property
    def party_size(self) -> int:
        """How many people come."""
        return self.wish.party_size

    @property
    def intake(self) -> dict[str, Any]:
        """The answers given."""
        return self.wish.intake

    @property
    def resource_ids(self) -> tuple[UUID, ...]:
        """Whom and what it takes."""
        return tuple(resource.id for resource in self.resources)

    @property
    def price(self) -> Money:
        """What it costs, as quoted."""
        if self.quote is not None:
            return Money(amount=self.quote.total, currency=self.currency)
        return Money(amount=sum(item.price for item in self.items), currency=self.currency)

    @property
    def stored_items(self) -> str:
        """The items as the row keeps them; a plain booking of one service says everything in its own columns."""
        if len(self.items) == 1 and not self.items[0].add_ons:
            return "[]"
        return to_json(self.items).decode()

    @property
    def occupied(self) -> tuple[datetime, datetime]:
        """From the first moment that anything is taken to the last."""
        return min(take.starts_at for take in self.takes), max(take.ends_at for take in self.takes)


def name_of(items: Sequence[ReservedItem]) -> str:
    """The services of a visit in one line, each once."""
    return " + ".join(dict.fromkeys(item.name for item in items))[:120]


def merged(takes: Sequence[Take]) -> tuple[Take, ...]:
    """Stretches of one lane that touch or overlap, as one: two services in a row by the same person."""
    found: list[Take] = []
    for take in sorted(takes, key=lambda one: (one.resource_id, one.lane, one.starts_at)):
        last = found[-1] if found else None
        same = last is not None and (last.resource_id, last.lane) == (take.resource_id, take.lane)
        if last is not None and same and take.starts_at <= last.ends_at:
            found[-1] = Take(last.resource_id, last.lane, last.starts_at, max(last.ends_at, take.ends_at))
        else:
            found.append(take)
    return tuple(found)
