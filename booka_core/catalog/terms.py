"""Verbs for what goes with a service: where it is given, what it takes and costs with one person or at one place, and
the extras that customers may add.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tortoise.exceptions import IntegrityError

from booka_core.catalog.checks import check_minutes, check_price, line
from booka_core.catalog.errors import (
    AddOnNameTaken,
    AddOnNotFound,
    BadDuration,
    LocationNotFound,
    OneOverride,
    ResourceNotFound,
    ServiceNotFound,
)
from booka_core.catalog.revision import note_change
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel.ids import new_id


async def set_places(service_id: UUID, location_ids: Sequence[UUID]) -> None:
    """Say at which places a service is given; none means everywhere. What a place has of its own stays where it can.

    Raises `ServiceNotFound`, `LocationNotFound`.
    """
    places = list(dict.fromkeys(location_ids))
    async with tenant_scope() as connection:
        await _lock_service(connection, service_id)
        known = await connection.execute_query_dict("select id from locations where id = any($1)", [places])
        if len(known) < len(places):
            raise LocationNotFound
        await connection.execute_query(
            "delete from service_locations where service_id = $1 and location_id <> all($2)", [service_id, places]
        )
        for location_id in places:
            await _give_at(connection, service_id, location_id)
        await note_change(connection)


async def set_override(
    service_id: UUID,
    *,
    resource_id: UUID | None = None,
    location_id: UUID | None = None,
    minutes: int | None = None,
    price: int | None = None,
) -> None:
    """Say what a service takes or costs with one resource, or at one place; None follows the service again.

    A service that anybody of a kind may do, or that is given everywhere, stays so: all of them are then named for it.
    Raises `OneOverride`, `BadDuration`, `TooShortForSegments`, `BadPrice`, `ServiceNotFound`, `ResourceNotFound`,
    `LocationNotFound`.
    """
    check_price(price)
    async with tenant_scope() as connection:
        rules = await _lock_service(connection, service_id)
        check_minutes(minutes, rules)
        if resource_id is not None and location_id is None:
            await _name_resources(connection, service_id, resource_id)
            await connection.execute_query(
                """update service_resources set minutes = $3, price = $4
                   where service_id = $1 and resource_id = $2""",
                [service_id, resource_id, minutes, price],
            )
        elif location_id is not None and resource_id is None:
            await _name_places(connection, service_id, location_id)
            await connection.execute_query(
                """update service_locations set minutes = $3, price = $4
                   where service_id = $1 and location_id = $2""",
                [service_id, location_id, minutes, price],
            )
        else:
            raise OneOverride
        await note_change(connection)


async def add_add_on(
    *, name: str, minutes: int = 0, price: int = 0, service_id: UUID | None = None, position: int = 0
) -> UUID:
    """Add something extra that goes with one service, or with every one. Returns its id.

    Raises `AddOnNameTaken`, `BadName`, `BadDuration`, `BadPrice`, `ServiceNotFound`.
    """
    called = line(name, most=120)
    _check_add_on(minutes, price)
    add_on_id = new_id()
    async with tenant_scope() as connection:
        if service_id is not None:
            await _lock_service(connection, service_id)
        made = await connection.execute_query_dict(
            """insert into add_ons (id, tenant_id, service_id, name, minutes, price, position, active)
               values ($1, $2, $3, $4, $5, $6, $7, true) on conflict (tenant_id, name) do nothing returning id""",
            [add_on_id, current_tenant(), service_id, called, minutes, price, position],
        )
        if not made:
            raise AddOnNameTaken(name=called)
        await note_change(connection)
    return add_on_id


async def change_add_on(
    add_on_id: UUID,
    *,
    name: str | None = None,
    minutes: int | None = None,
    price: int | None = None,
    active: bool | None = None,
) -> None:
    """Set what is given of an add-on and keep the rest.

    Raises `AddOnNotFound`, `AddOnNameTaken`, `BadName`, `BadDuration`, `BadPrice`.
    """
    called = None if name is None else line(name, most=120)
    _check_add_on(minutes, price)
    try:
        async with tenant_scope() as connection:
            changed, _ = await connection.execute_query(
                """update add_ons set name = coalesce($2, name), minutes = coalesce($3, minutes),
                          price = coalesce($4, price), active = coalesce($5, active) where id = $1""",
                [add_on_id, called, minutes, price, active],
            )
            if not changed:
                raise AddOnNotFound
            await note_change(connection)
    except IntegrityError as error:
        raise AddOnNameTaken(name=called) from error


def _check_add_on(minutes: int | None, price: int | None) -> None:
    if minutes is not None and not 0 <= minutes <= 1440:
        raise BadDuration
    check_price(price)


async def _lock_service(connection: Queries, service_id: UUID) -> ServiceRules:
    """The rules of a service whose rows nobody else changes meanwhile."""
    rows = await connection.execute_query_dict(
        "select rules from services where id = $1 for no key update", [service_id]
    )
    if not rows:
        raise ServiceNotFound
    return ServiceRules.model_validate_json(rows[0]["rules"])


async def _name_resources(connection: Queries, service_id: UUID, resource_id: UUID) -> None:
    """Name a resource for a service; when none of its kind was, all of them are."""
    rows = await connection.execute_query_dict(
        """select x.id, exists (select 1 from service_resources n join resources r on r.id = n.resource_id
                                where n.service_id = $1 and r.kind = x.kind) as kind_is_named
           from resources x
           where x.id = $2 or (x.active and x.kind = (select kind from resources where id = $2))""",
        [service_id, resource_id],
    )
    if resource_id not in {row["id"] for row in rows}:
        raise ResourceNotFound
    for row in rows:
        if row["id"] == resource_id or not row["kind_is_named"]:
            await connection.execute_query(
                """insert into service_resources (id, tenant_id, service_id, resource_id) values ($1, $2, $3, $4)
                   on conflict (tenant_id, service_id, resource_id) do nothing""",
                [new_id(), current_tenant(), service_id, row["id"]],
            )


async def _name_places(connection: Queries, service_id: UUID, location_id: UUID) -> None:
    """Name a place for a service; when it was given everywhere, every place is."""
    rows = await connection.execute_query_dict(
        """select x.id, exists (select 1 from service_locations where service_id = $1) as named
           from locations x where x.id = $2 or x.active""",
        [service_id, location_id],
    )
    if location_id not in {row["id"] for row in rows}:
        raise LocationNotFound
    for row in rows:
        if row["id"] == location_id or not row["named"]:
            await _give_at(connection, service_id, row["id"])


async def _give_at(connection: Queries, service_id: UUID, location_id: UUID) -> None:
    await connection.execute_query(
        """insert into service_locations (id, tenant_id, service_id, location_id) values ($1, $2, $3, $4)
           on conflict (tenant_id, service_id, location_id) do nothing""",
        [new_id(), current_tenant(), service_id, location_id],
    )
