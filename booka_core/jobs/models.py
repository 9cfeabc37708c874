"""The one table of durable work. Its rows are written by the statements of this room only; the model describes the
columns for migrations and for reading.
"""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import Model


class Job(Model):
    """One piece of work. A job without a tenant belongs to the platform and is seen by the system role alone."""

    seq = fields.BigIntField(description="order of creation, given by the database")
    tenant_id = fields.UUIDField(null=True)
    type = fields.CharField(max_length=80)
    payload: fields.Field[dict[str, Any]] = fields.JSONField()
    status = fields.CharField(max_length=10)
    attempts = fields.IntField(description="how often a worker took it; fences a worker that lost its lease")
    max_attempts = fields.IntField()
    deliveries = fields.IntField(description="how often it was handed to the carrier since it was last taken")
    scheduled_at = fields.DatetimeField()
    lease_until = fields.DatetimeField(null=True)
    order_key = fields.CharField(max_length=200, null=True)
    dedupe_key = fields.CharField(max_length=200, null=True)
    queue = fields.CharField(max_length=40)
    last_error = fields.TextField(null=True)
    worker = fields.CharField(max_length=120, null=True)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "jobs"
