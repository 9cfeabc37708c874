"""Booka's contestants: the verbs that every channel of the product calls, against the product's real tables.

`python -m bench.booking.booka seed FILE` migrates and makes a hundred businesses of twenty people each, open day and
night; `... VERB SHAPE SECONDS FILE` books in them and prints one JSON line. A verb does here all it does in the
product: it looks at the catalogue, the hours and the occupancies, asks the plugins, writes reservation, occupancy,
history, events and the jobs of reminders, and tells live pages.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import uvloop

from bench.booking.load import BUFFER, FIRST, LENGTH, SHAPES, STAFF, STAFF_PER_TENANT, Book, drive
from booka_core import runtime
from booka_core.booking.commands import book, hold_slot
from booka_core.booking.errors import SlotTaken
from booka_core.booking.making import write_plan
from booka_core.booking.plans import Plan, Take
from booka_core.booking.types import Actor, ReservedItem, ReservedResource
from booka_core.catalog.commands import add_location, add_resource, add_service, set_weekly_hours
from booka_core.customers.commands import add_customer
from booka_core.db.scope import bind_tenant
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.types import Wish
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantSettingsInfo

RULES = TenantSettingsInfo(min_notice_minutes=0, window_days=3650, slot_step=15)
WEBSITE = Actor(kind="customer", label="Website")


@dataclass(frozen=True)
class Business:
    """The ids one caller needs."""

    tenant: UUID
    location: UUID
    service: UUID
    customer: UUID
    staff: tuple[UUID, ...]


async def seed() -> str:
    await runtime.prepare()
    await runtime.start()
    try:
        gate = asyncio.Semaphore(8)

        async def one(number: int) -> Business:
            async with gate:
                return await _open_business(number)

        businesses = await asyncio.gather(*(one(number) for number in range(STAFF // STAFF_PER_TENANT + 1)))
    finally:
        await runtime.stop()
    return json.dumps(
        [
            [str(b.tenant), str(b.location), str(b.service), str(b.customer), [str(s) for s in b.staff]]
            for b in businesses
        ]
    )


async def _open_business(number: int) -> Business:
    tenant = await create_tenant(
        slug=f"bench-{number}",
        name=f"Business {number}",
        vertical="beauty",
        zone="UTC",
        locale="en",
        currency="NGN",
        country="NG",
        settings=RULES,
    )
    with bind_tenant(tenant.id):
        location = await add_location(name="Main street", zone="UTC")
        await set_weekly_hours({day: [(0, 1440)] for day in range(7)}, location_id=location)
        service = await add_service(
            name="Haircut",
            minutes=int(LENGTH.total_seconds()) // 60,
            buffer_after=int(BUFFER.total_seconds()) // 60,
            price=1_200_000,
        )
        staff = [
            await add_resource(location_id=location, name=f"Stylist {person}", service_ids=[service])
            for person in range(STAFF_PER_TENANT)
        ]
        customer = await add_customer(name="Zainab Musa")
    return Business(tenant.id, location, service, customer.id, tuple(staff))


def read(file: Path) -> list[Business]:
    return [
        Business(UUID(tenant), UUID(location), UUID(service), UUID(customer), tuple(UUID(person) for person in staff))
        for tenant, location, service, customer, staff in json.loads(file.read_text())
    ]


Verb = Callable[[Business, UUID, datetime], Awaitable[object]]


async def _book(business: Business, person: UUID, start: datetime) -> object:
    return await book(
        Wish.of(service_id=business.service, starts_at=start, resource_id=person),
        customer_id=business.customer,
        actor=WEBSITE,
        source="web",
    )


async def _hold(business: Business, person: UUID, start: datetime) -> object:
    return await hold_slot(
        Wish.of(service_id=business.service, starts_at=start, resource_id=person),
        customer_id=business.customer,
        actor=WEBSITE,
        source="web",
    )


async def _transaction(business: Business, person: UUID, start: datetime) -> object:
    """The verbs' own transaction and nothing around it: the plan is there, and nobody is asked."""
    wish = Wish.of(service_id=business.service, starts_at=start, resource_id=person)
    price = 1_200_000
    item = ReservedItem(
        service_id=business.service, name="Haircut", starts_at=start, ends_at=start + LENGTH, price=price
    )
    plan = Plan(
        wish=wish,
        customer_id=business.customer,
        location_id=business.location,
        zone="UTC",
        category="",
        items=(item,),
        resources=(ReservedResource(id=person, name="Stylist", kind="staff"),),
        takes=(Take(person, 0, start, start + LENGTH + BUFFER),),
        ends_at=start + LENGTH,
        priced=(),
        currency="NGN",
        source="web",
        reminder_minutes=(1440,),
    )
    return await write_plan(plan, actor=WEBSITE, action="book", hold_until=None)


VERBS: dict[str, Verb] = {"book": _book, "hold_slot": _hold, "transaction": _transaction}


def booking(verb: Verb, businesses: list[Business]) -> Book:
    async def attempt(staff: int, start: datetime) -> bool:
        business = businesses[staff // STAFF_PER_TENANT]
        with bind_tenant(business.tenant):
            try:
                await verb(business, business.staff[staff % STAFF_PER_TENANT], start)
            except SlotTaken:
                return False
            except SlotNotOffered as refusal:
                if refusal.fields.get("reason") != "busy":
                    raise
                return False
            return True

    return attempt


async def _warm_up(attempt: Book, *, callers: int) -> None:
    """Every business once by every connection, later than any measured start: processes of Booka live for weeks."""
    gate = asyncio.Semaphore(callers)

    async def once(number: int) -> None:
        async with gate:
            staff = number % STAFF + 1
            await attempt(staff, FIRST + timedelta(hours=60_001 + number // STAFF))

    everyone = range(0, STAFF * 2, STAFF_PER_TENANT // 2)
    await asyncio.gather(*(once(number) for number in everyone))


async def main(verb: str, shape: str, seconds: float, businesses: list[Business]) -> None:
    await runtime.start()
    try:
        attempt = booking(VERBS[verb], businesses)
        await _warm_up(attempt, callers=SHAPES[shape])
        print((await drive(shape, seconds=seconds, book=attempt, clients=SHAPES[shape])).as_json())
    finally:
        await runtime.stop()


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        Path(sys.argv[2]).write_text(uvloop.run(seed()))
    else:
        uvloop.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), read(Path(sys.argv[4]))))
