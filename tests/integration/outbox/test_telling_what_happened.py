"""What an event promises: written with its cause, told to everyone who must know, with one effect each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from booka_core.db.errors import NoTenantBound
from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.jobs import commands as jobs
from booka_core.jobs import hints, queries, runner
from booka_core.jobs.statements import insert_jobs, rows
from booka_core.jobs.types import JobRecord
from booka_core.kernel import clock
from booka_core.kernel.errors import EffectInTransaction
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.outbox import consumers, statements
from booka_core.outbox import jobs as outbox_jobs
from booka_core.outbox import queries as outbox
from booka_core.outbox.commands import emit
from booka_core.sdk.events import AnyEvent, NotificationStatus

pytestmark = pytest.mark.usefixtures("database", "handlers")
SALON, OTHER = uuid4(), uuid4()
SENT = NotificationStatus.TYPE


@pytest.fixture
def handlers() -> Iterator[None]:
    outbox_jobs.register()
    before = dict(consumers._consumers)
    consumers._consumers.clear()
    consumers.forget_plugin_consumers()
    yield
    consumers._consumers.clear()
    consumers._consumers.update(before)
    consumers.forget_plugin_consumers()


def sent(detail: str = "", *, message: UUID | None = None) -> NotificationStatus:
    return NotificationStatus(message_id=message or uuid4(), customer_id=None, status="sent", detail=detail)


class Listener:
    """A consumer that writes an effect (a job nobody runs) for each event."""

    def __init__(self, name: str, *, calls_out: bool = False, fault: BaseException | None = None) -> None:
        self.name, self.fault = name, fault
        self.heard: list[tuple[UUID, str]] = []
        consumers.register(name, [SENT], self.hear, calls_out=calls_out)

    async def hear(self, event_id: UUID, event: AnyEvent) -> None:
        assert isinstance(event, NotificationStatus)
        async with tenant_scope():
            await jobs.enqueue("test.effect", {}, queue="nobody", scheduled_at=clock.now() + timedelta(days=1))
        if self.fault is not None:
            raise self.fault
        self.heard.append((current_tenant(), event.detail))


async def effects(tenant: UUID = SALON) -> int:
    async with tenant_scope(tenant):
        return len(await queries.list_jobs(type="test.effect"))


async def deliveries(tenant: UUID = SALON) -> list[JobRecord]:
    async with tenant_scope(tenant):
        return await queries.list_jobs(type=statements.DELIVER)


async def test_everyone_who_wants_to_know_is_told_for_the_right_tenant() -> None:
    first, second = Listener("first"), Listener("second")
    for tenant in (SALON, OTHER):
        async with tenant_scope(tenant):
            await emit(sent(str(tenant)))
    await runner.drain()
    for listener in (first, second):
        assert sorted(listener.heard) == sorted([(SALON, str(SALON)), (OTHER, str(OTHER))])


async def test_an_event_of_a_rolled_back_change_never_happened() -> None:
    listener = Listener("one")

    async def change() -> None:
        async with tenant_scope(SALON):
            await emit(sent())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change()
    assert (await runner.drain()).total == 0
    assert listener.heard == []


async def test_an_event_without_a_tenant_is_refused() -> None:
    with pytest.raises(NoTenantBound):
        await emit(sent())


async def test_one_deaf_consumer_does_not_keep_the_others_waiting(frozen_clock: ModuleType) -> None:
    deaf, other = Listener("deaf", fault=ConnectionError("away")), Listener("other")
    async with tenant_scope(SALON):
        await emit(sent("hello"))
    await runner.drain()
    assert other.heard == [(SALON, "hello")]
    async with tenant_scope(SALON):
        (behind,) = await outbox.consumer_lag()
    assert (behind.consumer, behind.waiting, behind.dead) == ("deaf", 1, 0)
    deaf.fault = None
    frozen_clock.advance(timedelta(minutes=5))
    await runner.drain()
    assert deaf.heard == [(SALON, "hello")]
    assert await effects() == 2  # what the failed attempt wrote was rolled back


async def repeat_deliveries() -> None:
    """What a worker that died between the effect and its note would cause."""
    async with tenant_scope(SALON) as tx:
        await tx.execute_query_dict(
            "update jobs set status = 'queued', finished_at = null where type = $1 and status = 'done' returning id",
            [statements.DELIVER],
        )
    await runner.drain()


@pytest.mark.parametrize("calls_out", [False, True])
async def test_a_repeated_delivery_has_no_second_effect(calls_out: bool) -> None:
    Listener("once", calls_out=calls_out)
    async with tenant_scope(SALON):
        await emit(sent())
    await runner.drain()
    await repeat_deliveries()
    assert await effects() == 1
    assert [job.status for job in await deliveries()] == ["skipped"]


async def test_without_its_receipt_a_repeated_delivery_would_act_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_receipt(_consumer: str, _event_id: UUID) -> bool:
        return True

    monkeypatch.setattr(outbox_jobs, "_leave_receipt", no_receipt)
    Listener("once")
    async with tenant_scope(SALON):
        await emit(sent())
    await runner.drain()
    await repeat_deliveries()
    assert await effects() == 2


async def test_a_relay_that_runs_again_writes_no_second_delivery() -> None:
    listener = Listener("one")
    async with tenant_scope(SALON):
        (event_id,) = await emit(sent())
        await jobs.enqueue(statements.RELAY, {"event": str(event_id)})
    await runner.drain()
    assert len(await deliveries()) == len(listener.heard) == 1


async def test_events_of_one_subject_arrive_in_order() -> None:
    listener = Listener("slow")
    message = uuid4()
    for n in range(5):
        async with tenant_scope(SALON):
            await emit(sent(str(n), message=message))
    await runner.drain()
    assert [detail for _, detail in listener.heard] == ["0", "1", "2", "3", "4"]


async def test_a_consumer_may_not_call_anybody_inside_its_transaction() -> None:
    async def careless(_event_id: UUID, _event: AnyEvent) -> None:
        forbid_in_transaction("POST provider.example")

    async def honest(_event_id: UUID, _event: AnyEvent) -> None:
        forbid_in_transaction("POST provider.example")

    consumers.register("careless", [SENT], careless)
    consumers.register("honest", [SENT], honest, calls_out=True)
    async with tenant_scope(SALON):
        await emit(sent())
    await runner.drain()
    ends = {job.order_key.split(":")[1]: job for job in await deliveries() if job.order_key}
    assert EffectInTransaction.__name__ in str(ends["careless"].last_error)
    assert ends["honest"].status == "done"


async def test_plugins_are_told_where_they_are_switched_on() -> None:
    told: list[tuple[UUID, str]] = []

    async def slugs(tenant_id: UUID) -> list[str]:
        return ["beauty"] if tenant_id == SALON else []

    async def tell(tenant_id: UUID, slug: str, _event: AnyEvent) -> None:
        forbid_in_transaction("a plugin")
        told.append((tenant_id, slug))

    consumers.set_plugin_consumers(slugs, tell)
    for tenant in (SALON, OTHER):
        async with tenant_scope(tenant):
            await emit(sent())
    await runner.drain()
    assert told == [(SALON, "beauty")]


async def test_live_pages_hear_of_a_change_after_its_commit(redis: Redis) -> None:
    async with redis.pubsub(ignore_subscribe_messages=True) as page:
        await page.subscribe(hints.of_tenant(SALON))
        await page.get_message(timeout=1)
        message = uuid4()
        async with tenant_scope(SALON):
            await emit(sent(message=message))
            assert await page.get_message(timeout=0.05) is None
        async with asyncio.timeout(2):
            while (heard := await page.get_message(timeout=1)) is None:
                pass
    assert json.loads(heard["data"]) == {"kind": "message", "id": str(message)}


async def test_events_and_jobs_can_join_another_statement() -> None:
    """A room may write its change, the event and the jobs at once: without the change, nothing is announced."""
    for happened in (False, True):
        async with tenant_scope(SALON) as tx:
            draft = statements.draft([sent("joined")], tenant_id=SALON, now=clock.now())
            await tx.execute_query_dict(
                f"with change as (select 1 where $1::boolean), "
                f"events as ({statements.insert_events(2, given='change')}), "
                f"work as ({insert_jobs(3, given='change')}) select count(*) from change",
                [happened, draft.rows, rows(draft.jobs, tenant_id=SALON, now=clock.now())],
            )
        async with tenant_scope(SALON):
            assert len(await outbox.list_events()) == int(happened)
    listener = Listener("one")
    await runner.drain()
    assert listener.heard == [(SALON, "joined")]
