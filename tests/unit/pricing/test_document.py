"""The page about prices tells the truth: its example is worked by the code, and its tables name every term."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from booka_core.kernel.ids import new_id
from booka_core.pricing.bill import Bill
from booka_core.pricing.sums import divided
from booka_core.pricing.types import (
    PriceCondition,
    PricedAddOn,
    PricedService,
    PriceQuestion,
    PriceRuleInfo,
    PromotionInfo,
)
from booka_core.sdk.pricing import QuoteLine

PAGE = (Path(__file__).parents[3] / "docs" / "pricing.md").read_text(encoding="utf-8")
CUT, COLOUR = new_id(), new_id()


def test_the_worked_example_is_what_the_code_makes_of_it() -> None:
    saturday = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)
    massage = PricedAddOn(name="Head massage", amount=250_000)
    bill = Bill(
        PriceQuestion(
            services=(
                PricedService(
                    service_id=CUT, name="Haircut", category="hair", minutes=45, amount=1_200_000, add_ons=(massage,)
                ),
                PricedService(service_id=COLOUR, name="Full colour", category="colour", minutes=60, amount=3_500_000),
            ),
            starts_at=saturday,
            ends_at=saturday,
            zone="Africa/Lagos",
            asked_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
            currency="NGN",
            tax_basis_points=750,
        )
    )
    bill.add_rules(
        [PriceRuleInfo(id=new_id(), name="Saturdays", condition=PriceCondition(weekdays=(5,)), basis_points=1000)]
    )
    bill.add_plugin_lines([QuoteLine(kind="plugin", label="Long hair", amount=300_000, service_id=COLOUR)])
    bill.add_promotions(
        [PromotionInfo(id=new_id(), name="Colour month", service_ids=(COLOUR,), basis_points=2000)],
        voucher=PromotionInfo(id=new_id(), name="Gift for Zainab", code="ZAINAB", amount=500_000),
    )
    shown = re.findall(r"```\n(.*?)\n```", PAGE, re.DOTALL)[0]
    assert shown == bill.quote().as_table("en-NG")


def test_every_part_of_a_condition_and_every_limit_of_a_promotion_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", PAGE, re.MULTILINE))))
    limits = set(PromotionInfo.model_fields) - {"id", "name", "code", "basis_points", "amount", "active"}
    assert described == set(PriceCondition.model_fields) | limits


def test_the_rounding_in_the_text_is_the_rounding_in_the_code() -> None:
    assert (divided(1, 2), divided(3, 2)) == (0, 2)
