"""What the catalogue of the live schema must say, whatever the code above it does: forced policies everywhere, roles
that can do nothing else, and no key, reference, view or function through which one tenant learns of another.
"""

from __future__ import annotations

import asyncpg
import pytest

from booka_core.db import protect
from booka_core.testing.database import TestDatabase

from .conftest import Schema
from .tables import tenant_tables

UNGUARDED = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname = any($1)
   and not (c.relrowsecurity and c.relforcerowsecurity
            and (select array_agg(p.polname::text) from pg_policy p where p.polrelid = c.oid)
                is not distinct from array['booka_tenant'])
"""
# A random id as the only column tells nobody anything: it cannot be guessed. Every other unique key could be asked.
TELLING_KEYS = """
select c.relname || '.' || i.relname from pg_index x
  join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relname = any($1) and (x.indisunique or x.indisexclusion)
   and not exists (select from pg_attribute a
                    where a.attrelid = c.oid and a.attnum = any(x.indkey) and a.attname = 'tenant_id')
   and not (x.indnkeyatts = 1
            and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]
                         and (a.atttypid = 'uuid'::regtype or a.attidentity <> '')))
"""
# References are checked without policies, so one that leaves the tenant out would confirm another's ids.
REACHING_REFERENCES = """
select c.relname || '.' || k.conname from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
 where k.contype = 'f' and c.relname = any($1) and f.relname = any($1) and f.relname <> 'tenants'
   and not exists (select from pg_attribute a
                    where a.attrelid = f.oid and a.attnum = any(k.confkey) and a.attname = 'tenant_id')
"""
PRIVILEGED_ROLES = """
select rolname from pg_roles r
 where rolname in ('booka_app', 'booka_system')
   and (rolsuper or rolcreaterole or rolcreatedb or rolreplication
        or (rolname = 'booka_app' and rolbypassrls)
        or exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm', 'f'))
        or exists (select from pg_auth_members m where m.member = r.oid)
        or has_schema_privilege(rolname, 'public', 'create'))
"""
FOREIGN_PRIVILEGES = """
select table_name || ': ' || string_agg(lower(privilege_type), ' ' order by privilege_type)
  from information_schema.role_table_grants
 where grantee in ('booka_app', 'PUBLIC') and table_schema = 'public' and table_name <> all($1)
 group by table_name
"""
TAKING_EVERYTHING = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relkind in ('r', 'p')
   and (has_table_privilege('booka_app', c.oid, 'truncate') or has_table_privilege('booka_app', c.oid, 'references')
        or has_table_privilege('booka_app', c.oid, 'trigger'))
"""
SEEING_TOO_MUCH = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and (c.relkind = 'm' or (c.relkind = 'v'
   and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']))
"""
DOING_AS_ANOTHER = """
select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname = 'public' and p.prosecdef and has_function_privilege('booka_app', p.oid, 'execute')
"""


async def asked(connection: asyncpg.Connection, query: str, *values: object) -> list[str]:
    return sorted(str(row[0]) for row in await connection.fetch(query, *values))


@pytest.fixture
def names(schema: Schema) -> list[str]:
    return [table.name for table in schema.tables]


async def test_every_tenant_table_is_under_its_one_forced_policy(schema: Schema, names: list[str]) -> None:
    assert await asked(schema.superuser, UNGUARDED, names) == []


@pytest.mark.parametrize(
    "sabotage",
    [
        "alter table customers no force row level security",
        "alter table customers disable row level security",
        "drop policy booka_tenant on customers",
        "create policy also on customers using (true)",
        "create table leaflets (id uuid primary key, tenant_id uuid not null)",
    ],
)
async def test_a_table_that_slipped_out_would_be_named(schema: Schema, names: list[str], sabotage: str) -> None:
    await schema.superuser.execute(sabotage)
    assert await asked(schema.superuser, UNGUARDED, [*names, "leaflets"]) in (["customers"], ["leaflets"])


async def test_no_unique_key_tells_what_another_tenant_has(schema: Schema, names: list[str]) -> None:
    found = await asked(schema.superuser, TELLING_KEYS, names)
    # A business's short name is public by its nature: it stands in addresses.
    assert [key for key in found if not key.startswith("tenants.") or "slug" not in key] == []
    await schema.superuser.execute("create unique index telling on customers (phone)")
    assert "customers.telling" in await asked(schema.superuser, TELLING_KEYS, names)


async def test_no_reference_reaches_into_another_tenant(
    database: TestDatabase, schema: Schema, names: list[str]
) -> None:
    async with database.connect("superuser") as connection:
        await connection.execute(
            "create table pins (id uuid, tenant_id uuid, customer_id uuid references customers (id))"
        )
        assert await asked(connection, REACHING_REFERENCES, [*names, "pins"]) == ["pins.pins_customer_id_fkey"]


async def test_the_migrated_references_all_carry_the_tenant(database: TestDatabase) -> None:
    async with database.connect("superuser") as connection:
        tables = [table.name for table in await tenant_tables(connection)]
        assert await asked(connection, REACHING_REFERENCES, tables) == []
        carrying = await connection.fetchval("select count(*) from pg_constraint where contype = 'f'")
        assert carrying >= 15


async def test_the_roles_can_do_nothing_but_their_work(schema: Schema) -> None:
    assert await asked(schema.superuser, PRIVILEGED_ROLES) == []


async def test_the_application_touches_no_table_beside_the_tenants(schema: Schema, names: list[str]) -> None:
    found = await asked(schema.superuser, FOREIGN_PRIVILEGES, names)
    assert found == [f"{name}: select" for name in sorted(protect.READABLE)]
    assert await asked(schema.superuser, TAKING_EVERYTHING) == []


FORBIDDEN = (
    "select * from users",
    "select * from sessions",
    "select * from sign_in_links",
    "set role booka_system",
    "set role booka_owner",
    "set session authorization booka_owner",
    "alter table customers disable row level security",
    "drop policy booka_tenant on customers",
    "create policy mine on customers using (true)",
    "create table loot (id int)",
    "create function f() returns int language sql security definer as 'select 1'",
    "truncate customers",
    "copy customers to program 'cat'",
    "alter role booka_app bypassrls",
    "grant select on users to booka_app",
)


async def test_the_application_can_neither_read_peoples_keys_nor_free_itself(schema: Schema) -> None:
    for statement in FORBIDDEN:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidAuthorizationSpecificationError)):
            await schema.application.execute(statement)


async def test_no_view_and_no_function_sees_with_other_eyes(schema: Schema) -> None:
    assert await asked(schema.superuser, SEEING_TOO_MUCH) == []
    assert await asked(schema.superuser, DOING_AS_ANOTHER) == []
    await schema.superuser.execute("create view everybody as select * from customers")
    await schema.superuser.execute(
        "create function everybody_too() returns bigint language sql security definer"
        " as 'select count(*) from customers'"
    )
    assert await asked(schema.superuser, SEEING_TOO_MUCH) == ["everybody"]
    assert await asked(schema.superuser, DOING_AS_ANOTHER) == ["everybody_too"]
