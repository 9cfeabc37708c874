"""What was done stays on record: nobody changes or removes an entry, and each business sees its own only."""

from __future__ import annotations

import asyncpg
import pytest

from booka_core.audit.commands import install, record
from booka_core.audit.queries import entries
from booka_core.audit.types import SYSTEM, AuditActor
from booka_core.db import scope
from booka_core.db.scope import bind_tenant, platform_scope, register_reason, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase

ATTEMPTS = (
    "update audit_entries set action = 'nothing.happened'",
    "delete from audit_entries",
    "truncate audit_entries",
)


async def write_one(tenant: TenantInfo) -> None:
    async with tenant_scope(tenant.id) as queries:
        await record(queries, "test.done", actor=SYSTEM, subject="thing:1", detail={"to": "x"})


async def test_no_role_of_the_product_can_change_an_entry(database: TestDatabase, tenant: TenantInfo) -> None:
    await write_one(tenant)
    for role in ("application", "system", "owner"):
        async with database.connect(role) as connection:
            await connection.execute("select set_config('booka.tenant_id', $1, false)", str(tenant.id))
            for attempt in ATTEMPTS:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(attempt)
    with bind_tenant(tenant.id):
        assert [entry.action for entry in await entries()] == ["test.done"]


async def test_without_its_trigger_the_record_could_be_emptied(database: TestDatabase, tenant: TenantInfo) -> None:
    await write_one(tenant)
    async with database.connect("owner") as connection:
        await connection.execute("drop trigger audit_entries_kept on audit_entries")
        await connection.execute("delete from audit_entries")
    with bind_tenant(tenant.id):
        assert await entries() == []


async def test_a_business_sees_its_own_entries_and_none_of_the_platform(
    tenant: TenantInfo, other_tenant: TenantInfo
) -> None:
    await write_one(tenant)
    register_reason("test.look", audited=False)
    async with platform_scope("test.look") as queries:
        await record(queries, "platform.thing", actor=SYSTEM)
    with bind_tenant(other_tenant.id):
        assert await entries() == []
    with bind_tenant(tenant.id):
        assert [entry.action for entry in await entries()] == ["test.done"]


async def test_a_look_across_businesses_that_a_person_started_is_on_record_even_if_nothing_else_happens(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scope, "_audit", None)
    install()
    register_reason("test.person", audited=True)
    register_reason("test.machine", audited=False)
    somebody = new_id()
    async with platform_scope("test.person", actor=str(somebody)):
        pass
    async with platform_scope("test.machine"):
        pass
    async with database.connect("owner") as connection:
        found = await connection.fetch("select actor_kind, actor_id, action, subject, tenant_id from audit_entries")
    assert [tuple(row) for row in found] == [("user", somebody, "platform.scope", "test.person", None)]


async def test_an_entry_and_its_deed_commit_together_or_not_at_all(tenant: TenantInfo) -> None:
    async def deed() -> None:
        async with tenant_scope(tenant.id) as queries:
            await record(queries, "test.done", actor=AuditActor.user(new_id()))
            await queries.execute_query("select 1 / 0")

    with pytest.raises(Exception, match="division by zero"):
        await deed()
    with bind_tenant(tenant.id):
        assert await entries() == []
