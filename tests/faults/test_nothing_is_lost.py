"""The promise of the house, under fire: what was acknowledged happens, once, in order, however often the worker, the
dispatcher, Redis and PostgreSQL are killed. Customers write real WhatsApp webhooks meanwhile. Plain Celery runs beside
it through the same faults, and loses work.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from booka_core.catalog.sample import install_sample
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.jobs import commands as jobs
from booka_core.jobs.carrier import carrier
from booka_core.jobs.types import NewJob
from booka_core.outbox.commands import emit
from booka_core.plugins import catalogue
from booka_core.sdk.events import NotificationStatus
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.emulators import EvolutionServer
from booka_core.testing.line import connect

if TYPE_CHECKING:
    from tests.faults.conftest import Instance

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

FAULTS = (
    ("worker",),
    ("redis",),
    ("dispatcher", "postgres"),
    ("worker", "flush"),
    ("worker", "dispatcher", "redis"),
)
SECONDS_BETWEEN_FAULTS = 1.8
SECONDS_TO_DRAIN = 60.0
CUSTOMERS = [f"+23480100000{number:02}" for number in range(6)]
SENTENCES = ("hi", "Haircut tomorrow at 10", "with anyone", "menu", "help", "2")


@dataclass
class Acknowledged:
    """What somebody was told is safe: ids whose transaction committed, messages whose webhook was answered with 200,
    keys that Celery's `send_task` accepted."""

    sends: set[UUID] = field(default_factory=set)
    notes: dict[str, int] = field(default_factory=dict)
    events: set[UUID] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    direct: set[str] = field(default_factory=set)


async def work(acknowledged: Acknowledged, going: Callable[[], bool], tenant: TenantInfo) -> None:
    """A message to send, a turn of a conversation to note in order, and an event to tell, in one transaction."""
    while going():
        conversation = f"{tenant.slug}:{random.randrange(4)}"  # noqa: S311 - not a secret
        number = acknowledged.notes.get(conversation, 0) + 1
        note = NewJob(
            type="test.note",
            payload={"conversation": conversation, "number": number},
            order_key=f"conversation:{conversation}",
        )
        await asyncio.sleep(0.15)
        try:
            async with tenant_scope(tenant.id):
                sent, _noted = await jobs.enqueue_all([NewJob(type="test.send"), note])
                (event,) = await emit(NotificationStatus(message_id=uuid4(), customer_id=None, status="sent"))
        except Exception:  # noqa: BLE001, S112 - the database was killed meanwhile: nothing was acknowledged
            continue
        acknowledged.sends.add(sent)
        acknowledged.notes[conversation] = number
        acknowledged.events.add(event)


async def write(acknowledged: Acknowledged, going: Callable[[], bool], evolution: EvolutionServer) -> None:
    """Customers write to the business; the emulated server delivers each message as a signed webhook."""
    for turn in range(10_000):
        if not going():
            return
        phone = CUSTOMERS[turn % len(CUSTOMERS)]
        written = evolution.phones.write(
            evolution.instance, phone=phone, name="Ada", text=SENTENCES[turn // len(CUSTOMERS) % len(SENTENCES)]
        )
        await asyncio.sleep(0.3)
        acknowledged.messages |= {
            entry.id for entry in evolution.thread(phone) if entry.direction == "in" and entry.status != "sent"
        }
        assert written


async def work_by_celery_alone(acknowledged: Acknowledged, going: Callable[[], bool]) -> None:
    """The message in Redis is all there is of it."""
    while going():
        key = uuid4().hex
        with suppress(OperationalError, RedisError, OSError):
            await asyncio.to_thread(carrier().send_task, "test.direct", args=(key,), queue="default", retry=False)
            acknowledged.direct.add(key)
        await asyncio.sleep(0.03)


async def drained(booka: Instance) -> float:
    """Seconds until no job of a business is left that could run now."""
    started = time.monotonic()
    waiting = """select type, status, count(*), max(last_error) as error from jobs
                 where tenant_id is not null and status in ('queued', 'sent', 'running')
                   and scheduled_at < now() + interval '3 minutes' group by 1, 2 order by 1, 2"""
    while left := await booka.select(waiting):
        if time.monotonic() - started > SECONDS_TO_DRAIN:
            pytest.fail(f"not drained after {SECONDS_TO_DRAIN} s: {left}\n{booka.logs()}")
        await asyncio.sleep(0.2)
    return time.monotonic() - started


async def test_what_was_acknowledged_happens_once_and_in_order(
    instance: Instance, evolution: EvolutionServer, record_property: Callable[[str, object], None]
) -> None:
    tenants = [await open_salon(slug) for slug in ("glow", "shine", "bloom")]
    await connect(tenants[0].id, evolution)
    while not await instance.serves():  # noqa: ASYNC110 - it is another process that gets ready
        await asyncio.sleep(0.1)
    acknowledged = Acknowledged()
    under_way = True
    load = [asyncio.create_task(work(acknowledged, lambda: under_way, tenant)) for tenant in tenants]
    load.append(asyncio.create_task(write(acknowledged, lambda: under_way, evolution)))
    load.append(asyncio.create_task(work_by_celery_alone(acknowledged, lambda: under_way)))
    await asyncio.sleep(SECONDS_BETWEEN_FAULTS)
    for faults in FAULTS:
        for fault in faults:
            instance.kill(fault)
        await asyncio.sleep(SECONDS_BETWEEN_FAULTS)
    under_way = False
    await asyncio.gather(*load)
    seconds = await drained(instance)
    await evolution.world.settle()
    seconds += await drained(instance)

    calls = {row["key"]: row["calls"] for row in await instance.select("select key, calls from sends")}
    heard = [row["event_id"] for row in await instance.select("select event_id from heard")]
    messages = await instance.select("select direction, external_id, handled_at, status, recipient from messages")
    direct = set(instance.direct_effects.read_text().split())
    repeated = sum(calls.values()) - len(calls)
    for name, value in {
        "acknowledged": len(acknowledged.sends) + len(acknowledged.events) + sum(acknowledged.notes.values()),
        "acknowledged_messages": len(acknowledged.messages),
        "drained_seconds": round(seconds, 1),
        "calls_repeated_with_the_same_key": repeated,
        "answers_by_status": dict(Counter(row["status"] for row in messages if row["direction"] == "out")),
        "lost_by_plain_celery": f"{len(acknowledged.direct - direct)} of {len(acknowledged.direct)}",
    }.items():
        record_property(name, value)

    assert len(acknowledged.sends) > 50
    assert len(acknowledged.messages) > 10
    assert not await instance.select("select type, last_error from jobs where status = 'dead'")
    # Nothing is lost: neither jobs, nor events, nor customers' messages.
    assert acknowledged.sends <= calls.keys()
    assert acknowledged.events <= set(heard)
    received = [row["external_id"] for row in messages if row["direction"] == "in" and row["handled_at"]]
    assert acknowledged.messages <= set(received)
    # Nothing is done twice: a receipt or a unique key keeps a second row away, a key lets an outside service recognise
    # a repetition, and what may have been sent to a customer is not sent again.
    assert len(heard) == len(set(heard))
    assert len(received) == len(set(received))
    assert repeated <= len(calls) * 0.15
    for phone in CUSTOMERS:
        answers = [row for row in messages if row["direction"] == "out" and row["recipient"].endswith(phone[-11:])]
        assert 0 < len(evolution.received(phone)) <= len(answers)
    # Each conversation in order; a repetition comes before what follows.
    notes = await instance.select("select conversation, number from notes order by id")
    for conversation, last in acknowledged.notes.items():
        numbers = [row["number"] for row in notes if row["conversation"] == conversation]
        assert numbers == sorted(numbers)
        assert set(range(1, last + 1)) <= set(numbers)
    # The same faults do harm where the row is missing.
    assert acknowledged.direct - direct


async def open_salon(slug: str) -> TenantInfo:
    tenant = await create_tenant(
        slug=slug, name=slug.title(), vertical="beauty", zone="Africa/Lagos", locale="en", currency="NGN", country="NG"
    )
    with bind_tenant(tenant.id):
        await install_sample(catalogue.vertical("beauty"), location=slug, zone=tenant.zone, locale="en", currency="NGN")
    return tenant
