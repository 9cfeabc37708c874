"""ETags: who decided on an older state is told so and changes nothing, and who only asks is not sent the same again."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Business
from .test_booking_over_http import API, booked, told

DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("cancel", {}),
    ("move", {"starts_at": "2026-03-03T15:00:00+01:00"}),
    ("approve", {}),
    ("decline", {}),
    ("check-in", {}),
    ("complete", {}),
    ("no-show", {}),
    ("reassign", {"resource_ids": ["01900000-0000-7000-8000-000000000000"]}),
]


async def test_a_reservation_has_an_etag_that_changes_with_it(business: Business) -> None:
    first = await business.owner.post(f"{API}/reservations", json=business.booking())
    made = await told(first, 201)
    assert first.headers["ETag"] == f'"v{made["version"]}"'
    path = f"{API}/reservations/{made['id']}"
    moved = await business.owner.post(f"{path}/move", json={"starts_at": business.salon.at(15).isoformat()})
    assert moved.headers["ETag"] != first.headers["ETag"]
    assert (await business.owner.get(path)).headers["ETag"] == moved.headers["ETag"]


async def test_what_has_not_changed_is_not_sent_again(business: Business) -> None:
    made = await booked(business)
    path = f"{API}/reservations/{made['id']}"
    tag = (await business.owner.get(path)).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        same = await business.owner.get(path, headers={"If-None-Match": known})
        assert (same.status_code, await same.get_data(), same.headers["ETag"]) == (304, b"", tag)
    await business.owner.post(f"{path}/cancel", json={})
    assert (await business.owner.get(path, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize(("verb", "body"), DEEDS)
async def test_a_decision_on_an_older_state_is_refused_and_changes_nothing(
    business: Business, verb: str, body: dict[str, Any]
) -> None:
    made = await booked(business)
    path = f"{API}/reservations/{made['id']}"
    old = (await business.owner.get(path)).headers["ETag"]
    await business.owner.post(f"{path}/move", json={"starts_at": business.salon.at(12).isoformat()})
    before = await told(await business.owner.get(path), 200)
    refused = await told(await business.owner.post(f"{path}/{verb}", json=body, headers={"If-Match": old}), 412)
    assert refused["type"] == "urn:booka:problem:stale-version"
    assert await told(await business.owner.get(path), 200) == before


async def test_a_decision_on_the_present_state_is_carried_out(business: Business) -> None:
    made = await booked(business)
    path = f"{API}/reservations/{made['id']}"
    tag = (await business.owner.get(path)).headers["ETag"]
    later = {"starts_at": business.salon.at(15).isoformat()}
    moved = await business.owner.post(f"{path}/move", json=later, headers={"If-Match": f'"v99999", {tag}'})
    await told(moved, 200)
    await told(await business.owner.post(f"{path}/cancel", json={}, headers={"If-Match": "*"}), 200)


async def test_a_weak_tag_never_permits_and_nonsense_is_none(business: Business) -> None:
    made = await booked(business)
    path = f"{API}/reservations/{made['id']}"
    tag = (await business.owner.get(path)).headers["ETag"]
    assert (await business.owner.post(f"{path}/cancel", json={}, headers={"If-Match": f"W/{tag}"})).status_code == 412
    for nonsense in ("v1", '"v1', "", "1, 2", '"a" "b"'):
        refused = await told(await business.owner.post(f"{path}/cancel", json={}, headers={"If-Match": nonsense}), 400)
        assert refused["type"] == "urn:booka:problem:bad-entity-tag", nonsense


async def test_of_two_who_decided_on_one_state_only_one_gets_their_way(business: Business) -> None:
    made = await booked(business)
    path = f"{API}/reservations/{made['id']}"
    tag = {"If-Match": (await business.owner.get(path)).headers["ETag"]}
    first = await business.owner.post(
        f"{path}/move", json={"starts_at": business.salon.at(15).isoformat()}, headers=tag
    )
    second = await business.manager.post(f"{path}/cancel", json={"reason": "no staff"}, headers=tag)
    assert [first.status_code, second.status_code] == [200, 412]


async def test_without_the_comparison_the_later_decision_would_win(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booka_core.web.api import reservations  # noqa: PLC0415 - only this test breaks it

    monkeypatch.setattr(reservations, "expected_version", lambda _: None)
    with pytest.raises(AssertionError):
        await test_of_two_who_decided_on_one_state_only_one_gets_their_way(business)


async def test_a_hold_that_was_confirmed_meanwhile_is_not_released(business: Business) -> None:
    held = await told(await business.owner.post(f"{API}/holds", json=business.booking()), 201)
    await told(await business.owner.post(f"{API}/reservations", json={"hold_id": held["id"]}), 201)
    assert (await business.owner.call("DELETE", f"{API}/holds/{held['id']}")).status_code == 404
    kept = await told(await business.owner.get(f"{API}/reservations/{held['id']}"), 200)
    assert kept["status"] == "confirmed"


async def test_a_hold_is_released_and_its_time_is_free_again(business: Business) -> None:
    wanted = business.booking(resource_id=str(business.salon.ada))
    held = await told(await business.owner.post(f"{API}/holds", json=wanted), 201)
    path = f"{API}/holds/{held['id']}"
    await told(await business.owner.get(path), 200)
    assert (await business.owner.call("DELETE", path)).status_code == 204
    assert (await business.owner.get(path)).status_code == 404
    await told(await business.owner.post(f"{API}/reservations", json=wanted), 201)
