"""Reads of the catalogue of the bound tenant."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import Any, Final, TypeVar
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

# One statement: a shop is read again by every process after every change, and eight questions cost eight round trips.
_SHOP = """
select
  (select jsonb_agg(to_jsonb(l) order by l.name, l.id) from
    (select id, name, address, zone, holidays from locations where active) l) as locations,
  (select jsonb_agg(to_jsonb(s) - 'position' order by s.position, s.name) from
    (select id, name, synonyms, category, minutes, buffer_before, buffer_after, demands, active, rules, position,
            jsonb_build_object('amount', price, 'currency', (select currency from tenants where id = x.tenant_id))
              as price,
            coalesce((select jsonb_agg(n.resource_id order by n.resource_id) from service_resources n
                      where n.service_id = x.id), '[]') as resource_ids,
            coalesce((select jsonb_agg(distinct r.kind) from service_resources n join resources r
                      on r.id = n.resource_id where n.service_id = x.id), '[]') as named_kinds,
            coalesce((select jsonb_agg(p.location_id order by p.location_id) from service_locations p
                      where p.service_id = x.id), '[]') as location_ids,
            coalesce((select jsonb_object_agg(o.id, jsonb_build_object('minutes', o.minutes, 'price', o.price)) from
                       (select resource_id as id, minutes, price from service_resources where service_id = x.id
                        union all
                        select location_id, minutes, price from service_locations where service_id = x.id) o
                      where o.minutes is not null or o.price is not null), '{}') as own
     from services x where active) s) as services,
  (select jsonb_agg(to_jsonb(r) - 'position' order by r.kind, r.position, r.name) from
    (select id, location_id, kind, name, title, synonyms, hue, active, skills, properties, capacity, weight, priority,
            zone, position,
            coalesce((select jsonb_agg(n.service_id order by n.service_id) from service_resources n
                      where n.resource_id = x.id), '[]') as service_ids,
            coalesce((select jsonb_agg(distinct h.location_id) from working_hours h
                      where h.resource_id = x.id and h.location_id <> x.location_id), '[]') as also_at
     from resources x where active) r) as resources,
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

T = TypeVar("T")
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
    found = (await connection.execute_query_dict(_SHOP, [clock.now() - _KEPT_ABSENCES]))[0]
    return Shop(
        catalogue=Catalogue(
            locations=_rows(_LOCATIONS, found["locations"]),
            services=_rows(_SERVICES, found["services"]),
            resources=_rows(_RESOURCES, found["resources"]),
            add_ons=_rows(_ADD_ONS, found["add_ons"]),
        ),
        timetable=Timetable(
            hours=_rows(_HOURS, found["hours"]),
            overrides=_rows(_OVERRIDES, found["overrides"]),
            absences=_rows(_ABSENCES, found["absences"]),
        ),
    )


def _rows(shape: TypeAdapter[tuple[T, ...]], document: Any) -> tuple[T, ...]:
    return shape.validate_json(document) if document else ()
