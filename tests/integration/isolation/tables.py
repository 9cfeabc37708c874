"""Every table of the live schema that holds tenants' rows, filled for two tenants, and what one can do to the other.

Rows are made from the columns' types. The table's own checks and references are dropped first: they are about what a
row may say, and here it only matters whose it is.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import asyncpg

from booka_core.db import protect
from booka_core.kernel.ids import new_id

_TABLES = """
select c.relname as name, a.attname as tenant_column
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
 where c.relkind in ('r', 'p')
   and (a.attname = 'tenant_id' or (c.relname, a.attname) in (select * from unnest($1::text[], $2::text[])))
 order by c.relname
"""
_COLUMNS = """
select column_name as name, udt_name as type, data_type, character_maximum_length as length
  from information_schema.columns
 where table_schema = 'public' and table_name = $1 and is_identity = 'NO' and is_generated = 'NEVER'
 order by ordinal_position
"""
_LOOSEN = """
select format('alter table %I drop constraint %I cascade', c.relname, k.conname) as statement
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and k.contype in ('c', 'f', 'x')
"""


_numbers = itertools.count(1)


@dataclass(frozen=True)
class TenantTable:
    """A table whose rows belong to tenants: which column says to whom, and what the application may do."""

    name: str
    tenant_column: str
    columns: tuple[asyncpg.Record, ...]

    @property
    def grants(self) -> set[str]:
        """What the application role is meant to do to its own tenant's rows."""
        if self.name in protect.TENANT_KEY:
            return {"select", "update"}
        if self.name in protect.APPEND_ONLY:
            return {"select", "insert"}
        return {"select", "insert", "update", "delete"}

    def row(self, tenant_id: UUID) -> list[Any]:
        """Values for all columns of a row of this tenant."""
        return [tenant_id if column["name"] == self.tenant_column else _value(column) for column in self.columns]

    @property
    def insert(self) -> str:
        names = ", ".join(f'"{column["name"]}"' for column in self.columns)
        marks = ", ".join(f"${position}" for position in range(1, len(self.columns) + 1))
        return f'insert into "{self.name}" ({names}) values ({marks})'


def _value(column: asyncpg.Record) -> Any:
    kind: str = column["type"]
    if kind.startswith("_"):
        return []
    length = column["length"] or 40
    number = next(_numbers)
    made: dict[str, Any] = {
        "uuid": new_id(),
        "bool": False,
        "int2": number % 32_000,
        "int4": number,
        "int8": number,
        "float8": 1.0,
        "numeric": number,
        "jsonb": json.dumps({}),
        "json": json.dumps({}),
        "bytea": new_id().bytes,
        "date": date(2026, 3, 2),
        "time": time(9, 0),
        "timestamptz": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        "text": new_id().hex,
        "varchar": new_id().hex[-length:],
        "bpchar": "x" * length,
        "tstzrange": asyncpg.Range(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)),
    }
    return made[kind]


async def tenant_tables(connection: asyncpg.Connection) -> list[TenantTable]:
    """All of them, from the catalogue."""
    rows = await connection.fetch(_TABLES, list(protect.TENANT_KEY), list(protect.TENANT_KEY.values()))
    return [
        TenantTable(row["name"], row["tenant_column"], tuple(await connection.fetch(_COLUMNS, row["name"])))
        for row in rows
    ]


async def loosen(superuser: asyncpg.Connection) -> None:
    """Drop checks, references and exclusions, so that made-up rows can be stored."""
    for row in await superuser.fetch(_LOOSEN):
        await superuser.execute(row["statement"])


async def fill(superuser: asyncpg.Connection, tables: Sequence[TenantTable], tenants: Sequence[UUID]) -> None:
    """One row per table and tenant, where there is none yet."""
    for table in tables:
        for tenant_id in tenants:
            count = f'select count(*) from "{table.name}" where "{table.tenant_column}" = $1'
            if not await superuser.fetchval(count, tenant_id):
                await superuser.execute(table.insert, *table.row(tenant_id))


class Attempt:
    """What the application role can do to one table while one tenant, or none, is bound. Nothing stays."""

    def __init__(self, application: asyncpg.Connection, table: TenantTable, bound: UUID | None) -> None:
        self._application = application
        self._table = table
        self._bound = bound

    async def do(self, statement: str, *values: Any) -> int | str:
        """How many rows a statement reached, or the name of the refusal."""
        transaction = self._application.transaction()
        await transaction.start()
        try:
            if self._bound is not None:
                await self._application.execute("select set_config('booka.tenant_id', $1, true)", str(self._bound))
            status: str = await self._application.execute(statement, *values)
            return int(status.rsplit(" ", 1)[-1])
        except asyncpg.PostgresError as refusal:
            return type(refusal).__name__
        finally:
            await transaction.rollback()

    async def select(self, tenant_id: UUID) -> int | str:
        return await self.do(self._sql("select 1 from {table} where {mine} = $1"), tenant_id)

    async def insert(self, tenant_id: UUID) -> int | str:
        return await self.do(self._table.insert, *self._table.row(tenant_id))

    async def update(self, tenant_id: UUID) -> int | str:
        return await self.do(self._sql("update {table} set {mine} = {mine} where {mine} = $1"), tenant_id)

    async def give_away(self, tenant_id: UUID, to: UUID) -> int | str:
        return await self.do(self._sql("update {table} set {mine} = $2 where {mine} = $1"), tenant_id, to)

    async def delete(self, tenant_id: UUID) -> int | str:
        return await self.do(self._sql("delete from {table} where {mine} = $1"), tenant_id)

    def _sql(self, pattern: str) -> str:
        return pattern.format(table=f'"{self._table.name}"', mine=f'"{self._table.tenant_column}"')


REFUSED = "InsufficientPrivilegeError"


async def breaches(application: asyncpg.Connection, table: TenantTable, *, own: UUID, other: UUID) -> list[str]:
    """What is not as it must be for one table: with no tenant bound, with the own one, and against the other's rows."""
    found: list[str] = []

    def check(what: str, got: int | str, *allowed: int | str) -> None:
        if got not in allowed:
            found.append(f"{table.name}: {what}: {got}, not {' or '.join(map(str, allowed))}")

    nobody = Attempt(application, table, None)
    for tenant_id in (own, other):
        check("select with no tenant", await nobody.select(tenant_id), 0)
        check("insert with no tenant", await nobody.insert(tenant_id), REFUSED)
        check("update with no tenant", await nobody.update(tenant_id), 0, REFUSED)
        check("delete with no tenant", await nobody.delete(tenant_id), 0, REFUSED)
    mine = Attempt(application, table, own)
    for verb, attempt in (
        ("select", mine.select),
        ("insert", mine.insert),
        ("update", mine.update),
        ("delete", mine.delete),
    ):
        got = await attempt(own)
        if verb in table.grants:
            # A second row may be one too many for a unique key; then the policy let it through as well.
            reached = (isinstance(got, int) and got >= 1) or (verb == "insert" and got == "UniqueViolationError")
            if not reached:
                found.append(f"{table.name}: {verb} of the own row: {got}")
        else:
            check(f"{verb} of the own row", got, REFUSED)
    check("select of the other's row", await mine.select(other), 0)
    check("insert for the other", await mine.insert(other), REFUSED)
    check("update of the other's row", await mine.update(other), 0, REFUSED)
    check("delete of the other's row", await mine.delete(other), 0, REFUSED)
    check("giving the own row to the other", await mine.give_away(own, other), REFUSED)
    check("taking the other's row", await mine.give_away(other, own), 0, REFUSED)
    return found
