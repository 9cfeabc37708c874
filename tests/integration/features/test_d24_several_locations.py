"""D24: a business has several places; who works at more than one is booked at one of them at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from booka_core.booking.commands import book
from booka_core.booking.errors import SlotTaken
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.errors import LocationNotFound, ServiceNotFound
from booka_core.catalog.hours import set_weekly_hours
from booka_core.catalog.queries import catalogue
from booka_core.catalog.terms import set_places
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.errors import NotAtThisLocation
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.testing.salon import Chain, Salon, open_chain

SATURDAY = date(2026, 3, 7)


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


def wish(salon: Salon, place: UUID, hour: int, *, day: int = 7, who: UUID | None = None) -> Wish:
    return Wish.of(service_id=salon.haircut, starts_at=salon.at(hour, day=day), location_id=place, resource_id=who)


async def booked(salon: Salon, wanted: Wish) -> ReservationInfo:
    return await book(
        wanted,
        customer_id=salon.customer_id,
        actor=Actor(kind="customer", id=salon.customer_id, label=""),
        source="web",
    )


async def who_serves(chain: Chain, place: UUID, day: date) -> set[UUID]:
    slots = await availability(wish=wish(chain.salon, place, 10), from_day=day, days=1)
    return {one for slot in slots for one in slot.resource_ids}


async def test_people_are_offered_where_they_work_on_that_day(salon: Salon) -> None:
    chain = await open_chain(salon)
    friday = date(2026, 3, 6)

    assert await who_serves(chain, salon.location_id, friday) == {salon.ada, salon.bola}
    assert await who_serves(chain, chain.branch, friday) == {chain.chidi}
    assert await who_serves(chain, salon.location_id, SATURDAY) == {salon.bola}
    assert await who_serves(chain, chain.branch, SATURDAY) == {chain.chidi, salon.ada}


async def test_each_place_keeps_its_own_hours(salon: Salon) -> None:
    chain = await open_chain(salon)

    there = await availability(wish=wish(salon, chain.branch, 10), from_day=SATURDAY, days=1)

    assert there[0].starts_at == salon.at(10, day=7)
    assert max(slot.ends_at for slot in there) <= salon.at(16, day=7)


async def test_nobody_is_booked_at_two_places_at_once(salon: Salon) -> None:
    chain = await open_chain(salon)
    everywhere = {5: [(600, 960)]}
    await set_weekly_hours(everywhere, location_id=salon.location_id, resource_id=salon.ada)

    first = await booked(salon, wish(salon, salon.location_id, 12, who=salon.ada))

    assert first.location_id == salon.location_id
    with pytest.raises(SlotTaken):
        await booked(salon, wish(salon, chain.branch, 12, who=salon.ada))
    assert (await booked(salon, wish(salon, chain.branch, 14, who=salon.ada))).location_id == chain.branch


async def test_a_service_is_given_at_the_places_that_are_named(salon: Salon) -> None:
    chain = await open_chain(salon)

    await set_places(salon.haircut, [chain.branch])
    assert (await booked(salon, wish(salon, chain.branch, 11))).location_id == chain.branch
    with pytest.raises(NotAtThisLocation):
        await booked(salon, wish(salon, salon.location_id, 11))

    await set_places(salon.haircut, [])
    assert (await booked(salon, wish(salon, salon.location_id, 11))).location_id == salon.location_id


async def test_places_that_do_not_exist_are_refused(salon: Salon) -> None:
    with pytest.raises(LocationNotFound):
        await set_places(salon.haircut, [salon.location_id, new_id()])
    with pytest.raises(ServiceNotFound):
        await set_places(new_id(), [salon.location_id])
    with pytest.raises(LocationNotFound):
        await availability(wish=wish(salon, new_id(), 10), from_day=SATURDAY, days=1)
    service = (await catalogue()).service(salon.haircut)
    assert service is not None
    assert service.location_ids == ()


async def test_the_catalogue_says_who_can_be_had_where(salon: Salon) -> None:
    chain = await open_chain(salon)
    shop = await catalogue()

    assert [place.name for place in shop.locations] == ["Main street", "Second street"]
    assert {one.id for one in shop.resources_at(chain.branch)} == {chain.chidi, salon.ada}
    assert {one.id for one in shop.resources_at(salon.location_id)} == {salon.ada, salon.bola, salon.chair}
