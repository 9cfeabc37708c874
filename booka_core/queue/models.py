"""Rows of the walk-in queue."""

from __future__ import annotations

from tortoise import fields

from booka_core.sdk.models import TenantModel


class QueueEntry(TenantModel):
    """Somebody who waits. `status`: waiting, called, serving, served, left. `ticket` counts from 1 every local day."""

    location_id = fields.UUIDField()
    service_id = fields.UUIDField()
    customer_id = fields.UUIDField()
    resource_id = fields.UUIDField(null=True)
    day = fields.DateField()
    ticket = fields.IntField()
    status = fields.CharField(max_length=12)
    party_size = fields.IntField(default=1)
    reservation_id = fields.UUIDField(null=True)
    joined_at = fields.DatetimeField()
    called_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "queue_entries"
        unique_together = (("tenant_id", "location_id", "day", "ticket"),)
