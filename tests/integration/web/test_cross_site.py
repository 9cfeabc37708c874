"""A deed that another site's page starts with this browser's cookies is not carried out."""

from __future__ import annotations

from uuid import UUID

import pytest
import pytest_asyncio

from booka_core.tenancy.types import TenantInfo
from booka_core.testing.web import Visitor, member_visitor
from booka_core.web import app as web_app_module
from booka_core.web.app import BookaApp
from booka_core.web.requests import declaration_of

REFUSED = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a sister site": {"Sec-Fetch-Site": "same-site"},
    "typed by hand": {"Sec-Fetch-Site": "none"},
    "another origin": {"Origin": "https://evil.example"},
    "an origin that begins like ours": {"Origin": "http://localhost.evil.example"},
    "no origin to speak of": {"Origin": "null"},
    "nothing at all": {},
    "another site with our origin": {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
}
CARRIED_OUT = {
    "our own page": {"Sec-Fetch-Site": "same-origin"},
    "an old browser on our page": {"Origin": "http://localhost"},
}


@pytest_asyncio.fixture(loop_scope="session")
async def browser(web_app: BookaApp, tenant: TenantInfo) -> Visitor:
    visitor = await member_visitor(web_app, tenant, "owner")
    visitor.headers = {}
    return visitor


async def still_signed_in(browser: Visitor) -> bool:
    answer = await browser.get("/admin/")
    return "/sign-in" not in answer.headers.get("Location", "")


async def test_a_deed_from_elsewhere_is_refused(browser: Visitor) -> None:
    codes = {case: (await browser.post("/sign-out", headers=headers)).status_code for case, headers in REFUSED.items()}
    assert codes == dict.fromkeys(REFUSED, 403)
    assert await still_signed_in(browser)


@pytest.mark.parametrize("case", CARRIED_OUT)
async def test_a_deed_of_our_own_page_is_carried_out(browser: Visitor, case: str) -> None:
    assert (await browser.post("/sign-out", headers=CARRIED_OUT[case])).status_code == 303
    assert not await still_signed_in(browser)


async def test_without_the_guard_another_site_could_sign_a_person_out(
    browser: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_app_module, "guard_against_cross_site", lambda _request: None)
    await browser.post("/sign-out", headers=REFUSED["another site"])
    assert not await still_signed_in(browser)


async def test_every_route_that_changes_something_with_a_cookie_is_guarded(browser: Visitor, web_app: BookaApp) -> None:
    guarded = 0
    for rule in web_app.url_map.iter_rules():
        declaration = declaration_of(web_app.view_functions[rule.endpoint])
        assert declaration is not None, rule
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            if declaration.kind == "machine" or declaration.credential == "token":
                continue
            values = {name: UUID(int=0) if name.endswith("_id") else "x" for name in rule.arguments}
            path = web_app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
            response = await browser.call(method, path, headers=REFUSED["another site"])
            assert response.status_code == 403, (method, rule)
            guarded += 1
    assert guarded >= 6
