"""Where the plugin takes part."""

from __future__ import annotations

from booka_beauty.hair_length import surcharges
from booka_beauty.patch_test import judge
from booka_beauty.preferences import remember
from booka_beauty.vertical import VERTICAL
from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext
from booka_core.sdk.events import AnyEvent
from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.pricing import QuoteDraft, QuoteLine
from booka_core.sdk.verticals import Vertical


@hookimpl
def booka_register_vertical() -> Vertical:
    """Offer the salon."""
    return VERTICAL


@hookimpl
def booka_booking_check(ctx: TenantContext, draft: BookingDraft) -> BookingVerdict | None:
    """Look after new clients who book a colour."""
    return judge(ctx, draft)


@hookimpl
def booka_quote_adjust(ctx: TenantContext, draft: QuoteDraft) -> list[QuoteLine]:
    """Ask more for long hair, where the salon does."""
    return surcharges(ctx, draft)


@hookimpl
async def booka_on_event(ctx: TenantContext, event: AnyEvent) -> None:
    """Remember who came and whom they sat with."""
    await remember(ctx, event)
