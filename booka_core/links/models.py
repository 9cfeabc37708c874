"""Rows of the links room."""

from __future__ import annotations

from tortoise import fields

from booka_core.sdk.models import TenantModel


class BookingLink(TenantModel):
    """Opens a private service to whoever holds it. The token itself is not kept, only its hash."""

    token_hash = fields.BinaryField()
    service_id = fields.UUIDField()
    resource_id = fields.UUIDField(null=True)
    label = fields.CharField(max_length=120, default="")
    uses_left = fields.IntField()
    expires_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "booking_links"
        unique_together = (("tenant_id", "token_hash"),)
