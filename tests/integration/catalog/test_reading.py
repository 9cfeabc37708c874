"""What other rooms read of the catalogue: everything active, of every place, and kept until something changes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from booka_core.catalog.commands import add_service
from booka_core.catalog.queries import catalogue, shop
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.testing.salon import Salon


@pytest.fixture(autouse=True)
def _bound(salon: Salon) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def test_a_shop_is_read_with_its_rules_places_and_hours(salon: Salon) -> None:
    found = await shop()

    assert [place.id for place in found.catalogue.locations] == [salon.location_id]
    assert found.catalogue.location == found.catalogue.at(salon.location_id)
    colour = found.catalogue.service(salon.colour)
    assert colour is not None
    assert colour.demands == (DemandSpec(), DemandSpec(kind="chair"))
    assert colour.kinds == ("staff", "chair")
    assert colour.rules == ServiceRules()
    assert colour.named_kinds == ("staff",)
    assert (colour.price.amount, colour.price.currency) == (3_500_000, salon.tenant.currency)
    assert {row.location_id for row in found.timetable.hours} == {salon.location_id}
    assert [row.weekday for row in found.timetable.hours] == [0, 1, 2, 3, 4, 5]


async def test_what_older_versions_stored_can_still_be_read(salon: Salon) -> None:
    async with tenant_scope() as connection:
        await connection.execute_query(
            "update services set demands = $1, rules = '{}', synonyms = '[]' where id = $2",
            [json.dumps(["staff", {"kind": "chair", "count": 2}]), salon.colour],
        )

    colour = (await catalogue()).service(salon.colour)

    assert colour is not None
    assert colour.demands == (DemandSpec(), DemandSpec(kind="chair", count=2))


async def test_a_shop_is_kept_until_something_changes(salon: Salon) -> None:
    first = await shop()
    assert await shop() is first

    await add_service(name="Blow dry", minutes=30, price=800_000)

    assert {s.name for s in (await catalogue()).services} - {s.name for s in first.catalogue.services} == {"Blow dry"}


async def test_an_empty_shop_offers_nothing(tenant: object, salon: Salon) -> None:
    async with tenant_scope() as connection:
        for table in ("working_hours", "service_resources", "resources", "services", "locations"):
            await connection.execute_query(f"delete from {table}")
        await connection.execute_query("update tenants set catalog_revision = catalog_revision + 1")

    found = await shop()

    assert found.catalogue.location is None
    assert (found.catalogue.services, found.catalogue.resources, found.timetable.hours) == ((), (), ())
