"""Reads of the catalogue of the bound tenant."""

from __future__ import annotations

import json
from collections import OrderedDict
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter

from booka_core.catalog.types import (
    AbsenceInfo,
    AddOnInfo,
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
from booka_core.kernel import clock
from booka_core.tenancy.queries import read_tenant

# One statement: a shop is read again by every process after every change, and nine questions cost nine round trips.
# Each table is read by itself and joined here: a subquery per row costs a hundred times as much in a large shop.
_SHOP = """
select
  (select jsonb_agg(to_jsonb(l) order by l.name, l.id) from
    (select id, name, address, zone, holidays from locations where active) l) as locations,
  (select jsonb_agg(to_jsonb(s) - 'position' order by s.position, s.name) from
    (select id, name, synonyms, category, minutes, buffer_before, buffer_after, price, demands, active, rules, position
     from services where active) s) as services,
  (select jsonb_agg(to_jsonb(r) - 'position' order by r.kind, r.position, r.name) from
    (select id, location_id, kind, name, title, synonyms, hue, active, skills, properties, capacity, weight, priority,
            zone, position
     from resources where active) r) as resources,
  (select jsonb_agg(jsonb_build_array(n.service_id, n.resource_id, r.kind, n.minutes, n.price)
                    order by n.service_id, n.resource_id)
   from service_resources n join resources r on r.id = n.resource_id) as named,
  (select jsonb_agg(jsonb_build_array(service_id, location_id, minutes, price) order by service_id, location_id)
   from service_locations) as given,
  (select currency from tenants where id = $2) as currency,
  (select jsonb_agg(to_jsonb(a) - 'position' order by a.position, a.name) from
    (select id, service_id, name, minutes, price, position from add_ons where active) a) as add_ons,
  (select jsonb_agg(to_jsonb(h) order by h.weekday, h.opens) from
    (select location_id, resource_id, weekday, opens, closes from working_hours) h) as hours,
  (select jsonb_agg(to_jsonb(o) order by o.day) from
    (select location_id, resource_id, day, ranges, reason from date_overrides) o) as overrides,
  (select jsonb_agg(to_jsonb(b) order by b.starts_at, b.id) from
    (select id, resource_id, starts_at, ends_at, redirect_to, reason from absences where ends_at > $1) b) as absences
"""
_LOCATIONS: Final = TypeAdapter(tuple[LocationInfo, ...])
_SERVICES: Final = TypeAdapter(tuple[ServiceInfo, ...])
_RESOURCES: Final = TypeAdapter(tuple[ResourceInfo, ...])
_ADD_ONS: Final = TypeAdapter(tuple[AddOnInfo, ...])
_HOURS: Final = TypeAdapter(tuple[HoursInfo, ...])
_OVERRIDES: Final = TypeAdapter(tuple[OverrideInfo, ...])
_ABSENCES: Final = TypeAdapter(tuple[AbsenceInfo, ...])

_KEPT_ABSENCES = timedelta(days=62)
"""So long after its end an absence is still shown in the days that it covered."""

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
    values = [clock.now() - _KEPT_ABSENCES, current_tenant()]
    found = (await connection.execute_query_dict(_SHOP, values))[0]
    currency = found.pop("currency")
    tables = {name: json.loads(document) if document else [] for name, document in found.items()}
    _join(tables, currency=currency)
    return Shop(
        catalogue=Catalogue(
            locations=_LOCATIONS.validate_python(tables["locations"]),
            services=_SERVICES.validate_python(tables["services"]),
            resources=_RESOURCES.validate_python(tables["resources"]),
            add_ons=_ADD_ONS.validate_python(tables["add_ons"]),
        ),
        timetable=Timetable(
            hours=_HOURS.validate_python(tables["hours"]),
            overrides=_OVERRIDES.validate_python(tables["overrides"]),
            absences=_ABSENCES.validate_python(tables["absences"]),
        ),
    )


def _join(tables: dict[str, list[Any]], *, currency: str) -> None:
    """Say on each service and resource what other tables say of it."""
    services = {row["id"]: row for row in tables["services"]}
    resources = {row["id"]: row for row in tables["resources"]}
    for row in services.values():
        row |= {"price": {"amount": row["price"], "currency": currency}, "own": {}}
        row |= {"resource_ids": [], "named_kinds": [], "location_ids": []}
    for row in resources.values():
        row |= {"service_ids": [], "also_at": []}
    for service_id, resource_id, kind, minutes, price in tables["named"]:
        if service_id in services:
            _note(services[service_id]["resource_ids"], resource_id)
            _note(services[service_id]["named_kinds"], kind)
            _own(services[service_id], resource_id, minutes, price)
        if resource_id in resources:
            _note(resources[resource_id]["service_ids"], service_id)
    for service_id, location_id, minutes, price in tables["given"]:
        if service_id in services:
            _note(services[service_id]["location_ids"], location_id)
            _own(services[service_id], location_id, minutes, price)
    _also_at(resources, tables["hours"])


def _also_at(resources: dict[str, dict[str, Any]], hours: list[dict[str, Any]]) -> None:
    for row in hours:
        resource = resources.get(row["resource_id"])
        if resource is not None and row["location_id"] != resource["location_id"]:
            _note(resource["also_at"], row["location_id"])


def _note(values: list[Any], value: Any) -> None:
    if value not in values:
        values.append(value)


def _own(service: dict[str, Any], owner: str, minutes: int | None, price: int | None) -> None:
    if minutes is not None or price is not None:
        service["own"][owner] = {"minutes": minutes, "price": price}
