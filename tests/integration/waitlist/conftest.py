"""The day of the waitlist's tests."""

from __future__ import annotations

from types import ModuleType

import pytest_asyncio

from booka_core.testing.salon import Salon
from tests.integration.waitlist.waiting import FullDay, full_day


@pytest_asyncio.fixture(loop_scope="session")
async def day(salon: Salon, frozen_clock: ModuleType, plugins: None, redis: object) -> FullDay:
    """A Tuesday on which nothing is free; it is the Monday before, 10:00 in Lagos."""
    return await full_day(salon)
