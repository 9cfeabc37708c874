"""The peers' ways to book, each with connections of its own: what a careful programmer writes on asyncpg or Tortoise.

`python -m bench.booking.peers CONTESTANT SHAPE SECONDS` with the superuser's address in BENCH_URL prints one JSON line.
"""

from __future__ import annotations

import contextlib
import os
import sys
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import uvloop
from tortoise import Tortoise, fields
from tortoise.models import Model
from tortoise.transactions import in_transaction

from bench.booking.load import BUFFER, LENGTH, SHAPES, STAFF_PER_TENANT, Book, drive

INSERT = """insert into peers.bookings (tenant, staff, customer, during, blocked, key)
values ($1, $2, 1, tstzrange($3, $4), tstzrange($3, $5), $6) on conflict do nothing returning id"""
EVENT = "insert into peers.outbox (tenant, kind, body) values ($1, 'booking.created', $2)"
AUDIT = "insert into peers.audit (tenant, who, what, body) values ($1, 'customer', 'book', '{}')"
REMINDER = "insert into peers.reminders (tenant, booking, due) values ($1, $2, $3)"
ONE_STATEMENT = f"""with booking as ({INSERT}),
  event as (insert into peers.outbox (tenant, kind, body)
            select $1, 'booking.created', jsonb_build_object('id', id) from booking),
  audit as (insert into peers.audit (tenant, who, what, body) select $1, 'customer', 'book', '{{}}' from booking),
  reminder as (insert into peers.reminders (tenant, booking, due) select $1, id, $3 - interval '1 day' from booking)
select id from booking"""


class Outbox(Model):
    id = fields.BigIntField(primary_key=True)
    tenant = fields.IntField()
    kind = fields.TextField()
    body: Any = fields.JSONField()
    created = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "outbox"


class Audit(Model):
    id = fields.BigIntField(primary_key=True)
    tenant = fields.IntField()
    who = fields.TextField()
    what = fields.TextField()
    body: Any = fields.JSONField()
    created = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "audit"


class Reminder(Model):
    id = fields.BigIntField(primary_key=True)
    tenant = fields.IntField()
    booking = fields.BigIntField()
    due = fields.DatetimeField()
    done = fields.BooleanField(default=False)

    class Meta:
        table = "reminders"


def values(staff: int, start: datetime) -> tuple[int, int, datetime, datetime, datetime, uuid.UUID]:
    return staff // STAFF_PER_TENANT + 1, staff, start, start + LENGTH, start + LENGTH + BUFFER, uuid.uuid4()


@contextlib.asynccontextmanager
async def one_insert(url: str, clients: int) -> AsyncIterator[Book]:
    """INSERT ... ON CONFLICT DO NOTHING, nothing else."""
    async with asyncpg.create_pool(url, min_size=clients, max_size=clients) as pool:

        async def book(staff: int, start: datetime) -> bool:
            async with pool.acquire() as connection:
                return await connection.fetchval(INSERT, *values(staff, start)) is not None

        yield book


@contextlib.asynccontextmanager
async def one_statement(url: str, clients: int) -> AsyncIterator[Book]:
    """Booking, event, audit and reminder in one statement."""
    async with asyncpg.create_pool(url, min_size=clients, max_size=clients) as pool:

        async def book(staff: int, start: datetime) -> bool:
            async with pool.acquire() as connection:
                return await connection.fetchval(ONE_STATEMENT, *values(staff, start)) is not None

        yield book


@contextlib.asynccontextmanager
async def transaction(url: str, clients: int) -> AsyncIterator[Book]:
    """The same four writes as statements of one transaction."""
    async with asyncpg.create_pool(url, min_size=clients, max_size=clients) as pool:

        async def book(staff: int, start: datetime) -> bool:
            tenant = staff // STAFF_PER_TENANT + 1
            async with pool.acquire() as connection, connection.transaction():
                booking = await connection.fetchval(INSERT, *values(staff, start))
                if booking is None:
                    return False
                await connection.execute(EVENT, tenant, f'{{"id": {booking}}}')
                await connection.execute(AUDIT, tenant)
                await connection.execute(REMINDER, tenant, booking, start - timedelta(days=1))
                return True

        yield book


@contextlib.asynccontextmanager
async def tortoise(url: str, clients: int) -> AsyncIterator[Book]:
    """The same four writes through Tortoise: the guarded INSERT by hand, three models created."""
    await Tortoise.init(
        db_url=f"{url.replace('postgresql://', 'asyncpg://')}?schema=peers&minsize={clients}&maxsize={clients}",
        modules={"models": [Outbox.__module__]},
        _enable_global_fallback=True,
    )

    async def book(staff: int, start: datetime) -> bool:
        tenant = staff // STAFF_PER_TENANT + 1
        async with in_transaction() as connection:
            made = await connection.execute_query_dict(INSERT, list(values(staff, start)))
            if not made:
                return False
            booking = made[0]["id"]
            await Outbox.create(tenant=tenant, kind="booking.created", body={"id": booking}, using_db=connection)
            await Audit.create(tenant=tenant, who="customer", what="book", body={}, using_db=connection)
            due = start - timedelta(days=1)
            await Reminder.create(tenant=tenant, booking=booking, due=due, using_db=connection)
            return True

    try:
        yield book
    finally:
        await Tortoise.close_connections()


CONTESTANTS: dict[str, Callable[[str, int], AbstractAsyncContextManager[Book]]] = {
    "one_insert": one_insert,
    "one_statement": one_statement,
    "transaction": transaction,
    "tortoise": tortoise,
}


async def main(contestant: str, shape: str, seconds: float) -> None:
    async with CONTESTANTS[contestant](os.environ["BENCH_URL"], SHAPES[shape]) as book:
        print((await drive(shape, seconds=seconds, book=book)).as_json())


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
