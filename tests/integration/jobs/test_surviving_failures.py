"""What becomes of jobs when those who carry or run them disappear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from tortoise.exceptions import IntegrityError

from booka_core.db.scope import platform_scope, tenant_scope
from booka_core.jobs import commands, hints, ledger, queries, registry, runner, statements
from booka_core.jobs.carrier import Publisher, carrier
from booka_core.jobs.dispatcher import Dispatcher
from booka_core.jobs.runner import Runner
from booka_core.jobs.types import JobInfo, JobRecord, Outcome
from booka_core.kernel.settings import reset_settings
from booka_core.testing.database import TestDatabase, environment

pytestmark = pytest.mark.usefixtures("database")
SALON = uuid4()
LEASE = timedelta(seconds=60)


class Effects:
    """A handler whose effects can be counted and held up."""

    def __init__(self) -> None:
        self.count = self.at_once = self.most_at_once = 0
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def run(self, _job: JobInfo) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0.01)
            await self.go_on.wait()
            self.count += 1
        finally:
            self.at_once -= 1


@pytest.fixture
def effects() -> Iterator[Effects]:
    counted = Effects()
    registry.register("test.effect", counted.run)
    yield counted
    registry.unregister("test.effect")


@pytest_asyncio.fixture(loop_scope="session")
async def live_redis(redis: Redis) -> AsyncIterator[Redis]:
    carrier.cache_clear()
    yield redis
    await hints.close()
    carrier.cache_clear()


@pytest.fixture
def no_redis(database: TestDatabase) -> Iterator[None]:
    with environment({"REDIS_URL": "redis://127.0.0.1:1/0"}):
        carrier.cache_clear()
        yield
        carrier.cache_clear()


async def effect(*, order_key: str | None = None, max_attempts: int = 8) -> UUID:
    async with tenant_scope(SALON):
        return await commands.enqueue("test.effect", {}, order_key=order_key, max_attempts=max_attempts)


async def record(job_id: UUID) -> JobRecord:
    async with tenant_scope(SALON):
        return await queries.get_job(job_id)


async def claimed() -> list[UUID]:
    return [claim.id for claim in await ledger.claim(in_flight=50)]


async def test_a_job_whose_worker_vanished_is_run_by_another(effects: Effects, frozen_clock: ModuleType) -> None:
    job = await effect()
    await ledger.take(await claimed(), worker="the one that vanishes")
    assert await claimed() == []
    frozen_clock.advance(LEASE + timedelta(seconds=1))
    await runner.drain()
    assert (effects.count, (await record(job)).attempts) == (1, 2)


async def test_a_job_that_ends_its_worker_every_time_is_buried(effects: Effects, frozen_clock: ModuleType) -> None:
    job = await effect(max_attempts=2)
    for _ in range(2):
        await ledger.take(await claimed(), worker="short-lived")
        frozen_clock.advance(LEASE + timedelta(seconds=1))
    assert (await runner.drain()).total == 0
    assert (await record(job)).status == "dead"
    assert "worker disappeared" in str((await record(job)).last_error)


async def test_a_worker_that_lost_its_lease_cannot_write_an_outcome(effects: Effects, frozen_clock: ModuleType) -> None:
    job = await effect()
    (slow,) = await ledger.take(await claimed(), worker="slow")
    frozen_clock.advance(LEASE + timedelta(seconds=1))
    (again,) = await ledger.take(await claimed(), worker="quick")
    assert (
        await ledger.settle([Outcome(id=job, attempts=slow.attempts, status="dead", error="late")], worker="slow") == {}
    )
    assert await ledger.settle([Outcome(id=job, attempts=again.attempts, status="done")], worker="slow") == {}
    assert await ledger.settle([Outcome(id=job, attempts=again.attempts, status="done")], worker="quick") == {
        job: False
    }
    assert (await record(job)).status == "done"


async def test_deliveries_that_come_to_nothing_are_repeated_ever_more_slowly(frozen_clock: ModuleType) -> None:
    job = await effect()
    waits = []
    for _ in range(8):
        assert await claimed() == [job]
        lease = (await record(job)).lease_until
        assert lease is not None
        waits.append((lease - frozen_clock.now()) / LEASE)
        frozen_clock.advance(lease - frozen_clock.now() + timedelta(seconds=1))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 64]


async def test_a_long_job_keeps_its_lease(effects: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKA_JOBS_LEASE_SECONDS", "0.3")
    reset_settings()
    effects.go_on.clear()
    await effect()
    async with Runner() as running:
        await running.accept(await claimed())
        for _ in range(5):
            await asyncio.sleep(0.2)
            assert await claimed() == []
        effects.go_on.set()
        await running.idle()
    assert effects.count == 1


async def test_a_stopping_worker_gives_back_what_it_cannot_finish(effects: Effects) -> None:
    effects.go_on.clear()
    job = await effect()
    async with Runner() as running:
        await running.accept(await claimed())
        await running.stop(grace=0.05)
    assert ((await record(job)).status, (await record(job)).attempts) == ("queued", 0)
    effects.go_on.set()
    await runner.drain()
    assert effects.count == 1


async def test_a_slow_job_does_not_keep_the_process_from_taking_others(effects: Effects) -> None:
    effects.go_on.clear()
    await effect()
    async with Runner(at_once=2) as running:
        await asyncio.wait_for(running.accept(await claimed()), 1)
        await effect()
        waiting = asyncio.create_task(running.accept(await claimed()))
        await asyncio.sleep(0.1)
        assert not waiting.done()  # now the process is full
        effects.go_on.set()
        await asyncio.wait_for(waiting, 1)
        await running.idle()


@pytest.mark.usefixtures("no_redis")
async def test_without_redis_jobs_are_given_back_at_once_and_run_later(effects: Effects) -> None:
    job = await effect()
    dispatcher = Dispatcher()
    assert await dispatcher._round() == (0, False)
    assert (await record(job)).status == "queued"
    await runner.drain()
    assert effects.count == 1


async def test_when_redis_was_emptied_what_it_carried_is_handed_out_again(live_redis: Redis, effects: Effects) -> None:
    dispatcher = Dispatcher()
    job = await effect()
    assert await dispatcher._round() == (1, True)
    await live_redis.flushdb()
    dispatcher._looked_at_carrier = 0.0
    assert await dispatcher._round() == (1, True)
    assert (await record(job)).status == "sent"
    assert await live_redis.llen("booka:carrier:default") == 1


async def test_an_idle_dispatcher_is_woken_by_a_commit(live_redis: Redis, effects: Effects) -> None:
    dispatcher = Dispatcher()
    running = asyncio.create_task(dispatcher.run())
    try:
        await asyncio.sleep(2.5)  # by now it looks by itself only once a second
        slowest = 0.0
        for _ in range(5):
            job = await effect()
            began = asyncio.get_running_loop().time()
            async with asyncio.timeout(3):
                while (await record(job)).status == "queued":  # noqa: ASYNC110 - it happens in the database
                    await asyncio.sleep(0.005)
            slowest = max(slowest, asyncio.get_running_loop().time() - began)
        assert slowest < 0.5
    finally:
        dispatcher.stop()
        await running


async def test_a_batch_goes_out_per_queue(live_redis: Redis) -> None:
    async with platform_scope("jobs.run"):
        for queue in ("default", "mail", "default"):
            await commands.enqueue("test.effect", {}, queue=queue)
    publisher = Publisher()
    assert await publisher.publish(await ledger.claim(in_flight=10), batch=1) == []
    assert [await live_redis.llen(f"booka:carrier:{queue}") for queue in ("default", "mail")] == [2, 1]
    publisher.close()


# What would happen without the guards.


async def test_without_the_guarded_take_a_repeated_delivery_would_act_again(
    effects: Effects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "TAKE", statements.TAKE.replace("and status = 'sent'", ""))
    await effect()
    ids = await claimed()
    answers = await asyncio.gather(*(runner.run_ids(ids) for _ in range(3)), return_exceptions=True)
    # One that comes after another has finished is stopped by the table's own check alone.
    assert effects.count > 1 or any(isinstance(answer, IntegrityError) for answer in answers)


_ORDER = statements.CLAIM[statements.CLAIM.index("and (j.order_key is null") : statements.CLAIM.index("order by j.")]


async def test_without_the_claims_rule_the_index_still_keeps_a_conversation_in_order(
    effects: Effects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "CLAIM", statements.CLAIM.replace(_ORDER, ""))
    for _ in range(3):
        await effect(order_key="conversation")
    with pytest.raises(IntegrityError):
        await claimed()


async def test_without_rule_and_index_a_conversation_would_run_side_by_side(
    database: TestDatabase, effects: Effects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "CLAIM", statements.CLAIM.replace(_ORDER, ""))
    async with database.connect("owner") as owner:
        await owner.execute("drop index jobs_one_of_an_order_in_flight")
    for _ in range(3):
        await effect(order_key="conversation")
    await runner.drain()
    assert effects.most_at_once == 3
