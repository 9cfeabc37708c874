"""Rows of the waitlist."""

from __future__ import annotations

from tortoise import fields

from booka_core.sdk.models import TenantModel


class WaitlistEntry(TenantModel):
    """A customer who wants a service in a window of time. `status`: waiting, offered, booked, left or expired."""

    customer_id = fields.UUIDField()
    service_id = fields.UUIDField()
    resource_id = fields.UUIDField(null=True)
    location_id = fields.UUIDField(null=True)
    party_size = fields.IntField(default=1)
    wanted_from = fields.DatetimeField()
    wanted_until = fields.DatetimeField()
    note = fields.CharField(max_length=500, default="")
    status = fields.CharField(max_length=12)
    source = fields.CharField(max_length=20)
    reservation_id = fields.UUIDField(null=True)
    joined_at = fields.DatetimeField()

    class Meta:
        table = "waitlist_entries"
        indexes = (("tenant_id", "service_id", "status", "joined_at"), ("tenant_id", "customer_id"))


class WaitlistOffer(TenantModel):
    """A held time that one waiting customer may take. `status`: open, accepted, declined, expired or lost.

    Offers made at once to several people share one hold.
    """

    entry_id = fields.UUIDField()
    hold_id = fields.UUIDField()
    customer_id = fields.UUIDField()
    starts_at = fields.DatetimeField()
    status = fields.CharField(max_length=12)
    rank = fields.IntField(default=0)
    offered_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "waitlist_offers"
        indexes = (("tenant_id", "hold_id"), ("tenant_id", "customer_id", "status"))
