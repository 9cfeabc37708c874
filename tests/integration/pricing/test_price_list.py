"""A business writes its rules and promotions, and from that moment every price goes by them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.pricing.commands import quote_visit
from booka_core.pricing.errors import (
    BadPriceChange,
    BadPromotionCode,
    BadPromotionPeriod,
    BadReduction,
    NoSuchServiceToPrice,
    PriceRuleNotFound,
    PromotionCodeTaken,
    PromotionNotFound,
    VoucherUnknown,
)
from booka_core.pricing.price_list import (
    add_price_rule,
    add_promotion,
    change_price_rule,
    change_promotion,
    remove_price_rule,
    remove_promotion,
)
from booka_core.pricing.queries import current_book, list_price_rules, list_promotions, read_book
from booka_core.pricing.types import PriceBook, PriceCondition, PriceRuleTerms, PromotionTerms
from booka_core.sdk.errors import BookaError
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon
from tests.integration.pricing.asking import Ask

MORNING = PriceRuleTerms(name="Quiet mornings", condition=PriceCondition(until_minute=720), basis_points=-1000)


async def book() -> PriceBook:
    async with tenant_scope() as connection:
        return await current_book(connection)


async def test_a_rule_counts_from_the_moment_it_is_written_until_it_is_removed(salon: Salon, ask: Ask, plugins) -> None:
    assert (await quote_visit(ask())).total == 1_200_000
    rule = await add_price_rule(MORNING)
    assert (await quote_visit(ask())).total == 1_080_000
    await change_price_rule(rule.id, basis_points=None, amount=-50_000, name="Mornings")
    quote = await quote_visit(ask())
    assert (quote.total, quote.lines[1].label) == (1_150_000, "Mornings")
    await change_price_rule(rule.id, active=False)
    assert (await quote_visit(ask())).total == 1_200_000
    assert [one.active for one in await list_price_rules()] == [False]
    await remove_price_rule(rule.id)
    assert await list_price_rules() == ()


async def test_what_was_written_is_what_is_read(salon: Salon) -> None:
    condition = PriceCondition(
        weekdays=(4, 5), from_minute=1080, until_minute=120, first_day=datetime(2026, 3, 1).date(),  # noqa: DTZ001
        last_day=datetime(2026, 4, 1).date(), least_hours_before=1.5, most_hours_before=48, occupied_at_least=0.75,  # noqa: DTZ001
    )  # fmt: skip
    rule = await add_price_rule(
        PriceRuleTerms(name="Busy", service_ids=(salon.haircut,), condition=condition, amount=50_000, position=3)
    )
    assert await list_price_rules() == (rule,)
    assert (await book()).rules == (rule,)
    assert (await book()).needs_occupancy


async def test_lines_stand_in_the_order_that_the_business_chose(salon: Salon, ask: Ask, plugins) -> None:
    for name, position in (("Third", 5), ("First", 0), ("Second", 1)):
        await add_price_rule(PriceRuleTerms(name=name, amount=100, position=position))
    assert [line.label for line in (await quote_visit(ask())).lines] == ["Haircut", "First", "Second", "Third"]


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"basis_points": 0},
        {"amount": 0},
        {"basis_points": 100, "amount": 100},
        {"basis_points": -10_001},
        {"basis_points": 100_001},
        {"amount": 10**15 + 1},
    ],
)
async def test_a_rule_that_changes_nothing_or_too_much_is_refused(salon: Salon, terms: dict[str, int]) -> None:
    revision = (await get_tenant()).catalog_revision
    with pytest.raises(BadPriceChange):
        await add_price_rule(PriceRuleTerms(name="Odd", **terms))
    assert await list_price_rules() == ()
    assert (await get_tenant()).catalog_revision == revision


async def test_a_bad_change_leaves_a_rule_as_it_was(salon: Salon) -> None:
    rule = await add_price_rule(MORNING)
    with pytest.raises(BadPriceChange):
        await change_price_rule(rule.id, amount=5)
    with pytest.raises(NoSuchServiceToPrice):
        await change_price_rule(rule.id, service_ids=(new_id(),))
    assert await list_price_rules() == (rule,)


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({}, BadReduction),
        ({"basis_points": 10_001}, BadReduction),
        ({"basis_points": 0}, BadReduction),
        ({"amount": -5}, BadReduction),
        ({"amount": 5, "basis_points": 5}, BadReduction),
        ({"amount": 5, "code": "a"}, BadPromotionCode),
        ({"amount": 5, "code": "TWO WORDS"}, BadPromotionCode),
        ({"amount": 5, "code": "x\x00y"}, BadPromotionCode),
        ({"amount": 5, "code": "X" * 41}, BadPromotionCode),
        ({"amount": 5, "valid_from": datetime(2026, 3, 1)}, BadPromotionPeriod),  # noqa: DTZ001
        ({"amount": 5, "service_ids": (new_id(),)}, NoSuchServiceToPrice),
    ],
)
async def test_a_promotion_that_makes_no_sense_is_refused(
    salon: Salon, terms: dict[str, Any], error: type[BookaError]
) -> None:
    with pytest.raises(error):
        await add_promotion(PromotionTerms(name="Odd", **terms))
    assert await list_promotions() == ()


async def test_a_promotion_begins_before_it_ends(salon: Salon, frozen_clock) -> None:
    now = frozen_clock.now()
    with pytest.raises(BadPromotionPeriod):
        await add_promotion(PromotionTerms(name="Odd", amount=5, valid_from=now, valid_until=now))
    promotion = await add_promotion(PromotionTerms(name="May", amount=5, valid_from=now))
    with pytest.raises(BadPromotionPeriod):
        await change_promotion(promotion.id, valid_until=now - timedelta(days=1))


async def test_a_code_belongs_to_one_promotion_however_it_is_written(salon: Salon) -> None:
    first = await add_promotion(PromotionTerms(name="Spring", code="Spring26", amount=5))
    with pytest.raises(PromotionCodeTaken, match="SPRING26"):
        await add_promotion(PromotionTerms(name="Other", code="SPRING26", amount=5))
    await remove_promotion(first.id)
    again = await add_promotion(PromotionTerms(name="Other", code="SPRING26", amount=5))
    assert await list_promotions() == (again,)


async def test_a_removed_promotion_is_gone_for_customers_and_for_colleagues(salon: Salon, ask: Ask, plugins) -> None:
    voucher = await add_promotion(PromotionTerms(name="Gift", code="GIFT", amount=5))
    everybody = await add_promotion(PromotionTerms(name="Spring", amount=7))
    for gone in (voucher, everybody):
        await remove_promotion(gone.id)
        with pytest.raises(PromotionNotFound):
            await remove_promotion(gone.id)
        with pytest.raises(PromotionNotFound):
            await change_promotion(gone.id, active=True)
    assert await list_promotions() == ()
    assert (await quote_visit(ask())).total == 1_200_000
    with pytest.raises(VoucherUnknown):
        await quote_visit(ask(voucher="gift"))


async def test_what_is_changed_of_a_promotion_leaves_the_rest(salon: Salon, ask: Ask, plugins) -> None:
    voucher = await add_promotion(PromotionTerms(name="Gift", code="GIFT", amount=5, uses_left=3))
    changed = await change_promotion(voucher.id, amount=900, least_total=10)
    assert changed == voucher.model_copy(update={"amount": 900, "least_total": 10})
    assert await list_promotions() == (changed,)
    assert (await quote_visit(ask(voucher=" gift "))).total == 1_199_100


async def test_what_is_not_there_cannot_be_changed(salon: Salon) -> None:
    for deed in (change_price_rule(new_id(), amount=5), remove_price_rule(new_id())):
        with pytest.raises(PriceRuleNotFound):
            await deed
    for deed in (change_promotion(new_id(), amount=5), remove_promotion(new_id())):
        with pytest.raises(PromotionNotFound):
            await deed


async def test_one_business_never_sees_or_changes_the_prices_of_another(
    other_tenant: TenantInfo, salon: Salon, ask: Ask, plugins
) -> None:
    rule = await add_price_rule(MORNING)
    await add_promotion(PromotionTerms(name="Gift", code="GIFT", amount=5))

    async def in_the_other_one() -> None:
        with bind_tenant(other_tenant.id):
            assert await list_price_rules() == ()
            assert await list_promotions() == ()
            with pytest.raises(PriceRuleNotFound):
                await remove_price_rule(rule.id)
            with pytest.raises(NoSuchServiceToPrice):
                await add_price_rule(PriceRuleTerms(name="Theirs", amount=5, service_ids=(salon.haircut,)))
            with pytest.raises(VoucherUnknown):
                await quote_visit(ask(voucher="GIFT"))
            await add_promotion(PromotionTerms(name="Cadeau", code="GIFT", amount=7))

    await spawn(in_the_other_one())
    assert (await list_price_rules(), len(await list_promotions())) == ((rule,), 1)


async def test_the_price_book_is_read_once_for_each_revision(salon: Salon, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_price_rule(MORNING)
    first = await book()
    revision = (await get_tenant()).catalog_revision
    async with tenant_scope() as connection:
        asked: list[str] = []
        ask_database = connection.execute_query_dict

        async def noted(query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
            asked.append(query)
            return await ask_database(query, values)

        monkeypatch.setattr(connection, "execute_query_dict", noted)
        assert await read_book(connection, revision) is first
        assert asked == []
        assert await read_book(connection, revision + 1) == first.model_copy(update={"revision": revision + 1})
        assert len(asked) == 2


async def test_without_rules_tax_or_plugins_a_price_asks_nobody_anything(
    salon: Salon, ask: Ask, plugin_folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booka_core.plugins import runtime  # noqa: PLC0415
    from booka_core.pricing import commands  # noqa: PLC0415

    runtime.load()
    monkeypatch.setattr(runtime.loaded().registry, "implementations", lambda _hook: ())

    def opened() -> None:
        raise AssertionError("a transaction was opened")

    monkeypatch.setattr(commands, "tenant_scope", opened)
    coroutine = quote_visit(ask(), PriceBook())
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)  # it comes to its end without ever waiting
    assert done.value.value.total == 1_200_000
