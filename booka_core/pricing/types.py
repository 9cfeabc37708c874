"""What crosses the border of the pricing room. Amounts are integer minor units, shares are basis points (1/100 %)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Self, TypedDict
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from booka_core.sdk.values import Currency, Frozen

Weekday = Annotated[int, Field(ge=0, le=6)]
MOST = 10**15
"""The largest amount of one line, in minor units: sums of any visit stay far inside the database's whole numbers."""
Amount = Annotated[int, Field(ge=-MOST, le=MOST)]


class PricedAddOn(Frozen):
    """Something extra with a service, and what it costs by itself."""

    name: str
    amount: int = Field(ge=0, le=MOST)
    service_id: UUID | None = None


class PricedService(Frozen):
    """One service of a visit. `amount` is what it costs by itself: its length, its person's and its location's own
    price are in it, its add-ons are not. `tax_basis_points` is None where the business's rate holds.
    """

    service_id: UUID
    name: str
    category: str
    minutes: int
    guest: int = 0
    amount: int = Field(ge=0, le=MOST)
    add_ons: tuple[PricedAddOn, ...] = ()
    tax_basis_points: int | None = Field(default=None, ge=0, le=10000)


class PriceQuestion(Frozen):
    """A visit whose price is asked for. Instants are aware; `zone` is the location's.

    `occupied_share` is how much of the local day's open time is taken already, 0 to 1; None where nobody counted
    (`PriceBook.needs_occupancy` says whether anybody has to).
    """

    services: tuple[PricedService, ...] = Field(min_length=1)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    zone: str
    asked_at: AwareDatetime
    currency: Currency
    customer_id: UUID | None = None
    customer_visits: int = 0
    party_size: int = 1
    intake: dict[str, Any] = {}
    occupied_share: float | None = Field(default=None, ge=0, le=1)
    voucher: str | None = None
    tax_basis_points: int = Field(default=0, ge=0, le=10000)
    tax_included: bool = True
    fingerprint: bytes = b""


class PriceCondition(Frozen):
    """When a price rule applies: all that is said here has to hold, and nothing said is always.

    `weekdays` (0 is Monday), local dates and local minutes are about the start of the visit in the location's zone.
    A range of minutes that ends before it begins goes past midnight, and its small hours count to the day before.
    Hours before the start count from the moment the price is asked for. `occupied_at_least` is a share of the day's
    open time, 0 to 1.
    """

    weekdays: tuple[Weekday, ...] = ()
    from_minute: int = Field(default=0, ge=0, lt=1440)
    until_minute: int = Field(default=1440, gt=0, le=1440)
    first_day: date | None = None
    last_day: date | None = None
    least_hours_before: float | None = Field(default=None, ge=0)
    most_hours_before: float | None = Field(default=None, ge=0)
    occupied_at_least: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _can_ever_hold(self) -> Self:
        if self.from_minute == self.until_minute:
            raise ValueError("a range of minutes has a length")
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError("the last day is not before the first")
        least, most = self.least_hours_before, self.most_hours_before
        if least is not None and most is not None and most < least:
            raise ValueError("the most hours before the start are not fewer than the least")
        return self


class PriceRuleTerms(Frozen):
    """A rule that raises or lowers prices: by a share of what the services concerned and their add-ons cost, or by an
    amount once per visit. Without `service_ids` it concerns every service. `position` orders the lines of a quote.
    """

    name: str = Field(min_length=1, max_length=120)
    service_ids: tuple[UUID, ...] = ()
    condition: PriceCondition = PriceCondition()
    basis_points: int | None = None
    amount: int | None = None
    position: int = Field(default=0, ge=0, le=10**6)
    active: bool = True


class PriceRuleInfo(PriceRuleTerms):
    """A price rule as it stands in the database."""

    id: UUID


class PromotionTerms(Frozen):
    """A reduction by a share or an amount: for everybody, or with a `code` for whoever gives it (a voucher).

    It holds for what is booked between `valid_from` and `valid_until` and costs `least_total` or more before any
    promotion. `uses_left` is None without a limit. Without `service_ids` it takes from every service.
    """

    name: str = Field(min_length=1, max_length=120)
    code: str | None = None
    service_ids: tuple[UUID, ...] = ()
    basis_points: int | None = None
    amount: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    least_total: int = Field(default=0, ge=0, le=MOST)
    once_per_customer: bool = False
    uses_left: int | None = Field(default=None, ge=0, le=2**31 - 1)
    active: bool = True


class PromotionInfo(PromotionTerms):
    """A promotion as it stands in the database."""

    id: UUID


class PriceRuleChanges(TypedDict, total=False):
    """What may be changed of a price rule; what is left out stays."""

    name: str
    service_ids: tuple[UUID, ...]
    condition: PriceCondition
    basis_points: int | None
    amount: int | None
    position: int
    active: bool


class PromotionChanges(TypedDict, total=False):
    """What may be changed of a promotion; what is left out stays. Another code is another promotion."""

    name: str
    service_ids: tuple[UUID, ...]
    basis_points: int | None
    amount: int | None
    valid_from: datetime | None
    valid_until: datetime | None
    least_total: int
    once_per_customer: bool
    uses_left: int | None
    active: bool


class PriceBook(Frozen):
    """The active rules of a business and its promotions for everybody, as of one revision of its catalogue."""

    revision: int = 0
    rules: tuple[PriceRuleInfo, ...] = ()
    promotions: tuple[PromotionInfo, ...] = ()

    @cached_property
    def needs_occupancy(self) -> bool:
        """Whether some rule asks how full the day is."""
        return any(rule.condition.occupied_at_least is not None for rule in self.rules)

    @cached_property
    def once_per_customer(self) -> tuple[UUID, ...]:
        """The promotions that each customer can have once."""
        return tuple(promotion.id for promotion in self.promotions if promotion.once_per_customer)
