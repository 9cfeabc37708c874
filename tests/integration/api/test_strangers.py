"""Booking without signing in: for oneself, so often and no oftener, and without learning anything of anybody."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import Any

import altcha
import pytest

from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import bind_tenant
from booka_core.tenancy.commands import change_settings
from booka_core.tenancy.queries import get_tenant
from booka_core.testing.database import TestDatabase
from booka_core.web.api import captcha, public, strangers

from .conftest import Business
from .test_booking_over_http import API, told

PUBLIC = f"{API}/public/glow"
PUZZLE_COST = 20


def key(text: str) -> dict[str, str]:
    return {"Idempotency-Key": text}


def visit(business: Business, hour: int = 10, **changed: Any) -> dict[str, Any]:
    return business.booking(hour, **changed)


async def booked(business: Business, name: str = "k1", **changed: Any) -> Any:
    answer = await business.stranger.post(f"{PUBLIC}/reservations", json=visit(business, **changed), headers=key(name))
    return await told(answer, 201)


async def test_a_stranger_sees_what_is_offered_and_books_it(business: Business) -> None:
    services = (await told(await business.stranger.get(f"{PUBLIC}/services"), 200))["items"]
    haircut = next(one for one in services if one["name"] == "Haircut")
    free = await told(
        await business.stranger.get(f"{PUBLIC}/availability?service_id={haircut['id']}&from=2026-03-03&days=1"), 200
    )
    made = await booked(business, starts_at=free["items"][0]["starts_at"])
    assert made["status"] == "confirmed"
    seen = await told(await business.owner.get(f"{API}/reservations/{made['id']}"), 200)
    assert (seen["customer"]["name"], seen["source"]) == ("Ngozi Eze", "web")
    line = (await told(await business.owner.get(f"{API}/reservations/{made['id']}/timeline"), 200))["items"][0]
    assert "Ngozi Eze" in line["sentence"] or "customer" in line["sentence"]


async def test_a_booking_needs_a_key_and_a_repetition_books_nothing_more(business: Business) -> None:
    refused = await told(await business.stranger.post(f"{PUBLIC}/reservations", json=visit(business)), 400)
    assert refused["type"] == "urn:booka:problem:key-missing"
    calls = [
        business.stranger.post(f"{PUBLIC}/reservations", json=visit(business), headers=key("once")) for _ in range(5)
    ]
    answers = [await told(answer, 201) for answer in await asyncio.gather(*calls)]
    assert len({one["id"] for one in answers}) == 1
    assert len((await told(await business.owner.get(f"{API}/reservations"), 200))["items"]) == 1


async def test_a_key_that_somebody_else_thought_of_is_another_request(business: Business) -> None:
    first = await booked(business, "1")
    second = await booked(business, "1", hour=14, customer={"name": "Second", "phone": "+2348030000002"})
    assert first["id"] != second["id"]


async def test_a_known_phone_number_tells_a_stranger_no_name(business: Business) -> None:
    made = await booked(business, customer={"name": "X", "phone": "+2348012345678"})
    assert "Zainab" not in json.dumps(made)
    seen = await told(await business.owner.get(f"{API}/reservations/{made['id']}"), 200)
    assert seen["customer"]["id"] == str(business.salon.customer_id)


async def test_a_hold_is_kept_and_confirmed_by_its_token_alone(business: Business) -> None:
    wanted = visit(business, resource_id=str(business.salon.ada))
    held = await told(await business.stranger.post(f"{PUBLIC}/holds", json=wanted, headers=key("h")), 201)
    assert held["status"] == "held"
    for nonsense in ("x" * 68, held["id"]):
        answer = await business.stranger.post(f"{PUBLIC}/reservations", json={"hold": nonsense}, headers=key("c"))
        assert (await told(answer, 403))["type"] == "urn:booka:problem:bad-manage-link"
    done = await business.stranger.post(f"{PUBLIC}/reservations", json={"hold": held["manage_token"]}, headers=key("c"))
    assert (await told(done, 201))["status"] == "confirmed"


async def test_one_manages_ones_own_reservation_with_its_link(business: Business) -> None:
    made = await booked(business)
    path = f"{API}/manage/{made['manage_token']}"
    shown = await business.stranger.get(path)
    assert (await told(shown, 200))["reservation"]["id"] == made["id"]
    times = await told(await business.stranger.get(f"{path}/availability?from=2026-03-04&days=1"), 200)
    tag = shown.headers["ETag"]
    moved = await business.stranger.post(
        f"{path}/move", json={"starts_at": times["items"][0]["starts_at"]}, headers={"If-Match": tag}
    )
    await told(moved, 200)
    stale = await business.stranger.post(f"{path}/cancel", json={}, headers={"If-Match": tag})
    assert (await told(stale, 412))["type"] == "urn:booka:problem:stale-version"
    await told(await business.stranger.post(f"{path}/cancel", json={"reason": "ill"}), 200)
    again = await told(await business.stranger.post(f"{path}/cancel", json={}), 409)
    assert again["type"] == "urn:booka:problem:already-cancelled"


async def test_a_forged_manage_link_opens_nothing(business: Business) -> None:
    made = await booked(business)
    token = made["manage_token"]
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[::-1], "x" * 68, "x"):
        refused = await told(await business.stranger.get(f"{API}/manage/{forged}"), 403)
        assert refused["type"] == "urn:booka:problem:bad-manage-link"


async def test_a_private_service_is_shown_and_booked_with_a_link_only(business: Business) -> None:
    with bind_tenant(business.salon.tenant.id):
        await change_service(business.salon.braids, rules=ServiceRules(private=True))
    names = {one["name"] for one in (await told(await business.stranger.get(f"{PUBLIC}/services"), 200))["items"]}
    assert "Knotless braids" not in names
    wanted = visit(business, service_id=str(business.salon.braids))
    refused = await business.stranger.post(f"{PUBLIC}/reservations", json=wanted, headers=key("p"))
    assert (await told(refused, 409))["type"] == "urn:booka:problem:service-is-private"
    link = await told(
        await business.owner.post(f"{API}/booking-links", json={"service_id": str(business.salon.braids)}), 201
    )
    shown = await told(await business.stranger.get(f"{PUBLIC}/services?link={link['token']}"), 200)
    assert "Knotless braids" in {one["name"] for one in shown["items"]}
    await booked(business, "p2", service_id=str(business.salon.braids), link=link["token"])
    used = await business.stranger.post(
        f"{PUBLIC}/reservations", json={**wanted, "link": link["token"]}, headers=key("p3")
    )
    assert (await told(used, 409))["type"] == "urn:booka:problem:link-used-up"


async def test_somebody_who_books_without_end_is_stopped(business: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "BOOKINGS_BY_PHONE", replace(strangers.BOOKINGS_BY_PHONE, name="few", most=3))
    codes = [
        (
            await business.stranger.post(f"{PUBLIC}/reservations", json=visit(business, hour), headers=key(f"n{hour}"))
        ).status_code
        for hour in (9, 11, 13, 15)
    ]
    assert codes == [201, 201, 201, 429]


async def test_the_limit_is_what_stops_them(business: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "take", _nobody_counts)
    monkeypatch.setattr(public, "take", _nobody_counts)
    with pytest.raises(AssertionError):
        await test_somebody_who_books_without_end_is_stopped(business, monkeypatch)


async def _nobody_counts(*_: object) -> None:
    return None


async def ask_for_puzzles(business: Business) -> None:
    with bind_tenant(business.salon.tenant.id):
        settings = (await get_tenant()).settings
        await change_settings(settings.model_copy(update={"captcha": True}))


async def solved(business: Business) -> str:
    given = await told(await business.stranger.get(f"{PUBLIC}/challenge"), 200)
    challenge = altcha.Challenge.from_dict(given)
    solution = await asyncio.to_thread(altcha.solve_challenge, challenge)
    assert solution is not None
    return base64.b64encode(json.dumps({"challenge": given, "solution": solution.to_dict()}).encode()).decode()


async def test_where_a_puzzle_is_asked_for_its_answer_is_good_once(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(captcha, "_COST", PUZZLE_COST)
    await ask_for_puzzles(business)
    path, body = f"{PUBLIC}/reservations", visit(business)
    bare = await told(await business.stranger.post(path, json=body, headers=key("a")), 400)
    assert bare["type"] == "urn:booka:problem:captcha-needed"
    answer = {captcha.HEADER: await solved(business)}
    await told(await business.stranger.post(path, json=body, headers={**key("a"), **answer}), 201)
    used = await business.stranger.post(path, json=visit(business, 14), headers={**key("b"), **answer})
    assert (await told(used, 400))["type"] == "urn:booka:problem:captcha-wrong"


async def test_no_other_answer_to_a_puzzle_is_taken(business: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captcha, "_COST", PUZZLE_COST)
    await ask_for_puzzles(business)
    good = json.loads(base64.b64decode(await solved(business)))
    late = {**good, "challenge": {**good["challenge"], "signature": "0" * 64}}
    cheap = json.loads(json.dumps(good))
    cheap["challenge"]["parameters"]["cost"] = 1
    wrong = {**good, "solution": {**good["solution"], "counter": 10**6, "derivedKey": "ff" * 32}}
    texts = [base64.b64encode(json.dumps(one).encode()).decode() for one in (late, cheap, wrong, {}, [], 1)]
    for text in [*texts, "!", "e30", "x" * 5000]:
        headers = {**key("w"), captcha.HEADER: text}
        refused = await business.stranger.post(f"{PUBLIC}/reservations", json=visit(business), headers=headers)
        assert (await told(refused, 400))["type"] == "urn:booka:problem:captcha-wrong", text[:40]


async def test_a_suspended_business_shows_what_it_has_and_books_nothing(
    business: Business, database: TestDatabase
) -> None:
    async with database.connect("system") as connection:
        await connection.execute("update tenants set status = 'suspended' where id = $1", business.salon.tenant.id)
    await told(await business.stranger.get(f"{PUBLIC}/services"), 200)
    refused = await business.stranger.post(f"{PUBLIC}/reservations", json=visit(business), headers=key("s"))
    assert (await told(refused, 403))["type"] == "urn:booka:problem:business-suspended"


async def test_nobody_elses_business_is_there(business: Business) -> None:
    for slug in ("nobody-has-this", "UPPER", "-", "a" * 64):
        assert (await business.stranger.get(f"{API}/public/{slug}/services")).status_code == 404
