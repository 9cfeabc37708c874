"""Every route of the application, tried as everybody: who is let in, who is sent away, and who is told of nothing.

What must happen in a cell follows from the route's declaration and the permission matrix. What does happen is told by
the answer alone: asked to sign in, not allowed, nothing there, or let in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from quart import Response

from booka_core.identity import tokens
from booka_core.identity.permissions import Role, allowed, permits
from booka_core.kernel.ids import new_id
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon
from booka_core.testing.web import Visitor, member_visitor, program_of, stranger
from booka_core.web.app import BookaApp
from booka_core.web.requests import Declaration, declaration_of

Who = Literal["anonymous", "other owner", "superadmin", "owner", "manager", "staff"]
Verdict = Literal["sign in", "not allowed", "nothing there", "let in"]
PEOPLE: tuple[Who, ...] = ("anonymous", "other owner", "superadmin", "owner", "manager", "staff")
PATIENCE = 10.0
IMAGINED = (
    "attachment_id", "entry_id", "link_id", "offer_id", "promotion_id", "rule_id", "series_id", "session_id",
)  # fmt: skip
"""Ids of things that neither business has: whoever may ask is told that there is no such thing."""


@dataclass(frozen=True)
class World:
    """Two businesses. `reservation_id` is one that the stylist Ada serves in the first."""

    app: BookaApp
    salon: Salon
    other: TenantInfo
    reservation_id: UUID

    @property
    def tenant(self) -> TenantInfo:
        return self.salon.tenant


@dataclass(frozen=True)
class Cell:
    """One route, tried by one kind of person."""

    method: str
    path: str
    rule: str
    who: Who
    declaration: Declaration


def cells(world: World) -> Iterator[Cell]:
    """All of them, from the application's own map."""
    adapter = world.app.url_map.bind("localhost")
    values = {
        "tenant": world.tenant.slug,
        "slug": "beauty",
        "token": "x" * 43,
        "name": "icon.svg",
        "provider": "evolution",
        "connection": "x" * 43,
        "mail_id": "1",
        "reservation_id": world.reservation_id,
        "service_id": world.salon.haircut,
        "customer_id": world.salon.customer_id,
        **{name: new_id() for name in IMAGINED},
    }
    for rule in world.app.url_map.iter_rules():
        declaration = declaration_of(world.app.view_functions[rule.endpoint])
        assert declaration is not None, rule.rule
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            given = {name: values[name] for name in rule.arguments}
            path = adapter.build(rule.endpoint, given, method=method)
            for who in PEOPLE:
                yield Cell(method, path, rule.rule, who, declaration)


def expected(cell: Cell) -> set[Verdict]:
    """What may come out of a cell."""
    declared = cell.declaration
    if declared.kind == "public":
        # The token in these requests was signed by nobody; other pages are open, or about a thing that is not there.
        signed = cell.rule.startswith(("/m/<token>", "/api/v1/manage/<token>"))
        return {"not allowed"} if signed else {"let in", "nothing there"}
    if declared.kind == "machine":
        return {"sign in", "nothing there", "let in"} if cell.rule == "/metrics" else {"sign in", "nothing there"}
    if cell.who == "anonymous" or declared.kind == "signed_in":
        return {"sign in"} if cell.who == "anonymous" else {"let in"}
    if cell.who == "other owner":
        # An access token is for one business: the routes of collections show that one's own, and no path names another.
        names_a_thing = "<" in cell.rule
        return {"nothing there"} if names_a_thing else {"let in"}
    role: Role = cell.who  # type: ignore[assignment]  # the others are roles
    scope = allowed(role, declared.permission)
    if not permits(scope, reading=declared.reading, narrows=declared.narrows):
        return {"not allowed"}
    nowhere = any(f":{name}>" in cell.rule for name in IMAGINED) or cell.rule.startswith("/api/v1/holds/")
    return {"nothing there", "let in"} if nowhere else {"let in"}


async def visit(world: World, cell: Cell) -> Response:
    """Make the request of a cell, as a visitor of its own."""
    visitor = await visitor_for(world, cell)
    body: dict[str, object] = {}
    if cell.method not in ("GET", "HEAD"):
        body = {"json": {}} if cell.path.startswith("/api/") else {"form": {}}
    return await asyncio.wait_for(visitor.call(cell.method, cell.path, **body), PATIENCE)


async def visitor_for(world: World, cell: Cell) -> Visitor:
    if cell.who == "anonymous":
        return stranger(world.app)
    tenant = world.other if cell.who == "other owner" else world.tenant
    role: Role = "owner" if cell.who == "other owner" else cell.who
    ada = world.salon.ada if cell.who == "staff" else None
    browser = await member_visitor(world.app, tenant, role, resource_id=ada)
    by_token = cell.declaration.credential == "token"
    return program_of(world.app, browser, tenant) if by_token else browser


def verdict(answer: Response) -> Verdict:
    """What an answer means. A fault of ours is no verdict."""
    assert answer.status_code < 500 or answer.status_code in (502, 503), answer.status_code
    if answer.status_code == 401 or "/sign-in?" in answer.headers.get("Location", ""):
        return "sign in"
    if answer.status_code == 403:
        return "not allowed"
    return "nothing there" if answer.status_code == 404 else "let in"


async def cells_off(world: World, *, only: Callable[[Cell], bool] = lambda _: True) -> tuple[list[str], set[str]]:
    """The cells that came out otherwise than they must, and the routes that were tried."""
    off, tried = [], set()
    world.app.stopping.set()  # live pages end after their first event
    for cell in cells(world):
        if not only(cell):
            continue
        answer = await visit(world, cell)
        got = verdict(answer)
        if got not in expected(cell):
            off.append(f"{cell.who}: {cell.method} {cell.rule}: {got} ({answer.status_code})")
        tried.add(f"{cell.method} {cell.rule}")
    return off, tried


async def forged_business(world: World) -> Visitor:
    """A program of the other business's owner whose token says that it is for this one."""
    browser = await member_visitor(world.app, world.other, "owner")
    assert browser.person is not None
    token = tokens.issue(browser.person, business_id=world.tenant.id, role="owner")
    return Visitor(world.app.test_client(), headers={"Authorization": f"Bearer {token.access_token}"})
