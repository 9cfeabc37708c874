"""Rows of the conversation room."""

from __future__ import annotations

from tortoise import fields

from booka_core.sdk.models import TenantModel


class DialogSession(TenantModel):
    """What one dialogue remembers. At most one per conversation is open; `version` counts its changes."""

    conversation_id = fields.UUIDField()
    status = fields.CharField(max_length=8, default="open")
    state: fields.Field[dict[str, object]] = fields.JSONField()
    version = fields.IntField(default=1)
    started_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "dialog_sessions"
        indexes = (("tenant_id", "expires_at"),)
