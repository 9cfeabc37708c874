"""What a visit costs, named and kept for a while, and the rules and promotions that make the price."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool, ValidationError
from quart import Blueprint, Response

from booka_core.booking.errors import SlotTaken
from booka_core.booking.prices import name_price
from booka_core.customers.errors import CustomerNotFound
from booka_core.customers.queries import get_customer
from booka_core.offers.errors import SlotNotOffered
from booka_core.pricing import errors, price_list, queries
from booka_core.pricing.types import MOST, PriceCondition, PriceRuleInfo, PriceRuleTerms, PromotionInfo, PromotionTerms
from booka_core.sdk.errors import BadInput
from booka_core.sdk.pricing import Quote
from booka_core.web.api.answers import Items, answer, done
from booka_core.web.api.bodies import WHOLE, Accepted, Code, Day, Instant, Name, body
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.visits import SOURCE, WISH, WishGiven, instant_of, wish_of, with_oneself
from booka_core.web.requests import requires

PRICE = (
    *WISH,
    SlotTaken,
    SlotNotOffered,
    errors.VoucherUnknown,
    errors.VoucherUsedUp,
    errors.VoucherNotValid,
)
"""Why no price can be named."""

_Signed = Annotated[int, Field(ge=-MOST, le=MOST), WHOLE]
_Share = Annotated[int, Field(ge=-1_000_000, le=1_000_000), WHOLE]
_Services = Annotated[tuple[UUID, ...], Field(max_length=500)]
_Hours = Annotated[float, Field(ge=0, le=10_000)]


class NeverHolds(BadInput):
    """This condition can never hold:"""


class NewQuote(WishGiven):
    """A visit whose price is asked for, and by which customer if that is known."""

    customer_id: UUID | None = None


class ConditionGiven(Accepted):
    """When a rule applies: all that is said here has to hold. See the documentation of prices."""

    weekdays: Annotated[tuple[Annotated[int, Field(ge=0, le=6), WHOLE], ...], Field(max_length=7)] = ()
    from_minute: Annotated[int, Field(ge=0, lt=1440), WHOLE] = 0
    until_minute: Annotated[int, Field(gt=0, le=1440), WHOLE] = 1440
    first_day: Day | None = None
    last_day: Day | None = None
    least_hours_before: _Hours | None = None
    most_hours_before: _Hours | None = None
    occupied_at_least: Annotated[float, Field(ge=0, le=1)] | None = None

    def condition(self) -> PriceCondition:
        """The same as pricing knows it. Raises `NeverHolds`."""
        try:
            return PriceCondition(**dict(self))
        except ValidationError as fault:
            raise NeverHolds(fault.errors(include_url=False)[0]["msg"]) from None


class NewPriceRule(Accepted):
    """A rule that raises or lowers prices, by a share (basis points) or an amount (minor units), one of the two."""

    name: Name
    service_ids: _Services = ()
    condition: ConditionGiven = ConditionGiven()
    basis_points: _Share | None = None
    amount: _Signed | None = None
    position: Annotated[int, Field(ge=0, le=10**6), WHOLE] = 0
    active: StrictBool = True


class NewPromotion(Accepted):
    """A reduction by a share or an amount: for everybody, or with a `code` for whoever gives it."""

    name: Name
    code: Annotated[Code, Field(max_length=60)] | None = None
    service_ids: _Services = ()
    basis_points: _Share | None = None
    amount: _Signed | None = None
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    least_total: Annotated[int, Field(ge=0, le=MOST), WHOLE] = 0
    once_per_customer: StrictBool = False
    uses_left: Annotated[int, Field(ge=0, le=2**31 - 1), WHOLE] | None = None
    active: StrictBool = True


class PriceRule(PriceRuleTerms):
    """A price rule as it stands."""

    id: UUID


class Promotion(PromotionTerms):
    """A promotion as it stands."""

    id: UUID
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@Operation(
    "createQuote",
    "quotes",
    body=NewQuote,
    answers={201: Quote},
    problems=(*PRICE, CustomerNotFound),
)
@requires("booking.manage", narrows=True, credential="token")
async def quote() -> Response:
    """Name the price of a visit, line by line, and honour it until `expires_at` for exactly this visit.

    Book with its id as `quote_id`.
    """
    given = await body(NewQuote)
    if given.customer_id is not None:
        await get_customer(given.customer_id)
    wish = with_oneself(
        await wish_of(given, starts_at=await instant_of(given.starts_at, location_id=given.location_id))
    )
    found = await name_price(wish, customer_id=given.customer_id, source=SOURCE)
    return answer(found, 201)


@Operation("listPriceRules", "prices", answers={200: Items[PriceRule]})
@requires("tenants.manage", reading=True, credential="token")
async def rules() -> Response:
    """The rules that raise or lower prices, in the order of their lines."""
    found = await queries.list_price_rules()
    return answer(Items[PriceRule](items=tuple(_rule(one) for one in found)))


@Operation(
    "createPriceRule",
    "prices",
    body=NewPriceRule,
    answers={201: PriceRule},
    problems=(errors.BadPriceChange, errors.NoSuchServiceToPrice, NeverHolds),
    follows={"remove": Follow("removePriceRule", {"rule_id": "id"})},
)
@requires("tenants.manage", credential="token")
async def add_rule() -> Response:
    """Add a rule that raises or lowers prices. Prices already named stay."""
    given = await body(NewPriceRule)
    terms = PriceRuleTerms(**{**dict(given), "condition": given.condition.condition()})
    return answer(_rule(await price_list.add_price_rule(terms)), 201)


@Operation("removePriceRule", "prices", answers={204: None})
@requires("tenants.manage", credential="token")
async def remove_rule(rule_id: UUID) -> Response:
    """Forget a rule. Prices already named stay."""
    await price_list.remove_price_rule(rule_id)
    return done()


@Operation("listPromotions", "prices", answers={200: Items[Promotion]})
@requires("tenants.manage", reading=True, credential="token")
async def promotions() -> Response:
    """Promotions for everybody, and vouchers."""
    found = await queries.list_promotions()
    return answer(Items[Promotion](items=tuple(_promotion(one) for one in found)))


@Operation(
    "createPromotion",
    "prices",
    body=NewPromotion,
    answers={201: Promotion},
    problems=(
        errors.BadReduction,
        errors.BadPromotionCode,
        errors.BadPromotionPeriod,
        errors.PromotionCodeTaken,
        errors.NoSuchServiceToPrice,
    ),
    follows={"remove": Follow("removePromotion", {"promotion_id": "id"})},
)
@requires("tenants.manage", credential="token")
async def add_promotion() -> Response:
    """Add a promotion, or with a code a voucher."""
    given = await body(NewPromotion)
    return answer(_promotion(await price_list.add_promotion(PromotionTerms(**dict(given)))), 201)


@Operation("removePromotion", "prices", answers={204: None})
@requires("tenants.manage", credential="token")
async def remove_promotion(promotion_id: UUID) -> Response:
    """End a promotion for good; what was booked with it keeps it."""
    await price_list.remove_promotion(promotion_id)
    return done()


def _rule(found: PriceRuleInfo) -> PriceRule:
    return PriceRule(**dict(found))


def _promotion(found: PromotionInfo) -> Promotion:
    return Promotion(**dict(found))


def add_to(routes: Blueprint) -> None:
    add(routes, "POST", "/quotes", quote)
    add(routes, "GET", "/price-rules", rules)
    add(routes, "POST", "/price-rules", add_rule)
    add(routes, "DELETE", "/price-rules/<uuid:rule_id>", remove_rule)
    add(routes, "GET", "/promotions", promotions)
    add(routes, "POST", "/promotions", add_promotion)
    add(routes, "DELETE", "/promotions/<uuid:promotion_id>", remove_promotion)
