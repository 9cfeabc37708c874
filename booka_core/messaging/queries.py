"""Reads of connections, conversations and messages, always of the bound tenant."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.kernel import crypto
from booka_core.messaging.errors import ConnectionNotFound, ConversationNotFound
from booka_core.messaging.types import ConnectionInfo, ConversationInfo, MessageInfo
from booka_core.sdk import messaging as sdk

PATH_SECRET = "webhook_path"  # noqa: S105 - the name under which it is sealed

_CONNECTION = "select id, provider, channel, name, settings, sealed, state, state_detail from connections"
_CONVERSATION = (
    "select id, customer_id, connection_id, channel, address, state, unread, last_message_at from conversations"
)
_MESSAGE = (
    "select id, conversation_id, customer_id, connection_id, direction, author, status, detail, kind, text, choice_id,"
    " reply_to, attributes, external_id, sent_at, handled_at, created_at from messages"
)


def sealed_for(connection_id: UUID, tenant_id: UUID) -> str:
    """The place a connection's secrets are sealed for."""
    return f"connections:{tenant_id}:{connection_id}"


def unsealed(row: dict[str, Any], tenant_id: UUID) -> dict[str, str]:
    """A connection's secrets. Raises `SealBroken`, `MissingSecret`."""
    opened: dict[str, str] = json.loads(crypto.unseal(row["sealed"], aad=sealed_for(row["id"], tenant_id)))
    return opened


async def get_connection(connection_id: UUID) -> ConnectionInfo:
    """One connection. Raises `ConnectionNotFound`."""
    return _connection_info(await _connection_row(connection_id))


async def connections() -> tuple[ConnectionInfo, ...]:
    """All connections, oldest first."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(f"{_CONNECTION} order by id")
    return tuple(_connection_info(row) for row in rows)


async def open_connection(connection_id: UUID) -> sdk.Connection:
    """A connection as its provider needs it, secrets included: for one call, never to be kept or logged.

    Raises `ConnectionNotFound`.
    """
    row = await _connection_row(connection_id)
    secrets = unsealed(row, current_tenant())
    secrets.pop(PATH_SECRET, None)
    return sdk.Connection(
        id=row["id"],
        tenant_id=current_tenant(),
        provider=row["provider"],
        name=row["name"],
        settings=_json(row["settings"]),
        secrets=secrets,
    )


async def get_conversation(conversation_id: UUID) -> ConversationInfo:
    """One conversation. Raises `ConversationNotFound`."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(f"{_CONVERSATION} where id = $1", [conversation_id])
    if not rows:
        raise ConversationNotFound
    return ConversationInfo(**rows[0])


async def conversation_of(customer_id: UUID) -> ConversationInfo | None:
    """The conversation in which a customer was last heard or written to."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            f"{_CONVERSATION} where customer_id = $1 order by last_message_at desc limit 1", [customer_id]
        )
    return ConversationInfo(**rows[0]) if rows else None


async def conversations(*, limit: int = 50) -> tuple[ConversationInfo, ...]:
    """The latest conversations."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(f"{_CONVERSATION} order by last_message_at desc, id limit $1", [limit])
    return tuple(ConversationInfo(**row) for row in rows)


async def thread(conversation_id: UUID, *, limit: int = 200) -> tuple[MessageInfo, ...]:
    """The latest messages of a conversation, oldest first."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            f"{_MESSAGE} where conversation_id = $1 order by created_at desc, id desc limit $2",
            [conversation_id, limit],
        )
    return tuple(_message_info(row) for row in reversed(rows))


async def unhandled(conversation_id: UUID, *, limit: int = 50) -> tuple[MessageInfo, ...]:
    """What the customer wrote and nobody has dealt with, in the order in which it was sent."""
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(
            f"""{_MESSAGE} where conversation_id = $1 and direction = 'in' and handled_at is null
                order by sent_at, id limit $2""",
            [conversation_id, limit],
        )
    return tuple(_message_info(row) for row in rows)


async def _connection_row(connection_id: UUID) -> dict[str, Any]:
    async with tenant_scope() as tx:
        rows = await tx.execute_query_dict(f"{_CONNECTION} where id = $1", [connection_id])
    if not rows:
        raise ConnectionNotFound
    return rows[0]


def _connection_info(row: dict[str, Any]) -> ConnectionInfo:
    path = unsealed(row, current_tenant()).get(PATH_SECRET, "")
    fields = {name: value for name, value in row.items() if name not in {"sealed", "settings"}}
    return ConnectionInfo(**fields, settings=_json(row["settings"]), webhook_path=path)


def _message_info(row: dict[str, Any]) -> MessageInfo:
    return MessageInfo(**{**row, "attributes": _json(row["attributes"])})


def _json(value: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return loaded
