"""A salon and the programs of the people who work there. Whatever they are answered, its status and its problem have to
stand in the description of the API.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from quart import Response
from werkzeug.exceptions import HTTPException

from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon, open_salon
from booka_core.testing.web import Visitor, member_visitor, program_of
from booka_core.web.api.openapi import problems_of
from booka_core.web.api.operations import operation_of
from booka_core.web.app import BookaApp
from booka_core.web.requests import declaration_of


@dataclass
class Caller(Visitor):
    """A program that knows the description, and is indignant about an answer that is not in it."""

    app: BookaApp | None = None

    async def call(self, method: str, path: str, **options: Any) -> Response:
        answer = await super().call(method, path, **options)
        assert self.app is not None
        await expect_described(self.app, method, path, answer)
        return answer


async def expect_described(app: BookaApp, method: str, path: str, answer: Response) -> None:
    try:
        rule, _ = app.url_map.bind("localhost").match(path.split("?", maxsplit=1)[0], method=method, return_rule=True)
    except HTTPException:
        return
    if not rule.rule.startswith("/api/v1"):
        return
    view = app.view_functions[rule.endpoint]
    told, door = operation_of(view), declaration_of(view)
    assert told is not None
    assert door is not None
    if answer.status_code in told.answers:
        return
    described = problems_of(told, door, has_path=bool(rule.arguments))
    code = json.loads(await answer.get_data())["type"].removeprefix("urn:booka:problem:")
    assert code in described.get(answer.status_code, {}), f"{method} {rule.rule} may not answer {answer.status} {code}"


def caller(app: BookaApp, visitor: Visitor, tenant: TenantInfo) -> Caller:
    found = program_of(app, visitor, tenant)
    return Caller(found.client, person=found.person, role=found.role, headers=found.headers, app=app)


@dataclass
class Business:
    """A salon whose owner, manager and stylist each use the API."""

    app: BookaApp
    salon: Salon
    owner: Visitor
    manager: Visitor
    ada: Visitor
    stranger: Visitor

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
        owner=caller(web_app, owner, tenant),
        manager=caller(web_app, manager, tenant),
        ada=caller(web_app, ada, tenant),
        stranger=Caller(web_app.test_client(), app=web_app),
    )
