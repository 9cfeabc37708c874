"""A salon and the programs of the people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon, open_salon
from booka_core.testing.web import Visitor, member_visitor, program_of
from booka_core.web.app import BookaApp


@dataclass
class Business:
    """A salon whose owner, manager and stylist each use the API."""

    app: BookaApp
    salon: Salon
    owner: Visitor
    manager: Visitor
    ada: Visitor

    def booking(self, hour: int = 10, *, day: int = 3, **changed: Any) -> dict[str, Any]:
        """The body of a booking that is possible."""
        body: dict[str, Any] = {
            "service_id": str(self.salon.haircut),
            "starts_at": self.salon.at(hour, day=day).isoformat(),
            "customer": {"name": "Ngozi Eze", "phone": "+2348031234567"},
        }
        return {**body, **changed}


@pytest_asyncio.fixture(loop_scope="session")
async def business(web_app: BookaApp, tenant: TenantInfo, frozen_clock: object) -> Business:
    salon = await open_salon(tenant)
    owner = await member_visitor(web_app, tenant, "owner")
    manager = await member_visitor(web_app, tenant, "manager")
    ada = await member_visitor(web_app, tenant, "staff", resource_id=salon.ada)
    return Business(
        app=web_app,
        salon=salon,
        owner=program_of(web_app, owner, tenant),
        manager=program_of(web_app, manager, tenant),
        ada=program_of(web_app, ada, tenant),
    )
