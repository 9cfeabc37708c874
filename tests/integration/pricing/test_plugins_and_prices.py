"""Plugins add to a price what they know, and a plugin that fails never keeps anybody from booking."""

from __future__ import annotations

import pytest

from booka_core.audit.types import COMMAND_LINE
from booka_core.db.scope import tenant_scope
from booka_core.kernel.errors import EffectInTransaction
from booka_core.plugins import commands, runtime
from booka_core.pricing.commands import quote_visit
from booka_core.pricing.price_list import add_promotion
from booka_core.pricing.types import PriceBook, PricedService, PromotionTerms
from booka_core.testing.plugins import PluginFolder
from booka_core.testing.salon import Salon
from tests.integration.pricing.asking import Ask

ADJUSTING = """
import asyncio
from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.pricing import QuoteLine


@hookimpl
async def booka_quote_adjust(ctx, draft):
    {body}
"""
LINE = "return [QuoteLine(kind='tax', label='Parking', amount=5000, included=True, promotion_id=ctx.tenant_id)]"


async def switch_on(folder: PluginFolder, **bodies: str) -> None:
    for slug, body in bodies.items():
        folder.add(slug, hooks=ADJUSTING.replace("{body}", body))
    runtime.load()
    for slug in bodies:
        await commands.enable(slug, COMMAND_LINE)


async def test_a_plugins_lines_are_marked_as_its_own_and_come_before_promotions(
    salon: Salon, ask: Ask, plugin_folder: PluginFolder
) -> None:
    await switch_on(plugin_folder, parking=LINE)
    await add_promotion(PromotionTerms(name="Spring", basis_points=1000))
    quote = await quote_visit(ask())
    assert [(line.kind, line.amount, line.included, line.promotion_id is None) for line in quote.lines] == [
        ("base", 1_200_000, False, True),
        ("plugin", 5_000, False, True),
        ("promotion", -120_500, False, False),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "raise RuntimeError('no idea')",
        "await asyncio.sleep(30)",
        "return 'five'",
        "return ['five']",
        "return QuoteLine(kind='plugin', label='x', amount=1)",
        "return [QuoteLine(kind='plugin', label='x', amount=1), None]",
        "return [QuoteLine(kind='plugin', label='x', amount=10**16)]",
        "return [QuoteLine.model_construct(kind='plugin', label='x', amount=0.5)]",
        "return [QuoteLine(kind='plugin', label='x')]",
        "return None",
    ],
)
async def test_a_plugin_that_fails_adds_nothing_and_the_others_are_heard(
    salon: Salon, ask: Ask, plugin_folder: PluginFolder, body: str
) -> None:
    await switch_on(plugin_folder, a_parking=LINE, b_broken=body)
    quote = await quote_visit(ask())
    assert [(line.label, line.amount) for line in quote.lines] == [("Haircut", 1_200_000), ("Parking", 5_000)]


async def test_a_plugin_that_is_off_is_not_asked(salon: Salon, ask: Ask, plugin_folder: PluginFolder) -> None:
    plugin_folder.add("parking", hooks=ADJUSTING.replace("{body}", LINE))
    runtime.load()
    assert (await quote_visit(ask())).total == 1_200_000


async def test_a_plugin_sees_the_visit_and_its_lines(salon: Salon, ask: Ask, plugin_folder: PluginFolder) -> None:
    seen = "draft.services[0].name, draft.intake, draft.party_size, draft.customer_visits, draft.lines[0].amount"
    await switch_on(plugin_folder, looking=f"return [QuoteLine(kind='plugin', label=repr(({seen})), amount=1)]")
    quote = await quote_visit(ask(intake={"wish": "short"}, party_size=2, customer_visits=4))
    assert quote.lines[-1].label == "('Haircut', {'wish': 'short'}, 2, 4, 1200000)"


async def test_plugins_are_never_asked_for_a_price_inside_a_transaction(salon: Salon, ask: Ask, plugins) -> None:
    async with tenant_scope():
        with pytest.raises(EffectInTransaction):
            await quote_visit(ask(), PriceBook())
        assert (await quote_visit(ask(), PriceBook(), ask_plugins=False)).total == 1_200_000


async def test_a_salon_asks_more_for_long_hair_when_it_chose_to(salon: Salon, ask: Ask, plugins) -> None:
    long = {"intake": {"hair_length": "very long"}}
    assert (await quote_visit(ask(**long))).total == 1_200_000
    await commands.configure("beauty", {"long_hair": {"long": 200_000, "very_long": 300_000}}, COMMAND_LINE)
    quote = await quote_visit(ask(**long))
    assert [(line.kind, line.label, line.amount) for line in quote.lines][1:] == [("plugin", "Long hair", 300_000)]
    assert (await quote_visit(ask(intake={"hair_length": "short"}))).total == 1_200_000
    nails = PricedService(service_id=salon.braids, name="Nails", category="nails", minutes=30, amount=500)
    assert (await quote_visit(ask(services=(nails,), **long))).total == 500
