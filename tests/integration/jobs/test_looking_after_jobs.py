"""What an operator can see and do, and what the house does by itself again and again."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from booka_core.db.scope import platform_scope, tenant_scope
from booka_core.jobs import commands, hints, ledger, maintenance, queries, registry, runner
from booka_core.jobs.errors import Bury
from booka_core.jobs.types import JobInfo
from booka_core.kernel.metrics import registry as metrics
from booka_core.outbox import jobs as outbox_jobs
from booka_core.outbox import queries as outbox
from booka_core.outbox.commands import emit
from booka_core.sdk.events import NotificationStatus
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase, environment

pytestmark = pytest.mark.usefixtures("database")
SALON = uuid4()

FORGIVING = """
from booka_core.db import lifecycle

async def forgive(): ...

lifecycle.check_database = forgive  # the tests' own server forgets, for speed
from booka_core.cli import main

main()
"""


@pytest.fixture
def hopeless() -> Iterator[None]:
    async def run(_job: JobInfo) -> None:
        raise Bury("the number does not exist")

    registry.register("test.hopeless", run)
    yield
    registry.unregister("test.hopeless")


@pytest.fixture
def nothing_periodic() -> Iterator[None]:
    before = dict(registry._periodic)
    registry._periodic.clear()
    yield
    registry._periodic.clear()
    registry._periodic.update(before)


async def booka(database: TestDatabase, *arguments: str) -> Any:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", FORGIVING, "jobs", *arguments, "--json"),
        env={**os.environ, **database.environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return json.loads(out)


async def dead_job(tenant: UUID) -> UUID:
    async with tenant_scope(tenant):
        job = await commands.enqueue("test.hopeless", {})
    await runner.drain()
    return job


async def test_an_operator_finds_a_dead_letter_and_has_it_tried_again(
    database: TestDatabase, redis: Redis, tenant: TenantInfo, hopeless: None
) -> None:
    job = await dead_job(tenant.id)
    await dead_job(SALON)
    (letter,) = await booka(database, "dead", "--tenant", tenant.slug)
    assert (letter["id"], letter["status"]) == (str(job), "dead")
    assert "the number does not exist" in letter["last_error"]
    assert "payload" not in letter
    assert (await booka(database, "status"))["dead"] == 2
    await booka(database, "retry", str(job))
    async with tenant_scope(tenant.id):
        assert (await queries.get_job(job)).status == "queued"


async def test_how_far_the_work_is_behind_can_be_asked(frozen_clock: ModuleType) -> None:
    async with tenant_scope(SALON):
        await commands.enqueue("test.later", {}, scheduled_at=frozen_clock.now() + timedelta(hours=1))
        await commands.enqueue("test.now", {})
    frozen_clock.advance(timedelta(seconds=90))
    lag = await queries.measure()
    assert (lag.due, lag.in_flight, lag.oldest_seconds) == (1, 0, 90.0)
    assert metrics.get_sample_value("booka_jobs_oldest_due_seconds") == 90.0
    assert metrics.get_sample_value("booka_jobs", {"standing": "due"}) == 1
    await ledger.claim(in_flight=5)
    async with platform_scope("jobs.run"):
        lag = await queries.lag()
    assert (lag.due, lag.in_flight, lag.oldest_seconds) == (0, 1, 0.0)


async def test_a_process_is_alive_only_as_long_as_it_says_so(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await hints.alive("worker") == 0
    await hints.beat("worker", "a")
    await hints.beat("worker", "b")
    assert await hints.alive("worker") == 2
    real = hints.time.time
    monkeypatch.setattr(hints.time, "time", lambda: real() + 16)
    assert await hints.alive("worker") == 0
    await hints.close()


async def test_periodic_work_is_written_once_per_period_however_many_processes_think_of_it(
    frozen_clock: ModuleType, nothing_periodic: None
) -> None:
    registry.every("test.hourly", seconds=3600)
    await asyncio.gather(*(maintenance.write_due() for _ in range(4)))
    async with platform_scope("jobs.run"):
        assert len(await queries.list_jobs(type="test.hourly")) == 1
    frozen_clock.advance(timedelta(hours=1))
    await maintenance.write_due()
    async with platform_scope("jobs.run"):
        assert len(await queries.list_jobs(type="test.hourly")) == 2


async def test_finished_jobs_are_forgotten_after_a_week_and_dead_ones_are_not(
    frozen_clock: ModuleType, hopeless: None
) -> None:
    maintenance.register()
    dead = await dead_job(SALON)
    async with platform_scope("jobs.run"):
        await commands.enqueue(maintenance.FORGET, {})
    await runner.drain()
    frozen_clock.advance(timedelta(days=8))
    async with platform_scope("jobs.run"):
        again = await commands.enqueue(maintenance.FORGET, {})
    await runner.drain()
    async with platform_scope("jobs.run"):
        assert {job.id for job in await queries.list_jobs()} == {dead, again}


async def test_events_and_receipts_are_forgotten_in_their_time(frozen_clock: ModuleType) -> None:
    outbox_jobs.register()
    async with tenant_scope(SALON):
        (old,) = await emit(NotificationStatus(message_id=uuid4(), customer_id=None, status="sent"))
    frozen_clock.advance(outbox_jobs.KEEP_EVENTS + timedelta(days=1))
    async with tenant_scope(SALON):
        (young,) = await emit(NotificationStatus(message_id=uuid4(), customer_id=None, status="sent"))
    async with platform_scope("jobs.run"):
        await commands.enqueue(outbox_jobs.FORGET, {})
    await runner.drain()
    async with tenant_scope(SALON):
        kept = [event.id for event in await outbox.list_events()]
    assert old not in kept
    assert kept == [young]


async def test_hints_are_lost_without_harm_when_redis_is_away(hopeless: None) -> None:
    with environment({"REDIS_URL": "redis://127.0.0.1:1/0"}):
        async with tenant_scope(SALON):
            job = await commands.enqueue("test.hopeless", {})
        await hints.close()
    async with tenant_scope(SALON):
        assert (await queries.get_job(job)).status == "queued"
