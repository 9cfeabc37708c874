"""Where the plugin takes part."""

from __future__ import annotations

from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext
from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.verticals import Vertical
from booka_hospitality.parties import judge
from booka_hospitality.vertical import VERTICAL


@hookimpl
def booka_register_vertical() -> Vertical:
    """Offer the restaurant."""
    return VERTICAL


@hookimpl
def booka_booking_check(ctx: TenantContext, draft: BookingDraft) -> BookingVerdict | None:
    """Hand large parties to a person."""
    return judge(ctx, draft)
