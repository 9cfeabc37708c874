"""Rows of the messaging room."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class Connection(TenantModel):
    """A tenant's account at a messaging provider. `sealed` holds its secrets, which open only for this very row."""

    provider = fields.CharField(max_length=40)
    channel = fields.CharField(max_length=12)
    name = fields.CharField(max_length=120)
    settings: Any = fields.JSONField()
    sealed = fields.BinaryField()
    state = fields.CharField(max_length=16)
    state_detail = fields.CharField(max_length=300)
    state_at = fields.DatetimeField()
    next_send_at = fields.DatetimeField(null=True, description="the pace at which the provider may be used")
    created_at = fields.DatetimeField()

    class Meta:
        table = "connections"


class Conversation(TenantModel):
    """All that one customer and the business write to each other over one connection."""

    customer_id = fields.UUIDField()
    connection_id = fields.UUIDField()
    channel = fields.CharField(max_length=12)
    address = fields.CharField(max_length=160, description="where answers go")
    addresses: Any = fields.JSONField(description="every address the customer has written from")
    state = fields.CharField(max_length=8)
    human_until = fields.DatetimeField(null=True, description="when the bot may answer again by itself")
    unread = fields.IntField()
    last_message_at = fields.DatetimeField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "conversations"
        unique_together = (("tenant_id", "connection_id", "customer_id"),)
        indexes = (("tenant_id", "last_message_at"), ("tenant_id", "customer_id"))


class Message(TenantModel):
    """One message, in or out."""

    conversation_id = fields.UUIDField()
    customer_id = fields.UUIDField()
    connection_id = fields.UUIDField()
    direction = fields.CharField(max_length=3)
    author = fields.CharField(max_length=8)
    status = fields.CharField(max_length=10)
    detail = fields.CharField(max_length=300)
    kind = fields.CharField(max_length=10)
    text = fields.TextField()
    choice_id = fields.CharField(max_length=256, null=True)
    reply_to = fields.CharField(max_length=200, null=True)
    attributes: Any = fields.JSONField()
    recipient = fields.CharField(max_length=254, null=True)
    external_id = fields.CharField(max_length=200, null=True)
    dedupe_key = fields.CharField(max_length=200, null=True)
    sent_at = fields.DatetimeField(null=True, description="by the provider's clock for what came in")
    handled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "messages"
        unique_together = (("tenant_id", "connection_id", "direction", "external_id"),)
        indexes = (("tenant_id", "conversation_id", "created_at"),)
