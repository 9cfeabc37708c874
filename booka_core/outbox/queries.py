"""Looking at events and at how far their consumers are behind. Reads see what the open scope sees."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from booka_core.db.scope import open_scope
from booka_core.kernel import clock
from booka_core.outbox import statements
from booka_core.outbox.errors import EventNotFound
from booka_core.outbox.types import ConsumerLag, EventRecord

_GET = statements.EVENT + " where id = $1"
_LIST = (
    statements.EVENT
    + " where ($1::text is null or subject = $1) and ($2::text is null or type = $2) order by seq desc limit $3"
)


async def get_event(event_id: UUID) -> EventRecord:
    """One event. Raises `EventNotFound`."""
    tx, _tenant = open_scope()
    rows = await tx.execute_query_dict(_GET, [event_id])
    if not rows:
        raise EventNotFound
    return _record(rows[0])


async def list_events(*, subject: str | None = None, type_: str | None = None, limit: int = 50) -> list[EventRecord]:
    """The newest events first."""
    tx, _tenant = open_scope()
    return [_record(row) for row in await tx.execute_query_dict(_LIST, [subject, type_, limit])]


async def consumer_lag() -> list[ConsumerLag]:
    """Every consumer with deliveries that wait or were given up."""
    tx, _tenant = open_scope()
    now = clock.now()
    return [
        ConsumerLag(
            consumer=row["consumer"],
            waiting=row["waiting"],
            dead=row["dead"],
            oldest_seconds=max(0.0, (now - row["oldest"]).total_seconds()) if row["oldest"] else 0.0,
        )
        for row in await tx.execute_query_dict(statements.LAG)
    ]


def _record(row: dict[str, Any]) -> EventRecord:
    payload = row["payload"]
    return EventRecord(**{**row, "payload": json.loads(payload) if isinstance(payload, str) else payload})
