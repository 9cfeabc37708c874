"""What holds for every price that can be made up."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from booka_core.kernel.ids import new_id
from booka_core.pricing.bill import Bill
from booka_core.pricing.sums import divided, parted, share, tax_within
from booka_core.pricing.types import PricedAddOn, PricedService, PriceQuestion, PriceRuleInfo, PromotionInfo
from booka_core.sdk.pricing import Quote, QuoteLine

IDS = [new_id() for _ in range(4)]
START = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)

money = st.integers(0, 10**9)
rates = st.integers(0, 10_000)
some_services = st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple)


@st.composite
def questions(draw: st.DrawFn, *, included: bool | None = None) -> PriceQuestion:
    services = tuple(
        PricedService(
            service_id=draw(st.sampled_from(IDS)),
            name="Service",
            category="hair",
            minutes=30,
            amount=draw(money),
            add_ons=tuple(PricedAddOn(name="Extra", amount=draw(money)) for _ in range(draw(st.integers(0, 2)))),
            tax_basis_points=draw(st.none() | rates),
        )
        for _ in range(draw(st.integers(1, 4)))
    )
    return PriceQuestion(
        services=services,
        starts_at=START,
        ends_at=START,
        zone="UTC",
        asked_at=START,
        currency="NGN",
        tax_basis_points=draw(rates),
        tax_included=draw(st.booleans()) if included is None else included,
    )


shares = st.integers(-10_000, 20_000).filter(bool).map(lambda points: {"basis_points": points})
fixed = st.integers(-(10**9), 10**9).filter(bool).map(lambda amount: {"amount": amount})
rules = st.lists(
    st.builds(
        lambda change, service_ids: PriceRuleInfo(id=new_id(), name="Rule", service_ids=service_ids, **change),
        shares | fixed,
        some_services,
    ),
    max_size=5,
)
reductions = st.integers(1, 10_000).map(lambda points: {"basis_points": points}) | st.integers(1, 10**9).map(
    lambda amount: {"amount": amount}
)
promotions = st.lists(
    st.builds(
        lambda change, service_ids, least: PromotionInfo(
            id=new_id(), name="Promotion", service_ids=service_ids, least_total=least, **change
        ),
        reductions,
        some_services,
        st.integers(0, 10**9),
    ),
    max_size=4,
)
vouchers = st.none() | reductions.map(lambda change: PromotionInfo(id=new_id(), name="Gift", code="GIFT", **change))
plugin_lines = st.lists(
    st.builds(
        lambda amount, service_id: QuoteLine(kind="plugin", label="Plugin", amount=amount, service_id=service_id),
        st.integers(-(10**9), 10**9),
        st.none() | st.sampled_from(IDS),
    ),
    max_size=4,
)


def made_up(
    question: PriceQuestion,
    *,
    rules: list[PriceRuleInfo],
    lines: list[QuoteLine],
    promotions: list[PromotionInfo],
    voucher: PromotionInfo | None,
) -> Quote:
    bill = Bill(question)
    bill.add_rules(rules)
    bill.add_plugin_lines(lines)
    bill.add_promotions(promotions, voucher=voucher)
    return bill.quote()


@given(questions(), rules, plugin_lines, promotions, vouchers)
def test_the_total_is_the_sum_of_the_lines_that_count_and_never_below_zero(
    question: PriceQuestion,
    rules: list[PriceRuleInfo],
    lines: list[QuoteLine],
    promotions: list[PromotionInfo],
    voucher: PromotionInfo | None,
) -> None:
    quote = made_up(question, rules=rules, lines=lines, promotions=promotions, voucher=voucher)
    assert quote.total == sum(line.amount for line in quote.lines if not line.included) >= 0
    assert quote.tax == sum(line.amount for line in quote.lines if line.kind == "tax") >= 0
    assert all(line.amount < 0 for line in quote.lines if line.kind in ("promotion", "voucher"))
    assert sum(line.kind == "promotion" for line in quote.lines) <= 1


@given(questions(), rules, plugin_lines, promotions, vouchers, st.randoms())
def test_neither_rules_nor_plugins_nor_promotions_depend_on_their_order(
    question: PriceQuestion,
    rules: list[PriceRuleInfo],
    lines: list[QuoteLine],
    promotions: list[PromotionInfo],
    voucher: PromotionInfo | None,
    chance: Random,
) -> None:
    quote = made_up(question, rules=rules, lines=lines, promotions=promotions, voucher=voucher)
    for things in (rules, lines, promotions):
        chance.shuffle(things)
    again = made_up(question, rules=rules, lines=lines, promotions=promotions, voucher=voucher)
    assert (again.total, again.tax) == (quote.total, quote.tax)


@given(questions(included=True), rules, plugin_lines, promotions, vouchers)
def test_tax_that_prices_contain_never_changes_the_total(
    question: PriceQuestion,
    rules: list[PriceRuleInfo],
    lines: list[QuoteLine],
    promotions: list[PromotionInfo],
    voucher: PromotionInfo | None,
) -> None:
    untaxed = question.model_copy(
        update={
            "tax_basis_points": 0,
            "services": tuple(one.model_copy(update={"tax_basis_points": None}) for one in question.services),
        }
    )
    taxed = made_up(question, rules=rules, lines=lines, promotions=promotions, voucher=voucher)
    plain = made_up(untaxed, rules=rules, lines=lines, promotions=promotions, voucher=voucher)
    assert (taxed.total, plain.tax) == (plain.total, 0)


@given(st.integers(0, 10**12), rates)
@example(1, 10_000)
@example(5, 10_000)
def test_contained_tax_is_right_from_nothing_to_one_hundred_percent(total: int, rate: int) -> None:
    exact = Fraction(total * rate, 10_000 + rate)
    assert tax_within(total, rate) == round(exact), "Python rounds fractions half to even"
    assert abs(share(total - tax_within(total, rate), rate) - tax_within(total, rate)) <= 1


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**5))
@example(1, 2)
@example(-3, 2)
@example(5_000, 10_000)
def test_division_rounds_half_to_even_as_decimal_does(amount: int, divisor: int) -> None:
    assert divided(amount, divisor) == round(Fraction(amount, divisor))
    assert divided(amount, 10_000) == int((Decimal(amount) / 10_000).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@given(st.integers(-(10**12), 10**12), st.lists(money, min_size=1, max_size=6))
def test_parts_add_up_and_none_is_further_than_one_unit_from_its_share(amount: int, weights: list[int]) -> None:
    parts = parted(amount, weights)
    assert (sum(parts), len(parts)) == (amount, len(weights))
    whole = sum(weights)
    if whole:
        assert all(
            abs(part - Fraction(amount * weight, whole)) < 1 for part, weight in zip(parts, weights, strict=True)
        )
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)
