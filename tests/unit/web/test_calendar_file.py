"""The calendar file of one reservation, as RFC 5545 wants it and whatever people are called."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from booka_core.booking.types import ReservationInfo, ReservedResource
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.links.types import ManagedReservation
from booka_core.sdk.values import Money
from booka_core.web.public.calendar_file import calendar_file

ADDRESS = "https://booka.example/m/" + "A" * 68
START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before Paris puts its clocks forward


def visit(**changed: Any) -> ManagedReservation:
    names = {
        "service": "Haircut",
        "staff": "Ada",
        "business": "Maison Lumière",
        "place": "Rue A",
        "status": "confirmed",
    }
    told = {**names, **changed}
    reservation = ReservationInfo(
        id=new_id(),
        reference="K7Q2MX",
        status=told["status"],
        customer_id=new_id(),
        customer_name=None,
        service_id=new_id(),
        service_name=told["service"],
        resources=(ReservedResource(id=new_id(), name=told["staff"], kind="staff"),),
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        price=Money(amount=1000, currency="EUR"),
        party_size=1,
        intake={},
        note="",
        source="web",
        hold_expires_at=None,
        version=3,
        created_at=START,
    )
    return ManagedReservation(
        business=told["business"],
        slug="lumiere",
        locale="fr-FR",
        zone="Europe/Paris",
        place=told["place"],
        address="",
        reservation=reservation,
        notice_minutes=0,
        changeable_until=START,
        move_closed="",
        cancel_closed="",
        rate_closed="not_confirmed",
    )


def fields(text: str) -> dict[str, str]:
    unfolded = re.sub("\r\n[ \t]", "", text)
    found = [line.partition(":") for line in unfolded.removesuffix("\r\n").split("\r\n")]
    assert all(colon for _, colon, _ in found)
    assert len({name for name, _, _ in found}) == len(found) - 2, "only BEGIN and END come twice"
    return {name: value for name, _, value in found}


def test_instants_are_utc_whatever_the_clocks_do_that_night() -> None:
    with clock.frozen(START - timedelta(days=1)):
        found = fields(calendar_file(visit(), address=ADDRESS))
    assert (found["DTSTART"], found["DTEND"]) == ("20260329T003000Z", "20260329T013000Z")
    assert found["DTSTAMP"] == "20260328T003000Z"
    assert found["SEQUENCE"] == "3"
    assert found["SUMMARY"] == "Haircut with Ada\\, Maison Lumière"
    assert found["URL"] == ADDRESS


def test_a_cancelled_one_says_so() -> None:
    assert fields(calendar_file(visit(status="cancelled"), address=ADDRESS))["STATUS"] == "CANCELLED"
    assert fields(calendar_file(visit(status="pending"), address=ADDRESS))["STATUS"] == "TENTATIVE"


@given(st.text(min_size=1, max_size=200), st.text(max_size=200))
def test_no_name_adds_a_line_and_no_line_is_too_long(service: str, business: str) -> None:
    text = calendar_file(visit(service=service, business=business), address=ADDRESS)
    assert "\r" not in text.replace("\r\n", "")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    found = fields(text)
    assert found["UID"].endswith("@127.0.0.1")
    assert found["STATUS"] == "CONFIRMED"


def test_a_planted_field_stays_text() -> None:
    evil = "Cut\r\nATTENDEE:mailto:x@evil.example\nBEGIN:VALARM"
    found = fields(calendar_file(visit(service=evil), address=ADDRESS))
    assert "ATTENDEE" not in found
    assert found["SUMMARY"].startswith("Cut\\nATTENDEE:mailto:x@evil.example\\nBEGIN:VALARM with")
