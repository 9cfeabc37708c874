"""A price that was named is kept, for exactly what it was named for, as long as it was promised."""

from __future__ import annotations

from datetime import timedelta

import pytest

from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.pricing.commands import kept_quote, quote_visit, store_quote
from booka_core.pricing.errors import BadQuoteTime, QuoteExpired, QuoteForSomethingElse, QuoteNotFound
from booka_core.pricing.price_list import add_price_rule, add_promotion, remove_promotion
from booka_core.pricing.types import PriceRuleTerms, PromotionTerms
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon
from tests.integration.pricing.asking import Ask


async def test_a_named_price_is_kept_whatever_changes_afterwards(salon: Salon, ask: Ask, frozen_clock, plugins) -> None:
    promotion = await add_promotion(PromotionTerms(name="Spring", basis_points=1000))
    named = await store_quote(await quote_visit(ask(tax_basis_points=750)), fingerprint=b"this visit")
    assert named.expires_at == frozen_clock.now() + timedelta(minutes=30)

    await remove_promotion(promotion.id)
    await add_price_rule(PriceRuleTerms(name="Dearer", basis_points=5000))

    frozen_clock.advance(timedelta(minutes=30, seconds=-1))
    assert named.id is not None
    assert await kept_quote(named.id, fingerprint=b"this visit") == named
    assert named.total == 1_080_000
    assert (await quote_visit(ask())).total == 1_800_000


async def test_a_price_is_kept_no_longer_than_promised(salon: Salon, ask: Ask, frozen_clock, plugins) -> None:
    named = await store_quote(await quote_visit(ask()), fingerprint=b"x", minutes=5)
    assert named.id is not None
    frozen_clock.advance(timedelta(minutes=5))
    with pytest.raises(QuoteExpired):
        await kept_quote(named.id, fingerprint=b"x")


async def test_a_price_holds_for_what_it_was_named_for_and_nothing_else(salon: Salon, ask: Ask, plugins) -> None:
    named = await store_quote(await quote_visit(ask()), fingerprint=b"x")
    assert named.id is not None
    for other in (b"y", b"", b"xx"):
        with pytest.raises(QuoteForSomethingElse):
            await kept_quote(named.id, fingerprint=other)


async def test_nobody_finds_a_price_that_was_not_named_to_them(
    other_tenant: TenantInfo, salon: Salon, ask: Ask, plugins
) -> None:
    named = await store_quote(await quote_visit(ask()), fingerprint=b"x")
    with pytest.raises(QuoteNotFound):
        await kept_quote(new_id(), fingerprint=b"x")

    async def in_the_other_one() -> None:
        with bind_tenant(other_tenant.id):
            assert named.id is not None
            with pytest.raises(QuoteNotFound):
                await kept_quote(named.id, fingerprint=b"x")

    await spawn(in_the_other_one())


@pytest.mark.parametrize("minutes", [0, -5, 7 * 1440 + 1])
async def test_a_price_is_kept_for_a_minute_to_a_week(salon: Salon, ask: Ask, plugins, minutes: int) -> None:
    with pytest.raises(BadQuoteTime):
        await store_quote(await quote_visit(ask()), fingerprint=b"x", minutes=minutes)


async def test_old_prices_do_not_pile_up(salon: Salon, ask: Ask, frozen_clock, plugins) -> None:
    quote = await quote_visit(ask())
    for _ in range(20):
        await store_quote(quote, fingerprint=b"x")
    frozen_clock.advance(timedelta(days=2))
    for _ in range(3):
        await store_quote(quote, fingerprint=b"x")
    async with tenant_scope() as connection:
        left = await connection.execute_query_dict("select expires_at from quotes order by id")
    assert [row["expires_at"] > frozen_clock.now() for row in left] == [True] * 3
