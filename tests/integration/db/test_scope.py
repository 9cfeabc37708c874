"""The only ways to the data, and what happens to whoever takes another."""

from __future__ import annotations

import asyncio

import pytest
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from booka_core.catalog.commands import add_location
from booka_core.db.errors import NoTenantBound, ScopeClosed, TenantMismatch, UnknownReason
from booka_core.db.scope import (
    after_commit,
    bind_tenant,
    current_tenant,
    platform_scope,
    register_reason,
    spawn,
    tenant_scope,
)
from booka_core.kernel.egress import client
from booka_core.kernel.errors import EffectInTransaction
from booka_core.kernel.ids import new_id
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.tenancy.commands import create_tenant

COUNT = "select count(*) as n from locations"
register_reason("test.look", audited=False)


async def another_tenant():
    return await create_tenant(
        slug="other", name="Other", vertical="beauty", zone="Europe/Paris", locale="fr-FR", currency="EUR"
    )


async def place(tenant_id, name="Here"):
    with bind_tenant(tenant_id):
        return await add_location(name=name, zone="Africa/Lagos")


async def seen(connection) -> int:
    return (await connection.execute_query_dict(COUNT))[0]["n"]


async def test_who_forgets_the_scope_finds_and_changes_nothing(tenant) -> None:
    await place(tenant.id)
    plain = Tortoise.get_connection("default")
    assert await seen(plain) == 0
    async with in_transaction("default") as transaction:
        assert await seen(transaction) == 0
    changed, _ = await plain.execute_query("update locations set name = 'x'")
    assert changed == 0
    with pytest.raises((OperationalError, IntegrityError), match="row-level security"):
        await plain.execute_query(
            "insert into locations (id, tenant_id, name, address, zone, active) values ($1, $2, 'x', '', 'UTC', true)",
            [new_id(), tenant.id],
        )


async def test_without_the_policy_the_forgetful_would_see_everything(database, tenant) -> None:
    await place(tenant.id)
    async with database.connect("owner") as connection:
        await connection.execute("alter table locations no force row level security")
        await connection.execute("alter table locations disable row level security")
    assert await seen(Tortoise.get_connection("default")) == 1, "the test above would not notice a missing policy"


async def test_a_scope_shows_its_own_tenant_and_no_other(tenant) -> None:
    other = await another_tenant()
    mine, theirs = await place(tenant.id), await place(other.id)
    async with tenant_scope(tenant.id) as connection:
        rows = await connection.execute_query_dict("select id from locations")
        assert [row["id"] for row in rows] == [mine]
        changed, _ = await connection.execute_query("update locations set name = 'x' where id = $1", [theirs])
        assert changed == 0


async def test_a_row_can_not_be_moved_to_another_tenant(tenant) -> None:
    other = await another_tenant()
    mine = await place(tenant.id)
    with pytest.raises((OperationalError, IntegrityError), match="row-level security"):
        async with tenant_scope(tenant.id) as connection:
            await connection.execute_query("update locations set tenant_id = $2 where id = $1", [mine, other.id])


async def test_scopes_of_two_tenants_do_not_nest(tenant) -> None:
    other = await another_tenant()
    async with tenant_scope(tenant.id):
        with pytest.raises(TenantMismatch):
            async with tenant_scope(other.id):
                pass
        with pytest.raises(TenantMismatch):
            async with platform_scope("test.look"):
                pass
        assert current_tenant() == tenant.id
    with pytest.raises(NoTenantBound):
        current_tenant()
    with pytest.raises(NoTenantBound):
        async with tenant_scope():
            pass


async def test_a_nested_scope_is_a_savepoint(tenant) -> None:
    async with tenant_scope(tenant.id) as outer:
        await add_location(name="kept", zone="UTC")
        with pytest.raises(RuntimeError):
            async with tenant_scope():
                await add_location(name="lost", zone="UTC")
                raise RuntimeError
        assert [row["name"] for row in await outer.execute_query_dict("select name from locations")] == ["kept"]


async def test_a_platform_scope_needs_a_registered_reason_and_sees_all(tenant) -> None:
    other = await another_tenant()
    await place(tenant.id)
    await place(other.id)
    with pytest.raises(UnknownReason):
        async with platform_scope("because"):
            pass
    async with platform_scope("test.look") as connection:
        assert await seen(connection) == 2
    assert await seen(Tortoise.get_connection("default")) == 0


async def test_hints_go_out_after_the_outermost_commit_and_never_for_what_was_rolled_back(tenant) -> None:
    told: list[str] = []

    def tell(word: str) -> None:
        async def hook() -> None:
            told.append(word)

        after_commit(hook)

    async with tenant_scope(tenant.id):
        async with tenant_scope():
            tell("inner")
        assert told == []
        with pytest.raises(RuntimeError):
            async with tenant_scope():
                tell("rolled back")
                raise RuntimeError
        tell("outer")
    assert told == ["inner", "outer"]
    with pytest.raises(RuntimeError):
        async with tenant_scope(tenant.id):
            tell("never")
            raise RuntimeError
    assert told == ["inner", "outer"]


async def test_a_failing_hint_does_not_undo_what_is_committed(tenant) -> None:
    async def fail() -> None:
        raise RuntimeError

    async with tenant_scope(tenant.id):
        await add_location(name="kept", zone="UTC")
        after_commit(fail)
    async with tenant_scope(tenant.id) as connection:
        assert await seen(connection) == 1


async def test_a_task_that_outlives_its_scope_can_not_use_it(tenant) -> None:
    started = asyncio.Event()

    async def late() -> None:
        await started.wait()
        async with tenant_scope(tenant.id):
            pass

    async with tenant_scope(tenant.id):
        task = asyncio.create_task(late())
    started.set()
    with pytest.raises(ScopeClosed):
        await task


async def test_a_spawned_task_begins_with_nothing(tenant) -> None:
    async def look() -> None:
        with pytest.raises(NoTenantBound):
            current_tenant()
        async with tenant_scope(tenant.id) as connection:
            assert await seen(connection) == 0

    async with tenant_scope(tenant.id):
        task = spawn(look())
    await task


async def test_nothing_outside_is_called_while_a_transaction_is_open(tenant) -> None:
    forbid_in_transaction("a provider")
    async with tenant_scope(tenant.id):
        with pytest.raises(EffectInTransaction, match="a provider"):
            forbid_in_transaction("a provider")
        async with client() as http:
            with pytest.raises(EffectInTransaction):
                await http.get("http://127.0.0.1:9/")
    forbid_in_transaction("a provider")


async def test_a_cancelled_scope_gives_its_connection_back(tenant) -> None:
    async def hang() -> None:
        async with tenant_scope(tenant.id) as connection:
            await connection.execute_query("select pg_sleep(30)")

    tasks = [asyncio.create_task(hang()) for _ in range(4)]
    await asyncio.sleep(0.2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(10), tenant_scope(tenant.id) as connection:
        assert await seen(connection) == 0
