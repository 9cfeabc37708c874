"""Ten thousand requests and scopes of several tenants, interleaved over a few connections: each sees its own alone."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from booka_core.customers.commands import add_customer
from booka_core.customers.queries import list_customers
from booka_core.db import lifecycle, scope
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase
from booka_core.testing.web import Visitor, member_visitor, program_of
from booka_core.web.app import BookaApp

POOL = 4
TENANTS = 5
SCOPES = 9_000
REQUESTS = 1_000
AT_ONCE = 60


@pytest_asyncio.fixture(loop_scope="session")
async def businesses(database: TestDatabase) -> AsyncIterator[list[TenantInfo]]:
    """Five tenants with a different number of customers each, over a pool of four connections."""
    await lifecycle.close_database()
    await lifecycle.open_database(pool=POOL)
    made = []
    for number in range(TENANTS):
        tenant = await create_tenant(
            slug=f"tenant-{number}", name=f"Tenant {number}", vertical="beauty", zone="UTC", locale="en", currency="EUR"
        )
        with bind_tenant(tenant.id):
            for one in range(number + 1):
                await add_customer(name=f"{tenant.slug} customer {one}")
        made.append(tenant)
    yield made


class Wrong(Counter[str]):
    """What was seen that should not have been."""


async def look(tenant: TenantInfo, number: int, wrong: Wrong) -> None:
    """One scope, in one of several shapes, that counts what it sees."""
    expected = int(tenant.slug.rsplit("-", 1)[1]) + 1
    shape = number % 5
    if shape == 0:
        with bind_tenant(tenant.id):
            names = [customer.name or "" for customer in (await list_customers()).items]
    else:
        async with tenant_scope(tenant.id) as queries:
            if shape == 1:
                await asyncio.sleep(0)
            if shape == 2:  # a savepoint that is undone
                try:
                    async with tenant_scope():
                        await queries.execute_query("select 1 / 0")
                except Exception:  # noqa: BLE001 - whatever the driver calls it
                    await asyncio.sleep(0)
            rows = await queries.execute_query_dict("select name, tenant_id from customers")
            if any(row["tenant_id"] != tenant.id for row in rows):
                wrong["another's row"] += 1
            names = [row["name"] for row in rows]
            if shape == 3:
                seen = await queries.execute_query_dict("select current_setting('booka.tenant_id') as t")
                wrong["another's name"] += seen[0]["t"] != str(tenant.id)
    if len(names) != expected or any(not name.startswith(f"{tenant.slug} ") for name in names):
        wrong["another count"] += 1


async def give_up(tenant: TenantInfo, number: int, wrong: Wrong) -> None:
    """A scope whose task is cancelled somewhere on the way."""
    task = spawn(look(tenant, number, wrong))
    await asyncio.sleep(random.random() / 500)  # noqa: S311 - any moment will do
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def interleave(businesses: list[TenantInfo], *, scopes: int) -> Wrong:
    wrong, doors = Wrong(), asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with doors:
            tenant = businesses[(number * 7919) % TENANTS]
            try:
                await (give_up if number % 37 == 0 else look)(tenant, number, wrong)
            except Exception as error:  # noqa: BLE001 - an error is as wrong as a foreign row
                wrong[type(error).__name__] += 1

    await asyncio.gather(*(spawn(one(number)) for number in range(scopes)))
    return +wrong


async def test_nine_thousand_scopes_each_see_their_own_tenant(businesses: list[TenantInfo]) -> None:
    assert await interleave(businesses, scopes=SCOPES) == {}


async def test_a_thousand_requests_each_get_their_own_business(web_app: BookaApp, businesses: list[TenantInfo]) -> None:
    programs: list[tuple[TenantInfo, Visitor]] = []
    for tenant in businesses:
        visitor = await member_visitor(web_app, tenant, "owner")
        programs.append((tenant, program_of(web_app, visitor, tenant)))
    doors = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> bool:
        tenant, program = programs[(number * 7919) % TENANTS]
        async with doors:
            answer = await program.get("/api/v1/me")
        body: dict[str, Any] = await answer.get_json()
        return answer.status_code == 200 and body["business"]["id"] == str(tenant.id)

    answers = await asyncio.gather(*(one(number) for number in range(REQUESTS)))
    assert all(answers)


class Shared:
    """What a context variable would be if all tasks shared it."""

    def __init__(self) -> None:
        self._value: UUID | None = None

    def get(self) -> UUID | None:
        return self._value

    def set(self, value: UUID | None) -> UUID | None:
        before, self._value = self._value, value
        return before

    def reset(self, before: UUID | None) -> None:
        self._value = before


@pytest.mark.parametrize("variable", ["_beginning", "_bound"])
async def test_a_variable_that_all_tasks_shared_would_be_seen_at_once(
    businesses: list[TenantInfo], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    assert isinstance(getattr(scope, variable), ContextVar)
    monkeypatch.setattr(scope, variable, Shared())
    assert await interleave(businesses, scopes=300) != {}


async def test_a_transaction_that_begins_without_its_tenant_would_be_seen_at_once(
    businesses: list[TenantInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scope.TenantConnection, "execute", scope.TenantConnection.__mro__[1].execute)  # type: ignore[attr-defined]
    assert (await interleave(businesses, scopes=50))["another count"] > 0
