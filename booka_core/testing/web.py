"""A visitor of the web application in a test: a browser with its cookies and its manners, or a program with an access
token. Requests pass the whole application, edge included, but no socket.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from quart import Response
from quart.typing import TestClientProtocol

from booka_core.db.scope import bind_tenant
from booka_core.identity import sign_in, tokens
from booka_core.identity.commands import add_member, ensure_user
from booka_core.identity.permissions import Role
from booka_core.identity.queries import person_by_session
from booka_core.identity.types import Person
from booka_core.tenancy.types import TenantInfo
from booka_core.web.app import BookaApp
from booka_core.web.cookies import SESSION


@dataclass
class Visitor:
    """Somebody who sends requests. `headers` go with each; a browser says that its own page sent it."""

    client: TestClientProtocol
    person: Person | None = None
    role: Role | None = None
    headers: dict[str, str] = field(default_factory=dict)

    async def call(self, method: str, path: str, **options: Any) -> Response:
        """Send a request. `options` are those of Quart's test client."""
        headers = {**self.headers, **options.pop("headers", {})}
        answer: Response = await self.client.open(path, method=method, headers=headers, **options)
        return answer

    async def get(self, path: str, **options: Any) -> Response:
        return await self.call("GET", path, **options)

    async def post(self, path: str, **options: Any) -> Response:
        return await self.call("POST", path, **options)


def stranger(app: BookaApp) -> Visitor:
    """A browser that nobody has signed in with."""
    return Visitor(app.test_client(), headers={"Sec-Fetch-Site": "same-origin"})


async def signed_in_visitor(app: BookaApp, person: Person, *, session_token: str, role: Role) -> Visitor:
    """A browser with a session."""
    client = app.test_client()
    client.set_cookie("localhost", SESSION.name, session_token)
    return Visitor(client, person=person, role=role, headers={"Sec-Fetch-Site": "same-origin"})


async def member_visitor(
    app: BookaApp, tenant: TenantInfo, role: Role, *, resource_id: UUID | None = None, email: str = ""
) -> Visitor:
    """A browser in which a new person with `role` at the tenant is signed in."""
    address = email or f"{role}@{tenant.slug}.example"
    user = await ensure_user(email=address, name=role.title(), is_superadmin=role == "superadmin")
    if role != "superadmin":
        with bind_tenant(tenant.id):
            await add_member(user_id=user.id, role=role, resource_id=resource_id)
    session = await sign_in.begin_session(user_id=user.id)
    person = await person_by_session(session.id)
    assert person is not None
    return await signed_in_visitor(app, person, session_token=session.token, role=role)


def program_of(app: BookaApp, visitor: Visitor, tenant: TenantInfo) -> Visitor:
    """A program that uses the API with an access token of this person for this tenant."""
    assert visitor.person is not None
    assert visitor.role is not None
    token = tokens.issue(visitor.person, business_id=tenant.id, role=visitor.role)
    headers = {"Authorization": f"Bearer {token.access_token}"}
    return Visitor(app.test_client(), person=visitor.person, role=visitor.role, headers=headers)
