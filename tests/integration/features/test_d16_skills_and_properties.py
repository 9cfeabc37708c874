"""D16: a service asks for skills and properties, and only who has them all may serve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from booka_core.booking.commands import book
from booka_core.booking.types import Actor
from booka_core.catalog.commands import add_resource, add_service, change_resource
from booka_core.catalog.queries import catalogue
from booka_core.catalog.rules import DemandSpec
from booka_core.db.scope import bind_tenant
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def fitting(salon: Salon, *demands: DemandSpec) -> list[set[str]]:
    """The names of who may serve each demand of a new service."""
    service_id = await add_service(name="New service", minutes=30, price=0, demands=demands)
    shop = await catalogue()
    service = shop.service(service_id)
    assert service is not None
    return [{one.name for one in shop.candidates(service, demand)} for demand in service.demands]


async def test_only_who_has_every_skill_may_serve(salon: Salon) -> None:
    await change_resource(salon.ada, skills=["colour", "extensions"])
    await change_resource(salon.bola, skills=["colour"])

    found = await fitting(
        salon,
        DemandSpec(skills=("colour",)),
        DemandSpec(skills=("extensions", "colour")),
        DemandSpec(skills=("barber",)),
        DemandSpec(),
    )

    assert found == [{"Ada", "Bola"}, {"Ada"}, set(), {"Ada", "Bola"}]


async def test_only_what_has_the_very_properties_may_be_used(salon: Salon) -> None:
    for name, properties in (
        ("By the window", {"basin": True, "floor": 1}),
        ("In the hall", {"basin": False, "floor": 1}),
        ("Upstairs", {"basin": 1, "floor": 2}),
    ):
        await add_resource(location_id=salon.location_id, name=name, kind="chair", properties=properties)

    found = await fitting(
        salon,
        DemandSpec(kind="chair", properties={"basin": True}),
        DemandSpec(kind="chair", properties={"floor": 1}),
        DemandSpec(kind="chair", properties={"basin": False, "floor": 1}),
        DemandSpec(kind="chair", properties={"view": "sea"}),
    )

    assert found == [{"By the window"}, {"By the window", "In the hall"}, {"In the hall"}, set()]


async def test_a_skill_is_asked_of_those_who_are_named(salon: Salon) -> None:
    await change_resource(salon.ada, skills=["colour"])
    shop = await catalogue()
    colour = shop.service(salon.colour)
    assert colour is not None

    assert shop.candidates(colour, DemandSpec(skills=("colour",))) == ()  # Bola is named for it, and cannot


async def test_a_booking_is_given_to_who_can_and_to_what_has(salon: Salon) -> None:
    await change_resource(salon.bola, skills=["extensions"])
    basin = await add_resource(location_id=salon.location_id, name="Basin", kind="chair", properties={"basin": True})
    service = await add_service(
        name="Extensions",
        minutes=60,
        price=100,
        demands=[DemandSpec(skills=("extensions",)), DemandSpec(kind="chair", properties={"basin": True})],
    )

    slots = await availability(service_id=service, from_day=date(2026, 3, 3), days=1)
    made = await book(
        Wish.of(service_id=service, starts_at=salon.at(10)),
        customer_id=salon.customer_id,
        actor=Actor(kind="customer", id=salon.customer_id, label=""),
        source="web",
    )

    assert {one for slot in slots for one in slot.resource_ids} == {salon.bola}
    assert {one.id for one in made.resources} == {salon.bola, basin}
    assert salon.at(10) not in [
        slot.starts_at for slot in await availability(service_id=service, from_day=date(2026, 3, 3), days=1)
    ]
