"""Seats of classes when several want, leave and open meetings at the same moment, and in rooms that hold two."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from booka_core.booking import commands, making
from booka_core.booking.errors import SlotTaken
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.customers.commands import add_customer
from booka_core.db.scope import tenant_scope
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.testing.salon import open_chain

CUSTOMER = Actor(kind="customer")
SEATED = """
select s.id, s.active, s.seats, s.scheduled,
       (select count(*) from occupancies o where o.session_id = s.id and o.active and o.lane >= 1000) as guests,
       (select count(*) from occupancies o where o.session_id = s.id and o.active and o.lane < 1000) as taken
from class_sessions s order by s.created_at
"""


@pytest.fixture(autouse=True)
def _ready(salon: Any, frozen_clock: Any, plugins: Any) -> None:
    """A salon on the morning before."""


async def sit(salon: Any, service: UUID, *, customer: UUID | None = None, at: Any = None, **wish: Any) -> Any:
    return await commands.book(
        Wish.of(service_id=service, starts_at=at or salon.at(10), **wish),
        customer_id=customer or salon.customer_id,
        actor=CUSTOMER,
        source="web",
    )


async def leave(reservation: ReservationInfo) -> None:
    await commands.cancel_reservation(reservation_id=reservation.id, actor=CUSTOMER, source="web")


async def meetings() -> list[dict[str, Any]]:
    async with tenant_scope() as connection:
        return await connection.execute_query_dict(SEATED)


async def together(*work: Any) -> Counter[str]:
    answers = await asyncio.gather(*work, return_exceptions=True)
    return Counter(type(one).__name__ for one in answers)


async def test_one_meeting_is_opened_when_each_wants_another_teacher(salon) -> None:
    yoga = await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=3))
    people = [salon.ada, salon.bola] * 6
    answers = await together(*(sit(salon, yoga, resource_id=one) for one in people))
    assert answers == {"ReservationInfo": 3, "SlotTaken": 9}
    [meeting] = await meetings()
    assert (meeting["guests"], meeting["taken"]) == (3, 1)


async def test_who_asks_for_a_teacher_is_not_sent_to_another(salon) -> None:
    yoga = await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=3))
    await sit(salon, yoga, resource_id=salon.bola)
    with pytest.raises(SlotTaken):
        await sit(salon, yoga, resource_id=salon.ada)


async def test_a_full_meeting_is_not_offered_for_the_sake_of_a_second_teacher(salon) -> None:
    yoga = await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=2))
    for _ in range(2):
        await sit(salon, yoga)
    free = await availability(service_id=yoga, from_day=salon.at(10).date(), days=1)
    assert salon.at(10) not in {slot.starts_at for slot in free}


async def test_a_meeting_elsewhere_is_another_meeting(salon) -> None:
    chain = await open_chain(salon)
    yoga = await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=2))
    here = await sit(salon, yoga, location_id=salon.location_id, at=salon.at(11))
    there = await sit(salon, yoga, location_id=chain.branch, at=salon.at(11))
    assert here.session_id != there.session_id
    assert there.resources[0].id == chain.chidi


async def test_a_class_with_a_room_has_as_many_guests_as_seats(salon) -> None:
    for _ in range(3):
        await add_resource(location_id=salon.location_id, name="Hall", kind="hall")
    dance = await add_service(
        name="Dance", minutes=60, price=500, demands=["staff", "hall"], rules=ServiceRules(seats=3)
    )
    await sit(salon, dance)
    assert await together(*(sit(salon, dance) for _ in range(8))) == {"ReservationInfo": 2, "SlotTaken": 6}
    assert [one["guests"] for one in await meetings()] == [3]


async def test_two_classes_share_a_room_that_holds_two(salon) -> None:
    await add_resource(location_id=salon.location_id, name="Big hall", kind="hall", capacity=2)
    services = [
        await add_service(
            name=name, minutes=60, price=500, demands=[DemandSpec(kind="hall")], rules=ServiceRules(seats=3)
        )
        for name in ("Dance", "Chess")
    ]
    answers = await together(*(sit(salon, one) for one in services * 4))
    assert answers == {"ReservationInfo": 6, "SlotTaken": 2}
    assert [one["guests"] for one in await meetings()] == [3, 3]


async def test_a_guest_who_joins_while_the_last_one_leaves_has_a_teacher(salon, monkeypatch) -> None:
    """The one who leaves looks whether the meeting is empty while another sits down."""
    yoga = await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=3))
    first = await sit(salon, yoga)
    seated, looked = asyncio.Event(), asyncio.Event()
    genuine = making.write_booking

    async def slowly(*given: Any, **more: Any) -> Any:
        made = await genuine(*given, **more)
        seated.set()
        await asyncio.wait_for(looked.wait(), 5)
        return made

    monkeypatch.setattr(making, "write_booking", slowly)
    joining = asyncio.create_task(sit(salon, yoga))
    await seated.wait()
    leaving = asyncio.create_task(leave(first))
    await asyncio.sleep(0.5)  # now it waits for the meeting
    looked.set()
    await asyncio.gather(joining, leaving)
    [meeting] = await meetings()
    assert (meeting["active"], meeting["guests"], meeting["taken"]) == (True, 1, 1)


async def test_coming_and_going_leaves_no_guest_without_a_meeting(salon) -> None:
    yoga = await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=2))
    people = [(await add_customer(name=f"Guest {number}")).id for number in range(8)]

    async def come_and_go(customer: UUID) -> None:
        for _ in range(3):
            try:
                seat = await sit(salon, yoga, customer=customer)
            except SlotTaken:
                continue
            await leave(seat)

    assert await together(*(come_and_go(one) for one in people)) == {"NoneType": 8}
    assert all(not one["active"] and not one["taken"] and not one["guests"] for one in await meetings())
