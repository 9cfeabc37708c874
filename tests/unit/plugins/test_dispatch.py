"""One call of a hook: everybody is asked, in order, within one deadline, and nobody's failure is another's."""

from __future__ import annotations

import asyncio
import time
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

import pytest

from booka_core.kernel.clock import SystemClock
from booka_core.kernel.errors import EffectInTransaction
from booka_core.kernel.transaction import open_transaction
from booka_core.plugins import dispatch
from booka_core.plugins.errors import HookFailed, HookTimedOut, NotAsked
from booka_core.plugins.registry import Implementation
from booka_core.sdk.context import TenantContext
from booka_core.sdk.hookspecs import POLICIES, HookPolicy

HOOK = "booka_booking_check"


def context() -> TenantContext:
    return TenantContext(
        tenant_id=uuid4(), slug="glow", locale="en", zone="Africa/Lagos", currency="NGN", clock=SystemClock()
    )


async def ask(*functions: Any, off: tuple[int, ...] = (), **arguments: Any) -> list[Any]:
    """Ask the functions as plugins p0, p1, …; those in `off` are not effective."""
    implementations = [
        Implementation(f"p{number}", function, function.__code__.co_varnames[: function.__code__.co_argcount])
        for number, function in enumerate(functions)
    ]
    contexts = {i.plugin: context() for number, i in enumerate(implementations) if number not in off}
    return await dispatch.call(HOOK, implementations, contexts=contexts, arguments={"draft": "a draft", **arguments})


@pytest.fixture
def short_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(POLICIES, HOOK, HookPolicy(mode="collect", timeout=0.1, on_error="hold"))


async def test_each_gets_only_the_arguments_it_takes_and_answers_in_order() -> None:
    async def whole(ctx: TenantContext, draft: str) -> str:
        return f"{ctx.slug}: {draft}"

    def less(draft: str) -> str:
        return draft

    def nothing() -> int:
        return 3

    outcomes = await ask(whole, less, nothing)
    assert [(o.plugin, o.value, o.error) for o in outcomes] == [
        ("p0", "glow: a draft", None),
        ("p1", "a draft", None),
        ("p2", 3, None),
    ]


async def test_a_plugin_that_is_off_for_the_tenant_is_not_asked() -> None:
    asked = []

    def one() -> None:
        asked.append(1)

    def two() -> None:
        asked.append(2)

    assert [o.plugin for o in await ask(one, two, off=(0,))] == ["p1"]
    assert asked == [2]
    assert await ask(one, two, off=(0, 1)) == []


class Strange(BaseException):
    pass


@pytest.mark.parametrize(
    "raised", [ValueError("no"), SystemExit(1), KeyboardInterrupt(), Strange(), asyncio.CancelledError()]
)
@pytest.mark.parametrize("asynchronous", [True, False])
async def test_whatever_one_raises_the_others_are_asked(raised: BaseException, asynchronous: bool) -> None:
    async def later() -> None:
        raise raised

    def at_once() -> None:
        raise raised

    outcomes = await ask(later if asynchronous else at_once, lambda: "fine")
    assert isinstance(outcomes[0].error, HookFailed)
    assert outcomes[0].error.__cause__ is raised
    assert outcomes[1].value == "fine"


async def test_a_hang_ends_at_the_deadline_and_says_who_hung_and_who_was_not_asked(short_deadline: None) -> None:
    async def hang() -> None:
        await asyncio.sleep(60)

    started = time.monotonic()
    outcomes = await ask(lambda: 1, hang, lambda: 3)
    assert time.monotonic() - started < 2
    assert outcomes[0].value == 1
    assert type(outcomes[1].error) is HookTimedOut
    assert type(outcomes[2].error) is NotAsked


async def test_one_that_will_not_be_cancelled_is_left_behind(short_deadline: None) -> None:
    release = asyncio.Event()

    async def stubborn() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    started = time.monotonic()
    outcomes = await ask(stubborn)
    assert time.monotonic() - started < 2
    assert type(outcomes[0].error) is HookTimedOut
    release.set()
    await asyncio.sleep(0)


async def test_an_answer_after_the_deadline_does_not_count(short_deadline: None) -> None:
    async def late() -> str:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return "too late"
        return "never"

    assert type((await ask(late))[0].error) is HookTimedOut


VARIABLE: ContextVar[str] = ContextVar("variable", default="ours")


async def test_context_variables_that_a_plugin_sets_do_not_reach_the_caller() -> None:
    async def sets() -> None:
        VARIABLE.set("theirs")

    await ask(sets)
    assert VARIABLE.get() == "ours"


async def test_a_caller_that_gives_up_cancels_what_it_asked() -> None:
    ended = asyncio.Event()

    async def slow() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    task = asyncio.create_task(ask(slow))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(ended.wait(), 1)


async def test_no_plugin_is_called_while_a_transaction_is_open() -> None:
    asked = []
    token = open_transaction.set(True)
    try:
        with pytest.raises(EffectInTransaction):
            await ask(lambda: asked.append(1))
    finally:
        open_transaction.reset(token)
    assert asked == []


async def test_without_that_guard_a_plugin_would_run_inside_the_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(dispatch, "forbid_in_transaction", lambda _: None)
    token = open_transaction.set(True)
    try:
        await ask(lambda: seen.append(open_transaction.get()))
    finally:
        open_transaction.reset(token)
    assert seen == [True]
