"""D15: a service takes a person, a room and a device at once, or none of them."""

from __future__ import annotations

import asyncio

import pytest

from booka_core.booking.errors import SlotTaken
from booka_core.catalog.commands import add_resource, add_service
from booka_core.db.scope import tenant_scope


@pytest.fixture
async def scan(salon, counter) -> object:
    """A scan by anybody on the staff in the only dark room with one of two cameras; the room serves nothing else."""
    await add_resource(location_id=salon.location_id, name="Dark room", kind="room")
    await add_resource(location_id=salon.location_id, name="Camera", kind="device", capacity=2)
    return await add_service(name="Scan", minutes=30, price=1, demands=["staff", "room", "device"])


async def test_all_of_them_are_taken_together(counter, salon, scan) -> None:
    booked = await counter.book(service_id=scan, starts_at=salon.at(10))
    assert sorted(resource.kind for resource in booked.resources) == ["device", "room", "staff"]
    with pytest.raises(SlotTaken):  # there still are people and a camera, but no room
        await counter.book(service_id=scan, starts_at=salon.at(10))


async def test_who_does_not_get_all_of_them_takes_none(counter, salon, scan) -> None:
    wishes = [counter.book(service_id=scan, starts_at=salon.at(10, 15 * number)) for number in (0, 1, 0, 1, 0)]
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in answers) == 1
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict("select count(*) as n from occupancies where active")
    assert rows[0]["n"] == 3


async def test_a_thing_with_two_places_serves_two_at_once(counter, salon) -> None:
    tub = await add_resource(location_id=salon.location_id, name="Foot bath", kind="bath", capacity=2)
    soak = await add_service(name="Soak", minutes=30, price=1, demands=["bath"])
    answers = await asyncio.gather(
        *(counter.book(service_id=soak, starts_at=salon.at(10)) for _ in range(5)), return_exceptions=True
    )
    assert [one.resources[0].id for one in answers if not isinstance(one, Exception)] == [tub, tub]
    # One lane is free until ten, the other from half past: nobody may change seats in the middle.
    await counter.book(service_id=soak, starts_at=salon.at(9, 45, day=4))
    await counter.book(service_id=soak, starts_at=salon.at(10, 15, day=4))
    long_soak = await add_service(name="Long soak", minutes=60, price=1, demands=["bath"])
    booked = await counter.book(service_id=long_soak, starts_at=salon.at(9, 30, day=4))
    assert booked.starts_at == salon.at(9, 30, day=4)
    with pytest.raises(SlotTaken):
        await counter.book(service_id=soak, starts_at=salon.at(10, day=4))
