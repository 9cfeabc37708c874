"""The promise of the product: one time of one resource is sold once, however many want it at the same moment."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID

import pytest

from booka_core.booking import commands
from booka_core.booking.errors import SlotTaken
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.customers.commands import add_customer
from booka_core.offers.types import Wish
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

CALLERS = 200
CUSTOMER = Actor(kind="customer")
OVERLAPS = """
select count(*) from occupancies a join occupancies b
  on a.resource_id = b.resource_id and a.id < b.id
  and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
where a.active and b.active
"""


async def stampede(salon: Salon, *, resource_id: UUID | None, service_id: UUID, callers: int = CALLERS) -> Counter[str]:
    """Everybody asks for the same time at once; what each of them got."""
    customers = [await add_customer(name=f"Caller {number}") for number in range(callers)]

    async def ask(customer_id: UUID) -> str:
        try:
            made: ReservationInfo = await commands.book(
                Wish.of(service_id=service_id, starts_at=salon.at(10), resource_id=resource_id),
                customer_id=customer_id,
                actor=CUSTOMER,
                source="whatsapp",
            )
        except SlotTaken:
            return "taken"
        return made.status

    return Counter(await asyncio.gather(*(ask(customer.id) for customer in customers)))


async def overlaps(database: TestDatabase) -> int:
    async with database.connect("owner") as connection:
        return int(await connection.fetchval(OVERLAPS))


async def confirmed(database: TestDatabase) -> int:
    async with database.connect("owner") as connection:
        return int(await connection.fetchval("select count(*) from reservations where status = 'confirmed'"))


async def test_of_two_hundred_who_want_one_time_one_gets_it(database, salon, frozen_clock, plugins) -> None:
    answers = await stampede(salon, resource_id=salon.ada, service_id=salon.haircut)
    assert answers == {"confirmed": 1, "taken": CALLERS - 1}
    assert await confirmed(database) == 1
    assert await overlaps(database) == 0


async def test_anybody_able_means_one_each_and_no_more(database, salon, frozen_clock, plugins) -> None:
    answers = await stampede(salon, resource_id=None, service_id=salon.haircut, callers=60)
    assert answers == {"confirmed": 2, "taken": 58}
    assert await overlaps(database) == 0


async def test_a_person_and_a_chair_are_taken_together_or_not_at_all(database, salon, frozen_clock, plugins) -> None:
    answers = await stampede(salon, resource_id=None, service_id=salon.colour, callers=60)
    assert answers == {"confirmed": 1, "taken": 59}
    assert await overlaps(database) == 0
    async with database.connect("owner") as connection:
        assert await connection.fetchval("select count(*) from occupancies where active") == 2


async def test_without_the_constraint_the_same_stampede_sells_a_time_twice(
    database, salon, frozen_clock, plugins
) -> None:
    async with database.connect("owner") as connection:
        await connection.execute("alter table occupancies drop constraint occupancies_no_overlap")
    await stampede(salon, resource_id=salon.ada, service_id=salon.haircut)
    assert await overlaps(database) > 0, "the tests above would not notice a missing constraint"


@pytest.mark.parametrize("attempt", range(3))
async def test_a_time_is_held_for_one_customer_only(database, salon, frozen_clock, plugins, attempt) -> None:
    async def hold() -> str:
        try:
            held = await commands.hold_slot(
                Wish.of(service_id=salon.braids, starts_at=salon.at(11)),
                customer_id=salon.customer_id,
                actor=CUSTOMER,
                source="whatsapp",
            )
        except SlotTaken:
            return "taken"
        return held.status

    assert Counter(await asyncio.gather(*(hold() for _ in range(30)))) == {"held": 1, "taken": 29}


async def test_the_same_request_sent_thirty_times_at_once_makes_one_reservation(
    database, salon, frozen_clock, plugins
) -> None:
    async def ask() -> UUID:
        made = await commands.book(
            Wish.of(service_id=salon.haircut, starts_at=salon.at(10)),
            customer_id=salon.customer_id,
            actor=CUSTOMER,
            source="api",
            idempotency_key="one-click-many-times",
        )
        return made.id

    assert len(set(await asyncio.gather(*(ask() for _ in range(30))))) == 1
    assert await confirmed(database) == 1
