"""What a scope leaves on its pooled connection: nothing, and without a trip to the server of its own."""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise import Tortoise

from booka_core.db import lifecycle
from booka_core.db.scope import TenantConnection, tenant_scope
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase


@pytest.fixture
async def one_connection(database: TestDatabase) -> None:
    """The product on a pool of one, so that every scope gets the connection of the last."""
    await lifecycle.close_database()
    await lifecycle.open_database(pool=1)


async def _bound_outside_any_scope() -> str:
    rows = await Tortoise.get_connection("default").execute_query_dict(
        "select coalesce(current_setting('booka.tenant_id', true), '') as bound"
    )
    return str(rows[0]["bound"])


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("ending", ["commit", "rollback"])
async def test_a_session_setting_made_in_a_scope_does_not_outlive_it(tenant: TenantInfo, ending: str) -> None:
    class Unwanted(Exception):
        pass

    careless = "select set_config('booka.tenant_id', $1, false)"
    with contextlib.suppress(Unwanted):
        async with tenant_scope(tenant.id) as connection:
            await connection.execute_query(careless, [str(UUID(int=7))])
            if ending == "rollback":
                raise Unwanted
    assert await _bound_outside_any_scope() == ""


@pytest.mark.usefixtures("one_connection")
async def test_without_tidying_the_setting_would_stay(tenant: TenantInfo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TenantConnection, "get_reset_query", lambda _connection: "")
    monkeypatch.setattr(TenantConnection, "execute", asyncpg.Connection.execute)
    async with tenant_scope(tenant.id) as connection:
        await connection.execute_query("select set_config('booka.tenant_id', $1, false)", [str(UUID(int=7))])
    assert await _bound_outside_any_scope() == str(UUID(int=7))


@pytest.mark.usefixtures("one_connection")
async def test_a_scope_costs_two_trips_beside_its_queries(tenant: TenantInfo, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    genuine = asyncpg.Connection.execute

    async def noting(self: Any, query: str, *args: Any, **options: Any) -> str:
        sent.append(query.partition(" ")[0].rstrip(";"))
        return str(await genuine(self, query, *args, **options))

    monkeypatch.setattr(asyncpg.Connection, "execute", noting)
    async with tenant_scope(tenant.id) as connection:
        await connection.execute_query("select 1")
    assert [word.partition(";")[0] for word in sent] == ["BEGIN", "COMMIT"]
