"""One typed method per hook, and the only place that calls one. Callers say what they want to know; which plugins are
asked, how long, and what a failure means is decided here and beside the specs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from booka_core.kernel.logging import get_logger
from booka_core.plugins import dispatch
from booka_core.plugins.effective import effective_set
from booka_core.plugins.errors import HookFailed, PluginNotEffective
from booka_core.plugins.runtime import loaded
from booka_core.plugins.types import Outcome
from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.context import TenantContext
from booka_core.sdk.events import AnyEvent
from booka_core.sdk.hookspecs import POLICIES
from booka_core.sdk.pricing import QuoteDraft, QuoteLine
from booka_core.sdk.waitlist import FreedSlot, WaitingCustomer

log = get_logger(__name__)
LARGEST_LINE = 10**15
"""Minor units. A larger line is a plugin's mistake, and its sum might not fit into the database."""
HELD_FOR_A_PERSON = BookingVerdict(decision="hold", code="plugin-failed")


class Hooks:
    """The hooks of this process's plugins."""

    async def booking_check(self, tenant_id: UUID, draft: BookingDraft) -> list[Outcome[BookingVerdict]]:
        """What the tenant's plugins say to a booking before it is made; those without an opinion are left out.

        A plugin that fails counts as `hold` with the code `plugin-failed`, and its outcome keeps the error.
        """
        outcomes = []
        for outcome in await self._ask(tenant_id, "booka_booking_check", draft=draft):
            if outcome.error is None and outcome.value is not None and not isinstance(outcome.value, BookingVerdict):
                fault = HookFailed("(it answered with no verdict)", slug=outcome.plugin, hook="booka_booking_check")
                outcomes.append(outcome._replace(value=HELD_FOR_A_PERSON, error=fault))
            elif outcome.error is not None:
                outcomes.append(outcome._replace(value=HELD_FOR_A_PERSON))
            elif outcome.value is not None:
                outcomes.append(cast("Outcome[BookingVerdict]", outcome))
        return outcomes

    async def waitlist_rank(
        self, tenant_id: UUID, slug: str, *, freed: FreedSlot, waiting: Sequence[WaitingCustomer]
    ) -> tuple[UUID, ...] | None:
        """The order in which one plugin would offer a freed time; None when it has no say in it.

        That is so where it is not on for the tenant, has no opinion, fails, or answers with anything but entries.
        """
        dispatch.refuse_in_transaction("booka_waitlist_rank")
        context = (await effective_set(tenant_id)).contexts.get(slug)
        if context is None:
            return None
        answer = await self._tell("booka_waitlist_rank", context, slug, freed=freed, waiting=tuple(waiting))
        if answer is None:
            return None
        if not isinstance(answer, Sequence) or not all(isinstance(entry, UUID) for entry in answer):
            log.warning("plugins.no_ranking", plugin=slug, answered=type(answer).__name__)
            return None
        return tuple(answer)

    async def quote_adjust(self, tenant_id: UUID, draft: QuoteDraft) -> list[QuoteLine]:
        """The lines that the tenant's plugins add to a quote, each marked as theirs. A price never blocks a booking:
        a plugin that fails adds nothing, and neither does one of whose lines any is no line.
        """
        lines: list[QuoteLine] = []
        for outcome in await self._ask(tenant_id, "booka_quote_adjust", draft=draft):
            if outcome.error is not None or outcome.value is None:
                continue
            if not isinstance(outcome.value, list | tuple) or not all(_usable(line) for line in outcome.value):
                log.warning("plugins.quote_refused", hook="booka_quote_adjust", plugin=outcome.plugin)
                continue
            forced = {"kind": "plugin", "included": False, "promotion_id": None}
            lines += [line.model_copy(update=forced) for line in outcome.value]
        return lines

    async def on_event(self, tenant_id: UUID, slug: str, event: AnyEvent) -> None:
        """Deliver one event to one plugin. Raises `PluginNotEffective`, or `HookFailed` for a later retry."""
        context = (await effective_set(tenant_id)).contexts.get(slug)
        if context is None:
            raise PluginNotEffective(slug=slug)
        await self._tell("booka_on_event", context, slug, event=event)

    async def tenant_enabled(self, context: TenantContext, slug: str) -> None:
        """Let a plugin prepare for a tenant. Raises `HookFailed`."""
        await self._tell("booka_tenant_enabled", context, slug)

    async def tenant_disabled(self, context: TenantContext, slug: str) -> None:
        """Tell a plugin that a tenant switched it off; its failure is logged and changes nothing."""
        await self._tell("booka_tenant_disabled", context, slug)

    async def config_check(self, context: TenantContext, slug: str, config: Mapping[str, Any]) -> list[str]:
        """What the plugin itself has against a configuration. Raises `HookFailed`."""
        answer = await self._tell("booka_config_check", context, slug, config=dict(config))
        if answer is None:
            return []
        if isinstance(answer, str) or not isinstance(answer, Sequence):
            raise HookFailed("(it answered with no list of sentences)", slug=slug, hook="booka_config_check")
        return [str(sentence) for sentence in answer]

    async def _ask(self, tenant_id: UUID, hook: str, **arguments: Any) -> list[Outcome[Any]]:
        dispatch.refuse_in_transaction(hook)  # also where nobody listens yet: the caller is wrong today, not then
        implementations = loaded().registry.implementations(hook)
        if not implementations:
            return []
        found = await effective_set(tenant_id)
        return await dispatch.call(hook, implementations, contexts=found.contexts, arguments=arguments)

    async def _tell(self, hook: str, context: TenantContext, slug: str, **arguments: Any) -> Any:
        implementation = loaded().registry.of(hook, slug)
        if implementation is None:
            return None
        (outcome,) = await dispatch.call(hook, [implementation], contexts={slug: context}, arguments=arguments)
        if outcome.error is not None and POLICIES[hook].on_error != "skip":
            raise outcome.error
        return outcome.value


def _usable(line: Any) -> bool:
    return isinstance(line, QuoteLine) and isinstance(line.amount, int) and abs(line.amount) <= LARGEST_LINE


_hooks = Hooks()


def hooks() -> Hooks:
    """The façade of this process."""
    return _hooks
