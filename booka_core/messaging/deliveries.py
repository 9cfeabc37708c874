"""What becomes of an outgoing message, as guarded changes of its status.

queued or postponed → sending → sent → delivered → read; or failed; or unknown, when nobody can say whether the
provider took it. Status only moves forward, whatever order the reports come in; `unknown` is left as soon as the
provider is heard speaking of that message.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.outbox.commands import emit
from booka_core.sdk.events import NotificationStatus
from booka_core.sdk.messaging import DeliveryUpdate

Announced = Literal["sent", "delivered", "read", "failed", "unknown"]
_ANNOUNCED: dict[str, Announced] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "unknown": "unknown",
}

NAMED_WITHIN = timedelta(minutes=10)
"""How long after its sending a report may be about a message that has no name yet."""

# Which states a report may replace.
_BEFORE: dict[str, list[str]] = {
    "sent": ["sending", "unknown", "postponed", "queued"],
    "delivered": ["sending", "unknown", "sent"],
    "read": ["sending", "unknown", "sent", "delivered"],
    "failed": ["queued", "sending", "postponed", "unknown", "sent"],
    "deleted": ["sending", "unknown", "sent", "delivered", "read"],
}


async def begin(message_id: UUID) -> dict[str, Any] | None:
    """Mark a message as being sent, in a transaction of its own, before anybody outside is called.

    None when it is not waiting to be sent. A message found in `sending` was being sent by somebody who never came
    back: it becomes `unknown`.
    """
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """update messages set status = 'sending', changed_at = $2
               where id = $1 and status in ('queued', 'postponed')
               returning id, conversation_id, customer_id, connection_id, recipient, text, reply_to""",
            [message_id, clock.now()],
        )
        if rows:
            return rows[0]
        await _move(
            tx, "id = $3 and status = 'sending'", [message_id], status="unknown", detail="the sender disappeared"
        )
    return None


async def succeed(message_id: UUID, *, external_id: str) -> None:
    """The provider took it and named it. A report may have been quicker and further on."""
    async with tenant_scope() as tx:
        await tx.execute_query(
            """update messages set external_id = $2, sent_at = coalesce(sent_at, $3)
               where id = $1 and external_id is null""",
            [message_id, external_id, clock.now()],
        )
        await _move(tx, "id = $3 and status in ('sending', 'unknown')", [message_id], status="sent", detail="")


async def fail(message_id: UUID, *, detail: str) -> None:
    """It will never be sent."""
    async with tenant_scope() as tx:
        await _move(
            tx, "id = $3 and status in ('queued', 'sending', 'postponed')", [message_id], status="failed", detail=detail
        )


async def doubt(message_id: UUID, *, detail: str) -> None:
    """Nobody knows whether it was sent."""
    async with tenant_scope() as tx:
        await _move(tx, "id = $3 and status = 'sending'", [message_id], status="unknown", detail=detail)


async def postpone(message_id: UUID, *, detail: str) -> None:
    """It certainly was not sent and may be tried again."""
    async with tenant_scope() as tx:
        await tx.execute_query(
            """update messages set status = 'postponed', detail = $2, changed_at = $3
               where id = $1 and status = 'sending'""",
            [message_id, detail[:300], clock.now()],
        )


async def record_delivery(connection_id: UUID, update: DeliveryUpdate) -> bool:
    """Apply a provider's report to the message it speaks of. False when there is no such message.

    A report that repeats recipient and text also finds the oldest message of which it was unknown whether it went out.
    """
    async with tenant_scope() as tx:
        known = await tx.execute_query_dict(
            "select id from messages where connection_id = $1 and direction = 'out' and external_id = $2 for update",
            [connection_id, update.external_id],
        )
        message_id: UUID | None = known[0]["id"] if known else await _recognise(tx, connection_id, update)
        if message_id is None:
            return False
        before = _BEFORE[update.status]
        await _move(
            tx, "id = $3 and status = any($4)", [message_id, before], status=update.status, detail=update.detail
        )
    return True


async def is_one_nameless(connection_id: UUID) -> bool:
    """Whether a message went to this connection's provider lately whose name there is not known yet."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """select 1 as one from messages where connection_id = $1 and direction = 'out'
               and status in ('sending', 'unknown') and external_id is null and changed_at > $2 limit 1""",
            [connection_id, clock.now() - NAMED_WITHIN],
        )
    return bool(rows)


async def _recognise(tx: Queries, connection_id: UUID, update: DeliveryUpdate) -> UUID | None:
    if update.to is None or update.text is None:
        return None
    rows = await tx.execute_query_dict(
        """update messages set external_id = $4, sent_at = coalesce(sent_at, $5) where id = (
             select m.id from messages m join conversations c on c.id = m.conversation_id
             where m.connection_id = $1 and m.direction = 'out' and m.status in ('sending', 'unknown')
               and m.external_id is null and m.text = $3 and (m.recipient = $2 or c.addresses ? $2)
             order by m.created_at, m.id limit 1 for update of m)
           returning id""",
        [connection_id, update.to, update.text, update.external_id, clock.now()],
    )
    return rows[0]["id"] if rows else None


async def _move(tx: Queries, which: str, values: list[Any], *, status: str, detail: str) -> None:
    """Change the status where `which` holds, and announce it. `values` are the parameters from $3 on."""
    rows = await tx.execute_query_dict(
        f"update messages set status = $1, detail = $2, changed_at = ${len(values) + 3} where {which}"
        " returning id, customer_id",
        [status, detail[:300], *values, clock.now()],
    )
    word = _ANNOUNCED.get(status)
    if word is not None:
        await emit(
            *(
                NotificationStatus(
                    message_id=row["id"], customer_id=row["customer_id"], status=word, detail=detail[:300]
                )
                for row in rows
            )
        )
