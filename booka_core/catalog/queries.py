"""Reads of the catalogue of the bound tenant."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any
from uuid import UUID

from booka_core.catalog.types import (
    Catalogue,
    HoursInfo,
    LocationInfo,
    OverrideInfo,
    ResourceInfo,
    ServiceInfo,
    Shop,
    Timetable,
)
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.sdk.values import Money
from booka_core.tenancy.queries import read_tenant

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


_HOURS = "select location_id, resource_id, weekday, opens, closes from working_hours order by weekday, opens"
_OVERRIDES = "select location_id, resource_id, day, ranges, reason from date_overrides order by day"

_MOST_SHOPS = 512
_shops: OrderedDict[UUID, tuple[int, Shop]] = OrderedDict()


async def catalogue() -> Catalogue:
    """Everything active that the tenant offers."""
    return (await shop()).catalogue


async def shop() -> Shop:
    """What the tenant offers, and when."""
    async with tenant_scope() as connection:
        return await read_shop(connection, (await read_tenant(connection)).catalog_revision)


async def read_shop(connection: Queries, revision: int) -> Shop:
    """The shop as an open scope sees it, kept in this process until its revision changes.

    A change of the catalogue raises the revision in its own transaction, so what is kept is never older than
    `revision`, which the caller has just read.
    """
    tenant = current_tenant()
    kept = _shops.get(tenant)
    if kept is not None and kept[0] == revision:
        _shops.move_to_end(tenant)
        return kept[1]
    found = await _load(connection)
    _shops[tenant] = (revision, found)
    while len(_shops) > _MOST_SHOPS:
        _shops.popitem(last=False)
    return found


async def _load(connection: Queries) -> Shop:
    places = await connection.execute_query_dict(
        "select id, name, address, zone from locations where active order by name, id limit 1"
    )
    services = await connection.execute_query_dict(_SERVICES)
    resources = await connection.execute_query_dict(_RESOURCES)
    hours = await connection.execute_query_dict(_HOURS)
    overrides = await connection.execute_query_dict(_OVERRIDES)
    location = LocationInfo(**places[0]) if places else None
    here = location.id if location else None
    return Shop(
        catalogue=Catalogue(
            location=location,
            services=tuple(_service(row) for row in services),
            resources=tuple(_resource(row) for row in resources),
        ),
        timetable=Timetable(
            zone=location.zone if location else "UTC",
            hours=tuple(HoursInfo(**row) for row in hours if row.pop("location_id") == here),
            overrides=tuple(
                OverrideInfo(
                    resource_id=row["resource_id"],
                    day=row["day"],
                    ranges=tuple((a, b) for a, b in json.loads(row["ranges"])),
                    reason=row["reason"],
                )
                for row in overrides
                if row["location_id"] == here
            ),
        ),
    )


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
