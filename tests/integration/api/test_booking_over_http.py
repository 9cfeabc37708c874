"""Booking through the API: a program asks, holds, books, moves and cancels, and is told what it can do instead."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from quart import Response

from booka_core.kernel import clock

from .conftest import Business

API = "/api/v1"


async def told(response: Response, status: int) -> Any:
    body = await response.get_json(force=True)
    assert response.status_code == status, body
    return body


async def booked(business: Business, **changed: Any) -> dict[str, Any]:
    made: dict[str, Any] = await told(
        await business.owner.post(f"{API}/reservations", json=business.booking(**changed)), 201
    )
    return made


async def test_a_program_learns_what_is_offered_by_whom_and_when(business: Business) -> None:
    services = await told(await business.owner.get(f"{API}/services"), 200)
    assert [item["name"] for item in services["items"]] == ["Full colour", "Haircut", "Knotless braids"]
    haircut = next(item for item in services["items"] if item["name"] == "Haircut")
    assert haircut["price"] == {"amount": 1_200_000, "currency": "NGN"}
    assert set(haircut["staff_ids"]) == {str(business.salon.ada), str(business.salon.bola)}
    staff = await told(await business.owner.get(f"{API}/staff"), 200)
    assert [item["name"] for item in staff["items"]] == ["Ada", "Bola"]
    asked = f"{API}/availability?service_id={business.salon.haircut}&from=2026-03-03&days=1"
    free = await told(await business.owner.get(asked), 200)
    assert free["zone"] == "Africa/Lagos"
    assert free["items"][0]["starts_at"] == "2026-03-03T08:00:00Z"


async def test_what_was_booked_can_be_read_listed_moved_and_cancelled(business: Business) -> None:
    made = await told(await business.owner.post(f"{API}/reservations", json=business.booking()), 201)
    assert (made["status"], made["customer"]["name"], made["source"]) == ("confirmed", "Ngozi Eze", "api")
    where = f"{API}/reservations/{made['id']}"
    assert await told(await business.owner.get(where), 200) == made
    later = business.salon.at(15).isoformat()
    moved = await told(await business.owner.post(f"{where}/move", json={"starts_at": later}), 200)
    assert moved["starts_at"] == "2026-03-03T14:00:00Z"
    cancelled = await told(await business.owner.post(f"{where}/cancel", json={"reason": "ill"}), 200)
    assert cancelled["status"] == "cancelled"
    again = await told(await business.owner.post(f"{where}/cancel", json={}), 409)
    assert again["type"] == "urn:booka:problem:already-cancelled"
    listed = await told(await business.owner.get(f"{API}/reservations?day=2026-03-03"), 200)
    assert [(item["id"], item["status"]) for item in listed["items"]] == [(made["id"], "cancelled")]


async def test_the_answer_says_where_the_reservation_is(business: Business) -> None:
    response = await business.owner.post(f"{API}/reservations", json=business.booking())
    made = await told(response, 201)
    assert response.headers["Location"] == f"{API}/reservations/{made['id']}"
    assert (await business.owner.get(response.headers["Location"])).status_code == 200


async def test_a_hold_keeps_the_time_and_becomes_a_reservation(business: Business) -> None:
    wanted = business.booking(resource_id=str(business.salon.ada))
    held = await told(await business.owner.post(f"{API}/holds", json=wanted), 201)
    assert (held["status"], held["hold_expires_at"]) == ("held", "2026-03-02T09:10:00Z")
    taken = await told(await business.owner.post(f"{API}/reservations", json=wanted), 409)
    assert taken["type"] in ("urn:booka:problem:slot-taken", "urn:booka:problem:slot-not-offered")
    made = await told(await business.owner.post(f"{API}/reservations", json={"hold_id": held["id"]}), 201)
    assert (made["id"], made["status"]) == (held["id"], "confirmed")


async def test_a_time_that_is_taken_comes_with_the_nearest_free_ones(business: Business) -> None:
    wanted = business.booking(resource_id=str(business.salon.ada))
    await told(await business.owner.post(f"{API}/reservations", json=wanted), 201)
    refused = await told(await business.owner.post(f"{API}/reservations", json=wanted), 409)
    assert len(refused["alternatives"]) == 3
    offered = business.booking(resource_id=str(business.salon.ada), starts_at=refused["alternatives"][0]["starts_at"])
    await told(await business.owner.post(f"{API}/reservations", json=offered), 201)


@pytest.mark.parametrize(
    ("hour", "day", "reason"), [(22, 3, "slot-closed"), (10, 8, "slot-closed"), (9, 1, "slot-in-past")]
)
async def test_a_time_that_is_not_offered_is_refused_with_the_reason(
    business: Business, hour: int, day: int, reason: str
) -> None:
    refused = await told(await business.owner.post(f"{API}/reservations", json=business.booking(hour, day=day)), 409)
    assert refused["type"] == f"urn:booka:problem:{reason}"
    assert refused["alternatives"]


async def test_the_same_request_with_the_same_key_books_once(business: Business) -> None:
    headers = {"Idempotency-Key": "order-4711"}
    calls = [business.owner.post(f"{API}/reservations", json=business.booking(), headers=headers) for _ in range(8)]
    answers = [await told(response, 201) for response in await asyncio.gather(*calls)]
    assert len({answer["id"] for answer in answers}) == 1
    other = await told(
        await business.owner.post(f"{API}/reservations", json=business.booking(hour=12), headers=headers), 422
    )
    assert other["type"] == "urn:booka:problem:idempotency-conflict"


async def test_a_customer_without_a_phone_is_one_person_however_often_the_request_is_repeated(
    business: Business,
) -> None:
    wanted = business.booking(customer={"name": "Ngozi"})
    headers = {"Idempotency-Key": "order-1"}
    first = await told(await business.owner.post(f"{API}/reservations", json=wanted, headers=headers), 201)
    again = await told(await business.owner.post(f"{API}/reservations", json=wanted, headers=headers), 201)
    assert (first["id"], first["customer"]) == (again["id"], again["customer"])


async def test_without_a_key_the_same_request_books_twice(business: Business) -> None:
    first = await told(await business.owner.post(f"{API}/reservations", json=business.booking()), 201)
    second = await told(await business.owner.post(f"{API}/reservations", json=business.booking()), 201)
    assert first["id"] != second["id"]


async def test_of_twenty_who_want_one_time_of_one_person_one_gets_it(business: Business) -> None:
    calls = [
        business.owner.post(
            f"{API}/reservations",
            json=business.booking(
                resource_id=str(business.salon.ada), customer={"name": f"Number {n}", "external_id": str(n)}
            ),
        )
        for n in range(20)
    ]
    codes = [response.status_code for response in await asyncio.gather(*calls)]
    assert sorted(codes) == [201] + [409] * 19


async def test_pages_follow_each_other_without_gap_or_repetition(business: Business) -> None:
    made = {(await booked(business, hour=hour, day=day))["id"] for day in (3, 4) for hour in (9, 11, 13, 15)}
    seen: list[str] = []
    path: str | None = f"{API}/reservations?limit=3"
    while path:
        page = await told(await business.owner.get(path), 200)
        seen += [item["id"] for item in page["items"]]
        path = f"{API}/reservations?limit=3&cursor={page['next_cursor']}" if page["next_cursor"] else None
    assert len(seen) == len(set(seen)) == 8
    assert set(seen) == made


async def test_who_is_asking_is_answered_with_the_roles_of_this_moment(business: Business) -> None:
    me = await told(await business.ada.get(f"{API}/me"), 200)
    assert (me["role"], me["business"]["slug"]) == ("staff", "glow")
    assert me["permissions"]["booking.manage"] == "self"
    assert me["permissions"]["billing.manage"] == "none"


async def test_a_token_ends_after_a_quarter_of_an_hour(business: Business) -> None:
    clock.advance(timedelta(minutes=14))
    await told(await business.owner.get(f"{API}/me"), 200)
    clock.advance(timedelta(minutes=1))
    refused = await told(await business.owner.get(f"{API}/me"), 401)
    assert refused["type"] == "urn:booka:problem:bad-token"
