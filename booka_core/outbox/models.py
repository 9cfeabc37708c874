"""What happened, and who has acted on it. Both tables are only ever added to; deliveries are jobs."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class OutboxEvent(TenantModel):
    """A fact, written in the transaction that made it true."""

    seq = fields.BigIntField(description="order of writing, given by the database")
    type = fields.CharField(max_length=80)
    subject = fields.CharField(max_length=120)
    payload: fields.Field[dict[str, Any]] = fields.JSONField()
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "outbox_events"


class InboxReceipt(TenantModel):
    """One consumer has acted on one event."""

    consumer = fields.CharField(max_length=80)
    event_id = fields.UUIDField()
    handled_at = fields.DatetimeField()

    class Meta:
        table = "inbox_receipts"
