"""Verbs that change the catalogue of the bound tenant."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from booka_core.catalog.errors import (
    BadDuration,
    BadHours,
    BadPrice,
    LocationNotFound,
    ResourceNotFound,
    ServiceNameTaken,
)
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel.ids import new_id

Ranges = Sequence[tuple[int, int]]


async def add_location(*, name: str, zone: str, address: str = "") -> UUID:
    """Add a place; `zone` is an IANA name. Returns its id."""
    location_id = new_id()
    async with tenant_scope() as connection:
        await connection.execute_query(
            "insert into locations (id, tenant_id, name, address, zone, active) values ($1, $2, $3, $4, $5, true)",
            [location_id, current_tenant(), name, address, zone],
        )
        await _note_change(connection)
    return location_id


async def add_service(
    *,
    name: str,
    minutes: int,
    price: int,
    synonyms: Sequence[str] = (),
    category: str = "",
    buffer_before: int = 0,
    buffer_after: int = 0,
    demands: Sequence[str] = ("staff",),
    position: int = 0,
) -> UUID:
    """Add a service; `price` in minor units of the tenant's currency. Returns its id.

    Raises `BadDuration`, `BadPrice`, `ServiceNameTaken`.
    """
    if not 1 <= minutes <= 14400 or not 0 <= buffer_before <= 1440 or not 0 <= buffer_after <= 1440:
        raise BadDuration
    if price < 0:
        raise BadPrice
    service_id = new_id()
    async with tenant_scope() as connection:
        made = await connection.execute_query_dict(
            """insert into services (id, tenant_id, name, synonyms, category, minutes, buffer_before, buffer_after,
                                     price, demands, position, active)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true)
               on conflict (tenant_id, name) do nothing returning id""",
            [
                service_id,
                current_tenant(),
                name,
                json.dumps(list(synonyms)),
                category,
                minutes,
                buffer_before,
                buffer_after,
                price,
                json.dumps(list(demands)),
                position,
            ],
        )
        if not made:
            raise ServiceNameTaken(name=name)
        await _note_change(connection)
    return service_id


async def add_resource(
    *,
    location_id: UUID,
    name: str,
    kind: str = "staff",
    title: str = "",
    synonyms: Sequence[str] = (),
    hue: int = 240,
    position: int = 0,
    service_ids: Sequence[UUID] = (),
) -> UUID:
    """Add a person or thing and the services it is named for. Returns its id. Raises `LocationNotFound`."""
    resource_id = new_id()
    async with tenant_scope() as connection:
        if not await connection.execute_query_dict("select 1 from locations where id = $1", [location_id]):
            raise LocationNotFound
        await connection.execute_query(
            """insert into resources (id, tenant_id, location_id, kind, name, title, synonyms, hue, user_id, position,
                                      active)
               values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, true)""",
            [
                resource_id,
                current_tenant(),
                location_id,
                kind,
                name,
                title,
                json.dumps(list(synonyms)),
                hue % 360,
                position,
            ],
        )
        for service_id in service_ids:
            await connection.execute_query(
                "insert into service_resources (id, tenant_id, service_id, resource_id) values ($1, $2, $3, $4)",
                [new_id(), current_tenant(), service_id, resource_id],
            )
        await _note_change(connection)
    return resource_id


async def set_weekly_hours(week: Mapping[int, Ranges], *, location_id: UUID, resource_id: UUID | None = None) -> None:
    """Replace the weekly hours of a resource, or of the location itself: weekday (0 is Monday) to local minutes.

    Raises `BadHours`, `ResourceNotFound`.
    """
    for weekday, ranges in week.items():
        if not 0 <= weekday <= 6:
            raise BadHours
        _check_ranges(ranges)
    async with tenant_scope() as connection:
        await _require_resource(resource_id)
        await connection.execute_query(
            "delete from working_hours where location_id = $1 and resource_id is not distinct from $2",
            [location_id, resource_id],
        )
        for weekday, ranges in week.items():
            for opens, closes in ranges:
                await connection.execute_query(
                    """insert into working_hours (id, tenant_id, location_id, resource_id, weekday, opens, closes)
                       values ($1, $2, $3, $4, $5, $6, $7)""",
                    [new_id(), current_tenant(), location_id, resource_id, weekday, opens, closes],
                )
        await _note_change(connection)


async def set_date_override(
    day: date, ranges: Ranges, *, location_id: UUID, resource_id: UUID | None = None, reason: str = ""
) -> None:
    """Say what holds on one date instead of the weekly hours; no ranges means closed.

    Raises `BadHours`, `ResourceNotFound`.
    """
    _check_ranges(ranges)
    async with tenant_scope() as connection:
        await _require_resource(resource_id)
        await connection.execute_query(
            """delete from date_overrides
               where location_id = $1 and resource_id is not distinct from $2 and day = $3""",
            [location_id, resource_id, day],
        )
        await connection.execute_query(
            """insert into date_overrides (id, tenant_id, location_id, resource_id, day, ranges, reason)
               values ($1, $2, $3, $4, $5, $6, $7)""",
            [new_id(), current_tenant(), location_id, resource_id, day, json.dumps([list(r) for r in ranges]), reason],
        )
        await _note_change(connection)


async def _note_change(connection: Queries) -> None:
    """Tell every process that what it keeps of this catalogue is old."""
    await connection.execute_query(
        "update tenants set catalog_revision = catalog_revision + 1 where id = $1", [current_tenant()]
    )


async def _require_resource(resource_id: UUID | None) -> None:
    if resource_id is None:
        return
    async with tenant_scope() as connection:
        if not await connection.execute_query_dict("select 1 from resources where id = $1", [resource_id]):
            raise ResourceNotFound


def _check_ranges(ranges: Ranges) -> None:
    last = -1
    for opens, closes in sorted(ranges):
        if not 0 <= opens < 1440 or not opens < closes <= 2880 or opens < last:
            raise BadHours
        last = closes
