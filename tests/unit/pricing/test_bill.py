"""How a price is made up: which lines it has, in which order, and what they add up to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from booka_core.kernel.ids import new_id
from booka_core.pricing.bill import Bill, applies
from booka_core.pricing.errors import (
    VoucherBelowLeast,
    VoucherForOtherServices,
    VoucherNotValid,
    VoucherNotYetValid,
    VoucherRunOut,
)
from booka_core.pricing.types import (
    PriceCondition,
    PricedAddOn,
    PricedService,
    PriceQuestion,
    PriceRuleInfo,
    PromotionInfo,
)
from booka_core.sdk.pricing import Quote, QuoteLine

CUT, COLOUR = new_id(), new_id()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)
"""18:30 in Lagos."""


def service(service_id: UUID = CUT, amount: int = 10_000, **more: Any) -> PricedService:
    name = "Cut" if service_id == CUT else "Colour"
    return PricedService(service_id=service_id, name=name, category="hair", minutes=45, amount=amount, **more)


def question(*services: PricedService, **changes: Any) -> PriceQuestion:
    asked: dict[str, Any] = {
        "services": services or (service(),),
        "starts_at": FRIDAY_EVENING,
        "ends_at": FRIDAY_EVENING + timedelta(hours=1),
        "zone": "Africa/Lagos",
        "asked_at": NOW,
        "currency": "NGN",
    }
    return PriceQuestion(**{**asked, **changes})


def rule(name: str = "Evening", **terms: Any) -> PriceRuleInfo:
    condition = PriceCondition(**terms.pop("condition", {}))
    change = terms if {"basis_points", "amount"} & set(terms) else {**terms, "basis_points": 1000}
    return PriceRuleInfo(id=new_id(), name=name, condition=condition, **change)


def promotion(name: str = "Spring", **terms: Any) -> PromotionInfo:
    change = terms if {"basis_points", "amount"} & set(terms) else {**terms, "basis_points": 1000}
    return PromotionInfo(id=new_id(), name=name, **change)


def quoted(
    asked: PriceQuestion,
    *,
    rules: tuple[PriceRuleInfo, ...] = (),
    plugins: tuple[QuoteLine, ...] = (),
    promotions: tuple[PromotionInfo, ...] = (),
    voucher: PromotionInfo | None = None,
) -> Quote:
    bill = Bill(asked)
    bill.add_rules(rules)
    bill.add_plugin_lines(plugins)
    bill.add_promotions(promotions, voucher=voucher)
    return bill.quote()


def amounts(quote: Quote) -> list[tuple[str, int]]:
    return [(line.kind, line.amount) for line in quote.lines]


def test_the_lines_come_in_the_order_in_which_they_are_made_up() -> None:
    asked = question(
        service(add_ons=(PricedAddOn(name="Wash", amount=2_000, service_id=CUT),)),
        service(COLOUR, 30_000),
        tax_basis_points=750,
        tax_included=False,
    )
    quote = quoted(
        asked,
        rules=(rule(),),
        plugins=(QuoteLine(kind="plugin", label="Long hair", amount=1_000, service_id=COLOUR),),
        promotions=(promotion(),),
        voucher=promotion("Gift", amount=5_000),
    )
    assert [(line.kind, line.label, line.amount) for line in quote.lines] == [
        ("base", "Cut", 10_000),
        ("add_on", "Wash", 2_000),
        ("base", "Colour", 30_000),
        ("rule", "Evening", 4_200),
        ("plugin", "Long hair", 1_000),
        ("promotion", "Spring", -4_720),
        ("voucher", "Gift", -5_000),
        ("tax", "Tax 7.5%", 2_811),
    ]
    assert (quote.total, quote.tax) == (40_291, 2_811)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({}, True),
        ({"weekdays": (4,)}, True),
        ({"weekdays": (0, 5)}, False),
        ({"from_minute": 18 * 60}, True),
        ({"from_minute": 18 * 60 + 30, "until_minute": 18 * 60 + 31}, True),
        ({"until_minute": 18 * 60 + 30}, False),
        ({"from_minute": 17 * 60, "until_minute": 18 * 60}, False),
        ({"from_minute": 18 * 60, "until_minute": 120, "weekdays": (4,)}, True),
        ({"from_minute": 22 * 60, "until_minute": 19 * 60, "weekdays": (3,)}, True),
        ({"from_minute": 22 * 60, "until_minute": 19 * 60, "weekdays": (4,)}, False),
        ({"first_day": date(2026, 3, 6), "last_day": date(2026, 3, 6)}, True),
        ({"first_day": date(2026, 3, 7)}, False),
        ({"last_day": date(2026, 3, 5)}, False),
        ({"least_hours_before": 104.5}, True),
        ({"least_hours_before": 105}, False),
        ({"most_hours_before": 104.5}, True),
        ({"most_hours_before": 104}, False),
        ({"occupied_at_least": 0.8}, True),
        ({"occupied_at_least": 0.81}, False),
    ],
)
def test_a_rule_applies_when_all_that_it_asks_for_holds(condition: dict[str, Any], holds: bool) -> None:
    assert applies(PriceCondition(**condition), question(occupied_share=0.8)) is holds


def test_a_rule_about_full_days_says_nothing_where_nobody_counted() -> None:
    assert not applies(PriceCondition(occupied_at_least=0), question(occupied_share=None))


def test_hours_are_those_of_the_clock_on_the_wall_of_the_location() -> None:
    evening = PriceCondition(from_minute=18 * 60, weekdays=(4,))
    assert applies(evening, question(zone="Africa/Lagos"))
    assert not applies(evening, question(zone="America/New_York"))
    assert applies(PriceCondition(weekdays=(5,)), question(zone="Pacific/Kiritimati"))
    # The same instant of the day before and after New York puts its clocks forward is another hour on the wall.
    before, after = (datetime(2026, 3, day, 22, 30, tzinfo=UTC) for day in (7, 8))
    late = PriceCondition(from_minute=18 * 60)
    assert not applies(late, question(zone="America/New_York", starts_at=before))
    assert applies(late, question(zone="America/New_York", starts_at=after))


@pytest.mark.parametrize(
    "nonsense",
    [
        {"from_minute": 600, "until_minute": 600},
        {"weekdays": (7,)},
        {"first_day": date(2026, 3, 2), "last_day": date(2026, 3, 1)},
        {"least_hours_before": 10, "most_hours_before": 9},
        {"least_hours_before": -1},
        {"occupied_at_least": 1.1},
        {"moon": "full"},
    ],
)
def test_a_condition_that_can_never_hold_cannot_be_written(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="PriceCondition"):
        PriceCondition(**nonsense)


def test_several_rules_apply_each_to_the_plain_price_of_the_services_it_is_for() -> None:
    asked = question(service(add_ons=(PricedAddOn(name="Wash", amount=2_000),)), service(COLOUR, 30_000))
    quote = quoted(
        asked,
        rules=(
            rule("Evening", basis_points=1000),
            rule("Colour day", basis_points=-2000, service_ids=(COLOUR,)),
            rule("Late key", amount=500),
            rule("Nails only", amount=900, service_ids=(new_id(),)),
            rule("Mondays", condition={"weekdays": (0,)}),
        ),
    )
    assert amounts(quote)[3:] == [("rule", 4_200), ("rule", -6_000), ("rule", 500)]
    assert quote.lines[4].service_id == COLOUR
    assert quote.total == 42_000 + 4_200 - 6_000 + 500


def test_shares_are_rounded_half_to_even() -> None:
    for amount, tenth in ((5, 0), (15, 2), (25, 2), (35, 4), (26, 3)):
        quote = quoted(question(service(amount=amount)), rules=(rule(),))
        assert quote.total == amount + tenth


def test_a_service_never_costs_less_than_nothing() -> None:
    asked = question(service(amount=1_000), service(COLOUR, 5_000))
    quote = quoted(
        asked,
        rules=(
            rule("Thanks", amount=-700, service_ids=(CUT,)),
            rule("Sorry", amount=-900, service_ids=(CUT,)),
            rule("Free", basis_points=-10000, service_ids=(CUT,)),
        ),
    )
    assert amounts(quote)[2:] == [("rule", -700), ("rule", -300)], "what would take it below zero takes less, or goes"
    assert quote.total == 5_000


def test_a_plugin_can_make_a_visit_free_and_no_cheaper() -> None:
    quote = quoted(question(service(amount=1_000)), plugins=(QuoteLine(kind="plugin", label="Gift", amount=-5_000),))
    assert (amounts(quote)[1:], quote.total) == ([("plugin", -1_000)], 0)


def test_a_plugins_line_about_a_service_that_is_not_there_is_about_the_whole_visit() -> None:
    asked = question(service(amount=1_000, tax_basis_points=1000), service(COLOUR, 1_000, tax_basis_points=0))
    line = QuoteLine(kind="plugin", label="Parking", amount=200, service_id=new_id())
    assert (
        quoted(asked, plugins=(line,)).tax == quoted(asked, plugins=(line.model_copy(update={"service_id": None}),)).tax
    )


def test_of_the_promotions_for_everybody_the_one_that_saves_most_counts() -> None:
    small, large, other = promotion("A", amount=900), promotion("B", basis_points=1000), promotion("C", amount=1_000)
    for order in ((small, large, other), (other, large, small), (large, small, other)):
        quote = quoted(question(), promotions=order)
        assert [line.promotion_id for line in quote.lines if line.kind == "promotion"] == [large.id]
        assert quote.total == 9_000


@pytest.mark.parametrize(
    "terms",
    [
        {"valid_from": NOW + timedelta(seconds=1)},
        {"valid_until": NOW},
        {"least_total": 10_001},
        {"service_ids": (COLOUR,)},
    ],
)
def test_a_promotion_that_does_not_fit_is_left_out(terms: dict[str, Any]) -> None:
    assert amounts(quoted(question(), promotions=(promotion(**terms),))) == [("base", 10_000)]


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"valid_from": NOW + timedelta(seconds=1)}, VoucherNotYetValid),
        ({"valid_until": NOW}, VoucherRunOut),
        ({"least_total": 10_001}, VoucherBelowLeast),
        ({"service_ids": (COLOUR,)}, VoucherForOtherServices),
    ],
)
def test_a_voucher_that_does_not_fit_says_why(terms: dict[str, Any], error: type[VoucherNotValid]) -> None:
    with pytest.raises(error):
        quoted(question(), voucher=promotion("Gift", **terms))


def test_a_voucher_takes_from_what_the_promotion_has_left() -> None:
    quote = quoted(
        question(), promotions=(promotion(),), voucher=promotion("Half", basis_points=5000, least_total=10_000)
    )
    assert amounts(quote)[1:] == [("promotion", -1_000), ("voucher", -4_500)]


def test_a_voucher_takes_no_more_than_is_left_and_only_from_its_services() -> None:
    gift = promotion("Gift", amount=99_000, service_ids=(CUT,))
    quote = quoted(question(service(), service(COLOUR, 30_000)), voucher=gift)
    assert (amounts(quote)[2:], quote.total) == ([("voucher", -10_000)], 30_000)


def test_a_voucher_is_not_spent_where_nothing_is_left_to_pay() -> None:
    quote = quoted(question(), promotions=(promotion(basis_points=10000),), voucher=promotion("Gift", amount=100))
    assert (amounts(quote)[1:], quote.total) == ([("promotion", -10_000)], 0)


def test_each_service_is_taxed_at_its_own_rate_on_what_it_costs_in_the_end() -> None:
    asked = question(
        service(amount=10_000, tax_basis_points=0),
        service(COLOUR, 30_000, tax_basis_points=2000),
        tax_basis_points=750,
        tax_included=False,
    )
    quote = quoted(asked, promotions=(promotion(basis_points=5000),))
    assert amounts(quote)[2:] == [("promotion", -20_000), ("tax", 3_000)]
    assert quote.total == 23_000


def test_tax_that_prices_contain_is_said_and_adds_nothing() -> None:
    quote = quoted(question(service(amount=10_750), tax_basis_points=750))
    assert (quote.total, quote.tax) == (10_750, 750)
    assert quote.lines[-1].included


def test_the_same_service_for_two_guests_is_two_lines_of_one_visit() -> None:
    quote = quoted(question(service(), service(guest=1)), rules=(rule(amount=-5_001, service_ids=(CUT,)),))
    assert amounts(quote) == [("base", 10_000), ("base", 10_000), ("rule", -5_001)]


def test_a_free_visit_is_a_quote_too() -> None:
    quote = quoted(
        question(service(amount=0), service(COLOUR, 0)), rules=(rule(), rule(amount=-5)), voucher=promotion()
    )
    assert (quote.total, amounts(quote)) == (0, [("base", 0), ("base", 0)])
    assert quoted(question(service(amount=0)), rules=(rule("Night", amount=300),)).total == 300
