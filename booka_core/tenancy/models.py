"""Rows of the tenancy room."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import Model, TenantModel


class Tenant(Model):
    """One business. Its own scope sees this row and no other."""

    slug = fields.CharField(max_length=63, unique=True)
    name = fields.CharField(max_length=120)
    vertical = fields.CharField(max_length=40)
    zone = fields.CharField(max_length=64)
    locale = fields.CharField(max_length=16)
    currency = fields.CharField(max_length=3)
    country = fields.CharField(max_length=2, default="")
    plan = fields.CharField(max_length=20, default="free")
    status = fields.CharField(max_length=12, default="active")
    plugins_revision = fields.BigIntField(default=0)
    catalog_revision = fields.BigIntField(default=0)
    created_at = fields.DatetimeField()

    class Meta:
        table = "tenants"


class TenantSettings(TenantModel):
    """How a business wants to be booked; one row per tenant."""

    reminder_minutes: Any = fields.JSONField()
    hold_minutes = fields.IntField()
    slot_step = fields.IntField()
    min_notice_minutes = fields.IntField()
    window_days = fields.IntField()
    cancel_notice_minutes = fields.IntField()
    active_per_customer = fields.IntField(null=True)
    waitlist_minutes = fields.IntField(db_default=20)
    waitlist_policy = fields.CharField(max_length=40, db_default="first_come")
    quiet_from = fields.SmallIntField(null=True)
    quiet_until = fields.SmallIntField(null=True)
    tax_basis_points = fields.IntField(db_default=0)
    tax_included = fields.BooleanField(db_default=True)
    captcha = fields.BooleanField(db_default=False)

    class Meta:
        table = "tenant_settings"
        unique_together = (("tenant_id",),)


class DirectoryEntry(Model):
    """Finds a tenant, and a thing of that tenant, from what a stranger presents: a slug, or the hash of a path."""

    kind = fields.CharField(max_length=20)
    key = fields.CharField(max_length=100)
    tenant_id_found = fields.UUIDField()
    target_id = fields.UUIDField(null=True)

    class Meta:
        table = "directory"
        unique_together = (("kind", "key"),)
