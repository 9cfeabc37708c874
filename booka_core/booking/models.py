"""Rows of the booking room. Whether two bookings collide is decided by one exclusion constraint on `occupancies`."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class Reservation(TenantModel):
    """A customer's claim on a time. `starts_at` and `ends_at` are what the customer sees, without buffers.

    `service_id` is the first service of the visit; `items` holds all of them (`ReservedItem`) where there is more to
    say than one plain service. `attendee_id` is who comes when that is not the customer, `quote` the accepted price.
    """

    reference = fields.CharField(max_length=12)
    status = fields.CharField(max_length=12)
    customer_id = fields.UUIDField()
    service_id = fields.UUIDField()
    service_name = fields.CharField(max_length=120)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    price = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    party_size = fields.IntField(default=1)
    intake: Any = fields.JSONField(default=dict)
    note = fields.CharField(max_length=500, default="")
    source = fields.CharField(max_length=20)
    hold_expires_at = fields.DatetimeField(null=True)
    location_id = fields.UUIDField(null=True)
    attendee_id = fields.UUIDField(null=True)
    items: Any = fields.JSONField(db_default=[])
    quote: Any = fields.JSONField(null=True)
    session_id = fields.UUIDField(null=True)
    series_id = fields.UUIDField(null=True)
    series_position = fields.IntField(null=True)
    terms = fields.CharField(max_length=80, db_default="")
    checked_in_at = fields.DatetimeField(null=True)
    rating = fields.SmallIntField(null=True)
    review = fields.CharField(max_length=1000, db_default="")
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "reservations"
        unique_together = (("tenant_id", "reference"),)
        indexes = (
            ("tenant_id", "starts_at"),
            ("tenant_id", "customer_id", "starts_at"),
        )


class Occupancy(TenantModel):
    """The time one lane of one resource is taken by one reservation or class, buffers inside.

    `expires_at` is set while the reservation is only held. Inactive rows say who it would have been. A class takes lane
    0 of its people and rooms (no `reservation_id`), and each of its guests a lane above 0 of the first of them.
    """

    reservation_id = fields.UUIDField(null=True)
    session_id = fields.UUIDField(null=True)
    resource_id = fields.UUIDField()
    lane = fields.SmallIntField(default=0)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    active = fields.BooleanField(default=True)
    expires_at = fields.DatetimeField(null=True)

    class Meta:
        table = "occupancies"
        indexes = (("tenant_id", "reservation_id"),)


class ReservationLog(TenantModel):
    """One change of one reservation: who, from where, what, before and after. Rows are only ever added."""

    reservation_id = fields.UUIDField()
    at = fields.DatetimeField()
    actor_kind = fields.CharField(max_length=12)
    actor_id = fields.UUIDField(null=True)
    actor_label = fields.CharField(max_length=120, default="")
    source = fields.CharField(max_length=20)
    action = fields.CharField(max_length=20)
    before: Any = fields.JSONField(null=True)
    after: Any = fields.JSONField(null=True)

    class Meta:
        table = "reservation_logs"
        indexes = (("tenant_id", "reservation_id", "at"),)


class IdempotencyKey(TenantModel):
    """A request that was already answered: the same key with the same fingerprint gets the same reservation."""

    key = fields.CharField(max_length=255)
    fingerprint = fields.BinaryField()
    reservation_id = fields.UUIDField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_keys"
        unique_together = (("tenant_id", "key"),)


class ClassSession(TenantModel):
    """One meeting of a service that several customers share. `scheduled` ones stay open when nobody has come yet."""

    service_id = fields.UUIDField()
    location_id = fields.UUIDField()
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    seats = fields.SmallIntField()
    scheduled = fields.BooleanField()
    active = fields.BooleanField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "class_sessions"
        indexes = (("tenant_id", "service_id", "starts_at"),)


class Rotation(TenantModel):
    """How often a resource has had its turn in the rotation of a service."""

    service_id = fields.UUIDField()
    resource_id = fields.UUIDField()
    turns = fields.BigIntField()

    class Meta:
        table = "rotations"
        unique_together = (("tenant_id", "service_id", "resource_id"),)


class Attachment(TenantModel):
    """A file that a customer gave with their answers."""

    reservation_id = fields.UUIDField()
    question = fields.CharField(max_length=80)
    name = fields.CharField(max_length=160)
    media_type = fields.CharField(max_length=80)
    size = fields.IntField()
    sha256 = fields.BinaryField()
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "attachments"
        indexes = (("tenant_id", "reservation_id"),)
