"""The way of an event after its commit: one relay job finds out who wants it, one delivery job per consumer hands it
over. Both are ordinary jobs, so retries, dead letters and replay are those of all work.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from booka_core.db.scope import current_tenant, open_scope, platform_scope, register_reason, tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.commands import enqueue_all
from booka_core.jobs.errors import Skip
from booka_core.jobs.types import JobInfo, NewJob
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.outbox import consumers, statements
from booka_core.outbox.queries import get_event
from booka_core.sdk.events import EVENT

KEEP_EVENTS = timedelta(days=90)
# Longer than any delivery can still be repeated, so that no receipt is gone while its event may come again.
KEEP_RECEIPTS = KEEP_EVENTS + timedelta(days=30)
FORGET = "outbox.forget"
_FORGET_AT_ONCE = 5000

register_reason("outbox.retention", audited=False)


def register() -> None:
    """Register this room's handlers."""
    registry.register(statements.RELAY, relay)
    registry.register(statements.DELIVER, deliver)
    registry.register(FORGET, forget, timeout=300)
    registry.every(FORGET, seconds=3600)


async def relay(job: JobInfo) -> None:
    """`outbox.relay`: write one delivery per consumer. Running it again writes none twice."""
    event_id = UUID(job.payload["event"])
    async with tenant_scope():
        event = await get_event(event_id)
    names = await consumers.names_for(current_tenant(), event.type)
    async with tenant_scope():
        await enqueue_all(
            [
                NewJob(
                    type=statements.DELIVER,
                    payload={"event": str(event_id), "consumer": name},
                    order_key=f"deliver:{name}:{event.subject}",
                    dedupe_key=f"deliver:{name}:{event_id}",
                )
                for name in names
            ]
        )


async def deliver(job: JobInfo) -> None:
    """`outbox.deliver`: hand one event to one consumer, once as far as its receipt reaches."""
    consumer = consumers.find(job.payload["consumer"], current_tenant())
    event_id = UUID(job.payload["event"])
    async with tenant_scope():
        event = EVENT.validate_python((await get_event(event_id)).payload)
    if consumer.calls_out:
        async with tenant_scope() as tx:
            if await tx.execute_query_dict(statements.HAS_RECEIPT, [consumer.name, event_id]):
                raise Skip("it was delivered before")
        await consumer.handle(event_id, event)
        async with tenant_scope():
            await _leave_receipt(consumer.name, event_id)
        return
    async with tenant_scope():
        if not await _leave_receipt(consumer.name, event_id):
            raise Skip("it was delivered before")
        await consumer.handle(event_id, event)


async def forget(_job: JobInfo) -> None:
    """`outbox.forget`: delete events and receipts that are past their time."""
    for statement, keep in (
        (statements.FORGET_EVENTS, KEEP_EVENTS),
        (statements.FORGET_RECEIPTS, KEEP_RECEIPTS),
    ):
        while True:
            async with platform_scope("outbox.retention") as tx:
                gone = await tx.execute_query_dict(statement, [clock.now() - keep, _FORGET_AT_ONCE])
            if len(gone) < _FORGET_AT_ONCE:
                break


async def _leave_receipt(consumer: str, event_id: UUID) -> bool:
    """Note that the consumer has this event; False when the note was there already."""
    tx, tenant = open_scope()
    return bool(await tx.execute_query_dict(statements.RECEIPT, [new_id(), tenant, consumer, event_id, clock.now()]))
