"""The product's own reads, asked of one database for as long as the benchmark sends questions.

`python -m bench.scale.booka seed STAFF CUSTOMERS` migrates and makes one business with one reservation in it.
`python -m bench.scale.booka serve` answers each line of JSON on its standard input with one: how long the calls took
and how much they found, or the statements that a call sent to the database.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import uvloop

from booka_core import runtime
from booka_core.booking import queries
from booka_core.booking.commands import book
from booka_core.booking.types import Actor
from booka_core.catalog.commands import add_location, add_resource, add_service, set_weekly_hours
from booka_core.customers.commands import add_customer
from booka_core.db.scope import TenantConnection, bind_tenant
from booka_core.offers.queries import availability
from booka_core.offers.types import Wish
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantSettingsInfo

RULES = TenantSettingsInfo(min_notice_minutes=0, window_days=3650, slot_step=15)
Question = dict[str, Any]


async def seed(slug: str, staff: int, customers: int) -> Question:
    """A business that is open every day, with the rows that its book is made from."""
    tenant = await create_tenant(
        slug=slug,
        name=f"Business {slug}",
        vertical="beauty",
        zone="UTC",
        locale="en",
        currency="NGN",
        country="NG",
        settings=RULES,
    )
    with bind_tenant(tenant.id):
        location = await add_location(name="Main street", zone="UTC")
        await set_weekly_hours({day: [(540, 1140)] for day in range(7)}, location_id=location)
        service = await add_service(name="Haircut", minutes=25, buffer_after=5, price=1_200_000)
        people = [
            await add_resource(location_id=location, name=f"Stylist {number}", service_ids=[service])
            for number in range(staff)
        ]
        guests = [await add_customer(name=f"Guest {number}") for number in range(customers)]
        tomorrow = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
        await book(
            Wish.of(service_id=service, starts_at=tomorrow, resource_id=people[0]),
            customer_id=guests[0].id,
            actor=Actor(kind="customer", label="Website"),
            source="web",
        )
    return {"tenant": str(tenant.id), "service": str(service), "person": str(people[0])}


async def _day(asked: Question) -> int:
    return len((await queries.day_sheet(date.fromisoformat(asked["day"]))).reservations)


async def _offers(asked: Question) -> int:
    person = asked.get("person")
    slots = await availability(
        service_id=UUID(asked["service"]),
        from_day=date.fromisoformat(asked["day"]),
        days=asked["days"],
        resource_id=UUID(person) if person else None,
    )
    return len(slots)


READS: dict[str, Callable[[Question], Awaitable[int]]] = {"day": _day, "offers": _offers}


async def timed(asked: Question) -> Question:
    """Ask `times` times; the quickest is what the machine can do when nothing else is in the way."""
    read, quickest, found = READS[asked["read"]], float("inf"), 0
    for _ in range(asked["times"]):
        began = time.perf_counter()
        found = await read(asked)
        quickest = min(quickest, time.perf_counter() - began)
    return {"ms": quickest * 1e3, "found": found}


async def statements(asked: Question) -> Question:
    """What a read sends to the database, with its values, as the driver is given it."""
    sent: list[tuple[str, list[Any]]] = []
    fetch = TenantConnection.fetch

    async def noting(self: TenantConnection, query: str, *values: Any, **more: Any) -> Any:
        sent.append((query, [_literal(value) for value in values]))
        return await fetch(self, query, *values, **more)

    TenantConnection.fetch = noting
    try:
        await READS[asked["read"]](asked)
    finally:
        TenantConnection.fetch = fetch
    return {"statements": sent}


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "'{" + ",".join(str(item) for item in value) + "}'"
    return f"'{str(value).replace(chr(39), chr(39) * 2)}'"


async def serve() -> None:
    await runtime.start()
    try:
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            asked = json.loads(line)
            with bind_tenant(UUID(asked["tenant"])):
                answer = await (statements(asked) if asked.get("explain") else timed(asked))
            print(json.dumps(answer), flush=True)
    finally:
        await runtime.stop()


async def _seeded(slug: str, staff: int, customers: int) -> str:
    await runtime.prepare()
    await runtime.start()
    try:
        return json.dumps(await seed(slug, staff, customers))
    finally:
        await runtime.stop()


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        print(uvloop.run(_seeded(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
    else:
        uvloop.run(serve())
