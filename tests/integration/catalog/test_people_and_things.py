"""Who and what serves: named for services, with skills and properties, at places, with a share of the work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from booka_core.catalog.commands import add_location, add_resource, change_location, change_resource
from booka_core.catalog.errors import (
    BadCapacity,
    BadHours,
    BadKind,
    BadName,
    BadShare,
    BadSkills,
    LocationNotFound,
    ResourceNotFound,
    ServiceNotFound,
)
from booka_core.catalog.hours import set_weekly_hours
from booka_core.catalog.queries import catalogue, shop
from booka_core.catalog.types import ResourceInfo
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.tenancy.errors import UnknownZone
from booka_core.testing.salon import Salon

NONSENSE: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"name": ""}, BadName),
    ({"skills": [f"skill {number}" for number in range(41)]}, BadSkills),
    ({"properties": {"": 1}}, BadSkills),
    ({"properties": {"seats": "four"}}, BadSkills),
    ({"properties": {"seats": 0}}, BadSkills),
    ({"capacity": 0}, BadCapacity),
    ({"capacity": 501}, BadCapacity),
    ({"weight": 0}, BadShare),
    ({"priority": 40_000}, BadShare),
    ({"zone": "Lagos"}, UnknownZone),
    ({"service_ids": [new_id()]}, ServiceNotFound),
    ({"location_id": new_id()}, LocationNotFound),
]


@pytest.fixture(autouse=True)
def _bound(salon: Salon) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def stored(resource_id: UUID) -> ResourceInfo:
    found = (await catalogue()).resource(resource_id)
    assert found is not None
    return found


async def test_a_resource_keeps_all_that_is_said_of_it(salon: Salon) -> None:
    made = await stored(
        await add_resource(
            location_id=salon.location_id,
            name="Chidi",
            service_ids=[salon.haircut],
            skills=["colour", "extensions", "colour"],
            properties={"seats": 4, "window": True, "floor": "ground"},
            capacity=2,
            weight=3,
            priority=-5,
            zone="Europe/London",
        )
    )

    assert made.skills == ("colour", "extensions")
    assert made.properties == {"seats": 4, "window": True, "floor": "ground"}
    assert (made.capacity, made.weight, made.priority, made.zone) == (2, 3, -5, "Europe/London")
    assert made.service_ids == (salon.haircut,)


async def test_nonsense_is_named_and_leaves_nothing_behind(salon: Salon) -> None:
    before = await catalogue()

    for given, error in NONSENSE:
        with pytest.raises(error):
            await add_resource(**{"location_id": salon.location_id, "name": "New", **given})
        with pytest.raises(error):
            await change_resource(salon.ada, **given)

    assert await catalogue() == before


async def test_a_kind_is_a_short_word(salon: Salon) -> None:
    with pytest.raises(BadKind):
        await add_resource(location_id=salon.location_id, name="Chidi", kind="Very Special Person")


async def test_what_is_given_is_changed_and_the_rest_is_kept(salon: Salon) -> None:
    before = await stored(salon.ada)

    await change_resource(salon.ada, title="Owner", zone="Europe/London", service_ids=[salon.haircut, salon.colour])

    after = await stored(salon.ada)
    assert (after.title, after.zone, set(after.service_ids)) == (
        "Owner",
        "Europe/London",
        {salon.haircut, salon.colour},
    )
    kept = {"title", "zone", "service_ids"}
    assert after.model_dump(exclude=kept) == before.model_dump(exclude=kept)
    await change_resource(salon.ada, zone="")
    assert (await stored(salon.ada)).zone is None
    with pytest.raises(ResourceNotFound):
        await change_resource(new_id(), name="Nobody")


async def test_a_service_whose_only_person_left_is_nobody_elses(salon: Salon) -> None:
    await change_resource(salon.ada, active=False)

    shop = await catalogue()
    braids, colour = shop.service(salon.braids), shop.service(salon.colour)
    assert braids is not None
    assert colour is not None
    assert shop.candidates(braids, "staff") == ()
    assert [one.id for one in shop.candidates(colour, "chair")] == [salon.chair]


async def test_places_are_added_and_changed(salon: Salon) -> None:
    branch = await add_location(name="Airport", zone="Africa/Lagos", address="1 Runway")
    await change_location(branch, name="Airport hall", zone="Africa/Accra")

    found = await shop()
    place = found.catalogue.at(branch)
    assert place is not None
    assert (place.name, place.zone, place.address) == ("Airport hall", "Africa/Accra", "1 Runway")
    assert found.catalogue.location == place  # by name
    with pytest.raises(UnknownZone):
        await add_location(name="Moon", zone="Moon/Base")
    with pytest.raises(LocationNotFound):
        await change_location(new_id(), name="Nowhere")
    await change_location(branch, active=False)
    assert [one.id for one in (await catalogue()).locations] == [salon.location_id]


async def test_hours_are_written_for_places_and_people_that_exist(salon: Salon) -> None:
    with pytest.raises(LocationNotFound):
        await set_weekly_hours({0: [(540, 600)]}, location_id=new_id())
    with pytest.raises(ResourceNotFound):
        await set_weekly_hours({0: [(540, 600)]}, location_id=salon.location_id, resource_id=new_id())
    for week in ({7: [(540, 600)]}, {0: [(600, 540)]}, {0: [(540, 660), (600, 720)]}, {0: [(-1, 60)]}):
        with pytest.raises(BadHours):
            await set_weekly_hours(week, location_id=salon.location_id)
    assert len((await shop()).timetable.hours) == 6
