"""The pages of one salon, through HTTP on the real database: what each person sees, changes, and never reaches."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
import pytest_asyncio
from quart.testing import QuartClient

from booka_core.booking import commands, queries
from booka_core.booking.types import SYSTEM, ReservationInfo
from booka_core.customers.commands import add_customer
from booka_core.db.scope import bind_tenant, spawn
from booka_core.identity.commands import add_member, ensure_user
from booka_core.identity.permissions import MemberRole
from booka_core.identity.sign_in import begin_session
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import Salon
from booka_core.web import ui
from booka_core.web.admin import reservations
from booka_core.web.app import BookaApp
from booka_core.web.cookies import SESSION

OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true", **OURS}
pytestmark = pytest.mark.usefixtures("frozen_clock")


async def client_of(
    app: BookaApp, tenant: TenantInfo, role: MemberRole, *, resource_id: UUID | None = None
) -> QuartClient:
    """A browser in which a member with this role is signed in."""
    user = await ensure_user(email=f"{role}@{tenant.slug}.example", name=f"The {role}")
    with bind_tenant(tenant.id):
        await add_member(user_id=user.id, role=role, resource_id=resource_id)
    session = await begin_session(user_id=user.id)
    client = cast("QuartClient", app.test_client())
    client.set_cookie("localhost", SESSION.name, session.token)
    return client


async def book(salon: Salon, hour: int, **changes: object) -> ReservationInfo:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(hour), resource_id=changes.pop("resource_id", None))  # type: ignore[arg-type]
    asked: dict[str, object] = {"customer_id": salon.customer_id, "actor": SYSTEM, "source": "whatsapp", **changes}
    return await commands.book(wish, **asked)  # type: ignore[arg-type]


@pytest_asyncio.fixture(loop_scope="session")
async def owner(web_app: BookaApp, tenant: TenantInfo) -> QuartClient:
    return await client_of(web_app, tenant, "owner")


def pages(tenant: TenantInfo) -> str:
    return f"/admin/t/{tenant.slug}/reservations"


async def text_of(client: QuartClient, path: str, **arguments: object) -> str:
    answer = await client.get(path, **arguments)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_data(as_text=True)


async def test_a_booking_is_on_its_day_and_not_on_another(owner: QuartClient, salon: Salon) -> None:
    booked = await book(salon, 10)
    day = salon.at(10).date()
    shown = await text_of(owner, f"{pages(salon.tenant)}?date={day}")
    assert f'id="ev-{booked.id}-' in shown
    assert booked.reference in await text_of(owner, f"{pages(salon.tenant)}?date={day}&view=list")
    assert f'id="ev-{booked.id}-' not in await text_of(owner, f"{pages(salon.tenant)}?date=2026-01-05")


async def test_details_open_as_a_drawer_or_as_a_page(owner: QuartClient, salon: Salon) -> None:
    booked = await book(salon, 10)
    path = f"{pages(salon.tenant)}/{booked.id}"
    drawer, page = await text_of(owner, path, headers=HTMX), await text_of(owner, path)
    assert drawer.lstrip().startswith("<article")
    assert page.lstrip().startswith("<!doctype html>")
    for shown in (drawer, page):
        assert booked.reference in shown
        assert "History" in shown


async def test_cancelling_frees_the_time_and_says_who_did_it(owner: QuartClient, salon: Salon) -> None:
    booked = await book(salon, 10)
    path = f"{pages(salon.tenant)}/{booked.id}/cancel"
    answer = await owner.post(path, headers=HTMX)
    shown = await answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "The owner at the front desk" in shown
    assert "Cancel this booking" not in shown
    assert (await queries.get_reservation(booked.id)).status == "cancelled"

    again = await owner.post(path, headers=HTMX)
    assert again.status_code == 200
    assert "already cancelled" in await again.get_data(as_text=True)


async def test_without_scripts_cancelling_leads_back_to_the_booking(owner: QuartClient, salon: Salon) -> None:
    booked = await book(salon, 10)
    answer = await owner.post(f"{pages(salon.tenant)}/{booked.id}/cancel", headers=OURS)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{pages(salon.tenant)}/{booked.id}")


async def test_another_salons_booking_looks_like_none(
    web_app: BookaApp, other_tenant: TenantInfo, salon: Salon
) -> None:
    booked = await book(salon, 10)
    stranger = await spawn(client_of(web_app, other_tenant, "owner"))
    answers = [
        await spawn(stranger.get(path))
        for path in (
            f"{pages(other_tenant)}/{booked.id}",
            f"{pages(other_tenant)}/{new_id()}",
            f"{pages(salon.tenant)}/{booked.id}",
        )
    ]
    bodies = [re.sub(r"\s+", " ", await answer.get_data(as_text=True)) for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len(set(bodies)) == 1
    refused = await spawn(stranger.post(f"{pages(other_tenant)}/{booked.id}/cancel", headers=OURS))
    assert refused.status_code == 404
    assert (await queries.get_reservation(booked.id)).status == "confirmed"


async def test_staff_see_and_cancel_what_is_theirs_alone(web_app: BookaApp, salon: Salon) -> None:
    mine = await book(salon, 10, resource_id=salon.ada)
    theirs = await book(salon, 10, resource_id=salon.bola)
    ada = await client_of(web_app, salon.tenant, "staff", resource_id=salon.ada)
    shown = await text_of(ada, f"{pages(salon.tenant)}?date={salon.at(10).date()}")
    assert str(mine.id) in shown
    assert str(theirs.id) not in shown
    assert (await ada.get(f"{pages(salon.tenant)}/{theirs.id}")).status_code == 404
    assert (await ada.post(f"{pages(salon.tenant)}/{theirs.id}/cancel", headers=OURS)).status_code == 404
    assert (await queries.get_reservation(theirs.id)).status == "confirmed"
    assert (await ada.post(f"{pages(salon.tenant)}/{mine.id}/cancel", headers=OURS)).status_code == 303


async def test_a_hostile_name_is_only_a_name(owner: QuartClient, salon: Salon) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    booked = await book(salon, 10, customer_id=(await add_customer(name=hostile)).id)
    day = salon.at(10).date()
    for path in (f"?date={day}", f"?date={day}&view=list", f"/{booked.id}"):
        shown = await text_of(owner, f"{pages(salon.tenant)}{path}")
        assert "&lt;script&gt;alert(1)" in shown
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


async def test_the_proofs_above_notice_when_their_guards_are_gone(
    web_app: BookaApp, salon: Salon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without narrowing, staff see a colleague's booking; without escaping, a name becomes an element."""
    theirs = await book(salon, 10, resource_id=salon.bola, customer_id=(await add_customer(name="<b>Joy</b>")).id)
    ada = await client_of(web_app, salon.tenant, "staff", resource_id=salon.ada)
    monkeypatch.setattr(reservations, "own_resource", lambda: None)
    web_app.jinja_env.autoescape = False
    assert "<b>Joy</b>" in await text_of(ada, f"{pages(salon.tenant)}/{theirs.id}")


async def test_an_impossible_date_is_refused_with_words(owner: QuartClient, tenant: TenantInfo) -> None:
    for date in ("2026-02-30", "tomorrow", "0001-01-01", "9999-12-31", "'"):
        answer = await owner.get(f"{pages(tenant)}?date={date}")
        assert answer.status_code == 400
        assert "A date looks like" in await answer.get_data(as_text=True)


async def test_a_module_is_switched_off_and_on_without_a_restart(owner: QuartClient, salon: Salon) -> None:
    page = f"/admin/t/{salon.tenant.slug}/modules"
    switch = re.compile(r'role="switch" aria-checked="(\w+)" aria-label="Message providers"')
    states = []
    for on in ("", "0", "1"):
        if on:
            answer = await owner.post(f"{page}/providers/switch", form={"on": on}, headers=OURS)
            assert answer.status_code == 303, await answer.get_data(as_text=True)
        states += switch.findall(await text_of(owner, page))
    assert states == ["true", "false", "true"]
    assert (await owner.post(f"{page}/nothing/switch", form={"on": "1"}, headers=OURS)).status_code == 404


async def test_every_page_forbids_inline_code_and_foreign_sources(owner: QuartClient, salon: Salon) -> None:
    booked = await book(salon, 10)
    for path in ("/", "/sign-in", "/admin/", pages(salon.tenant), f"{pages(salon.tenant)}/{booked.id}", "/nothing"):
        answer = await owner.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "script-src 'self'" in policy, path


async def test_without_built_assets_pages_say_which_command_builds_them(
    web_app: BookaApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ui, "DIST", tmp_path)
    ui.manifest.cache_clear()
    answer = await web_app.test_client().get("/sign-in")
    ui.manifest.cache_clear()
    assert answer.status_code == 503
    assert "uv sync --reinstall-package booka-core" in await answer.get_data(as_text=True)
