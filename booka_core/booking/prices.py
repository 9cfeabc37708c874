"""The price of a plan: what pricing makes of it, or the quote that was named to the customer before and still holds."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import UUID

from booka_core.booking.planning import plan_visit
from booka_core.booking.plans import Plan
from booka_core.db.scope import current_tenant
from booka_core.kernel import clock
from booka_core.kernel.transaction import open_transaction
from booka_core.offers.prepare import Offer, prepare_start
from booka_core.offers.types import Wish
from booka_core.plugins.queries import effective_slugs
from booka_core.pricing.commands import kept_quote, quote_visit, store_quote
from booka_core.pricing.types import PriceQuestion
from booka_core.sdk.pricing import Quote

_NOBODY = UUID(int=0)
"""Whom a price is named to before anybody has said who they are."""


class PriceFirst(Exception):
    """Plugins have a say in this price and a transaction is open: name the price outside it, then try again."""

    def __init__(self, wish: Wish) -> None:
        super().__init__()
        self.wish = wish


def price_fingerprint(wish: Wish) -> bytes:
    """What a quote was named for: the services, who was asked for, when, where and for how many."""
    parts = [wish.starts_at.isoformat(), wish.location_id, wish.party_size, wish.nights, wish.voucher]
    parts += [item.model_dump_json() for item in wish.items]
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()


async def price_plan(offer: Offer, plan: Plan) -> Plan:
    """The plan with its price. Where plugins are asked, no transaction may be open.

    Raises `PriceFirst`, `QuoteExpired`, `QuoteForSomethingElse`, `QuoteNotFound` and what a voucher may lack.
    """
    if plan.wish.quote_id is not None:
        return replace(plan, quote=await kept_quote(plan.wish.quote_id, fingerprint=price_fingerprint(plan.wish)))
    asked = bool(await effective_slugs(current_tenant(), hook="booka_quote_adjust"))
    question = PriceQuestion(
        services=plan.priced,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        zone=plan.zone,
        asked_at=clock.now(),
        currency=plan.currency,
        customer_id=plan.customer_id if plan.customer_id != _NOBODY else None,
        customer_visits=plan.customer_visits or 0,
        party_size=plan.party_size,
        intake=plan.intake,
        occupied_share=plan.occupied_share,
        voucher=plan.wish.voucher,
        tax_basis_points=offer.tenant.settings.tax_basis_points,
        tax_included=offer.tenant.settings.tax_included,
    )
    if asked and open_transaction.get():
        raise PriceFirst(plan.wish)
    return replace(plan, quote=await quote_visit(question, offer.book, ask_plugins=asked))


async def name_price(wish: Wish, *, customer_id: UUID | None = None, source: str = "api", minutes: int = 30) -> Quote:
    """What a visit would cost now; kept for `minutes` for whoever gives its id as `quote_id` of the same wish.

    Raises what a wish may lack, `SlotTaken` and `SlotNotOffered`, and what a voucher may lack.
    """
    offer = await prepare_start(wish, customer_id=customer_id)
    plan = plan_visit(offer, customer_id or _NOBODY, source=source)[0]
    priced = await price_plan(offer, plan)
    assert priced.quote is not None  # noqa: S101 - pricing just set it
    return await store_quote(priced.quote, fingerprint=price_fingerprint(wish), minutes=minutes)
