"""D21 and 3.12: several people come together and are served at the same time by people of their own."""

from __future__ import annotations

import pytest

from booka_core.booking.errors import SlotTaken
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import DemandSpec
from booka_core.offers.types import Wish, WishItem


async def test_two_guests_are_served_at_the_same_time(counter, salon) -> None:
    wish = Wish(
        items=(WishItem(service_id=salon.haircut), WishItem(service_id=salon.haircut, guest=1)),
        starts_at=salon.at(10),
        party_size=2,
    )
    booked = await counter.book(wish=wish)
    assert {resource.id for resource in booked.resources} == {salon.ada, salon.bola}
    assert [(item.guest, item.starts_at) for item in booked.items] == [(0, salon.at(10)), (1, salon.at(10))]
    assert booked.price.amount == 2_400_000
    with pytest.raises(SlotTaken):  # nobody is left
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10, 30))


async def test_a_party_is_not_taken_apart(counter, salon) -> None:
    await counter.book(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    wish = Wish(
        items=(WishItem(service_id=salon.haircut), WishItem(service_id=salon.haircut, guest=1)), starts_at=salon.at(10)
    )
    with pytest.raises(SlotTaken):
        await counter.book(wish=wish)
    assert await counter.book(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.bola)


async def test_a_table_is_found_that_seats_everybody_the_smallest_first(counter, salon) -> None:
    for name, seats in (("Six", 6), ("Two", 2), ("Four", 4)):
        await add_resource(location_id=salon.location_id, name=name, kind="table", properties={"seats": seats})
    dinner = await add_service(name="Dinner", minutes=90, price=0, demands=[DemandSpec(kind="table", seats=True)])
    tables = [
        (await counter.book(service_id=dinner, starts_at=salon.at(12), party_size=size)).resources[0].name
        for size in (3, 2, 1)
    ]
    assert tables == ["Four", "Two", "Six"]
    with pytest.raises(SlotTaken):
        await counter.book(service_id=dinner, starts_at=salon.at(13), party_size=2)
