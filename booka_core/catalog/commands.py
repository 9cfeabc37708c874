"""Verbs that change what the bound tenant offers: its places, its services, and the people and things that serve. What
is written is checked as a whole first; the hours of places and people are in `hours`, prices of one's own in `terms`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from booka_core.catalog.checks import check_kind, check_resource, check_service, line, lines
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNameTaken, ServiceNotFound
from booka_core.catalog.hours import set_date_override, set_weekly_hours
from booka_core.catalog.revision import note_change
from booka_core.catalog.rules import DemandSpec, ServiceRules, Value
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.tenancy.places import check_zone

__all__ = [
    "add_location",
    "add_resource",
    "add_service",
    "change_location",
    "change_resource",
    "change_service",
    "note_change",
    "set_date_override",
    "set_weekly_hours",
]


async def add_location(*, name: str, zone: str, address: str = "") -> UUID:
    """Add a place; `zone` is an IANA name. Returns its id. A service given at every place so far is given here too.

    Raises `BadName`, `UnknownZone`.
    """
    check_zone(zone)
    values = [line(name, most=120), line(address, most=240, optional=True), zone]
    location_id = new_id()
    async with tenant_scope() as connection:
        everywhere = await connection.execute_query_dict(
            """select service_id from service_locations group by service_id
               having count(*) >= (select count(*) from locations where active)"""
        )
        await connection.execute_query(
            "insert into locations (id, tenant_id, name, address, zone, active) values ($1, $2, $3, $4, $5, true)",
            [location_id, current_tenant(), *values],
        )
        for row in everywhere:
            await connection.execute_query(
                "insert into service_locations (id, tenant_id, service_id, location_id) values ($1, $2, $3, $4)",
                [new_id(), current_tenant(), row["service_id"], location_id],
            )
        await note_change(connection)
    return location_id


async def change_location(
    location_id: UUID,
    *,
    name: str | None = None,
    zone: str | None = None,
    address: str | None = None,
    active: bool | None = None,
) -> None:
    """Set what is given of a place and keep the rest. Raises `LocationNotFound`, `BadName`, `UnknownZone`."""
    if zone is not None:
        check_zone(zone)
    given = {
        "name": None if name is None else line(name, most=120),
        "address": None if address is None else line(address, most=240, optional=True),
        "zone": zone,
        "active": active,
    }
    async with tenant_scope() as connection:
        if not await _set(connection, "locations", location_id, given):
            raise LocationNotFound
        await note_change(connection)


async def add_service(
    *,
    name: str,
    minutes: int,
    price: int,
    synonyms: Sequence[str] = (),
    category: str = "",
    buffer_before: int = 0,
    buffer_after: int = 0,
    demands: Sequence[DemandSpec | str] = ("staff",),
    rules: ServiceRules | None = None,
    position: int = 0,
) -> UUID:
    """Add a service; `price` in minor units of the tenant's currency, a bare kind for one of that kind. Returns its id.

    Raises `ServiceNameTaken`, `BadName`, and what `check_service` raises.
    """
    wanted = [DemandSpec.model_validate(demand) for demand in demands]
    asked = rules or ServiceRules()
    check_service(
        minutes=minutes,
        buffer_before=buffer_before,
        buffer_after=buffer_after,
        price=price,
        demands=wanted,
        rules=asked,
    )
    called = line(name, most=120)
    service_id = new_id()
    async with tenant_scope() as connection:
        made = await connection.execute_query_dict(
            """insert into services (id, tenant_id, name, synonyms, category, minutes, buffer_before, buffer_after,
                                     price, demands, rules, position, active)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, true)
               on conflict (tenant_id, name) do nothing returning id""",
            [
                service_id,
                current_tenant(),
                called,
                json.dumps(lines(synonyms, most=120)),
                line(category, most=60, optional=True),
                minutes,
                buffer_before,
                buffer_after,
                price,
                _stored_demands(wanted),
                _stored_rules(asked),
                position,
            ],
        )
        if not made:
            raise ServiceNameTaken(name=called)
        await note_change(connection)
    return service_id


async def change_service(
    service_id: UUID,
    *,
    name: str | None = None,
    minutes: int | None = None,
    price: int | None = None,
    synonyms: Sequence[str] | None = None,
    category: str | None = None,
    buffer_before: int | None = None,
    buffer_after: int | None = None,
    demands: Sequence[DemandSpec | str] | None = None,
    rules: ServiceRules | None = None,
    position: int | None = None,
    active: bool | None = None,
) -> None:
    """Set what is given of a service and keep the rest; `rules` replaces all of its rules. What is booked stays.

    Raises `ServiceNotFound`, `ServiceNameTaken`, `BadName`, and what `check_service` raises.
    """
    called = None if name is None else line(name, most=120)
    given: dict[str, Any] = {
        "minutes": minutes,
        "buffer_before": buffer_before,
        "buffer_after": buffer_after,
        "price": price,
        "demands": None if demands is None else [DemandSpec.model_validate(demand) for demand in demands],
        "rules": rules,
    }
    try:
        async with tenant_scope() as connection:
            rows = await connection.execute_query_dict(
                """select minutes, buffer_before, buffer_after, price, demands, rules from services where id = $1
                   for no key update""",
                [service_id],
            )
            if not rows:
                raise ServiceNotFound
            stands = {
                **rows[0],
                "demands": [DemandSpec.model_validate(demand) for demand in json.loads(rows[0]["demands"])],
                "rules": ServiceRules.model_validate_json(rows[0]["rules"]),
            }
            check_service(**{key: stands[key] if value is None else value for key, value in given.items()})
            changes = {
                **given,
                "demands": None if demands is None else _stored_demands(given["demands"]),
                "rules": None if rules is None else _stored_rules(rules),
                "name": called,
                "synonyms": None if synonyms is None else json.dumps(lines(synonyms, most=120)),
                "category": None if category is None else line(category, most=60, optional=True),
                "position": position,
                "active": active,
            }
            await _set(connection, "services", service_id, changes)
            await note_change(connection)
    except IntegrityError as error:
        raise ServiceNameTaken(name=called) from error


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
    skills: Sequence[str] = (),
    properties: Mapping[str, Value] | None = None,
    capacity: int = 1,
    weight: int = 1,
    priority: int = 0,
    zone: str | None = None,
) -> UUID:
    """Add a person or thing and the services it is named for. Returns its id.

    It serves `capacity` bookings at a time; `weight` is its share of a rotation, a lower `priority` comes first, and
    `zone` is where its own hours are read when that is not its place's zone. Raises `LocationNotFound`,
    `ServiceNotFound`, `BadName`, `BadKind`, and what `check_resource` raises.
    """
    check_kind(kind)
    can = lines(skills, most=60)
    has = dict(properties or {})
    check_resource(skills=can, properties=has, capacity=capacity, weight=weight, priority=priority, zone=zone)
    values = [
        kind,
        line(name, most=120),
        line(title, most=120, optional=True),
        json.dumps(lines(synonyms, most=120)),
        hue % 360,
        json.dumps(can),
        json.dumps(has),
        capacity,
        weight,
        priority,
        zone or None,
        position,
    ]
    resource_id = new_id()
    async with tenant_scope() as connection:
        await _require_location(connection, location_id)
        await connection.execute_query(
            """insert into resources (id, tenant_id, location_id, kind, name, title, synonyms, hue, skills, properties,
                                      capacity, weight, priority, zone, position, user_id, active)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, null, true)""",
            [resource_id, current_tenant(), location_id, *values],
        )
        await _name_for(connection, resource_id, service_ids)
        await note_change(connection)
    return resource_id


async def change_resource(
    resource_id: UUID,
    *,
    location_id: UUID | None = None,
    name: str | None = None,
    title: str | None = None,
    synonyms: Sequence[str] | None = None,
    hue: int | None = None,
    position: int | None = None,
    service_ids: Sequence[UUID] | None = None,
    skills: Sequence[str] | None = None,
    properties: Mapping[str, Value] | None = None,
    capacity: int | None = None,
    weight: int | None = None,
    priority: int | None = None,
    zone: str | None = None,
    active: bool | None = None,
) -> None:
    """Set what is given of a person or thing and keep the rest; the zone "" is that of the place again.

    `service_ids` replaces what it is named for, and keeps its own minutes and prices where it stays named. What is
    booked stays as it is. Raises `ResourceNotFound` and what `add_resource` raises.
    """
    can = None if skills is None else lines(skills, most=60)
    check_resource(
        skills=can or (),
        properties=properties or {},
        capacity=1 if capacity is None else capacity,
        weight=1 if weight is None else weight,
        priority=priority or 0,
        zone=zone,
    )
    given = {
        "location_id": location_id,
        "name": None if name is None else line(name, most=120),
        "title": None if title is None else line(title, most=120, optional=True),
        "synonyms": None if synonyms is None else json.dumps(lines(synonyms, most=120)),
        "hue": None if hue is None else hue % 360,
        "position": position,
        "skills": None if can is None else json.dumps(can),
        "properties": None if properties is None else json.dumps(dict(properties)),
        "capacity": capacity,
        "weight": weight,
        "priority": priority,
        "active": active,
    }
    async with tenant_scope() as connection:
        if location_id is not None:
            await _require_location(connection, location_id)
        if not await _set(connection, "resources", resource_id, given):
            raise ResourceNotFound
        if zone is not None:
            await connection.execute_query(
                "update resources set zone = nullif($2, '') where id = $1", [resource_id, zone]
            )
        if service_ids is not None:
            await connection.execute_query(
                "delete from service_resources where resource_id = $1 and service_id <> all($2)",
                [resource_id, list(service_ids)],
            )
            await _name_for(connection, resource_id, service_ids)
        await note_change(connection)


async def _name_for(connection: Queries, resource_id: UUID, service_ids: Sequence[UUID]) -> None:
    wanted = list(dict.fromkeys(service_ids))
    known = await connection.execute_query_dict("select id from services where id = any($1)", [wanted])
    if len(known) < len(wanted):
        raise ServiceNotFound
    for service_id in wanted:
        await connection.execute_query(
            """insert into service_resources (id, tenant_id, service_id, resource_id) values ($1, $2, $3, $4)
               on conflict (tenant_id, service_id, resource_id) do nothing""",
            [new_id(), current_tenant(), service_id, resource_id],
        )


async def _require_location(connection: Queries, location_id: UUID) -> None:
    if not await connection.execute_query_dict("select 1 from locations where id = $1", [location_id]):
        raise LocationNotFound


async def _set(connection: Queries, table: str, row_id: UUID, given: Mapping[str, Any]) -> bool:
    """Write the columns that are not None; whether there is such a row at all."""
    changes = {column: value for column, value in given.items() if value is not None}
    columns = ", ".join(f"{column} = ${place}" for place, column in enumerate(changes, start=2))
    changed, _ = await connection.execute_query(
        f"update {table} set {columns or 'id = id'} where id = $1", [row_id, *changes.values()]
    )
    return bool(changed)


def _stored_demands(demands: Sequence[DemandSpec]) -> str:
    bare = (DemandSpec(kind=demand.kind) for demand in demands)
    return json.dumps(
        [
            demand.kind if demand == plain else {"kind": demand.kind, **demand.model_dump(exclude_defaults=True)}
            for demand, plain in zip(demands, bare, strict=True)
        ]
    )


def _stored_rules(rules: ServiceRules) -> str:
    return rules.model_dump_json(exclude_defaults=True)
