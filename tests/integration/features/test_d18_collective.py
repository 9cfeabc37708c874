"""D18: several people serve one booking together, some of them or all."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.booking.errors import SlotTaken
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import DemandSpec

TUESDAY = date(2026, 3, 3)


async def test_two_of_the_staff_are_taken_at_once(counter, salon) -> None:
    duet = await add_service(name="Bridal", minutes=60, price=1, demands=[DemandSpec(count=2)])
    booked = await counter.book(service_id=duet, starts_at=salon.at(10))
    assert {resource.id for resource in booked.resources} == {salon.ada, salon.bola}
    with pytest.raises(SlotTaken):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10, 30))


async def test_it_is_offered_only_while_enough_of_them_are_free(counter, salon) -> None:
    duet = await add_service(name="Bridal", minutes=60, price=1, demands=[DemandSpec(count=2)])
    await counter.book(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    assert "10:00" not in await counter.starts(TUESDAY, service_id=duet)
    with pytest.raises(SlotTaken):
        await counter.book(service_id=duet, starts_at=salon.at(10))


async def test_everybody_named_for_it_has_to_be_there(counter, salon) -> None:
    team = await add_service(name="Board", minutes=30, price=1, demands=[DemandSpec(everyone=True)])
    chidi = await add_resource(location_id=salon.location_id, name="Chidi")
    booked = await counter.book(service_id=team, starts_at=salon.at(10))
    assert {resource.id for resource in booked.resources} == {salon.ada, salon.bola, chidi}
    await counter.book(service_id=salon.haircut, starts_at=salon.at(12), resource_id=salon.bola)
    assert "12:00" not in await counter.starts(TUESDAY, service_id=team)
