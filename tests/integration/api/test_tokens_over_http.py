"""Getting an access token from a session, for one business, and what ends it."""

from __future__ import annotations

import pytest

from booka_core.identity import limits
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import environment
from booka_core.testing.web import Visitor, member_visitor, stranger
from booka_core.web.app import BookaApp

from .test_booking_over_http import API, told


def program_with(app: BookaApp, token: str) -> Visitor:
    return Visitor(app.test_client(), headers={"Authorization": f"Bearer {token}"})


async def test_a_signed_in_person_gets_a_token_for_the_only_business_they_work_for(
    web_app: BookaApp, tenant: TenantInfo
) -> None:
    browser = await member_visitor(web_app, tenant, "manager")
    issued = await told(await browser.post(f"{API}/auth/token", json={}), 201)
    assert (issued["business_id"], issued["role"], issued["expires_in"]) == (str(tenant.id), "manager", 900)
    me = await told(await program_with(web_app, issued["access_token"]).get(f"{API}/me"), 200)
    assert me["business"]["id"] == str(tenant.id)


async def test_who_works_for_several_says_which(
    web_app: BookaApp, tenant: TenantInfo, other_tenant: TenantInfo
) -> None:
    await member_visitor(web_app, tenant, "owner", email="both@glow.example")
    browser = await member_visitor(web_app, other_tenant, "staff", email="both@glow.example")
    asked = await told(await browser.post(f"{API}/auth/token", json={}), 400)
    assert "business_id" in asked["detail"]
    issued = await told(await browser.post(f"{API}/auth/token", json={"business_id": str(tenant.id)}), 201)
    assert issued["role"] == "owner"


async def test_somebody_elses_business_answers_like_one_that_does_not_exist(
    web_app: BookaApp, tenant: TenantInfo, other_tenant: TenantInfo
) -> None:
    browser = await member_visitor(web_app, tenant, "owner")
    answers = [
        await browser.post(f"{API}/auth/token", json={"business_id": which})
        for which in (str(other_tenant.id), "01900000-0000-7000-8000-000000000000")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert await answers[0].get_data() == await answers[1].get_data()


async def test_without_a_session_there_is_no_token_and_a_token_makes_no_token(
    web_app: BookaApp, tenant: TenantInfo
) -> None:
    assert (await stranger(web_app).post(f"{API}/auth/token", json={})).status_code == 401
    browser = await member_visitor(web_app, tenant, "owner")
    issued = await told(await browser.post(f"{API}/auth/token", json={}), 201)
    program = program_with(web_app, issued["access_token"])
    program.headers["Sec-Fetch-Site"] = "same-origin"
    assert (await program.post(f"{API}/auth/token", json={})).status_code == 401


async def test_a_session_alone_does_not_open_the_api(web_app: BookaApp, tenant: TenantInfo) -> None:
    browser = await member_visitor(web_app, tenant, "owner")
    for path in ("/me", "/services", "/reservations"):
        assert (await browser.get(f"{API}{path}")).status_code == 401


async def test_signing_out_ends_the_tokens_of_that_session_at_once(web_app: BookaApp, tenant: TenantInfo) -> None:
    browser = await member_visitor(web_app, tenant, "owner")
    issued = await told(await browser.post(f"{API}/auth/token", json={}), 201)
    program = program_with(web_app, issued["access_token"])
    await told(await program.get(f"{API}/me"), 200)
    await browser.post("/sign-out")
    await told(await program.get(f"{API}/me"), 401)


async def test_other_proofs_are_refused(app_without_stores: BookaApp) -> None:
    for given in ("", "Bearer", "Basic YTpi", "Bearer ", "bearer x.y.z", "Token abc", "Bearer a b c"):
        refused = await app_without_stores.test_client().get(f"{API}/me", headers={"Authorization": given})
        assert refused.status_code == 401, given
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")


async def test_asking_for_tokens_without_end_is_stopped(
    web_app: BookaApp, tenant: TenantInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOKENS_BY_PERSON", limits.Limit("tokens-few", most=3, seconds=60))
    browser = await member_visitor(web_app, tenant, "owner")
    codes = [(await browser.post(f"{API}/auth/token", json={})).status_code for _ in range(5)]
    assert codes == [201, 201, 201, 429, 429]


async def test_without_a_secret_key_tokens_are_off_by_name_and_the_rest_works(
    web_app: BookaApp, tenant: TenantInfo
) -> None:
    browser = await member_visitor(web_app, tenant, "owner")
    with environment({"BOOKA_SECRET_KEY": ""}):
        refused = await told(await browser.post(f"{API}/auth/token", json={}), 503)
        assert refused["setting"] == "BOOKA_SECRET_KEY"
        assert (await browser.get(f"/admin/t/{tenant.slug}/modules")).status_code == 200
        assert (await stranger(web_app).get("/sign-in")).status_code == 200
