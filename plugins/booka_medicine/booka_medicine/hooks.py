"""Where the plugin takes part."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from booka_core.sdk.context import TenantContext
from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.verticals import Vertical
from booka_core.sdk.waitlist import WaitingCustomer
from booka_medicine.vertical import VERTICAL
from booka_medicine.waiting import in_order


@hookimpl
def booka_register_vertical() -> Vertical:
    """Offer the practice."""
    return VERTICAL


@hookimpl
def booka_waitlist_rank(ctx: TenantContext, waiting: Sequence[WaitingCustomer]) -> list[UUID]:
    """Offer a freed time to those first whom a colleague has labelled."""
    return in_order(waiting, first=ctx.config.get("waitlist_first", ()))
