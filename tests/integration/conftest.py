"""A second business beside `tenant`, for tests that ask whether one can reach the other, and the web application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase, environment
from booka_core.web.app import BookaApp, create_app


@pytest_asyncio.fixture(loop_scope="session")
async def other_tenant(database: TestDatabase) -> TenantInfo:
    """A salon in Paris that has nothing to do with `tenant`."""
    return await create_tenant(
        slug="lumiere",
        name="Maison Lumière",
        vertical="beauty",
        zone="Europe/Paris",
        locale="fr-FR",
        currency="EUR",
        country="FR",
    )


@pytest_asyncio.fixture(loop_scope="session")
async def web_app(database: TestDatabase, redis: Redis, plugins: None) -> AsyncIterator[BookaApp]:
    """The web application of the demonstration, with every page it has, on this test's database."""
    with environment({"BOOKA_DEMO": "true", "BOOKA_BASE_URL": "http://localhost", "SMTP_URL": "smtp://127.0.0.1:1"}):
        app = create_app()
        yield app
        await app.limiter.close()


@pytest.fixture
def app_without_stores() -> Iterator[BookaApp]:
    """The same application with no database and no Redis behind it, for what needs neither."""
    with environment({"BOOKA_DEMO": "true", "BOOKA_BASE_URL": "http://localhost", "DATABASE_URL": "", "REDIS_URL": ""}):
        yield create_app()
