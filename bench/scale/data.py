"""Fills databases by SQL: a book of a million reservations, and ten thousand businesses.

One business is made by the product's own verbs, with one reservation in it. Everything else is a copy of those rows
with other ids, times and people, column by column as the catalogue of the database lists them, so that columns added
later are copied as well. The copies of a business keep their references, because an id becomes a digest of itself and
the number of the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import asyncpg

SLOTS = 20  # of half an hour, from nine in the morning; two of them stay free on each person's day
TAKEN = SLOTS - 2
BUSINESS_TABLES = (
    "tenants",
    "tenant_settings",
    "locations",
    "working_hours",
    "resources",
    "services",
    "service_resources",
    "customers",
    "reservations",
    "occupancies",
    "reservation_logs",
)

_COLUMNS = """
select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
"""
_TRUSTED = "set session_replication_role = replica"
"""Copies refer to what was copied with them; looking up every reference of a million rows would take minutes."""


async def fill_book(connection: asyncpg.Connection, tenant: UUID, *, reservations: int, first_day: date) -> None:
    """Put `reservations` in place of a business's only one: eighteen for each person and day, from `first_day` on.

    The constraint looks at every row, as it always does.
    """
    original = await connection.fetchval("select id from reservations where tenant_id = $1", tenant)
    await connection.execute("update occupancies set active = false where reservation_id = $1", original)
    await connection.execute(_TRUSTED)
    whose = "select array_agg(id order by id) from"
    people = await connection.fetchval(f"{whose} resources where tenant_id = $1 and kind = 'staff'", tenant)
    guests = await connection.fetchval(f"{whose} customers where tenant_id = $1", tenant)
    per_day = len(people) * TAKEN
    await connection.execute(
        f"""
        create temporary table book as
        select n, ('0195{tenant.hex[-12:]}7000' || lpad(to_hex(n), 12, '0'))::uuid as id,
               ('{_array(people)}'::uuid[])[who + 1] as resource_id,
               ('{_array(guests)}'::uuid[])[n * 7919::bigint % {len(guests)} + 1] as customer_id,
               ('{first_day}'::date + day + time '09:00' + interval '30 minutes' * slot) at time zone 'UTC' as starts_at
        from generate_series(0, {reservations - 1}) as n,
             lateral (select n / {per_day} as day, n / {TAKEN} % {len(people)} as who, n % {TAKEN} as turn) as d,
             lateral (select (who * 7 + day * 3) % {SLOTS} as free) as f,
             lateral (select turn + (turn >= free)::int + (turn >= free + 9)::int as slot) as s
        """,
        timeout=600,
    )
    length = "interval '25 minutes'"
    await _copy(
        connection,
        "reservations",
        source=f"book as b cross join (select * from reservations where tenant_id = '{tenant}') as t",
        other={
            "id": "b.id",
            "reference": "'B' || lpad(upper(to_hex(b.n)), 8, '0')",
            "customer_id": "b.customer_id",
            "starts_at": "b.starts_at",
            "ends_at": f"b.starts_at + {length}",
            "status": f"case when b.starts_at + {length} < t.created_at then 'completed' else 'confirmed' end",
        },
    )
    await _copy(
        connection,
        "occupancies",
        source=f"book as b cross join (select * from occupancies where tenant_id = '{tenant}') as t",
        other={
            "id": "b.id",
            "reservation_id": "b.id",
            "resource_id": "b.resource_id",
            "starts_at": "b.starts_at",
            "ends_at": f"b.starts_at + {length} + interval '5 minutes'",
            "active": "true",
        },
    )
    for table in ("occupancies", "reservation_logs", "reservations"):
        key = "id" if table == "reservations" else "reservation_id"
        await connection.execute(f"delete from {table} where {key} = '{original}'")
    await connection.execute("drop table book")


async def copy_business(connection: asyncpg.Connection, tenant: UUID, *, copies: int) -> None:
    """Make `copies` businesses like this one, with all its people, customers and reservations."""
    await connection.execute(_TRUSTED)
    for table in BUSINESS_TABLES:
        columns = await connection.fetch(_COLUMNS, table)
        ids = [column["name"] for column in columns if column["type"] == "uuid"]
        other = {name: f"md5(t.{name}::text || '/' || n)::uuid" for name in ids}
        if table == "tenants":
            other |= {"slug": "t.slug || '-' || n", "name": "t.name || ' ' || n"}
        key = "id" if table == "tenants" else "tenant_id"
        await _copy(
            connection,
            table,
            source=f"(select * from {table} where {key} = '{tenant}') as t, generate_series(1, {copies}) as n",
            other=other,
        )


def copy_of(value: UUID, number: int) -> str:
    """SQL for the id that an id has in one copy."""
    return f"md5('{value}' || '/' || {number})::uuid"


async def _copy(connection: asyncpg.Connection, table: str, *, source: str, other: Mapping[str, str]) -> None:
    columns = [row["name"] for row in await connection.fetch(_COLUMNS, table)]
    values = ", ".join(other.get(name, f't."{name}"') for name in columns)
    await connection.execute(f"insert into {table} ({', '.join(columns)}) select {values} from {source}", timeout=600)


def _array(ids: Iterable[UUID]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
