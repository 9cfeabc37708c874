"""The day beside the demonstration phone follows the booking that was just made by message."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from booka_core.web.demo.mail import own_link
from booka_core.web.demo.phone import day_to_watch, english_first
from booka_core.web.ui import phone_number

from .rows import NOW, at, change, tenant

TOMORROW = date(2026, 11, 21)


def test_a_booking_for_another_day_brings_that_day_into_sight() -> None:
    booked = change("Joy", "confirm", starts_at=at("14:00", day=TOMORROW))
    assert day_to_watch([booked], zone="Africa/Lagos", now=NOW) == TOMORROW


def test_the_day_is_the_salons_day_not_the_servers() -> None:
    booked = change("Joy", "confirm", starts_at=at("00:30", day=TOMORROW))
    assert day_to_watch([booked], zone="Africa/Lagos", now=NOW) == TOMORROW


@pytest.mark.parametrize("changes", [{"source": "admin"}, {"at": NOW - timedelta(hours=1)}])
def test_otherwise_it_is_today(changes: dict[str, object]) -> None:
    assert day_to_watch([change("Joy", "confirm", **changes)], zone="Africa/Lagos", now=NOW) is None
    assert day_to_watch([], zone="Africa/Lagos", now=NOW) is None


def test_a_salon_that_answers_in_english_comes_first() -> None:
    paris, lagos = tenant(slug="garance", locale="fr-FR"), tenant(slug="ileri", locale="en-NG")
    assert [one.slug for one in english_first([paris, lagos])] == ["ileri", "garance"]


def test_numbers_are_shown_as_people_write_them() -> None:
    assert phone_number("+2348030000101") == "+234 803 000 0101"
    assert phone_number("salon") == "salon"


def test_only_a_link_to_this_very_booka_becomes_a_button(monkeypatch: pytest.MonkeyPatch) -> None:
    own = "http://127.0.0.1:8000/sign-in/abc-DEF_1"
    assert own_link(f"Hello,\n\nopen {own}.\n") == "/sign-in/abc-DEF_1"
    assert own_link("open http://127.0.0.1:8000.evil.example/sign-in/x or https://evil.example/sign-in/x") == ""
