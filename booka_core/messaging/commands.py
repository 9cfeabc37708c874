"""Verbs that change connections, conversations and messages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.jobs.commands import enqueue
from booka_core.kernel import clock, crypto, egress
from booka_core.kernel.ids import new_id
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.messaging import paths
from booka_core.messaging.errors import ConversationNotFound
from booka_core.messaging.queries import PATH_SECRET, get_connection, get_conversation, open_connection, sealed_for
from booka_core.messaging.types import Author, ConnectionInfo, ConnectionState, ConversationInfo
from booka_core.plugins import catalogue
from booka_core.sdk.messaging import InboundMessage
from booka_core.tenancy.commands import publish_directory

OWNER_SPOKE = timedelta(hours=12)
"""How long the bot keeps silent after somebody answered on the business's own phone."""

SEND_ATTEMPTS = 60
"""Tries of a message that certainly did not go out; with their pauses about four hours, after which nobody wants it."""


async def create_connection(
    *, provider: str, name: str, settings: Mapping[str, Any], secrets: Mapping[str, str]
) -> ConnectionInfo:
    """Add an account of the bound tenant, and give its webhooks an address nobody can guess.

    Secrets that the provider lets Booka make up are made up unless given. Not to be called inside a scope, because the
    address is published to all processes. Raises `UnknownProvider`.
    """
    forbid_in_transaction("create_connection")
    offered = catalogue.provider(provider)
    tenant, connection_id, path = current_tenant(), new_id(), paths.new_path()
    all_secrets = {**offered.new_secrets(), **secrets, PATH_SECRET: path}
    now = clock.now()
    async with tenant_scope() as tx:
        await tx.execute_query(
            """insert into connections (id, tenant_id, provider, channel, name, settings, sealed, state, state_detail,
                                        state_at, next_send_at, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, 'new', '', $8, null, $8)""",
            [
                connection_id,
                tenant,
                provider,
                offered.channel,
                name,
                json.dumps(dict(settings)),
                crypto.seal(json.dumps(all_secrets).encode(), aad=sealed_for(connection_id, tenant)),
                now,
            ],
        )
    await publish_directory("webhook", paths.directory_key(path), tenant_id=tenant, target_id=connection_id)
    return await get_connection(connection_id)


async def change_connection(connection_id: UUID, *, settings: Mapping[str, Any]) -> ConnectionInfo:
    """Replace what is not secret about an account. Raises `ConnectionNotFound`."""
    async with tenant_scope() as tx:
        await tx.execute_query(
            "update connections set settings = $2 where id = $1", [connection_id, json.dumps(dict(settings))]
        )
    return await get_connection(connection_id)


async def subscribe(connection_id: UUID) -> None:
    """Tell the provider where to deliver. Safe to call again.

    Raises `ConnectionNotFound`, `UnknownProvider`, and what the provider's `subscribe` raises.
    """
    info, connection = await get_connection(connection_id), await open_connection(connection_id)
    async with egress.client() as http:
        known = await catalogue.provider(info.provider).subscribe(
            connection, webhook_url=paths.url(info.provider, info.webhook_path), http=http
        )
    if known is not None:
        await record_connection_state(connection_id, state=known.state, detail=known.detail)


async def record_connection_state(connection_id: UUID, *, state: ConnectionState, detail: str) -> bool:
    """Note what became of an account. Returns whether that was news."""
    async with tenant_scope() as tx:
        changed, _ = await tx.execute_query(
            """update connections set state = $2, state_detail = $3, state_at = $4
               where id = $1 and (state, state_detail) <> ($2, $3)""",
            [connection_id, state, detail[:300], clock.now()],
        )
    return bool(changed)


async def meet(
    *, connection_id: UUID, channel: str, customer_id: UUID, address: str, alternates: Sequence[str] = ()
) -> ConversationInfo:
    """The conversation with a customer over a connection, begun if there is none. Remembers the addresses."""
    now = clock.now()
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """insert into conversations (id, tenant_id, customer_id, connection_id, channel, address, addresses, state,
                                          human_until, unread, last_message_at, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, 'bot', null, 0, $8, $8)
               on conflict (tenant_id, connection_id, customer_id) do update
               set address = excluded.address,
                   addresses = (select jsonb_agg(distinct a) from jsonb_array_elements(
                                  conversations.addresses || excluded.addresses) as a)
               returning id""",
            [
                new_id(),
                current_tenant(),
                customer_id,
                connection_id,
                channel,
                address,
                json.dumps([address, *alternates]),
                now,
            ],
        )
        return await get_conversation(rows[0]["id"])


async def record_inbound(
    conversation: ConversationInfo, message: InboundMessage, *, received_at: datetime | None = None
) -> UUID | None:
    """Write down what a customer sent, or what the business typed on its own phone. None when it was known already.

    `received_at` is when it reached us by our own clock, which may be well before somebody gets round to it.
    """
    now = received_at or clock.now()
    echo = message.direction == "echo"
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """insert into messages (id, tenant_id, conversation_id, customer_id, connection_id, direction, author,
                                     status, detail, kind, text, choice_id, reply_to, attributes, recipient,
                                     external_id, dedupe_key, sent_at, handled_at, created_at, changed_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, $11, $12, $13, null, $14, null, $15, $16, $17, $17)
               on conflict (tenant_id, connection_id, direction, external_id) do nothing returning id""",
            [
                new_id(),
                current_tenant(),
                conversation.id,
                conversation.customer_id,
                conversation.connection_id,
                "out" if echo else "in",
                "person" if echo else "customer",
                "sent" if echo else "received",
                message.kind,
                message.text,
                message.choice_id,
                message.reply_to,
                json.dumps(message.attributes),
                message.external_id,
                message.sent_at,
                now if echo else None,
                now,
            ],
        )
        if not rows:
            return None
        await tx.execute_query(
            """update conversations set last_message_at = greatest(last_message_at, $2),
                      unread = case when $3 then 0 else unread + 1 end where id = $1""",
            [conversation.id, now, echo],
        )
    found: UUID = rows[0]["id"]
    return found


async def revise(connection_id: UUID, *, external_id: str, text: str | None) -> None:
    """A customer changed (`text`) or deleted (None) a message. One that was dealt with already keeps its words."""
    async with tenant_scope() as tx:
        if text is None:
            await tx.execute_query(
                """update messages set status = 'deleted', handled_at = coalesce(handled_at, $3), changed_at = $3
                   where connection_id = $1 and direction = 'in' and external_id = $2""",
                [connection_id, external_id, clock.now()],
            )
        else:
            await tx.execute_query(
                """update messages set text = $3, changed_at = $4
                   where connection_id = $1 and direction = 'in' and external_id = $2 and handled_at is null""",
                [connection_id, external_id, text, clock.now()],
            )


async def mark_handled(message_ids: Sequence[UUID]) -> None:
    """These inbound messages are dealt with."""
    async with tenant_scope() as tx:
        await tx.execute_query(
            """update messages set handled_at = $2, changed_at = $2
               where id = any($1) and direction = 'in' and handled_at is null""",
            [list(message_ids), clock.now()],
        )


async def queue_message(
    *,
    conversation_id: UUID,
    text: str,
    customer_id: UUID | None = None,
    connection_id: UUID | None = None,
    to: str | None = None,
    reply_to: str | None = None,
    dedupe_key: str | None = None,
    author: Author = "bot",
) -> UUID:
    """Write an outgoing message and the job that sends it, in the open scope. Messages of a conversation go out in
    order. A `dedupe_key` that was used before returns that message and queues nothing.

    Raises `ConversationNotFound`.
    """
    now, message_id = clock.now(), new_id()
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """insert into messages (id, tenant_id, conversation_id, customer_id, connection_id, direction, author,
                                     status, detail, kind, text, choice_id, reply_to, attributes, recipient,
                                     external_id, dedupe_key, sent_at, handled_at, created_at, changed_at)
               select $1, c.tenant_id, c.id, coalesce($3, c.customer_id), coalesce($4, c.connection_id), 'out', $5,
                      'queued', '', 'text', $6, null, $7, '{}', coalesce($8, c.address), null, $9, null, null, $10, $10
               from conversations c where c.id = $2
               on conflict (tenant_id, dedupe_key) where dedupe_key is not null do nothing returning id""",
            [
                message_id,
                conversation_id,
                customer_id,
                connection_id,
                author,
                text,
                reply_to,
                to,
                dedupe_key,
                now,
            ],
        )
        if not rows:
            return await _queued_before(dedupe_key)
        await tx.execute_query(
            "update conversations set last_message_at = greatest(last_message_at, $2), unread = 0 where id = $1",
            [conversation_id, now],
        )
        await enqueue(
            "messaging.send",
            {"message_id": str(message_id)},
            order_key=f"send:{conversation_id}",
            max_attempts=SEND_ATTEMPTS,
        )
    return message_id


async def _queued_before(dedupe_key: str | None) -> UUID:
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict("select id from messages where dedupe_key = $1", [dedupe_key])
    if not rows:
        raise ConversationNotFound
    found: UUID = rows[0]["id"]
    return found


async def take_over(conversation_id: UUID, *, until: datetime | None = None) -> None:
    """A person answers from now on, and the bot keeps silent: until then, or until it is handed back."""
    await _set_state(conversation_id, "human", until)


async def hand_back(conversation_id: UUID) -> None:
    """The bot answers again."""
    await _set_state(conversation_id, "bot", None)


async def _set_state(conversation_id: UUID, state: str, until: datetime | None) -> None:
    async with tenant_scope() as tx:
        changed, _ = await tx.execute_query(
            "update conversations set state = $2, human_until = $3 where id = $1", [conversation_id, state, until]
        )
    if not changed:
        raise ConversationNotFound


async def return_to_bot_when_due(conversation_id: UUID) -> bool:
    """Whether the bot may speak: it may again once the time for which a person had taken over is past."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            """update conversations set state = 'bot', human_until = null
               where id = $1 and (state = 'bot' or human_until <= $2) returning id""",
            [conversation_id, clock.now()],
        )
    return bool(rows)
