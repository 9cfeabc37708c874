"""Rows of the series room."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class Series(TenantModel):
    """A repeating appointment. `rule` is a `Recurrence`, `wish` what is booked each time."""

    customer_id = fields.UUIDField()
    rule: Any = fields.JSONField()
    wish: Any = fields.JSONField()
    zone = fields.CharField(max_length=64)
    status = fields.CharField(max_length=12)
    created_at = fields.DatetimeField()

    class Meta:
        table = "series"
        indexes = (("tenant_id", "customer_id"),)
