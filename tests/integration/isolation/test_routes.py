"""Every route as everybody: no cell of the matrix is off, and what is another's looks like what is not there."""

from __future__ import annotations

from uuid import UUID

import pytest
import pytest_asyncio

from booka_core.booking.commands import book
from booka_core.booking.types import SYSTEM
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import open_salon
from booka_core.testing.web import Visitor, member_visitor, program_of
from booka_core.web import requests
from booka_core.web.app import BookaApp

from .cells import World, cells, cells_off, forged_business

API = "/api/v1"


@pytest_asyncio.fixture(loop_scope="session")
async def world(web_app: BookaApp, tenant: TenantInfo, other_tenant: TenantInfo, frozen_clock: object) -> World:
    salon = await open_salon(tenant)
    with bind_tenant(tenant.id):
        reservation = await book(
            Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada),
            customer_id=salon.customer_id,
            actor=SYSTEM,
            source="system",
        )
    return World(web_app, salon, other_tenant, reservation.id)


async def test_no_cell_of_the_access_matrix_is_off(world: World) -> None:
    off, tried = await cells_off(world)
    assert off == []
    every = {
        f"{method} {rule.rule}"
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert tried == every
    assert len(list(cells(world))) >= 200


async def test_without_the_question_for_the_role_strangers_would_be_let_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_scope", lambda *_: "own")
    off, _ = await cells_off(world, only=lambda cell: cell.who == "other owner" and "<tenant>" in cell.rule)
    assert len(off) >= 5


async def test_without_the_matrix_staff_would_do_what_owners_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "permits", lambda *_, **__: True)
    off, _ = await cells_off(world, only=lambda cell: cell.who == "staff" and "modules" in cell.rule)
    assert len(off) == 2


async def test_a_route_that_asks_for_too_little_lets_staff_switch_modules(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def switch(**_: str) -> str:
        return "switched"

    weak = requests.requires("business.enter")(switch)
    monkeypatch.setitem(world.app.view_functions, "admin_modules.switch", weak)
    browser = await member_visitor(world.app, world.tenant, "staff")
    assert (await browser.post(f"/admin/t/{world.tenant.slug}/modules/beauty/switch")).status_code == 200


def without_id(headers: object) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in headers.items() if name.lower() != "x-request-id")  # type: ignore[attr-defined]


async def same_answer(visitor: Visitor, method: str, theirs: str, nobodys: str) -> bool:
    """Whether two addresses answer byte for byte alike, and with nothing there."""
    options = {} if method == "GET" else ({"json": {}} if theirs.startswith("/api/") else {"form": {}})
    one = await visitor.call(method, theirs, **options)
    two = await visitor.call(method, nobodys, **options)
    alike = await one.get_data() == await two.get_data() and without_id(one.headers) == without_id(two.headers)
    return alike and one.status_code == two.status_code == 404


async def test_another_tenants_pages_answer_byte_for_byte_like_those_of_no_tenant(world: World) -> None:
    browser = await member_visitor(world.app, world.other, "owner")
    tried = 0
    for cell in cells(world):
        if cell.who == "other owner" and "<tenant>" in cell.rule:
            nobodys = cell.path.replace(f"/{world.tenant.slug}", "/nobody-has-this", 1)
            assert await same_answer(browser, cell.method, cell.path, nobodys), cell
            tried += 1
    assert tried >= 6


async def test_another_tenants_reservation_answers_byte_for_byte_like_none(world: World) -> None:
    browser = await member_visitor(world.app, world.other, "owner")
    program = program_of(world.app, browser, world.other)
    tried = 0
    for cell in cells(world):
        if cell.who != "other owner" or "<uuid:reservation_id>" not in cell.rule:
            continue
        visitor = program if cell.path.startswith(API) else browser
        theirs = cell.path.replace(f"/{world.tenant.slug}/", f"/{world.other.slug}/", 1)
        nobodys = theirs.replace(str(world.reservation_id), str(new_id()))
        assert await same_answer(visitor, cell.method, theirs, nobodys), cell
        tried += 1
    assert tried >= 5


async def test_lists_of_another_business_hold_nothing_of_this_one(world: World) -> None:
    browser = await member_visitor(world.app, world.other, "owner")
    program = program_of(world.app, browser, world.other)
    for path in ("services", "staff", "reservations"):
        body = await (await program.get(f"{API}/{path}")).get_json()
        assert body["items"] == []
    await open_salon(world.other)
    answers = [
        await program.get(f"{API}/availability?service_id={service}&from=2026-03-03")
        for service in (world.salon.haircut, new_id())
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert await answers[0].get_data() == await answers[1].get_data()


async def test_things_of_another_business_cannot_be_used_in_a_booking(world: World) -> None:
    other_salon = await open_salon(world.other)
    browser = await member_visitor(world.app, world.other, "owner")
    program = program_of(world.app, browser, world.other)
    good = {
        "service_id": str(other_salon.haircut),
        "starts_at": "2026-03-03T10:00:00+00:00",
        "customer_id": str(other_salon.customer_id),
    }
    foreign: dict[str, UUID] = {
        "service_id": world.salon.haircut,
        "resource_id": world.salon.ada,
        "customer_id": world.salon.customer_id,
    }
    for name, value in foreign.items():
        answers = []
        for used in (value, new_id()):
            answer = await program.post(f"{API}/reservations", json={**good, name: str(used)})
            answers.append((answer.status_code, await answer.get_data()))
        assert answers[0] == answers[1], name
        assert answers[0][0] == 404, name
    assert (await program.post(f"{API}/reservations", json=good)).status_code == 201


async def test_a_token_that_claims_another_business_is_refused_whoever_signed_it(world: World) -> None:
    program = await forged_business(world)
    for cell in cells(world):
        by_token = cell.declaration.credential == "token" and cell.declaration.kind != "public"
        if cell.who == "anonymous" and by_token:
            answer = await program.call(cell.method, cell.path, **({} if cell.method == "GET" else {"json": {}}))
            assert answer.status_code == 401, cell


async def test_a_suspended_business_can_be_looked_at_and_not_changed(world: World, database: TestDatabase) -> None:
    async with database.connect("system") as connection:
        await connection.execute("update tenants set status = 'suspended' where id = $1", world.tenant.id)
    owner = await member_visitor(world.app, world.tenant, "owner")
    program = program_of(world.app, owner, world.tenant)
    assert (await program.get(f"{API}/reservations/{world.reservation_id}")).status_code == 200
    refused = await program.post(f"{API}/reservations/{world.reservation_id}/cancel", json={})
    assert refused.status_code == 403
    assert "suspended" in (await refused.get_json(force=True))["detail"]
    platform = await member_visitor(world.app, world.tenant, "superadmin")
    assert (await platform.get(f"/admin/t/{world.tenant.slug}/modules")).status_code == 200
