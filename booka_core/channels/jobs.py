"""Handling a stored event: understand whose it is and what kind, write down the message, let the bot answer.

Every step may be repeated: messages have a unique key, reports only move forward, and the bot handles what is not
handled yet. Events of one conversation come here one after the other.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.channels import statements, turns
from booka_core.channels.statements import RECEIVE
from booka_core.conversation.errors import TurnGivenUp
from booka_core.customers.commands import recognise
from booka_core.db.scope import current_tenant, platform_scope, register_reason, tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.errors import Bury, RetryLater, Skip
from booka_core.jobs.types import JobInfo
from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger
from booka_core.messaging import commands, deliveries
from booka_core.messaging.queries import open_connection
from booka_core.messaging.types import ConversationInfo
from booka_core.plugins import catalogue
from booka_core.plugins.errors import PluginNotEffective
from booka_core.sdk.messaging import (
    Channel,
    ConnectionUpdate,
    DeliveryUpdate,
    Inbound,
    InboundEnvelope,
    InboundMessage,
    MessageRevised,
)
from booka_core.tenancy.queries import get_tenant

log = get_logger(__name__)

FORGET = "channels.forget"
KEEP_DAYS = 30.0
_REPORT_PATIENCE = 4

register_reason("channels.retention", audited=False)


async def receive_job(job: JobInfo) -> None:
    """`channels.receive`: handle one stored event.

    A provider that is missing or broken in this process is a failure like any other: the event waits for it.
    """
    event_id = job.id  # a job and its event are written together, under one id
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(statements.LOAD, [event_id])
    if not rows:
        raise Skip("the event is gone")
    event = rows[0]
    if (await get_tenant()).status != "active":
        await _skip(event_id, "the business is suspended")
    connection = await open_connection(event["connection_id"])
    try:
        provider = await catalogue.provider_for(current_tenant(), connection.provider)
    except PluginNotEffective:
        await _skip(event_id, "the provider's plugin is switched off")
    envelope = InboundEnvelope(
        kind=event["kind"],
        dedupe_key=event["dedupe_key"],
        order_key=event["order_key"],
        payload=_json(event["payload"]),
    )
    found = provider.normalise(envelope, connection)
    for inbound in found:
        await _handle(job, connection.id, provider.channel, inbound, event["received_at"])
    await _end(event_id, ", ".join(_word(inbound) for inbound in found) or "ignored")


async def _handle(job: JobInfo, connection_id: UUID, channel: Channel, inbound: Inbound, received_at: datetime) -> None:
    match inbound:
        case InboundMessage():
            await _converse(job, connection_id, channel, inbound, received_at)
        case DeliveryUpdate():
            known = await deliveries.record_delivery(connection_id, inbound)
            # The report may be quicker than the answer, or the other report, that names the message.
            if not known and job.attempts < _REPORT_PATIENCE and await deliveries.is_one_nameless(connection_id):
                raise RetryLater(float(job.attempts), "the message it speaks of may not have its name yet")
        case MessageRevised():
            await commands.revise(connection_id, external_id=inbound.external_id, text=inbound.text)
        case ConnectionUpdate():
            await commands.record_connection_state(connection_id, state=inbound.state, detail=inbound.detail)


async def _converse(
    job: JobInfo, connection_id: UUID, channel: Channel, message: InboundMessage, received_at: datetime
) -> None:
    async with tenant_scope():
        conversation = await _met(connection_id, channel, message)
        new = await commands.record_inbound(conversation, message, received_at=received_at)
        if message.direction == "echo":
            if new is not None:
                # Somebody answers on the business's own phone: two voices at once would confuse everybody.
                await commands.take_over(conversation.id, until=clock.now() + commands.OWNER_SPOKE)
            return
        answers = await commands.return_to_bot_when_due(conversation.id)
        if not answers and new is not None:
            await commands.mark_handled([new])  # a person answers: the bot must not come back to it later
    if answers:
        try:
            await turns.take(conversation.id, attempt=job.attempts)
        except TurnGivenUp as given_up:
            raise Bury(str(given_up)) from given_up


async def _met(connection_id: UUID, channel: Channel, message: InboundMessage) -> ConversationInfo:
    sender = message.sender
    customer = await recognise(
        channel=channel,
        external_id=sender.external_id,
        alternate_ids=sender.alternate_ids,
        phone=sender.phone,
        name=sender.name if message.direction == "in" else None,
    )
    return await commands.meet(
        connection_id=connection_id,
        channel=channel,
        customer_id=customer.id,
        address=sender.external_id,
        alternates=sender.alternate_ids,
    )


async def _skip(event_id: UUID, reason: str) -> None:
    await _end(event_id, f"skipped: {reason}")
    raise Skip(reason)


async def _end(event_id: UUID, outcome: str) -> None:
    async with tenant_scope() as tx:
        await tx.execute_query(statements.END, [event_id, clock.now(), outcome[:200]])


def _word(inbound: Inbound) -> str:
    match inbound:
        case InboundMessage():
            return f"{'echo' if inbound.direction == 'echo' else 'message'} ({inbound.kind})"
        case DeliveryUpdate():
            return f"report ({inbound.status})"
        case MessageRevised():
            return "deletion" if inbound.text is None else "edit"
        case ConnectionUpdate():
            return f"account {inbound.state}"


def _json(value: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return loaded


async def forget_job(_job: JobInfo) -> None:
    """`channels.forget`: delete events that were handled long ago. What they said lives on as messages."""
    before = clock.now() - timedelta(days=KEEP_DAYS)
    forgotten = True
    while forgotten:
        async with platform_scope("channels.retention") as tx:
            forgotten = bool(await tx.execute_query_dict(statements.FORGET, [before, 1000]))


def register() -> None:
    """Make the handlers known."""
    registry.register(RECEIVE, receive_job)
    registry.register(FORGET, forget_job, timeout=300.0)
    registry.every(FORGET, seconds=6 * 3600.0)
