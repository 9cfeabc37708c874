"""Two hundred people who want one time at the same moment, again and again: exactly one of them has it each time.

Five rounds in every run and five hundred by `make soak`. The constraint is what decides, which its absence shows.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from datetime import datetime, timedelta

import pytest

from booka_core.booking import commands
from booka_core.booking.errors import SlotTaken
from booka_core.booking.types import Actor
from booka_core.customers.commands import add_customer
from booka_core.offers.types import Wish
from booka_core.tenancy.commands import change_settings
from booka_core.tenancy.queries import get_tenant
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

CALLERS = 200
SOAK = "BOOKA_TEST_SOAK" in os.environ
ROUNDS = 500 if SOAK else 5
OPEN_HOURS = range(9, 18)
CUSTOMER = Actor(kind="customer")
OVERLAPS = """
select count(*) from (
  select starts_at, max(ends_at) over (partition by resource_id, lane order by starts_at, id
                                       rows between unbounded preceding and 1 preceding) as taken_until
  from occupancies where active) as taken where starts_at < taken_until
"""


async def ask_together(salon: Salon, customers: list[object], starts_at: datetime, *, held: bool) -> Counter[str]:
    """Everybody asks for an hour of Ada's at once; what each of them got."""
    verb = commands.hold_slot if held else commands.book
    wish = Wish.of(service_id=salon.haircut, starts_at=starts_at, resource_id=salon.ada)

    async def ask(customer_id: object) -> str:
        try:
            made = await verb(wish, customer_id=customer_id, actor=CUSTOMER, source="whatsapp")  # type: ignore[arg-type]
        except SlotTaken:
            return "taken"
        return made.status

    return Counter(await asyncio.gather(*(ask(customer) for customer in customers)))


async def two_hundred(salon: Salon) -> list[object]:
    rules = (await get_tenant()).settings.model_copy(update={"window_days": 365})
    await change_settings(rules)
    return [(await add_customer(name=f"Caller {number}")).id for number in range(CALLERS)]


def hour(salon: Salon, turn: int) -> datetime:
    """Another open hour every turn; Sundays are closed."""
    week, rest = divmod(turn, 6 * len(OPEN_HOURS))
    day, which = divmod(rest, len(OPEN_HOURS))
    return salon.at(OPEN_HOURS[which], day=9) + timedelta(days=7 * week + day)


async def overlaps(database: TestDatabase) -> int:
    async with database.connect("owner") as connection:
        return int(await connection.fetchval(OVERLAPS))


@pytest.mark.timeout(7200 if SOAK else 240)
async def test_every_time_is_sold_once_to_one_of_two_hundred(database, salon, frozen_clock, plugins) -> None:
    customers = await two_hundred(salon)
    for turn in range(ROUNDS):
        held = turn % 2 == 1
        answers = await ask_together(salon, customers, hour(salon, turn), held=held)
        assert answers == {"held" if held else "confirmed": 1, "taken": CALLERS - 1}, f"in round {turn + 1}"
    assert await overlaps(database) == 0
    async with database.connect("owner") as connection:
        assert await connection.fetchval("select count(*) from reservations") == ROUNDS
        assert await connection.fetchval("select count(*) from occupancies where active") == ROUNDS


async def test_without_the_constraint_two_of_them_get_it(database, salon, frozen_clock, plugins) -> None:
    customers = await two_hundred(salon)
    async with database.connect("owner") as connection:
        await connection.execute("alter table occupancies drop constraint occupancies_no_overlap")
    answers = await ask_together(salon, customers, hour(salon, 0), held=False)
    assert answers["confirmed"] > 1, "the test above would not notice a missing constraint"
    assert await overlaps(database) > 0
