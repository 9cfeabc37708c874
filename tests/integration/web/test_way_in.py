"""Signing in and out through the pages, as a browser does it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import pytest_asyncio

from booka_core.identity import jobs as identity_jobs
from booka_core.identity import limits, mail
from booka_core.identity.commands import ensure_user
from booka_core.identity.mail import OutgoingMail
from booka_core.jobs import runner
from booka_core.kernel import clock
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase, environment
from booka_core.testing.web import Visitor, member_visitor, stranger
from booka_core.web.app import BookaApp, create_app

ADA = "ada@glow.example"


@pytest_asyncio.fixture(loop_scope="session")
async def mails(web_app: BookaApp, monkeypatch: pytest.MonkeyPatch) -> list[OutgoingMail]:
    sent: list[OutgoingMail] = []

    async def take(one: OutgoingMail) -> None:
        sent.append(one)

    monkeypatch.setattr(mail, "_sender", take)
    identity_jobs.register()
    await ensure_user(email=ADA, name="Ada")
    return sent


async def link_for(browser: Visitor, mails: list[OutgoingMail], *, next_path: str = "") -> str:
    """Ask for a link in this browser and return the path that the mail leads to."""
    asked = await browser.post("/sign-in", form={"email": ADA, "next": next_path})
    assert asked.status_code == 200
    await runner.drain()
    found = re.search(r"http://localhost(/sign-in/[\w-]+)", mails[-1].text)
    assert found
    return found.group(1)


async def opened_pages(browser: Visitor) -> bool:
    answer = await browser.get("/admin/")
    return answer.status_code == 200 or "/sign-in" not in answer.headers.get("Location", "")


async def test_a_person_signs_in_by_the_link_in_the_mail_and_lands_where_they_wanted_to_go(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    browser = stranger(web_app)
    sent_away = await browser.get("/admin/?day=2026-03-02")
    assert (sent_away.status_code, sent_away.headers["Location"]) == (303, "/sign-in?next=/admin/%3Fday%3D2026-03-02")
    link = await link_for(browser, mails, next_path="/admin/?day=2026-03-02")
    page = await browser.get(link)
    assert page.status_code == 200
    assert not await opened_pages(browser)
    entered = await browser.post(link)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/admin/?day=2026-03-02")
    assert await opened_pages(browser)


async def test_opening_the_link_any_number_of_times_uses_nothing_up(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    browser = stranger(web_app)
    link = await link_for(browser, mails)
    for _ in range(5):
        await stranger(web_app).get(link)  # a mail program's preview
        await browser.get(link)
    assert (await browser.post(link)).status_code == 303


async def test_a_link_does_not_work_twice_nor_in_another_browser(web_app: BookaApp, mails: list[OutgoingMail]) -> None:
    browser, thief = stranger(web_app), stranger(web_app)
    link = await link_for(browser, mails)
    assert (await thief.post(link)).status_code == 409
    assert not await opened_pages(thief)
    assert (await browser.post(link)).status_code == 303
    assert (await browser.post(link)).status_code == 409


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    browser = stranger(web_app)
    link = await link_for(browser, mails)
    cookies = (await browser.post(link)).headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("booka_session"))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Path=/" in session


async def test_over_https_every_cookie_belongs_to_this_host_alone(web_app: BookaApp, mails: list[OutgoingMail]) -> None:
    with environment({"BOOKA_BASE_URL": "https://booka.example"}):
        browser = stranger(create_app())
        answer = await browser.post("/sign-in", form={"email": ADA})
        cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "Domain" not in cookie


async def test_a_known_and_an_unknown_address_get_the_same_answer(web_app: BookaApp, mails: list[OutgoingMail]) -> None:
    answers = []
    for address in (ADA, "bob@glow.example"):
        answer = await stranger(web_app).post("/sign-in", form={"email": address})
        text = (await answer.get_data(as_text=True)).replace(address, "…")
        headers = {name for name, _ in answer.headers.items()}
        answers.append((answer.status_code, text, headers))
    assert answers[0] == answers[1]


async def test_guessing_links_is_stopped(web_app: BookaApp, mails: list[OutgoingMail]) -> None:
    browser = stranger(web_app)
    await link_for(browser, mails)
    codes = [(await browser.post(f"/sign-in/{'x' * 42}{n % 10}")).status_code for n in range(40)]
    assert codes.count(409) == limits.LINKS_BY_CLIENT.most
    assert set(codes) == {409, 429}


async def test_asking_for_links_is_stopped_per_address_and_tells_when_to_come_back(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    answers = [await stranger(web_app).post("/sign-in", form={"email": ADA.upper()}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 600


async def test_asking_for_links_is_still_limited_when_redis_is_gone(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    with environment({"REDIS_URL": "redis://127.0.0.1:1/0"}):
        app = create_app()
        codes = [(await stranger(app).post("/sign-in", form={"email": ADA})).status_code for _ in range(5)]
    assert codes == [200, 200, 429, 429, 429]


async def test_what_is_no_address_is_said_beside_the_field(web_app: BookaApp, mails: list[OutgoingMail]) -> None:
    answer = await stranger(web_app).post("/sign-in", form={"email": '<script>alert("x")</script>'})
    text = await answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "not an e-mail address" in text
    assert "<script>alert" not in text


async def test_without_a_mail_server_signing_in_says_which_setting_is_missing_and_the_rest_works(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    with environment({"SMTP_URL": ""}):
        answer = await stranger(web_app).post("/sign-in", form={"email": ADA})
        assert answer.status_code == 503
        assert "SMTP_URL" in await answer.get_data(as_text=True)
        assert (await stranger(web_app).get("/sign-in")).status_code == 200
        assert (await stranger(web_app).get("/api/health")).status_code == 200


async def test_the_way_in_never_leads_to_another_site(web_app: BookaApp, mails: list[OutgoingMail]) -> None:
    for target in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        browser = stranger(web_app)
        link = await link_for(browser, mails, next_path=target)
        assert (await browser.post(link)).headers["Location"] == "/admin/", target


async def test_links_lead_to_the_configured_address_whatever_host_was_asked(
    web_app: BookaApp, mails: list[OutgoingMail]
) -> None:
    browser = stranger(web_app)
    await browser.post(
        "/sign-in", form={"email": ADA}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )
    await runner.drain()
    assert "evil.example" not in mails[-1].text
    assert "http://localhost/sign-in/" in mails[-1].text


async def test_signing_out_ends_the_session_on_the_server_too(
    web_app: BookaApp, mails: list[OutgoingMail], database: TestDatabase
) -> None:
    browser = stranger(web_app)
    await browser.post(await link_for(browser, mails))
    stolen = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in browser.client.cookie_jar)}
    thief = stranger(web_app)
    assert (await thief.get("/admin/", headers=stolen)).status_code == 200
    await browser.post("/sign-out")
    assert (await thief.get("/admin/", headers=stolen)).status_code == 303


async def test_a_session_that_was_not_used_for_three_days_asks_to_sign_in_again(
    web_app: BookaApp, mails: list[OutgoingMail], frozen_clock: object
) -> None:
    browser = stranger(web_app)
    await browser.post(await link_for(browser, mails))
    clock.advance(timedelta(days=2, hours=23))
    assert await opened_pages(browser)
    clock.advance(timedelta(days=3))
    assert not await opened_pages(browser)


async def test_a_page_in_the_background_learns_where_to_sign_in(web_app: BookaApp) -> None:
    answer = await stranger(web_app).get("/admin/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=/admin/")


async def test_the_demonstration_lets_anybody_in_and_nothing_else_does(web_app: BookaApp, tenant: TenantInfo) -> None:
    await member_visitor(web_app, tenant, "owner")
    browser = stranger(web_app)
    entered = await browser.post(f"/demo/enter/{tenant.slug}")
    assert entered.headers["Location"] == f"/admin/t/{tenant.slug}/reservations"
    assert await opened_pages(browser)
    with environment({"BOOKA_DEMO": "false"}):
        assert (await stranger(web_app).post(f"/demo/enter/{tenant.slug}")).status_code == 404
        assert (await stranger(create_app()).post(f"/demo/enter/{tenant.slug}")).status_code == 404
