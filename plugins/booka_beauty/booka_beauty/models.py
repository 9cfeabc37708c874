"""The salon's own rows. Clients, stylists and reservations go by the core's ids; no foreign key leaves the app."""

from __future__ import annotations

from tortoise import fields

from booka_core.sdk.models import TenantModel


class ClientPreference(TenantModel):
    """How often a client came and whom they sat with last."""

    customer_id = fields.UUIDField()
    visits = fields.IntField(default=0)
    last_stylist_id = fields.UUIDField(null=True)
    last_visit_at = fields.DatetimeField(null=True)

    class Meta:
        table = "beauty_client_preferences"
        unique_together = (("tenant_id", "customer_id"),)


class CountedVisit(TenantModel):
    """One reservation as it is counted, so that an event delivered twice counts once and a cancelled one not at all."""

    reservation_id = fields.UUIDField()
    customer_id = fields.UUIDField()
    stylist_id = fields.UUIDField(null=True)
    starts_at = fields.DatetimeField()
    counts = fields.BooleanField()

    class Meta:
        table = "beauty_counted_visits"
        unique_together = (("tenant_id", "reservation_id"),)
        indexes = (("tenant_id", "customer_id"),)
