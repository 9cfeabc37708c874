"""What a job promises from its transaction to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest

from booka_core.db.scope import current_tenant, platform_scope, tenant_scope
from booka_core.jobs import commands, ledger, queries, registry, runner
from booka_core.jobs.errors import Bury, JobNotFound, JobNotReplayable, RetryLater, Skip
from booka_core.jobs.types import JobInfo, JobRecord, NewJob

pytestmark = pytest.mark.usefixtures("database")
SALON, OTHER = uuid4(), uuid4()


class Notebook:
    """Handlers that note what they were called with."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self.fault: BaseException | None = None
        self.at_once = self.most_at_once = 0

    async def run(self, job: JobInfo) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(job.payload.get("seconds", 0))
            if self.fault is not None:
                raise self.fault
            self.seen.append(job.payload.get("n"))
        finally:
            self.at_once -= 1


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    book = Notebook()
    registry.register("test.note", book.run, timeout=5)
    yield book
    registry.unregister("test.note")


async def note(n: Any = 1, *, tenant: UUID = SALON, seconds: float = 0, **how: Any) -> UUID:
    async with tenant_scope(tenant):
        return await commands.enqueue("test.note", {"n": n, "seconds": seconds}, **how)


async def note_and_fail() -> None:
    async with tenant_scope(SALON):
        await commands.enqueue("test.note", {"n": "rolled back"})
        raise RuntimeError


async def record(job_id: UUID, *, tenant: UUID = SALON) -> JobRecord:
    async with tenant_scope(tenant):
        return await queries.get_job(job_id)


async def test_a_job_runs_after_its_transaction_commits(notebook: Notebook) -> None:
    job = await note("kept")
    with pytest.raises(RuntimeError):
        await note_and_fail()
    assert (await runner.drain()).done == 1
    assert notebook.seen == ["kept"]
    assert (await record(job)).status == "done"


async def test_the_handler_works_for_the_jobs_tenant_and_inherits_nothing() -> None:
    seen: list[UUID] = []

    async def run(_job: JobInfo) -> None:
        seen.append(current_tenant())

    registry.register("test.whose", run)
    for tenant in (SALON, OTHER):
        async with tenant_scope(tenant):
            await commands.enqueue("test.whose", {})
    await runner.drain()
    registry.unregister("test.whose")
    assert sorted(seen) == sorted([SALON, OTHER])


async def test_a_tenant_sees_only_its_own_jobs_and_never_those_of_the_platform(notebook: Notebook) -> None:
    mine = await note()
    foreign = await note(tenant=OTHER)
    async with platform_scope("jobs.run"):
        platforms = await commands.enqueue("test.note", {})
    async with tenant_scope(SALON):
        assert [job.id for job in await queries.list_jobs()] == [mine]
        for hidden in (foreign, platforms):
            with pytest.raises(JobNotFound):
                await queries.get_job(hidden)
            with pytest.raises(JobNotFound):
                await commands.discard(hidden)


async def test_a_job_for_later_waits(notebook: Notebook, frozen_clock: ModuleType) -> None:
    await note(scheduled_at=frozen_clock.now() + timedelta(hours=2))
    assert (await runner.drain()).total == 0
    frozen_clock.advance(timedelta(hours=2))
    assert (await runner.drain()).done == 1


async def test_the_same_dedupe_key_is_written_once_per_tenant(notebook: Notebook) -> None:
    first = await note(1, dedupe_key="k")
    assert await note(2, dedupe_key="k") == first
    assert await note(3, dedupe_key="k", tenant=OTHER) != first
    await runner.drain()
    assert sorted(notebook.seen) == [1, 3]


async def test_twenty_deliveries_of_one_job_have_one_effect(notebook: Notebook) -> None:
    await note(seconds=0.05)
    ids = [claim.id for claim in await ledger.claim(in_flight=10)]
    await asyncio.gather(*(runner.run_ids(ids) for _ in range(20)))
    assert notebook.seen == [1]


async def test_jobs_of_one_order_key_run_one_at_a_time_in_order(notebook: Notebook) -> None:
    for n in range(6):
        await note(n, order_key="conversation:1", seconds=0.01)
        await note(f"other {n}", tenant=OTHER, order_key="conversation:1")
    await runner.drain()
    assert [n for n in notebook.seen if isinstance(n, int)] == list(range(6))
    assert notebook.most_at_once == 2  # one per tenant


async def test_a_job_that_waits_for_a_retry_holds_back_those_behind_it(
    notebook: Notebook, frozen_clock: ModuleType
) -> None:
    notebook.fault = ConnectionError("down")
    await note("first", order_key="c")
    await note("second", order_key="c")
    assert (await runner.drain()).retried == 1
    notebook.fault = None
    assert (await runner.drain()).total == 0
    frozen_clock.advance(timedelta(minutes=5))
    await runner.drain()
    assert notebook.seen == ["first", "second"]


async def test_waiting_for_its_turn_uses_up_no_attempt_and_keeps_the_order(
    notebook: Notebook, frozen_clock: ModuleType
) -> None:
    notebook.fault = RetryLater(30, "many are waiting", counts=False)
    first = await note("first", order_key="c", max_attempts=2)
    await note("second", order_key="c")
    for _ in range(5):
        assert (await runner.drain()).retried == 1
        frozen_clock.advance(timedelta(seconds=31))
    assert (await record(first)).attempts == 0
    notebook.fault = None
    await runner.drain()
    assert notebook.seen == ["first", "second"]


async def test_a_job_for_later_does_not_hold_back_its_order_key(notebook: Notebook, frozen_clock: ModuleType) -> None:
    await note("reminder", order_key="c", scheduled_at=frozen_clock.now() + timedelta(days=1))
    await note("reply", order_key="c")
    await runner.drain()
    assert notebook.seen == ["reply"]


async def test_order_holds_however_many_dispatchers_claim(notebook: Notebook) -> None:
    async with tenant_scope(SALON):
        await commands.enqueue_all(
            [NewJob(type="test.note", payload={"n": n}, order_key=f"c{n % 5}") for n in range(100)]
        )

    async def dispatch() -> None:
        while len(notebook.seen) < 100:
            await runner.run_ids([claim.id for claim in await ledger.claim(in_flight=40)])
            await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(dispatch() for _ in range(3)))
    for key in range(5):
        assert [n for n in notebook.seen if n % 5 == key] == list(range(key, 100, 5))


async def test_no_more_jobs_are_out_than_allowed(notebook: Notebook) -> None:
    for n in range(12):
        await note(n)
    assert len(await ledger.claim(in_flight=5)) == 5
    assert await ledger.claim(in_flight=5) == []
    assert len(await ledger.claim(in_flight=8)) == 3


async def test_failures_are_repeated_with_growing_pauses_and_end_among_the_dead(
    notebook: Notebook, frozen_clock: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner.random, "uniform", lambda _low, high: high)
    notebook.fault = ValueError("write to ada@example.com or +234 803 555 0199")
    job = await note(max_attempts=4)
    pauses = []
    for _ in range(3):
        assert (await runner.drain()).retried == 1
        due = (await record(job)).scheduled_at
        pauses.append((due - frozen_clock.now()).total_seconds())
        frozen_clock.advance(due - frozen_clock.now())
    assert pauses == [4, 8, 16]
    assert (await runner.drain()).dead == 1
    dead = await record(job)
    assert dead.status == "dead"
    assert dead.last_error == "ValueError: write to <mail> or <number>"
    async with tenant_scope(SALON):
        assert [letter.id for letter in await queries.dead_letters()] == [job]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Skip("nothing to do"), "skipped"),
        (Bury("bad number"), "dead"),
        (RetryLater(30, "not connected"), "queued"),
        (SystemExit(1), "queued"),
    ],
)
async def test_a_handler_may_say_how_its_job_ends(notebook: Notebook, fault: BaseException, status: str) -> None:
    notebook.fault = fault
    job = await note()
    await runner.drain()
    assert (await record(job)).status == status


async def test_a_handler_that_takes_too_long_is_cancelled_and_repeated() -> None:
    async def run(_job: JobInfo) -> None:
        await asyncio.sleep(30)

    registry.register("test.slow", run, timeout=0.05)
    async with tenant_scope(SALON):
        job = await commands.enqueue("test.slow", {})
    assert (await runner.drain()).retried == 1
    registry.unregister("test.slow")
    assert (await record(job)).last_error == "TimeoutError"


async def test_a_job_nobody_can_do_is_not_lost() -> None:
    async with tenant_scope(SALON):
        job = await commands.enqueue("test.unheard_of", {})
    await runner.drain()
    assert "No handler is registered for jobs of type test.unheard_of" in str((await record(job)).last_error)


async def test_a_dead_job_can_be_run_again_and_a_done_one_cannot(notebook: Notebook) -> None:
    notebook.fault = Bury("first fix the number")
    job = await note("again")
    await runner.drain()
    notebook.fault = None
    async with tenant_scope(SALON):
        await commands.replay(job)
    await runner.drain()
    assert notebook.seen == ["again"]
    with pytest.raises(JobNotReplayable):
        async with tenant_scope(SALON):
            await commands.replay(job)


async def test_a_discarded_job_never_runs(notebook: Notebook) -> None:
    job = await note()
    async with tenant_scope(SALON):
        await commands.discard(job)
    assert (await runner.drain()).total == 0
    assert (await record(job)).status == "discarded"
