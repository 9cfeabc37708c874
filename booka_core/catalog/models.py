"""Rows of the catalogue."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from booka_core.sdk.models import TenantModel


class Location(TenantModel):
    """A place where a tenant receives customers. `holidays` names a public calendar such as `NG` or `DE-BY`."""

    name = fields.CharField(max_length=120)
    address = fields.CharField(max_length=240, default="")
    zone = fields.CharField(max_length=64)
    holidays = fields.CharField(max_length=12, db_default="")
    active = fields.BooleanField(default=True)

    class Meta:
        table = "locations"


class Service(TenantModel):
    """Something that can be booked. Minutes, and minor units of the tenant's currency.

    `demands` lists what it takes at once (`DemandSpec`; a bare kind such as `"chair"` is short for one of them), and
    `rules` is a `ServiceRules` without what is left at its default.
    """

    name = fields.CharField(max_length=120)
    synonyms: Any = fields.JSONField(default=list)
    category = fields.CharField(max_length=60, default="")
    minutes = fields.IntField()
    buffer_before = fields.IntField(default=0)
    buffer_after = fields.IntField(default=0)
    price = fields.BigIntField()
    demands: Any = fields.JSONField(default=list)
    rules: Any = fields.JSONField(db_default={})
    position = fields.IntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "services"
        unique_together = (("tenant_id", "name"),)


class Resource(TenantModel):
    """A person, chair, room, table or device. It serves `capacity` bookings at a time, each in a lane of its own.

    `weight` is the share of a rotation, a lower `priority` comes first, and `zone` is where a person's hours are read
    when that is not the location's zone.
    """

    location_id = fields.UUIDField()
    kind = fields.CharField(max_length=20)
    name = fields.CharField(max_length=120)
    title = fields.CharField(max_length=120, default="")
    synonyms: Any = fields.JSONField(default=list)
    hue = fields.SmallIntField(default=240)
    skills: Any = fields.JSONField(db_default=[])
    properties: Any = fields.JSONField(db_default={})
    capacity = fields.SmallIntField(db_default=1)
    weight = fields.SmallIntField(db_default=1)
    priority = fields.SmallIntField(db_default=0)
    zone = fields.CharField(max_length=64, null=True)
    user_id = fields.UUIDField(null=True)
    position = fields.IntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "resources"
        indexes = (("tenant_id", "kind"),)


class ServiceResource(TenantModel):
    """Which resource can provide which service. A kind without any row for a service may be any of that kind.

    `minutes` and `price` hold instead of the service's own where this resource serves.
    """

    service_id = fields.UUIDField()
    resource_id = fields.UUIDField()
    minutes = fields.IntField(null=True)
    price = fields.BigIntField(null=True)

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


class ServiceLocation(TenantModel):
    """Where a service is given, with its minutes and price there. Without any row it is given everywhere."""

    service_id = fields.UUIDField()
    location_id = fields.UUIDField()
    minutes = fields.IntField(null=True)
    price = fields.BigIntField(null=True)

    class Meta:
        table = "service_locations"
        unique_together = (("tenant_id", "service_id", "location_id"),)


class AddOn(TenantModel):
    """Something extra with a service, in minutes and minor units. Without `service_id` it goes with every service."""

    service_id = fields.UUIDField(null=True)
    name = fields.CharField(max_length=120)
    minutes = fields.IntField()
    price = fields.BigIntField()
    position = fields.IntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "add_ons"
        unique_together = (("tenant_id", "name"),)


class Absence(TenantModel):
    """A time in which a resource is away. Who asks for it is sent to `redirect_to`, where one is named."""

    resource_id = fields.UUIDField()
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    redirect_to = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=120, default="")

    class Meta:
        table = "absences"
        indexes = (("tenant_id", "ends_at"),)
