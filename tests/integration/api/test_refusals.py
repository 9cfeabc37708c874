"""Every way in which a wish cannot be granted has a problem type of its own, and leaves nothing half-done behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from booka_core.catalog.commands import add_location
from booka_core.kernel import clock

from .conftest import Business
from .test_booking_over_http import API, booked, told
from .test_repeating_safely import rows

PROBLEM = "urn:booka:problem:"


async def refusal(business: Business, path: str, body: dict[str, Any], status: int, **headers: str) -> str:
    answer = await business.owner.post(f"{API}/{path}", json=body, headers=headers)
    return str((await told(answer, status))["type"]).removeprefix(PROBLEM)


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        ("2026-03-01T10:00:00+01:00", "slot-in-past"),
        ("2026-03-02T10:05:00+01:00", "slot-too-soon"),
        ("2027-03-03T10:00:00+01:00", "slot-beyond-window"),
        ("2026-03-03T22:00:00+01:00", "slot-closed"),
        ("2026-03-03T10:07:00+01:00", "slot-off-grid"),
        ("2026-03-03T10:00:30+01:00", "slot-off-grid"),
    ],
)
async def test_a_time_that_cannot_be_had_says_which_rule_forbids_it(
    business: Business, starts_at: str, code: str
) -> None:
    for path in ("reservations", "holds"):
        assert await refusal(business, path, business.booking(starts_at=starts_at), 409) == code
    assert await rows(business, "reservations") == 0
    assert await rows(business, "occupancies") == 0


async def test_a_local_time_that_the_clocks_jump_across_does_not_exist(business: Business) -> None:
    from booka_core.db.scope import bind_tenant  # noqa: PLC0415 - one place elsewhere, for this test

    with bind_tenant(business.salon.tenant.id):
        elsewhere = await add_location(name="Berlin", zone="Europe/Berlin")
    body = business.booking(starts_at="2026-03-29T02:30", location_id=str(elsewhere))
    assert await refusal(business, "reservations", body, 400) == "clock-gap"
    assert await rows(business, "reservations") == 0


async def test_a_local_time_is_meant_at_the_location(business: Business) -> None:
    made = await booked(business, starts_at="2026-03-03T10:00")
    assert made["starts_at"] == "2026-03-03T09:00:00Z"


async def test_a_length_of_nothing_and_one_that_is_not_offered_are_refused(business: Business) -> None:
    assert await refusal(business, "reservations", business.booking(minutes=0), 422) == "invalid"
    assert await refusal(business, "reservations", business.booking(minutes=37), 400) == "duration-not-offered"


async def test_a_move_onto_itself_is_none(business: Business) -> None:
    made = await booked(business)
    body = {"starts_at": made["starts_at"]}
    assert await refusal(business, f"reservations/{made['id']}/move", body, 409) == "nothing-to-move"
    after = await told(await business.owner.get(f"{API}/reservations/{made['id']}"), 200)
    assert after["version"] == made["version"]


async def test_what_is_cancelled_is_neither_confirmed_nor_moved_nor_cancelled_again(business: Business) -> None:
    held = await told(await business.owner.post(f"{API}/holds", json=business.booking()), 201)
    path = f"reservations/{held['id']}"
    await told(await business.owner.post(f"{API}/{path}/cancel", json={}), 200)
    assert await refusal(business, "reservations", {"hold_id": held["id"]}, 409) == "already-cancelled"
    assert await refusal(business, f"{path}/cancel", {}, 409) == "already-cancelled"
    later = {"starts_at": business.salon.at(15).isoformat()}
    assert await refusal(business, f"{path}/move", later, 409) == "already-cancelled"


async def test_a_hold_that_ran_out_while_another_took_its_time_is_gone(business: Business) -> None:
    wanted = business.booking(resource_id=str(business.salon.ada), starts_at="2026-03-03T10:00:00+01:00")
    held = await told(await business.owner.post(f"{API}/holds", json=wanted), 201)
    clock.advance(timedelta(minutes=12))
    other = {**wanted, "customer": {"name": "Faster", "phone": "+2348030000009"}}
    taken = await told(await business.owner.post(f"{API}/reservations", json=other), 201)
    assert await refusal(business, "reservations", {"hold_id": held["id"]}, 409) == "hold-expired"
    listed = (await told(await business.owner.get(f"{API}/reservations?status=confirmed"), 200))["items"]
    assert [one["id"] for one in listed] == [taken["id"]]


async def test_a_series_that_collides_in_its_seventh_week_books_nothing(business: Business) -> None:
    ada = str(business.salon.ada)
    await booked(business, starts_at="2026-04-14T10:00:00+01:00", resource_id=ada)
    body = {
        "visit": business.booking(resource_id=ada, starts_at="2026-03-03T10:00"),
        "recurrence": {"frequency": "weekly", "count": 8},
    }
    answer = await told(await business.owner.post(f"{API}/series", json=body), 409)
    assert (answer["type"], answer["position"]) == (f"{PROBLEM}series-collision", 7)
    assert answer["alternatives"]
    assert await rows(business, "reservations") == 1
    assert await rows(business, "series") == 0
    made = await told(await business.owner.post(f"{API}/series", json={**body, "skip_taken": True}), 201)
    assert (len(made["occurrences"]), [one["position"] for one in made["left_out"]]) == (7, [7])


async def test_ten_thousand_services_are_no_visit(business: Business) -> None:
    body = business.booking(items=[{"service_id": str(business.salon.haircut)}] * 10_000)
    del body["service_id"]
    assert await refusal(business, "reservations", body, 400) == "too-many-services"
    assert await rows(business, "reservations") == 0


async def test_a_stale_etag_is_refused(business: Business) -> None:
    made = await booked(business)
    path = f"reservations/{made['id']}/cancel"
    assert await refusal(business, path, {}, 412, **{"If-Match": '"v999"'}) == "stale-version"


async def test_a_forged_manage_link_is_refused(business: Business) -> None:
    answer = await told(await business.stranger.get(f"{API}/manage/{'x' * 68}"), 403)
    assert answer["type"] == f"{PROBLEM}bad-manage-link"


async def test_a_quote_for_something_else_or_too_old_is_refused(business: Business) -> None:
    wish = {"service_id": str(business.salon.haircut), "starts_at": business.salon.at(10).isoformat()}
    quote = await told(await business.owner.post(f"{API}/quotes", json=wish), 201)
    assert quote["total"] == 1_200_000
    other = business.booking(hour=12, quote_id=quote["id"])
    assert await refusal(business, "reservations", other, 409) == "quote-for-something-else"
    clock.advance(timedelta(minutes=14))  # the token lives a minute longer
    made = await booked(business, quote_id=quote["id"])
    assert made["quote"]["id"] == quote["id"]


async def test_other_mistakes_have_names_too(business: Business) -> None:
    for changed, status, code in (
        ({"party_size": 0}, 422, "invalid"),
        ({"voucher": "NOPE"}, 400, "voucher-unknown"),
        ({"add_on_ids": ["01900000-0000-7000-8000-000000000000"]}, 400, "add-on-not-offered"),
        ({"customer": {"name": "A", "phone": "12"}}, 400, "bad-phone"),
        ({"attendee_id": str(business.salon.customer_id)}, 400, "not-their-dependant"),
        ({"link": "x" * 43}, 404, "not-found"),
        ({"location_id": "01900000-0000-7000-8000-000000000000"}, 404, "not-found"),
    ):
        assert await refusal(business, "reservations", business.booking(**changed), status) == code, changed
    assert await rows(business, "reservations") == 0


async def test_a_recurrence_without_an_end_is_none(business: Business) -> None:
    visit = business.booking()
    for rule, code in (
        ({"frequency": "weekly"}, "bad-recurrence"),
        ({"frequency": "daily", "count": 500}, "series-too-long"),
        ({"frequency": "weekly", "until": "2026-01-01"}, "series-empty"),
    ):
        assert await refusal(business, "series", {"visit": visit, "recurrence": rule}, 400) == code
