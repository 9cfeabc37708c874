"""Every SQL statement about events and receipts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booka_core.jobs.statements import insert_jobs
from booka_core.jobs.types import NewJob
from booka_core.kernel.ids import new_id
from booka_core.outbox.types import Draft
from booka_core.sdk.events import Event

RELAY = "outbox.relay"
DELIVER = "outbox.deliver"

_INSERT = """
insert into outbox_events (id, tenant_id, type, subject, payload, occurred_at)
select e.id, e.tenant_id, e.type, e.subject, e.payload, e.occurred_at
from jsonb_to_recordset($PARAMETER::text::jsonb)
     as e (id uuid, tenant_id uuid, type text, subject text, payload jsonb, occurred_at timestamptz)
GIVEN returning id
"""


def insert_events(parameter: int, *, given: str | None = None) -> str:
    """An INSERT to stand in a WITH: `$parameter` takes `Draft.rows`. With `given`, the name of another WITH query,
    events are written only if that one returned a row. Write `Draft.jobs` in the same transaction.
    """
    return _INSERT.replace("PARAMETER", str(int(parameter))).replace(
        "GIVEN", f"where exists (select from {given})" if given else ""
    )


def draft(events: Sequence[Event], *, tenant_id: UUID, now: datetime) -> Draft:
    """Give events their ids and the jobs that relay them. Events of one subject are relayed in order."""
    ids = tuple(new_id() for _ in events)
    rows = [
        {
            "id": str(event_id),
            "tenant_id": str(tenant_id),
            "type": event.TYPE,
            "subject": event.subject,
            "payload": event.model_dump(mode="json"),
            "occurred_at": now.isoformat(),
        }
        for event_id, event in zip(ids, events, strict=True)
    ]
    jobs = tuple(
        NewJob(type=RELAY, payload={"event": str(event_id)}, order_key=f"relay:{event.subject}", max_attempts=20)
        for event_id, event in zip(ids, events, strict=True)
    )
    return Draft(ids=ids, rows=json.dumps(rows, allow_nan=False), jobs=jobs)


EMIT = f"with written as ({insert_events(1)}) {insert_jobs(2, given='written')}"

EVENT = "select id, seq, type, subject, payload, occurred_at from outbox_events"

RECEIPT = """
insert into inbox_receipts (id, tenant_id, consumer, event_id, handled_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, consumer, event_id) do nothing returning id
"""
HAS_RECEIPT = "select id from inbox_receipts where consumer = $1 and event_id = $2"

LAG = """
select payload ->> 'consumer' as consumer, count(*) filter (where status <> 'dead') as waiting,
       count(*) filter (where status = 'dead') as dead, min(created_at) filter (where status <> 'dead') as oldest
from jobs where type = 'outbox.deliver' and status in ('queued', 'sent', 'running', 'dead')
group by 1 order by 1
"""

FORGET_EVENTS = """
delete from outbox_events where id in (select id from outbox_events where occurred_at < $1 limit $2) returning id
"""
FORGET_RECEIPTS = """
delete from inbox_receipts where id in (select id from inbox_receipts where handled_at < $1 limit $2) returning id
"""
