"""Calling a runtime hook. Everything of one call shares one deadline and one task of its own: what an implementation
raises becomes an outcome, what it leaves in context variables does not reach the caller, and one that neither answers
nor lets itself be cancelled is left behind. Mode, time and error policy come from the table beside the specs.
"""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Mapping, Sequence
from types import CoroutineType
from typing import Any

from prometheus_client import Counter, Histogram

from booka_core.kernel.logging import get_logger
from booka_core.kernel.metrics import registry as metrics
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.plugins.errors import HookFailed, HookTimedOut, NotAsked
from booka_core.plugins.registry import Implementation
from booka_core.plugins.types import Outcome
from booka_core.sdk.context import TenantContext
from booka_core.sdk.errors import PluginFault
from booka_core.sdk.hookspecs import POLICIES

log = get_logger(__name__)
_GRACE = 0.1  # seconds a cancelled implementation has to tidy up before it is left behind

_calls = Histogram(
    "booka_plugin_hook_seconds", "Time of one call of a hook, all plugins together.", ["hook"], registry=metrics
)
_faults = Counter(
    "booka_plugin_hook_faults_total",
    "Implementations that failed, by hook and plugin.",
    ["hook", "plugin"],
    registry=metrics,
)
_left_behind: set[asyncio.Task[None]] = set()


def refuse_in_transaction(hook: str) -> None:
    """Raise `EffectInTransaction` while a transaction is open: a plugin may take long, and locks would wait with it."""
    forbid_in_transaction(f"the hook {hook}")


async def call(
    hook: str,
    implementations: Sequence[Implementation],
    *,
    contexts: Mapping[str, TenantContext],
    arguments: Mapping[str, Any],
) -> list[Outcome[Any]]:
    """Ask every implementation whose plugin has a context, one after the other, and collect what each answered.

    Raises `EffectInTransaction` while a transaction is open; never raises what a plugin raised.
    """
    refuse_in_transaction(hook)
    chosen = [implementation for implementation in implementations if implementation.plugin in contexts]
    if not chosen:
        return []
    started = time.perf_counter()
    run = _Run(hook, chosen, contexts, arguments)
    task = asyncio.create_task(run.ask_all())
    try:
        await asyncio.wait((task,), timeout=POLICIES[hook].timeout)
        if not task.done():
            run.expired = True
            task.cancel()
            await asyncio.wait((task,), timeout=_GRACE)
    except asyncio.CancelledError:
        task.cancel()
        raise
    outcomes = run.finish()
    if not task.done():
        _left_behind.add(task)
        task.add_done_callback(_left_behind.discard)
        log.error("plugins.left_behind", hook=hook, plugin=chosen[len(run.outcomes)].plugin)
    _calls.labels(hook).observe(time.perf_counter() - started)
    for outcome in outcomes:
        if outcome.error is not None:
            _faults.labels(hook, outcome.plugin).inc()
            log.warning("plugins.hook_failed", hook=hook, plugin=outcome.plugin, error=str(outcome.error))
    return outcomes


class _Run:
    """One call in progress. Implementations are asked in turn, so a task and a timer are paid for once."""

    __slots__ = ("_arguments", "_chosen", "_contexts", "_hook", "expired", "outcomes")

    def __init__(
        self,
        hook: str,
        chosen: Sequence[Implementation],
        contexts: Mapping[str, TenantContext],
        arguments: Mapping[str, Any],
    ) -> None:
        self._hook = hook
        self._chosen = chosen
        self._contexts = contexts
        self._arguments = arguments
        self.expired = False
        self.outcomes: list[Outcome[Any]] = []

    async def ask_all(self) -> None:
        """Ask each in turn. Nothing an implementation raises leaves here, or it could end the event loop."""
        own = asyncio.current_task()
        ended = time.perf_counter()
        for implementation in self._chosen:
            started = ended
            value, error = None, None
            try:
                context = self._contexts[implementation.plugin]
                value = implementation.function(
                    **{name: context if name == "ctx" else self._arguments[name] for name in implementation.arguments}
                )
                if type(value) is CoroutineType or inspect.isawaitable(value):
                    value = await value
            except asyncio.CancelledError as cancelled:
                if own is not None and own.cancelling():
                    return
                error = self._fault(implementation, cancelled)
            except BaseException as raised:  # noqa: BLE001 - a plugin may raise anything, and the others must be asked
                error = self._fault(implementation, raised)
            if self.expired:
                return
            if error is not None:
                value = None
            ended = time.perf_counter()
            self.outcomes.append(Outcome(implementation.plugin, value, error, (ended - started) * 1000))

    def finish(self) -> list[Outcome[Any]]:
        """The outcomes so far; who did not answer in time, and who was not asked because of it, gets a fault."""
        outcomes = list(self.outcomes)
        for place, implementation in enumerate(self._chosen[len(outcomes) :]):
            kind = NotAsked if place else HookTimedOut
            fault: PluginFault = kind(slug=implementation.plugin, hook=self._hook)
            outcomes.append(Outcome(implementation.plugin, None, fault, POLICIES[self._hook].timeout * 1000))
        return outcomes

    def _fault(self, implementation: Implementation, raised: BaseException) -> HookFailed:
        fault = HookFailed(f"({type(raised).__name__}: {raised})", slug=implementation.plugin, hook=self._hook)
        fault.__cause__ = raised
        return fault
