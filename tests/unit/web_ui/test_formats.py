"""Dates, times and money are written as the tenant writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from booka_core.sdk.values import Money
from booka_core.web.ui import Formats, chat_text, hue_step, initials

HALF_PAST_ONE = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "zone", "time", "money"),
    [
        ("en_NG", "Africa/Lagos", "13:30", "₦15,000"),
        ("en_US", "America/New_York", "7:30\u00a0AM", "NGN15,000"),
        ("fr-FR", "Europe/Paris", "13:30", "15\u202f000\u00a0NGN"),
        ("tlh", "UTC", "12:30\u00a0PM", "NGN15,000"),
    ],
)
def test_time_and_money_follow_locale_and_zone(locale: str, zone: str, time: str, money: str) -> None:
    formats = Formats.of(locale=locale, zone=zone)
    assert formats.time(HALF_PAST_ONE) == time
    assert formats.money(Money(amount=1_500_000, currency="NGN")) == money


def test_minor_units_are_shown_when_there_are_any() -> None:
    formats = Formats.of(locale="en_GB", zone="UTC")
    assert formats.money(Money(amount=1550, currency="EUR")) == "€15.50"
    assert formats.money(Money(amount=1550, currency="JPY")) == "JP¥1,550"


def test_the_local_day_decides_what_is_called_today() -> None:
    formats = Formats.of(locale="en_NG", zone="Africa/Lagos")
    today = date(2026, 11, 20)
    assert formats.relative_day(today, today=today) == "Today"
    assert formats.relative_day(today + timedelta(days=1), today=today) == "Tomorrow"
    assert formats.relative_day(today + timedelta(days=2), today=today) == "Sun, 22 Nov"


def test_a_message_keeps_its_emphasis_and_loses_its_markup() -> None:
    hostile = "*Hi* <img src=x onerror=alert(1)> _there_ 2*3*4 snake_case_name"
    assert str(chat_text(hostile)) == (
        "<strong>Hi</strong> &lt;img src=x onerror=alert(1)&gt; <em>there</em> 2*3*4 snake_case_name"
    )


def test_initials_and_hues_are_always_something_the_page_can_show() -> None:
    assert [initials(name) for name in ("Joy Essien", "Zainab", "", "🙂", "Ann-Marie van Dam")] == [
        "JE",
        "Z",
        "?",
        "?",
        "AD",
    ]
    assert all(hue_step(None, name) % 5 == 0 and hue_step(None, name) < 360 for name in ("", "Joy", "Temi"))
    assert hue_step(358) == 0
