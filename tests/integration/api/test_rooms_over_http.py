"""What happens around a visit, over HTTP: several services, prices, attendance, files, series, classes, the queue, the
waitlist and the people. Each is a room of its own with its own tests; these show that programs reach all of it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from booka_core.catalog.commands import add_resource, add_service, change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.catalog.terms import add_add_on
from booka_core.db.scope import bind_tenant
from booka_core.kernel import clock
from booka_core.testing.web import member_visitor, program_of

from .conftest import Business
from .test_booking_over_http import API, booked, told

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


async def post(business: Business, path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
    return await told(await business.owner.post(f"{API}/{path}", json=body or {}), status)


async def get(business: Business, path: str) -> Any:
    return await told(await business.owner.get(f"{API}/{path}"), 200)


async def test_several_services_for_two_guests_with_an_extra_are_one_visit(business: Business) -> None:
    salon = business.salon
    with bind_tenant(salon.tenant.id):
        oil = await add_add_on(name="Hot oil", minutes=15, price=300_000, service_id=salon.haircut)
    body = {
        "items": [
            {"service_id": str(salon.haircut), "add_on_ids": [str(oil)], "resource_id": str(salon.ada)},
            {"service_id": str(salon.haircut), "guest": 1},
        ],
        "starts_at": "2026-03-03T10:00",
        "customer_id": str(salon.customer_id),
        "party_size": 2,
    }
    quote = await post(business, "quotes", {name: body[name] for name in ("items", "starts_at", "party_size")}, 201)
    assert quote["total"] == 2 * 1_200_000 + 300_000
    made = await post(business, "reservations", {**body, "quote_id": quote["id"]}, 201)
    assert made["price"]["amount"] == quote["total"]
    assert {one["guest"] for one in made["items"]} == {0, 1}
    assert made["items"][0]["add_ons"][0]["name"] == "Hot oil"
    assert {one["name"] for one in made["resources"]} == {"Ada", "Bola"}


async def test_a_price_rule_and_a_voucher_make_the_price(business: Business) -> None:
    await post(
        business, "price-rules", {"name": "Tuesdays", "basis_points": -1000, "condition": {"weekdays": [1]}}, 201
    )
    await post(business, "promotions", {"name": "Hello", "code": "HELLO", "amount": 80_000, "uses_left": 1}, 201)
    made = await booked(business, voucher="hello")
    assert made["price"]["amount"] == 1_200_000 - 120_000 - 80_000
    refused = await business.owner.post(f"{API}/reservations", json=business.booking(14, voucher="HELLO"))
    assert (await told(refused, 409))["type"] == "urn:booka:problem:voucher-used-up"
    for path in ("price-rules", "promotions"):
        (kept,) = (await get(business, path))["items"]
        assert (await business.owner.call("DELETE", f"{API}/{path}/{kept['id']}")).status_code == 204
        assert (await get(business, path))["items"] == []


async def test_what_needs_agreement_is_agreed_to_or_not(business: Business) -> None:
    salon = business.salon
    with bind_tenant(salon.tenant.id):
        await change_service(salon.braids, rules=ServiceRules(approval=True))
    asked = []
    for hour in (9, 14):
        body = business.booking(hour, service_id=str(salon.braids))
        headers = {"Idempotency-Key": f"ask-{hour}"}
        answer = await business.stranger.post(f"{API}/public/glow/reservations", json=body, headers=headers)
        asked.append(await told(answer, 201))
    assert [one["status"] for one in asked] == ["pending", "pending"]
    agreed = await post(business, f"reservations/{asked[0]['id']}/approve")
    declined = await post(business, f"reservations/{asked[1]['id']}/decline", {"reason": "too long"})
    assert [agreed["status"], declined["status"]] == ["confirmed", "declined"]


async def test_a_visit_is_attended_completed_rated_and_its_history_told(business: Business) -> None:
    made = await booked(business, starts_at="2026-03-02T10:30:00+01:00", resource_id=str(business.salon.ada))
    path = f"reservations/{made['id']}"
    bola = {"resource_ids": [str(business.salon.bola)], "reason": "Ada is ill"}
    assert (await post(business, f"{path}/reassign", bola))["resources"][0]["name"] == "Bola"
    refused = await told(await business.ada.post(f"{API}/{path}/reassign", json=bola), 404)
    assert refused["type"].endswith("not-found")
    assert (await post(business, f"{path}/check-in"))["checked_in_at"] == "2026-03-02T09:00:00Z"
    assert (await post(business, f"{path}/complete"))["status"] == "completed"
    rated = await post(business, f"{path}/rate", {"rating": 5, "review": "Lovely"})
    assert (rated["rating"], rated["review"]) == (5, "Lovely")
    lines = (await get(business, f"{path}/timeline"))["items"]
    assert len(lines) == 5
    assert any("Ada is ill" in line["sentence"] for line in lines)


async def test_nobody_came(business: Business) -> None:
    made = await booked(business, starts_at="2026-03-02T10:30:00+01:00")
    early = await business.owner.post(f"{API}/reservations/{made['id']}/no-show", json={})
    assert (await told(early, 409))["type"] == "urn:booka:problem:not-begun-yet"
    later = clock.now() + timedelta(minutes=31)
    with clock.frozen(later):
        owner = await member_visitor(business.app, business.salon.tenant, "owner", email="later@glow.example")
        program = program_of(business.app, owner, business.salon.tenant)
        missed = await program.post(f"{API}/reservations/{made['id']}/no-show", json={"release": True})
        assert (await told(missed, 200))["status"] == "no_show"


async def test_a_file_is_kept_listed_and_read(business: Business) -> None:
    made = await booked(business)
    path = f"{API}/reservations/{made['id']}/attachments"
    headers = {"Content-Type": "image/png"}
    kept = await told(await business.owner.post(f"{path}?name=style.png", data=PNG, headers=headers), 201)
    assert [one["name"] for one in (await told(await business.owner.get(path), 200))["items"]] == ["style.png"]
    read = await business.owner.get(f"{path}/{kept['id']}")
    assert (await read.get_data(), read.mimetype) == (PNG, "image/png")
    assert "attachment" in read.headers["Content-Disposition"]
    bad = await told(await business.owner.post(f"{path}?name=x.exe", data=b"MZ" * 40, headers=headers), 400)
    assert bad["type"] == "urn:booka:problem:attachment-not-allowed"
    large = await business.owner.post(f"{path}?name=x.png", data=PNG + b"\x00" * 1_100_000, headers=headers)
    assert (await told(large, 413))["type"] == "urn:booka:problem:body-too-large"


async def test_a_series_is_booked_moved_from_here_on_and_cancelled(business: Business) -> None:
    visit = business.booking(starts_at="2026-03-03T10:00", resource_id=str(business.salon.ada))
    rule = {"frequency": "weekly", "count": 4}
    body = {"visit": visit, "recurrence": rule}
    headers = {"Idempotency-Key": "series-1"}
    first = await business.owner.post(f"{API}/series", json=body, headers=headers)
    made = await told(first, 201)
    again = await business.owner.post(f"{API}/series", json=body, headers=headers)
    assert (await told(again, 201))["id"] == made["id"]
    assert again.headers["Idempotency-Replayed"] == "true"
    third = made["occurrences"][2]
    listed = await get(business, f"reservations?series_id={made['id']}")
    assert len(listed["items"]) == 4
    moved = await post(business, f"series/of/{third['id']}/move", {"scope": "future", "starts_at": "2026-03-17T15:00"})
    assert {one["starts_at"][11:16] for one in moved["occurrences"]} >= {"14:00"}
    gone = await post(business, f"series/of/{third['id']}/cancel", {"scope": "future", "reason": "away"})
    assert any(one["status"] == "cancelled" for one in gone["occurrences"])
    left = await get(business, "reservations?status=confirmed")
    assert [one["starts_at"][:10] for one in left["items"]] == ["2026-03-03", "2026-03-10"]


async def test_a_class_meets_and_its_seats_go_one_by_one(business: Business) -> None:
    salon = business.salon
    with bind_tenant(salon.tenant.id):
        yoga = await add_service(
            name="Braiding class", minutes=60, price=500_000, rules=ServiceRules(seats=2, ad_hoc=False)
        )
        await add_resource(location_id=salon.location_id, name="Kemi", service_ids=[yoga])
    meeting = await post(business, "classes", {"service_id": str(yoga), "starts_at": "2026-03-04T10:00"}, 201)
    for number in (1, 2):
        guest = {"name": f"Guest {number}", "phone": f"+234803000010{number}"}
        await booked(business, service_id=str(yoga), starts_at=meeting["starts_at"], customer=guest)
    seen = await get(business, f"classes/{meeting['id']}")
    assert (seen["seats"], seen["seats_left"]) == (2, 0)
    full = await business.owner.post(
        f"{API}/reservations", json=business.booking(service_id=str(yoga), starts_at=meeting["starts_at"])
    )
    assert (await told(full, 409))["type"] == "urn:booka:problem:slot-taken"
    kept = await business.owner.call("DELETE", f"{API}/classes/{meeting['id']}")
    assert (await told(kept, 409))["type"] == "urn:booka:problem:class-has-guests"


async def test_who_walks_in_waits_is_called_served_and_done(business: Business) -> None:
    salon = business.salon
    wish = {"customer_id": str(salon.customer_id), "service_id": str(salon.haircut)}
    joined = await post(business, "queue", wish, 201)
    assert (joined["ticket"], joined["status"]) == (1, "waiting")
    assert [one["id"] for one in (await get(business, "queue"))["entries"]] == [joined["id"]]
    assert (await post(business, "queue/call-next"))["id"] == joined["id"]
    serving = await post(business, f"queue/{joined['id']}/start", {"resource_id": str(salon.ada)})
    assert serving["status"] == "serving"
    made = await get(business, f"reservations/{serving['reservation_id']}")
    assert made["status"] == "checked_in"
    assert (await post(business, f"queue/{joined['id']}/finish"))["status"] == "served"


async def test_somebody_waits_for_a_time_and_leaves_the_list(business: Business) -> None:
    wish = {
        "customer_id": str(business.salon.customer_id),
        "service_id": str(business.salon.haircut),
        "wanted_from": "2026-03-03T09:00:00+01:00",
        "wanted_until": "2026-03-03T12:00:00+01:00",
    }
    joined = await post(business, "waitlist", wish, 201)
    assert (await post(business, "waitlist", wish, 201))["id"] == joined["id"]
    assert [one["id"] for one in (await get(business, "waitlist"))["items"]] == [joined["id"]]
    assert (await get(business, f"waitlist/{joined['id']}"))["offers"] == []
    assert (await post(business, f"waitlist/{joined['id']}/leave"))["status"] == "left"


async def test_people_are_found_changed_kept_out_and_forgotten(business: Business) -> None:
    made = await post(business, "customers", {"name": "Bisi Ojo", "phone": "0803 000 7777"}, 201)
    path = f"customers/{made['id']}"
    assert made["phone"] == "+2348030007777"
    found = await get(business, "customers?q=bisi&limit=1")
    assert [one["id"] for one in found["items"]] == [made["id"]]
    changes = {"email": "bisi@glow.example", "zone": "Africa/Lagos", "join_groups": ["regulars"]}
    changed = await told(await business.owner.call("PATCH", f"{API}/{path}", json=changes), 200)
    assert (changed["email"], changed["tags"]) == ("bisi@glow.example", ["regulars"])
    child = await post(business, f"{path}/dependants", {"name": "Tobi"}, 201)
    visit = business.booking(customer_id=made["id"], attendee_id=child["id"])
    del visit["customer"]
    assert (await post(business, "reservations", visit, 201))["attendee"]["name"] == "Tobi"
    assert (await post(business, f"{path}/block", {"reason": "never came"}))["blocked"]
    refused = await business.owner.post(f"{API}/reservations", json={**visit, "starts_at": "2026-03-04T10:00"})
    assert (await told(refused, 409))["type"] == "urn:booka:problem:customer-blocked"
    assert not (await post(business, f"{path}/unblock"))["blocked"]
    gone = await post(business, f"{path}/erase")
    assert (gone["erased"], gone["name"], gone["phone"]) == (True, None, None)


async def test_a_start_is_explained_and_a_stylist_learns_nothing_of_a_colleagues_customer(business: Business) -> None:
    made = await booked(business, resource_id=str(business.salon.bola))
    path = f"{API}/availability/explain?service_id={business.salon.haircut}&starts_at=2026-03-03T10:00"
    whole = await told(await business.owner.get(f"{path}&resource_id={business.salon.bola}"), 200)
    assert (whole["free"], whole["reason"]) == (False, "busy")
    assert made["reference"] in str(whole)
    hers = await told(await business.ada.get(f"{path}&resource_id={business.salon.bola}"), 200)
    assert hers["reason"] == "busy"
    assert made["reference"] not in str(hers)


async def test_days_are_counted_and_shown_where_the_caller_is(business: Business) -> None:
    base = f"availability?service_id={business.salon.haircut}&from=2026-03-03&days=1"
    here = await get(business, base)
    assert (here["zone"], here["items"][0]["local"]) == ("Africa/Lagos", "2026-03-03T09:00:00+01:00")
    there = await get(business, f"{base}&zone=Pacific/Auckland")
    assert there["items"][0]["local"].startswith("2026-03-03T00:")
    assert all(one["local"].startswith("2026-03-03") for one in there["items"])
    wrong = await business.owner.get(f"{API}/{base}&zone=Mars/Base")
    assert (await told(wrong, 422))["type"] == "urn:booka:problem:invalid"
