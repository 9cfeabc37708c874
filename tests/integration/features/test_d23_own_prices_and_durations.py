"""D23: a service may take and cost something else with one person, or at one place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from booka_core.booking.commands import book
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_service, change_service
from booka_core.catalog.errors import (
    BadDuration,
    BadPrice,
    LocationNotFound,
    OneOverride,
    ResourceNotFound,
    ServiceNotFound,
    TooShortForSegments,
)
from booka_core.catalog.queries import catalogue
from booka_core.catalog.rules import ServiceRules
from booka_core.catalog.terms import set_override
from booka_core.catalog.types import Override, ServiceInfo
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon, open_chain


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def stored(service_id: UUID) -> ServiceInfo:
    found = (await catalogue()).service(service_id)
    assert found is not None
    return found


async def booked(salon: Salon, hour: int, *, who: UUID | None = None, place: UUID | None = None) -> ReservationInfo:
    return await book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(hour), resource_id=who, location_id=place),
        customer_id=salon.customer_id,
        actor=Actor(kind="customer", id=salon.customer_id, label=""),
        source="web",
    )


async def test_a_booking_takes_and_costs_what_it_does_with_that_person(salon: Salon) -> None:
    await set_override(salon.haircut, resource_id=salon.ada, minutes=60, price=1_500_000)

    with_ada = await booked(salon, 10, who=salon.ada)
    with_bola = await booked(salon, 10, who=salon.bola)

    assert (with_ada.ends_at - with_ada.starts_at, with_ada.price.amount) == (timedelta(minutes=60), 1_500_000)
    assert (with_bola.ends_at - with_bola.starts_at, with_bola.price.amount) == (timedelta(minutes=45), 1_200_000)


async def test_a_booking_takes_and_costs_what_it_does_at_that_place(salon: Salon) -> None:
    chain = await open_chain(salon)
    await set_override(salon.haircut, location_id=chain.branch, minutes=30, price=900_000)

    there = await booked(salon, 11, place=chain.branch)
    here = await booked(salon, 11, place=salon.location_id)

    assert (there.ends_at - there.starts_at, there.price.amount) == (timedelta(minutes=30), 900_000)
    assert (here.ends_at - here.starts_at, here.price.amount) == (timedelta(minutes=45), 1_200_000)


async def test_who_needs_longer_is_not_offered_where_that_does_not_fit(salon: Salon) -> None:
    await set_override(salon.haircut, resource_id=salon.ada, minutes=120)

    slots = await availability(service_id=salon.haircut, from_day=date(2026, 3, 3), days=1)

    late = [slot for slot in slots if slot.starts_at > salon.at(16)]
    assert late
    assert {one for slot in late for one in slot.resource_ids} == {salon.bola}


async def test_an_override_is_taken_back_piece_by_piece(salon: Salon) -> None:
    await set_override(salon.haircut, resource_id=salon.ada, minutes=60, price=0)
    assert (await stored(salon.haircut)).own == {salon.ada: Override(minutes=60, price=0)}

    await set_override(salon.haircut, resource_id=salon.ada, minutes=60)
    assert (await stored(salon.haircut)).own == {salon.ada: Override(minutes=60, price=None)}

    await set_override(salon.haircut, resource_id=salon.ada)
    assert (await stored(salon.haircut)).own == {}


async def test_what_anybody_may_do_anybody_still_may_do(salon: Salon) -> None:
    massage = await add_service(name="Massage", minutes=30, price=100)
    await set_override(massage, resource_id=salon.bola, price=200)

    shop = await catalogue()
    service = shop.service(massage)
    assert service is not None
    assert {one.id for one in shop.candidates(service, "staff")} == {salon.ada, salon.bola}
    assert service.own == {salon.bola: Override(price=200)}


async def test_what_is_given_everywhere_still_is_also_at_a_place_that_opens_later(salon: Salon) -> None:
    await set_override(salon.haircut, location_id=salon.location_id, price=1)

    chain = await open_chain(salon)

    shop = await catalogue()
    service = shop.service(salon.haircut)
    assert service is not None
    assert shop.offered_at(service, chain.branch)


async def test_an_override_that_makes_no_sense_is_refused(salon: Salon) -> None:
    await change_service(salon.colour, rules=ServiceRules(segments=(20, 30, 10)))

    with pytest.raises(OneOverride):
        await set_override(salon.haircut, price=1)
    with pytest.raises(OneOverride):
        await set_override(salon.haircut, resource_id=salon.ada, location_id=salon.location_id, price=1)
    with pytest.raises(BadDuration):
        await set_override(salon.haircut, resource_id=salon.ada, minutes=0)
    with pytest.raises(TooShortForSegments):
        await set_override(salon.colour, resource_id=salon.bola, minutes=50)
    with pytest.raises(BadPrice):
        await set_override(salon.haircut, resource_id=salon.ada, price=-1)
    with pytest.raises(ServiceNotFound):
        await set_override(new_id(), resource_id=salon.ada, price=1)
    with pytest.raises(ResourceNotFound):
        await set_override(salon.haircut, resource_id=new_id(), price=1)
    with pytest.raises(LocationNotFound):
        await set_override(salon.haircut, location_id=new_id(), price=1)
    service = await stored(salon.haircut)
    assert (service.own, service.location_ids) == ({}, ())
