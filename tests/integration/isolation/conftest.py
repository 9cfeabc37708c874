"""The whole schema, plugins included, with rows of two tenants in every table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import pytest_asyncio

from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase

from .tables import TenantTable, fill, loosen, tenant_tables


@dataclass
class Schema:
    """The live schema. `superuser` prepares, `application` is what the product logs in as."""

    tables: list[TenantTable]
    superuser: asyncpg.Connection
    application: asyncpg.Connection
    own: UUID
    other: UUID

    def table(self, name: str) -> TenantTable:
        return next(table for table in self.tables if table.name == name)


@pytest_asyncio.fixture(loop_scope="session")
async def schema(database: TestDatabase, tenant: TenantInfo, other_tenant: TenantInfo) -> AsyncIterator[Schema]:
    async with database.connect("superuser") as superuser, database.connect("application") as application:
        tables = await tenant_tables(superuser)
        await loosen(superuser)
        await fill(superuser, tables, (tenant.id, other_tenant.id))
        yield Schema(tables, superuser, application, own=tenant.id, other=other_tenant.id)
