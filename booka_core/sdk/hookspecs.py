"""Every place where a plugin can take part. Names begin with `booka_`; an implementation takes any subset of the
arguments by name. Mode, timeout and error policy of the runtime hooks stand beside them as data, so that no caller
can choose differently. A hook ships only together with a first-party plugin that uses it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import pluggy

from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext
from booka_core.sdk.events import AnyEvent
from booka_core.sdk.messaging import MessagingProvider
from booka_core.sdk.pricing import QuoteDraft, QuoteLine
from booka_core.sdk.verticals import Vertical
from booka_core.sdk.waitlist import FreedSlot, WaitingCustomer

spec = pluggy.HookspecMarker("booka")
hookimpl = pluggy.HookimplMarker("booka")


@dataclass(frozen=True, slots=True)
class HookPolicy:
    """How a runtime hook is called: `timeout` in seconds is shared by all implementations of one call.

    `on_error` says what a failing implementation leads to: `hold` the booking for a person, `skip` the plugin, `retry`
    the delivery later, or `refuse` what the tenant asked for.
    """

    mode: Literal["collect", "chain", "first", "react"]
    timeout: float
    on_error: Literal["hold", "skip", "retry", "refuse"]


@spec
def booka_register_vertical() -> Vertical:  # type: ignore[empty-body]
    """Offer a vertical. Called once per process, synchronously, while plugins load."""


@spec
def booka_register_messaging_providers() -> Sequence[MessagingProvider]:  # type: ignore[empty-body]
    """Offer messaging providers. Called once per process, synchronously, while plugins load."""


@spec
def booka_tenant_enabled(ctx: TenantContext) -> Awaitable[None] | None:
    """The tenant is about to have this plugin on. Only the plugin concerned is called; raising refuses the switch, and
    it must be safe to call twice.
    """


@spec
def booka_tenant_disabled(ctx: TenantContext) -> Awaitable[None] | None:
    """The tenant switched this plugin off. Only the plugin concerned is called; its data stays."""


@spec
def booka_config_check(ctx: TenantContext, config: dict[str, Any]) -> Sequence[str] | Awaitable[Sequence[str]]:  # type: ignore[empty-body]
    """Say what is wrong with a configuration beyond its JSON Schema: one sentence per fault, none when it is good."""


@spec
def booka_booking_check(
    ctx: TenantContext, draft: BookingDraft
) -> BookingVerdict | Awaitable[BookingVerdict | None] | None:
    """Judge a booking before it is made. Asked before the transaction opens; the strictest answer counts."""


@spec
def booka_waitlist_rank(
    ctx: TenantContext, freed: FreedSlot, waiting: Sequence[WaitingCustomer]
) -> Sequence[UUID] | Awaitable[Sequence[UUID] | None] | None:
    """Say in which order waiting customers are offered a freed time, by their entries. Asked only of the plugin whose
    slug is the business's waitlist policy.
    """


@spec
def booka_quote_adjust(  # type: ignore[empty-body]
    ctx: TenantContext, draft: QuoteDraft
) -> Sequence[QuoteLine] | Awaitable[Sequence[QuoteLine]]:
    """Add lines to a quote, before promotions and tax. Asked outside of any transaction; a failure adds nothing."""


@spec
def booka_on_event(ctx: TenantContext, event: AnyEvent) -> Awaitable[None] | None:
    """React to a fact after its commit. Runs in a worker, at least once, with one delivery per plugin."""


POLICIES: dict[str, HookPolicy] = {
    "booka_booking_check": HookPolicy(mode="collect", timeout=2.0, on_error="hold"),
    "booka_waitlist_rank": HookPolicy(mode="first", timeout=2.0, on_error="skip"),
    "booka_quote_adjust": HookPolicy(mode="collect", timeout=1.0, on_error="skip"),
    "booka_on_event": HookPolicy(mode="react", timeout=30.0, on_error="retry"),
    "booka_tenant_enabled": HookPolicy(mode="react", timeout=10.0, on_error="refuse"),
    "booka_tenant_disabled": HookPolicy(mode="react", timeout=10.0, on_error="skip"),
    "booka_config_check": HookPolicy(mode="collect", timeout=10.0, on_error="refuse"),
}
REGISTRATION = ("booka_register_vertical", "booka_register_messaging_providers")
