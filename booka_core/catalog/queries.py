"""Reads of the catalogue of the bound tenant."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from booka_core.catalog.types import (
    Catalogue,
    HoursInfo,
    LocationInfo,
    OverrideInfo,
    ResourceInfo,
    ServiceInfo,
    Timetable,
)
from booka_core.db.scope import Queries, tenant_scope
from booka_core.sdk.values import Money

_SERVICES = """
select s.id, s.name, s.synonyms, s.category, s.minutes, s.buffer_before, s.buffer_after, s.price, s.demands, s.active,
       (select currency from tenants where id = s.tenant_id) as currency,
       coalesce((select array_agg(resource_id order by resource_id) from service_resources x where x.service_id = s.id),
                '{}') as resource_ids
from services s where s.active order by s.position, s.name
"""
_RESOURCES = """
select r.id, r.location_id, r.kind, r.name, r.title, r.synonyms, r.hue, r.active,
       coalesce((select array_agg(service_id order by service_id) from service_resources x where x.resource_id = r.id),
                '{}') as service_ids
from resources r where r.active order by r.kind, r.position, r.name
"""


async def catalogue() -> Catalogue:
    """Everything active that the tenant offers."""
    async with tenant_scope() as connection:
        return await read_catalogue(connection)


async def read_catalogue(connection: Queries) -> Catalogue:
    """The catalogue as seen by an open scope."""
    places = await connection.execute_query_dict(
        "select id, name, address, zone from locations where active order by name, id limit 1"
    )
    services = await connection.execute_query_dict(_SERVICES)
    resources = await connection.execute_query_dict(_RESOURCES)
    return Catalogue(
        location=LocationInfo(**places[0]) if places else None,
        services=tuple(_service(row) for row in services),
        resources=tuple(_resource(row) for row in resources),
    )


async def read_timetable(connection: Queries, location: LocationInfo, *, first: date, last: date) -> Timetable:
    """Weekly hours, and the overrides from `first` to `last` inclusive."""
    hours = await connection.execute_query_dict(
        "select resource_id, weekday, opens, closes from working_hours where location_id = $1 order by weekday, opens",
        [location.id],
    )
    overrides = await connection.execute_query_dict(
        """select resource_id, day, ranges, reason from date_overrides
           where location_id = $1 and day between $2 and $3 order by day""",
        [location.id, first, last],
    )
    return Timetable(
        zone=location.zone,
        hours=tuple(HoursInfo(**row) for row in hours),
        overrides=tuple(
            OverrideInfo(
                resource_id=row["resource_id"],
                day=row["day"],
                ranges=tuple((a, b) for a, b in json.loads(row["ranges"])),
                reason=row["reason"],
            )
            for row in overrides
        ),
    )


async def timetable(*, first: date, last: date) -> Timetable | None:
    """The timetable of the tenant's location; None while it has none."""
    async with tenant_scope() as connection:
        place = (await read_catalogue(connection)).location
        return await read_timetable(connection, place, first=first, last=last) if place else None


def _service(row: dict[str, Any]) -> ServiceInfo:
    return ServiceInfo(
        id=row["id"],
        name=row["name"],
        synonyms=tuple(json.loads(row["synonyms"])),
        category=row["category"],
        minutes=row["minutes"],
        buffer_before=row["buffer_before"],
        buffer_after=row["buffer_after"],
        price=Money(amount=row["price"], currency=row["currency"]),
        demands=tuple(json.loads(row["demands"])),
        resource_ids=_ids(row["resource_ids"]),
        active=row["active"],
    )


def _resource(row: dict[str, Any]) -> ResourceInfo:
    return ResourceInfo(
        **{name: row[name] for name in ("id", "location_id", "kind", "name", "title", "hue", "active")},
        synonyms=tuple(json.loads(row["synonyms"])),
        service_ids=_ids(row["service_ids"]),
    )


def _ids(values: Any) -> tuple[UUID, ...]:
    return tuple(UUID(str(value)) for value in values)
