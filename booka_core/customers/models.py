"""Rows of the customers room."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class Customer(TenantModel):
    """A person a tenant serves. `guardian_id` is who books for them; an erased person is a row without a name."""

    name = fields.CharField(max_length=120, null=True)
    phone = fields.CharField(max_length=20, null=True)
    email = fields.CharField(max_length=254, null=True)
    locale = fields.CharField(max_length=16, null=True)
    zone = fields.CharField(max_length=64, null=True)
    tags: Any = fields.JSONField(db_default=[])
    guardian_id = fields.UUIDField(null=True)
    blocked_at = fields.DatetimeField(null=True)
    blocked_reason = fields.CharField(max_length=240, db_default="")
    spam_reports = fields.IntField(db_default=0)
    erased_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "customers"
        indexes = (("tenant_id", "phone"),)


class CustomerIdentity(TenantModel):
    """How a channel names a customer, such as a WhatsApp JID."""

    customer_id = fields.UUIDField()
    channel = fields.CharField(max_length=12)
    external_id = fields.CharField(max_length=160)
    created_at = fields.DatetimeField()

    class Meta:
        table = "customer_identities"
        unique_together = (("tenant_id", "channel", "external_id"),)
        indexes = (("tenant_id", "customer_id"),)
