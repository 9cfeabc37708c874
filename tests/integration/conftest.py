"""A second business beside `tenant`, for every test that asks whether one can reach the other."""

from __future__ import annotations

import pytest_asyncio

from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase


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
