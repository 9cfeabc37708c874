"""Rows of the audit room."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import Model


class AuditEntry(Model):
    """One deed. Without a tenant it concerns the platform, and only the system role sees it."""

    tenant_id = fields.UUIDField(null=True)
    at = fields.DatetimeField()
    actor_kind = fields.CharField(max_length=12)
    actor_id = fields.UUIDField(null=True)
    action = fields.CharField(max_length=60)
    subject = fields.CharField(max_length=120, default="")
    detail: Any = fields.JSONField(default=dict)
    request_id = fields.CharField(max_length=64, default="")

    class Meta:
        table = "audit_entries"
        indexes = (("tenant_id", "at"),)
