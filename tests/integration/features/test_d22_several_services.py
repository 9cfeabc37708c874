"""D22 and 3.13: several services and priced extras in one visit: one time, one price, one reservation."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.booking.errors import SlotTaken
from booka_core.catalog.terms import add_add_on
from booka_core.offers.errors import AddOnNotOffered, TooManyServices
from booka_core.offers.types import Wish, WishItem

TUESDAY = date(2026, 3, 3)


def visit(salon, *services: object, hour: int = 10) -> Wish:
    return Wish(items=tuple(WishItem(service_id=service) for service in services), starts_at=salon.at(hour))


async def test_services_follow_each_other_with_whoever_gives_them(counter, salon) -> None:
    booked = await counter.book(wish=visit(salon, salon.braids, salon.colour))
    assert [(item.name, item.starts_at) for item in booked.items] == [
        ("Knotless braids", salon.at(10)),
        ("Full colour", salon.at(12)),
    ]
    assert booked.ends_at == salon.at(13)
    assert booked.service_name == "Knotless braids + Full colour"
    assert booked.price.amount == 4_500_000 + 3_500_000
    assert {resource.name for resource in booked.resources} == {"Ada", "Bola", "Chair 1"}
    # Ada is free when her part is over, Bola until his begins.
    assert await counter.book(service_id=salon.haircut, starts_at=salon.at(12), resource_id=salon.ada)
    assert await counter.book(service_id=salon.haircut, starts_at=salon.at(11), resource_id=salon.bola)


async def test_one_person_serves_both_where_they_can(counter, salon) -> None:
    booked = await counter.book(wish=visit(salon, salon.haircut, salon.braids))
    assert [resource.name for resource in booked.resources] == ["Ada"]
    with pytest.raises(SlotTaken):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(11), resource_id=salon.ada)


async def test_it_is_offered_only_where_every_service_fits(counter, salon) -> None:
    await counter.book(service_id=salon.colour, starts_at=salon.at(12))
    free = await counter.starts(TUESDAY, wish=visit(salon, salon.braids, salon.colour))
    assert "10:00" not in free
    assert "09:00" not in free
    assert "11:15" not in free  # colour from a quarter past one needs Bola ten minutes before, who is busy until then
    assert "11:30" in free


async def test_extras_take_time_and_money(counter, salon) -> None:
    mask = await add_add_on(name="Mask", minutes=15, price=300_000, service_id=salon.haircut)
    booked = await counter.book(service_id=salon.haircut, starts_at=salon.at(10), add_on_ids=(mask,))
    assert booked.ends_at == salon.at(11)
    assert booked.price.amount == 1_500_000
    assert [extra.name for extra in booked.items[0].add_ons] == ["Mask"]
    with pytest.raises(AddOnNotOffered):
        await counter.book(service_id=salon.braids, starts_at=salon.at(13), add_on_ids=(mask,))


async def test_a_visit_moves_as_a_whole(counter, salon) -> None:
    booked = await counter.book(wish=visit(salon, salon.braids, salon.colour))
    moved = await counter.move(booked, salon.at(11))
    assert [item.starts_at for item in moved.items] == [salon.at(11), salon.at(13)]
    assert moved.price == booked.price


async def test_ten_thousand_services_are_refused_at_once(counter, salon) -> None:
    with pytest.raises(TooManyServices, match="20"):
        await counter.book(wish=visit(salon, *[salon.haircut] * 10_000))
