"""Staff see and change what is assigned to them; everything else answers like nothing."""

from __future__ import annotations

from typing import Any

import pytest

from booka_core.db.scope import bind_tenant
from booka_core.identity.commands import add_member, remove_member
from booka_core.testing.web import member_visitor, program_of
from booka_core.web.api import visits

from .conftest import Business
from .test_booking_over_http import API, told


async def book_with(business: Business, person: Any, hour: int) -> str:
    body = business.booking(hour=hour, resource_id=str(person))
    made = await told(await business.owner.post(f"{API}/reservations", json=body), 201)
    return str(made["id"])


async def test_a_stylist_lists_her_own_reservations_and_no_others(business: Business) -> None:
    mine = await book_with(business, business.salon.ada, 10)
    await book_with(business, business.salon.bola, 10)
    listed = await told(await business.ada.get(f"{API}/reservations"), 200)
    assert [item["id"] for item in listed["items"]] == [mine]
    everything = await told(await business.manager.get(f"{API}/reservations"), 200)
    assert len(everything["items"]) == 2


async def test_a_colleagues_reservation_answers_like_one_that_does_not_exist(business: Business) -> None:
    theirs = await book_with(business, business.salon.bola, 10)
    nobodys = "01900000-0000-7000-8000-000000000000"
    for method, path, body in (
        ("GET", "", None),
        ("POST", "/cancel", {}),
        ("POST", "/move", {"starts_at": business.salon.at(15).isoformat()}),
    ):
        seen = [
            await business.ada.call(method, f"{API}/reservations/{which}{path}", json=body)
            for which in (theirs, nobodys)
        ]
        assert [answer.status_code for answer in seen] == [404, 404]
        assert await seen[0].get_data() == await seen[1].get_data()
    held = await told(
        await business.owner.post(f"{API}/holds", json=business.booking(hour=14, resource_id=str(business.salon.bola))),
        201,
    )
    assert (await business.ada.post(f"{API}/reservations", json={"hold_id": held["id"]})).status_code == 404


async def test_without_the_narrowing_a_stylist_would_cancel_for_a_colleague(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = await book_with(business, business.salon.bola, 10)
    monkeypatch.setattr(visits, "own_resource", lambda: None)
    await told(await business.ada.post(f"{API}/reservations/{theirs}/cancel", json={}), 200)


async def test_a_stylist_books_with_herself_and_cannot_hand_a_customer_over(business: Business) -> None:
    made = await told(await business.ada.post(f"{API}/reservations", json=business.booking()), 201)
    assert [resource["name"] for resource in made["resources"]] == ["Ada"]
    bola = str(business.salon.bola)
    refused = await business.ada.post(f"{API}/reservations", json=business.booking(hour=12, resource_id=bola))
    assert refused.status_code == 403
    later = business.salon.at(15).isoformat()
    handed = await business.ada.post(
        f"{API}/reservations/{made['id']}/move", json={"starts_at": later, "resource_id": bola}
    )
    assert handed.status_code == 403


async def test_a_stylist_who_is_nobody_in_the_catalogue_is_told_whom_to_ask(business: Business) -> None:
    visitor = await member_visitor(business.app, business.salon.tenant, "staff", email="new@glow.example")
    program = program_of(business.app, visitor, business.salon.tenant)
    refused = await told(await program.get(f"{API}/reservations"), 403)
    assert "ask your manager" in refused["detail"]


async def test_a_role_that_changes_counts_from_the_next_request_on_whatever_the_token_says(business: Business) -> None:
    theirs = await book_with(business, business.salon.bola, 10)
    manager = business.manager.person
    assert manager is not None
    await told(await business.manager.get(f"{API}/reservations/{theirs}"), 200)
    with bind_tenant(business.salon.tenant.id):
        await add_member(user_id=manager.user_id, role="staff", resource_id=business.salon.ada)
    await told(await business.manager.get(f"{API}/reservations/{theirs}"), 404)
    owner = business.owner.person
    assert owner is not None
    with bind_tenant(business.salon.tenant.id):
        await remove_member(user_id=manager.user_id, by=owner)
    await told(await business.manager.get(f"{API}/me"), 401)
