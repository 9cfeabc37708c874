"""Idempotency-Key: a request that arrives twice books once, and a failed one leaves nothing behind that a repetition
could trip over.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from booka_core.booking import making
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.salon import open_salon
from booka_core.testing.web import member_visitor, program_of

from .conftest import Business
from .test_booking_over_http import API, told

KEY = {"Idempotency-Key": "order-4711"}


async def rows(business: Business, table: str) -> int:
    with bind_tenant(business.salon.tenant.id):
        async with tenant_scope() as connection:
            found = await connection.execute_query_dict(f"select count(*) as n from {table}")
    return int(found[0]["n"])


@pytest.mark.parametrize("path", ["reservations", "holds"])
async def test_a_repetition_gets_the_same_answer_and_is_told_so(business: Business, path: str) -> None:
    first = await business.owner.post(f"{API}/{path}", json=business.booking(), headers=KEY)
    again = await business.owner.post(f"{API}/{path}", json=business.booking(), headers=KEY)
    assert await told(again, 201) == await told(first, 201)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert await rows(business, "reservations") == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"starts_at": "2026-03-03T12:00:00+01:00"},
        {"party_size": 2},
        {"note": "at the window"},
        {"intake": {"length": "long"}},
        {"customer": {"name": "Somebody Else", "phone": "+2348039999999"}},
    ],
)
async def test_another_request_with_the_same_key_is_refused(business: Business, changed: dict[str, Any]) -> None:
    await told(await business.owner.post(f"{API}/reservations", json=business.booking(), headers=KEY), 201)
    other = await told(
        await business.owner.post(f"{API}/reservations", json=business.booking(**changed), headers=KEY), 422
    )
    assert other["type"] in ("urn:booka:problem:idempotency-conflict", "urn:booka:problem:invalid")
    assert await rows(business, "reservations") == 1


async def test_a_key_of_a_hold_is_not_a_key_of_a_booking(business: Business) -> None:
    await told(await business.owner.post(f"{API}/holds", json=business.booking(), headers=KEY), 201)
    other = await business.owner.post(f"{API}/reservations", json=business.booking(), headers=KEY)
    await told(other, 422)


async def test_those_who_come_while_the_first_is_under_way_wait_and_get_its_reservation(business: Business) -> None:
    body = business.booking(resource_id=str(business.salon.ada))
    calls = [business.owner.post(f"{API}/reservations", json=body, headers=KEY) for _ in range(12)]
    answers = await asyncio.gather(*calls)
    found = [await told(answer, 201) for answer in answers]
    assert len({one["id"] for one in found}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert await rows(business, "reservations") == 1


async def test_without_the_key_in_the_transaction_one_request_would_book_twice(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgets(*_: object) -> None:
        return None

    monkeypatch.setattr(making, "remember", forgets)
    with pytest.raises(AssertionError):
        await test_a_repetition_gets_the_same_answer_and_is_told_so(business, "reservations")


async def test_a_request_that_failed_leaves_no_key_and_is_tried_anew(business: Business) -> None:
    wanted = business.booking(resource_id=str(business.salon.ada))
    theirs = await told(await business.owner.post(f"{API}/reservations", json=wanted), 201)
    mine = business.booking(resource_id=str(business.salon.ada), customer={"name": "Second", "phone": "+2348030000002"})
    await told(await business.owner.post(f"{API}/reservations", json=mine, headers=KEY), 409)
    assert await rows(business, "idempotency_keys") == 0
    await told(await business.owner.post(f"{API}/reservations/{theirs['id']}/cancel", json={}), 200)
    retried = await business.owner.post(f"{API}/reservations", json=mine, headers=KEY)
    await told(retried, 201)
    assert "Idempotency-Replayed" not in retried.headers


async def test_a_request_that_made_no_sense_leaves_no_key(business: Business) -> None:
    await told(await business.owner.post(f"{API}/reservations", json={"nonsense": 1}, headers=KEY), 422)
    await told(await business.owner.post(f"{API}/reservations", json=business.booking(), headers=KEY), 201)


async def test_a_repetition_tells_how_things_stand_now(business: Business) -> None:
    made = await told(await business.owner.post(f"{API}/reservations", json=business.booking(), headers=KEY), 201)
    await told(await business.owner.post(f"{API}/reservations/{made['id']}/cancel", json={}), 200)
    again = await told(await business.owner.post(f"{API}/reservations", json=business.booking(), headers=KEY), 201)
    assert (again["id"], again["status"]) == (made["id"], "cancelled")
    assert await rows(business, "reservations") == 1


async def test_the_same_key_at_another_business_is_another_request(
    business: Business, other_tenant: TenantInfo
) -> None:
    await told(await business.owner.post(f"{API}/reservations", json=business.booking(), headers=KEY), 201)
    other = await open_salon(other_tenant)
    program = program_of(business.app, await member_visitor(business.app, other_tenant, "owner"), other_tenant)
    body = business.booking(service_id=str(other.haircut), starts_at="2026-03-03T10:00:00+01:00")
    answer = await program.post(f"{API}/reservations", json=body, headers=KEY)
    await told(answer, 201)
    assert "Idempotency-Replayed" not in answer.headers


async def test_a_key_has_1_to_255_printable_characters(business: Business) -> None:
    for key, status in (("k" * 255, 201), ("k" * 256, 400), (" k", 201), ("\x7f", 400)):
        answer = await business.owner.post(
            f"{API}/reservations", json=business.booking(), headers={"Idempotency-Key": key}
        )
        assert answer.status_code in (status, 400 if key.startswith(" ") else status), key
