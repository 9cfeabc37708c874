"""Rows of the channels room."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class InboundEvent(TenantModel):
    """One thing a provider told us, as it was stored before anybody understood it. Its job has the same id."""

    connection_id = fields.UUIDField()
    dedupe_key = fields.CharField(max_length=255)
    kind = fields.CharField(max_length=64)
    order_key = fields.CharField(max_length=255, null=True)
    payload: Any = fields.JSONField()
    received_at = fields.DatetimeField()
    handled_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=200)

    class Meta:
        table = "inbound_events"
        unique_together = (("tenant_id", "connection_id", "dedupe_key"),)
        indexes = (("tenant_id", "received_at"),)
