"""D29: quotas per customer and group; checking in, and giving up the bookings to which nobody comes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from booka_core.booking import attendance
from booka_core.booking.commands import book
from booka_core.booking.errors import IllegalTransition, NotBegunYet, SlotTaken, TooEarlyToCheckIn
from booka_core.booking.moves import approve_move, move_reservation
from booka_core.booking.queries import get_reservation
from booka_core.booking.timeline import timeline
from booka_core.booking.types import SYSTEM, Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import Cap, ServiceRules
from booka_core.customers.commands import add_customer
from booka_core.customers.standing import tag
from booka_core.db.scope import tenant_scope
from booka_core.jobs import runner
from booka_core.offers.errors import CapReached
from booka_core.offers.types import Wish
from booka_core.runtime.wiring import connect_rooms
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def desk_by_the_hour(salon: Salon, rules: ServiceRules) -> UUID:
    service = await add_service(name="Desk", minutes=60, price=100_000, demands=["desk"], rules=rules)
    await add_resource(location_id=salon.location_id, name="Desk 1", kind="desk", service_ids=[service])
    return service


async def reserve(salon: Salon, service: UUID, hour: int, *, who: UUID | None = None, day: int = 3) -> ReservationInfo:
    wish = Wish.of(service_id=service, starts_at=salon.at(hour, day=day))
    return await book(wish, customer_id=who or salon.customer_id, actor=SYSTEM, source="whatsapp")


async def test_a_customer_and_a_group_have_a_quota(salon: Salon, frozen_clock, plugins) -> None:
    caps = (Cap(per="day", of="customer", most=1), Cap(per="day", of="group", tag="students", most=2))
    service = await desk_by_the_hour(salon, ServiceRules(caps=caps))
    await reserve(salon, service, 9)
    with pytest.raises(CapReached):
        await reserve(salon, service, 10)
    students = [(await add_customer(name=name)).id for name in ("Ife", "Kemi", "Lara")]
    for student in students:
        await tag(student, add=["students"])
    await reserve(salon, service, 11, who=students[0])
    await reserve(salon, service, 12, who=students[1])
    with pytest.raises(CapReached):
        await reserve(salon, service, 13, who=students[2])
    assert (await reserve(salon, service, 9, who=students[2], day=4)).status == "confirmed"


async def test_who_does_not_check_in_loses_the_rest_of_the_time(salon: Salon, frozen_clock, plugins, redis) -> None:
    connect_rooms()
    service = await desk_by_the_hour(salon, ServiceRules(release_minutes=15, slot_step=15))
    booked = await reserve(salon, service, 10)
    frozen_clock.advance(salon.at(10, 14) - frozen_clock.now())
    await runner.drain()
    assert (await get_reservation(booked.id)).status == "confirmed"

    frozen_clock.advance(timedelta(minutes=1))
    await runner.drain()

    after = await get_reservation(booked.id)
    assert after.status == "no_show"
    last = (await timeline(booked.id))[-1]
    assert last.sentence == "Marked as a no-show by Booka: nobody checked in"
    async with tenant_scope() as connection:
        (row,) = await connection.execute_query_dict(
            "select starts_at, ends_at, active from occupancies where reservation_id = $1", [booked.id]
        )
    assert (row["starts_at"], row["ends_at"], row["active"]) == (salon.at(10), salon.at(10, 15), True)
    # What is left of the hour can be had, with what follows it.
    late = await book(
        Wish.of(service_id=service, starts_at=salon.at(10, 15)),
        customer_id=salon.customer_id,
        actor=DESK,
        source="admin",
        walk_in=True,
    )
    assert late.status == "confirmed"


async def test_who_checks_in_keeps_the_time(salon: Salon, frozen_clock, plugins, redis) -> None:
    connect_rooms()
    service = await desk_by_the_hour(salon, ServiceRules(release_minutes=15))
    booked = await reserve(salon, service, 10)
    with pytest.raises(TooEarlyToCheckIn):
        await attendance.check_in(reservation_id=booked.id, actor=DESK, source="admin")
    frozen_clock.advance(salon.at(9, 50) - frozen_clock.now())
    here = await attendance.check_in(reservation_id=booked.id, actor=DESK, source="admin")
    assert (here.status, here.checked_in_at) == ("checked_in", frozen_clock.now())
    frozen_clock.advance(timedelta(minutes=40))
    await runner.drain()
    assert (await get_reservation(booked.id)).status == "checked_in"
    with pytest.raises(SlotTaken):
        await book(
            Wish.of(service_id=service, starts_at=salon.at(10, 30)),
            customer_id=salon.customer_id,
            actor=DESK,
            source="admin",
            walk_in=True,
        )
    done = await attendance.complete(reservation_id=booked.id, actor=DESK, source="admin")
    assert done.status == "completed"


async def test_a_moved_booking_is_given_up_at_its_new_time_alone(salon: Salon, frozen_clock, plugins, redis) -> None:
    connect_rooms()
    service = await desk_by_the_hour(salon, ServiceRules(release_minutes=15))
    booked = await reserve(salon, service, 10)
    approval = await approve_move(reservation_id=booked.id, starts_at=salon.at(12))
    await move_reservation(
        reservation_id=booked.id, starts_at=salon.at(12), approval=approval, actor=DESK, source="admin"
    )
    frozen_clock.advance(salon.at(11) - frozen_clock.now())
    await runner.drain()
    assert (await get_reservation(booked.id)).status == "confirmed"
    frozen_clock.advance(salon.at(12, 15) - frozen_clock.now())
    await runner.drain()
    assert (await get_reservation(booked.id)).status == "no_show"


async def test_nobody_is_a_no_show_before_the_start(salon: Salon, frozen_clock, plugins) -> None:
    booked = await reserve(salon, salon.haircut, 10)
    with pytest.raises(NotBegunYet):
        await attendance.mark_no_show(reservation_id=booked.id, actor=DESK, source="admin")
    with pytest.raises(NotBegunYet):
        await attendance.complete(reservation_id=booked.id, actor=DESK, source="admin")
    frozen_clock.advance(salon.at(10, 20) - frozen_clock.now())
    missed = await attendance.mark_no_show(reservation_id=booked.id, actor=DESK, source="admin")
    assert missed.status == "no_show"
    with pytest.raises(IllegalTransition):
        await attendance.check_in(reservation_id=booked.id, actor=DESK, source="admin")
