"""What other rooms see of connections, conversations and messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from booka_core.sdk.messaging import Channel, MessageKind
from booka_core.sdk.values import Frozen

ConnectionState = Literal["new", "connecting", "open", "closed", "logged_out", "needs_help"]
ConversationState = Literal["bot", "human"]
Author = Literal["customer", "bot", "person"]
MessageStatus = Literal[
    "received", "queued", "sending", "postponed", "sent", "delivered", "read", "failed", "unknown", "deleted"
]


class ConnectionInfo(Frozen):
    """An account at a provider. `webhook_path` is secret: whoever has it may try to deliver."""

    id: UUID
    provider: str
    channel: Channel
    name: str
    settings: dict[str, Any]
    state: ConnectionState
    state_detail: str
    webhook_path: str


class ConversationInfo(Frozen):
    """All that one customer and the business write over one connection; `address` is where answers go."""

    id: UUID
    customer_id: UUID
    connection_id: UUID
    channel: Channel
    address: str
    state: ConversationState
    unread: int
    last_message_at: datetime


class MessageInfo(Frozen):
    """One message. `sent_at` of an inbound one is the provider's; `unknown` means nobody knows whether it arrived."""

    id: UUID
    conversation_id: UUID
    customer_id: UUID
    connection_id: UUID
    direction: Literal["in", "out"]
    author: Author
    status: MessageStatus
    detail: str
    kind: MessageKind
    text: str
    choice_id: str | None
    reply_to: str | None
    attributes: dict[str, Any]
    external_id: str | None
    sent_at: datetime | None
    handled_at: datetime | None
    created_at: datetime
