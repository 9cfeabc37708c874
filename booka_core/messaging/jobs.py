"""Sending one message. The row says `sending` before the provider is called, in a transaction of its own, so that a
crash in between leaves a message of which nobody knows, and never one that is sent twice.
"""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.errors import RetryLater, Skip
from booka_core.jobs.types import JobInfo
from booka_core.kernel import clock, egress
from booka_core.kernel.logging import get_logger
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.messaging import commands, deliveries
from booka_core.messaging.errors import StillConnected
from booka_core.messaging.queries import open_connection
from booka_core.plugins import catalogue, in_use
from booka_core.plugins.errors import PluginNotEffective, UnknownProvider
from booka_core.sdk.messaging import (
    Connection,
    MessagingProvider,
    OperatorNeeded,
    OutboundMessage,
    SendAmbiguous,
    SendPostponed,
    SendReceipt,
    SendRejected,
)

log = get_logger(__name__)

SEND_TIMEOUT = 30.0
_LONGEST_PAUSE = 300.0
_LONGEST_QUEUE = 5.0
_DEFAULT_RATE = 1.0


async def send_job(job: JobInfo) -> None:
    """`messaging.send`: hand one message to its provider."""
    message_id = UUID(job.payload["message_id"])
    connection_id = await _connection_of(message_id)
    connection = await open_connection(connection_id)
    try:
        provider = await catalogue.provider_for(current_tenant(), connection.provider)
    except PluginNotEffective:
        await deliveries.fail(message_id, detail="the provider's plugin is switched off")
        raise Skip("the provider's plugin is switched off") from None
    await _wait_for_turn(connection)
    row = await deliveries.begin(message_id)
    if row is None:
        raise Skip("it is not waiting to be sent")
    await _settle(job, row, await _attempt(provider, connection, row))


async def _attempt(provider: MessagingProvider, connection: Connection, row: dict[str, Any]) -> SendReceipt | Exception:
    forbid_in_transaction(f"{provider.slug}.send")
    message = OutboundMessage(id=row["id"], to=row["recipient"], text=row["text"], reply_to=row["reply_to"])
    try:
        async with asyncio.timeout(SEND_TIMEOUT), egress.client(timeout=SEND_TIMEOUT / 2) as http:
            return await provider.send(message, connection, http=http)
    except (SendRejected, SendPostponed, OperatorNeeded, SendAmbiguous) as failure:
        return failure
    except Exception as failure:  # a provider that breaks its contract may have sent all the same
        log.exception("messaging.provider_fault", provider=provider.slug, error=type(failure).__name__)
        return SendAmbiguous(f"({type(failure).__name__})")


async def _settle(job: JobInfo, row: dict[str, Any], outcome: SendReceipt | Exception) -> None:
    message_id: UUID = row["id"]
    match outcome:
        case SendReceipt():
            await deliveries.succeed(message_id, external_id=outcome.external_id)
        case SendRejected():
            await deliveries.fail(message_id, detail=outcome.detail)
        case SendPostponed() | OperatorNeeded():
            if isinstance(outcome, OperatorNeeded):
                await commands.record_connection_state(row["connection_id"], state="needs_help", detail=outcome.detail)
            if job.is_last_attempt:
                await deliveries.fail(message_id, detail=f"given up: {outcome.detail}")
                return
            await deliveries.postpone(message_id, detail=outcome.detail)
            raise RetryLater(_pause(job.attempts), outcome.detail)
        case _:
            await deliveries.doubt(message_id, detail=getattr(outcome, "detail", ""))
            log.warning("messaging.send_unknown", message=str(message_id), reason=str(outcome))


def _pause(attempt: int) -> float:
    """Doubling from two seconds to five minutes, spread so that what failed together does not return together."""
    return min(_LONGEST_PAUSE, 2.0**attempt) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, hides nothing


async def _connection_of(message_id: UUID) -> UUID:
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict("select connection_id from messages where id = $1", [message_id])
    if not rows:
        raise Skip("the message is gone")
    found: UUID = rows[0]["connection_id"]
    return found


async def _wait_for_turn(connection: Connection) -> None:
    """Keep to the connection's pace: WhatsApp bans accounts that write like machines.

    The setting `sends_per_second` (default 1, 0 switches it off) reserves moments one after the other, across all
    processes; when the queue grows long the job comes back later instead of waiting here.
    """
    rate = connection.settings.get("sends_per_second", _DEFAULT_RATE)
    if not isinstance(rate, int | float) or rate <= 0:
        return
    now = clock.now()
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """update connections set next_send_at = greatest(next_send_at, $2) + $3::interval
               where id = $1 and (next_send_at is null or next_send_at <= $4)
               returning next_send_at - $3::interval as mine""",
            [connection.id, now, timedelta(seconds=1 / rate), now + timedelta(seconds=_LONGEST_QUEUE)],
        )
    if not rows:
        pause = random.uniform(1.0, _LONGEST_QUEUE)  # noqa: S311 - as above
        raise RetryLater(pause, "many messages are waiting", counts=False)
    mine: datetime = rows[0]["mine"]
    await asyncio.sleep(max(0.0, (mine - now).total_seconds()))


async def connections_in_use(tenant_id: UUID, slug: str) -> list[str]:
    """Why a provider's plugin cannot be switched off: connections that go through it."""
    async with tenant_scope(tenant_id) as tx:
        rows = await tx.execute_query_dict("select provider from connections where state <> 'logged_out'")
    used = 0
    for row in rows:
        try:
            used += catalogue.owner_of_provider(row["provider"]) == slug
        except UnknownProvider:
            continue
    return [StillConnected(count=used).message] if used else []


def register() -> None:
    """Make the handler and the objection known."""
    registry.register("messaging.send", send_job, timeout=SEND_TIMEOUT * 2)
    in_use.register(connections_in_use)
