"""Rows of the pricing room. Amounts are minor units of the tenant's currency, shares are basis points."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class PriceRule(TenantModel):
    """Raises or lowers prices at certain times or when it gets full; `condition` is a `PriceCondition`."""

    name = fields.CharField(max_length=120)
    service_ids: Any = fields.JSONField(default=list)
    condition: Any = fields.JSONField(default=dict)
    basis_points = fields.IntField(null=True)
    amount = fields.BigIntField(null=True)
    position = fields.IntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "price_rules"


class Promotion(TenantModel):
    """A reduction: for everybody, or for whoever gives its `code`. `uses_left` is null without a limit."""

    name = fields.CharField(max_length=120)
    code = fields.CharField(max_length=40, null=True)
    service_ids: Any = fields.JSONField(default=list)
    basis_points = fields.IntField(null=True)
    amount = fields.BigIntField(null=True)
    valid_from = fields.DatetimeField(null=True)
    valid_until = fields.DatetimeField(null=True)
    least_total = fields.BigIntField(default=0)
    once_per_customer = fields.BooleanField(default=False)
    uses_left = fields.IntField(null=True)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "promotions"


class Redemption(TenantModel):
    """A voucher that a reservation used. Given back when the reservation is cancelled."""

    promotion_id = fields.UUIDField()
    reservation_id = fields.UUIDField()
    customer_id = fields.UUIDField()
    amount = fields.BigIntField()
    active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "redemptions"
        unique_together = (("tenant_id", "promotion_id", "reservation_id"),)


class StoredQuote(TenantModel):
    """A price that was named to a customer and is kept until `expires_at`; `fingerprint` says for exactly what."""

    fingerprint = fields.BinaryField()
    content: Any = fields.JSONField()
    expires_at = fields.DatetimeField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "quotes"
