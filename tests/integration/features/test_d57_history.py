"""D57: every change of a booking with who and from where, readable, also when the booking or the person is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booka_core.booking.approval import approve_reservation
from booka_core.booking.attendance import complete, reassign
from booka_core.booking.commands import book, cancel_reservation, confirm_reservation, expire_hold, hold_slot
from booka_core.booking.errors import ReservationNotFound
from booka_core.booking.moves import approve_move, move_reservation
from booka_core.booking.timeline import timeline
from booka_core.booking.types import Actor
from booka_core.db.scope import tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def sentences(reservation_id: object) -> list[str]:
    return [line.sentence for line in await timeline(reservation_id)]  # type: ignore[arg-type]


async def a_life(salon: Salon, frozen_clock: object) -> object:
    """Held and confirmed by the customer, moved and handed over by a colleague, cancelled by the customer."""
    customer = Actor(kind="customer", id=salon.customer_id)
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    held = await hold_slot(wish, customer_id=salon.customer_id, actor=customer, source="whatsapp")
    await confirm_reservation(
        reservation_id=held.id, approval=await approve_reservation(held.id), actor=customer, source="whatsapp"
    )
    await move_reservation(
        reservation_id=held.id,
        starts_at=salon.at(11),
        approval=await approve_move(reservation_id=held.id, starts_at=salon.at(11)),
        actor=DESK,
        source="admin",
    )
    await reassign(reservation_id=held.id, resource_ids=[salon.bola], actor=DESK, source="api", reason="Ada is ill")
    await cancel_reservation(reservation_id=held.id, actor=customer, source="web", reason="found a closer salon")
    return held.id


LIFE = [
    "Held Haircut, Tue 3 Mar 10:00 to 10:45, with Ada, by {customer} on WhatsApp.",
    "Confirmed Haircut, Tue 3 Mar 10:00 to 10:45, with Ada, by {customer} on WhatsApp.",
    "Moved from Tue 3 Mar 10:00 to 11:00 by Ngozi at the front desk.",
    "Handed over from Ada to Bola by Ngozi through the API: Ada is ill",
    "Cancelled by {customer} on the web page: found a closer salon",
]


def told_of(customer: str) -> list[str]:
    return [line.format(customer=customer) for line in LIFE]


async def test_a_life_is_told_line_by_line(salon: Salon, frozen_clock, plugins) -> None:
    reservation = await a_life(salon, frozen_clock)
    assert await sentences(reservation) == told_of("the customer (Zainab Musa)")
    lines = await timeline(reservation)  # type: ignore[arg-type]
    assert [(line.who, line.source) for line in lines][2:4] == [("Ngozi", "admin"), ("Ngozi", "api")]


async def test_history_outlives_the_person_and_the_booking(
    salon: Salon, frozen_clock, plugins, database: TestDatabase
) -> None:
    reservation = await a_life(salon, frozen_clock)
    async with database.connect("owner") as owner:
        await owner.execute(
            "update customers set name = null, phone = null, erased_at = $2 where id = $1",
            salon.customer_id,
            frozen_clock.now(),
        )
        kept = await owner.fetchval("select string_agg(l::text, ' ') from reservation_logs l")
    assert "Zainab" not in kept, "a name in the log would outlive its person"
    assert await sentences(reservation) == told_of("the customer")

    async with database.connect("owner") as owner:
        await owner.execute("delete from reservations where id = $1", reservation)
    assert await sentences(reservation) == told_of("the customer")


async def test_history_can_only_be_added_to(salon: Salon, frozen_clock, plugins) -> None:
    reservation = await a_life(salon, frozen_clock)
    before = await sentences(reservation)
    for statement in ("delete from reservation_logs", "update reservation_logs set actor_label = 'nobody'"):
        with pytest.raises(Exception, match=r"permission denied|append"):
            async with tenant_scope() as connection:
                await connection.execute_query(statement)
    assert await sentences(reservation) == before


async def test_the_systems_deeds_and_the_rest_of_a_visit_are_told(salon: Salon, frozen_clock, plugins) -> None:
    customer = Actor(kind="customer", id=salon.customer_id)
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10))
    held = await hold_slot(wish, customer_id=salon.customer_id, actor=customer, source="whatsapp")
    frozen_clock.advance(timedelta(minutes=11))
    await expire_hold(held.id)
    assert (await sentences(held.id))[-1] == "The hold ran out."
    booked = await book(wish, customer_id=salon.customer_id, actor=DESK, source="admin")
    frozen_clock.advance(timedelta(days=2))
    await complete(reservation_id=booked.id, actor=DESK, source="admin")
    assert (await sentences(booked.id))[-1] == "Completed by Ngozi at the front desk."
    with pytest.raises(ReservationNotFound):
        await timeline(new_id())


async def test_times_are_those_of_the_place_and_say_which_when_the_clock_shows_them_twice(
    salon: Salon, frozen_clock, plugins, database: TestDatabase
) -> None:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10))
    booked = await book(wish, customer_id=salon.customer_id, actor=DESK, source="admin")
    twice = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 in New York, for the second time
    async with database.connect("owner") as owner:
        await owner.execute("update locations set zone = 'America/New_York'")
        await owner.execute(
            """insert into reservation_logs (id, tenant_id, reservation_id, at, actor_kind, actor_label, source, action,
                                             before, after)
               values ($1, $2, $3, $4, 'user', 'Ngozi', 'admin', 'move', $5, $6)""",
            new_id(),
            salon.tenant.id,
            booked.id,
            frozen_clock.now(),
            f'{{"starts_at": "{(twice - timedelta(hours=1)).isoformat()}"}}',
            f'{{"starts_at": "{twice.isoformat()}"}}',
        )
    assert (await sentences(booked.id))[-1] == (
        "Moved from Sun 1 Nov 01:30 EDT to 01:30 EST by Ngozi at the front desk."
    )
