"""D20: seats in a class: everybody in the same meeting, never more than it has, and one person to teach it."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from booka_core.booking import classes, commands
from booka_core.booking.errors import ClassHasGuests, SlotTaken
from booka_core.catalog.commands import add_service, change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import tenant_scope
from booka_core.offers.errors import NotScheduled

TUESDAY = date(2026, 3, 3)


@pytest.fixture
async def yoga(salon, counter) -> object:
    """An hour for four."""
    return await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=4))


async def active_seats() -> int:
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select count(*) as n from occupancies where active and lane >= 1000"
        )
    return rows[0]["n"]


async def test_guests_join_one_meeting_until_it_is_full(counter, salon, yoga) -> None:
    first = await counter.book(service_id=yoga, starts_at=salon.at(10))
    others = [await counter.book(service_id=yoga, starts_at=salon.at(10)) for _ in range(3)]
    assert {one.session_id for one in others} == {first.session_id}
    assert {one.staff.id for one in others} == {first.staff.id}
    with pytest.raises(SlotTaken):
        await counter.book(service_id=yoga, starts_at=salon.at(10))


async def test_the_seats_left_are_told(counter, salon, yoga) -> None:
    await counter.book(service_id=yoga, starts_at=salon.at(10), party_size=3)
    slot = next(s for s in await counter.slots(TUESDAY, service_id=yoga) if s.starts_at == salon.at(10))
    assert slot.seats_left == 1
    with pytest.raises(SlotTaken):
        await counter.book(service_id=yoga, starts_at=salon.at(10), party_size=2)


async def test_whoever_teaches_is_taken_for_everything_else(counter, salon, yoga) -> None:
    booked = await counter.book(service_id=yoga, starts_at=salon.at(10), resource_id=salon.ada)
    assert booked.staff.id == salon.ada
    with pytest.raises(SlotTaken):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10, 30), resource_id=salon.ada)


async def test_of_many_at_once_as_many_get_in_as_there_are_seats(counter, salon, yoga) -> None:
    wishes = [counter.book(service_id=yoga, starts_at=salon.at(10), resource_id=salon.ada) for _ in range(15)]
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in answers) == 4
    assert {type(one) for one in answers if isinstance(one, Exception)} == {SlotTaken}
    assert await active_seats() == 4


async def test_the_last_guest_to_leave_frees_the_person_who_taught(counter, salon, yoga) -> None:
    guests = [await counter.book(service_id=yoga, starts_at=salon.at(10), resource_id=salon.ada) for _ in range(2)]
    await counter.cancel(guests[0])
    with pytest.raises(SlotTaken):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    await counter.cancel(guests[1])
    assert await counter.book(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)


async def test_an_unanswered_hold_gives_its_seat_to_the_next(counter, salon, yoga, frozen_clock) -> None:
    await counter.hold(service_id=yoga, starts_at=salon.at(10), party_size=4)
    frozen_clock.advance(timedelta(minutes=11))
    assert await counter.book(service_id=yoga, starts_at=salon.at(10), party_size=4)
    assert await active_seats() == 4


async def test_a_guest_moves_from_one_meeting_to_another(counter, salon, yoga) -> None:
    guest = await counter.book(service_id=yoga, starts_at=salon.at(10))
    stays = await counter.book(service_id=yoga, starts_at=salon.at(10))
    moved = await counter.move(guest, salon.at(14))
    assert moved.session_id != stays.session_id
    assert await active_seats() == 2


async def test_a_scheduled_class_meets_only_when_it_was_scheduled(counter, salon, yoga) -> None:
    await change_service(yoga, rules=ServiceRules(seats=4, ad_hoc=False))
    assert await counter.starts(TUESDAY, service_id=yoga) == []
    with pytest.raises(NotScheduled):
        await counter.book(service_id=yoga, starts_at=salon.at(10))
    session = await classes.schedule_class(service_id=yoga, starts_at=salon.at(18 - 1), resource_id=salon.bola, seats=2)
    assert await counter.starts(TUESDAY, service_id=yoga) == ["17:00"]
    guest = await counter.book(service_id=yoga, starts_at=salon.at(17), party_size=2)
    with pytest.raises(SlotTaken):
        await counter.book(service_id=yoga, starts_at=salon.at(17))
    with pytest.raises(ClassHasGuests):
        await classes.unschedule_class(session.id)
    await counter.cancel(guest)
    assert await counter.starts(TUESDAY, service_id=yoga) == ["17:00"]  # it still meets
    await classes.unschedule_class(session.id)
    assert await counter.starts(TUESDAY, service_id=yoga) == []


async def test_no_guest_is_seated_when_the_one_who_teaches_is_taken(counter, salon, yoga) -> None:
    await counter.book(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    with pytest.raises(SlotTaken):
        await counter.book(service_id=yoga, starts_at=salon.at(10), resource_id=salon.ada)
    assert commands is not None
    assert await active_seats() == 0
