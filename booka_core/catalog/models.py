"""Rows of the catalogue."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class Location(TenantModel):
    """A place where a tenant receives customers."""

    name = fields.CharField(max_length=120)
    address = fields.CharField(max_length=240, default="")
    zone = fields.CharField(max_length=64)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "locations"


class Service(TenantModel):
    """Something that can be booked. Minutes, and minor units of the tenant's currency.

    `demands` lists the kinds of resource it takes at once, such as `["staff", "chair"]`.
    """

    name = fields.CharField(max_length=120)
    synonyms: Any = fields.JSONField(default=list)
    category = fields.CharField(max_length=60, default="")
    minutes = fields.IntField()
    buffer_before = fields.IntField(default=0)
    buffer_after = fields.IntField(default=0)
    price = fields.BigIntField()
    demands: Any = fields.JSONField(default=list)
    position = fields.IntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "services"
        unique_together = (("tenant_id", "name"),)


class Resource(TenantModel):
    """A person, chair, room, table or device: whatever can serve only one booking at a time."""

    location_id = fields.UUIDField()
    kind = fields.CharField(max_length=20)
    name = fields.CharField(max_length=120)
    title = fields.CharField(max_length=120, default="")
    synonyms: Any = fields.JSONField(default=list)
    hue = fields.SmallIntField(default=240)
    user_id = fields.UUIDField(null=True)
    position = fields.IntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "resources"
        indexes = (("tenant_id", "kind"),)


class ServiceResource(TenantModel):
    """Which resource can provide which service. A kind without any row for a service may be any of that kind."""

    service_id = fields.UUIDField()
    resource_id = fields.UUIDField()

    class Meta:
        table = "service_resources"
        unique_together = (("tenant_id", "service_id", "resource_id"),)


class WorkingHours(TenantModel):
    """One weekly range in local minutes of the day; `resource_id` is null for the location's own opening hours.

    `closes` may pass 1440 for a range that ends after midnight. Weekday 0 is Monday.
    """

    location_id = fields.UUIDField()
    resource_id = fields.UUIDField(null=True)
    weekday = fields.SmallIntField()
    opens = fields.SmallIntField()
    closes = fields.SmallIntField()

    class Meta:
        table = "working_hours"
        indexes = (("tenant_id", "location_id"),)


class DateOverride(TenantModel):
    """What holds on one date instead of the weekly hours: closed, or these ranges (`[[540, 720], …]`)."""

    location_id = fields.UUIDField()
    resource_id = fields.UUIDField(null=True)
    day = fields.DateField()
    ranges: Any = fields.JSONField(default=list)
    reason = fields.CharField(max_length=120, default="")

    class Meta:
        table = "date_overrides"
        indexes = (("tenant_id", "day"),)
