"""What is said: complete in each language, in the tenant's own format, and logic-less whoever wrote the template."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from booka_core.conversation.wording import LANGUAGES, Wording, fill, phrases
from booka_core.plugins.catalogue import plain_vertical
from booka_core.sdk.values import Money
from booka_core.sdk.verticals import Vertical


def speak(locale: str, **vertical: object) -> Wording:
    trade = plain_vertical("plain").model_copy(update=vertical)
    return Wording(locale=locale, zone="Africa/Lagos", business="Glow", vertical=trade)


def test_every_language_has_every_phrase_with_the_same_placeholders() -> None:
    english = phrases("en")
    for language in LANGUAGES:
        own = phrases(language)
        assert own.keys() == english.keys()
        for key, text in own.items():
            allowed = set(re.findall(r"{(\w+)}", english[key])) | {"reservation", "reservations"}
            assert set(re.findall(r"{(\w+)}", text)) <= allowed, (language, key)


@pytest.mark.parametrize(
    ("locale", "money", "date", "time"),
    [
        ("en-NG", "₦12,000", "Tuesday 24 November", "15:00"),
        ("en-US", "NGN12,000", "Tuesday 24 November", "3:00 PM"),
        ("fr-FR", "12 000 NGN", "mardi 24 novembre", "15:00"),
        ("xx-XX", "NGN12,000", "Tuesday 24 November", "3:00 PM"),
    ],
)
def test_money_and_time_are_written_as_the_tenant_s_locale_writes_them(
    locale: str, money: str, date: str, time: str
) -> None:
    wording = speak(locale)
    assert wording.money(Money(amount=1_200_000, currency="NGN")) == money
    assert wording.moment(dt.datetime(2026, 11, 24, 14, 0, tzinfo=dt.UTC)) == {"date": date, "time": time}


def test_cents_are_shown_only_where_there_are_some() -> None:
    assert speak("en-GB").money(Money(amount=4850, currency="GBP")) == "£48.50"
    assert speak("en-GB").money(Money(amount=4800, currency="GBP")) == "£48"
    assert speak("fr-SN").money(Money(amount=5000, currency="XOF")) == "5 000 F CFA"


def test_the_vertical_s_words_come_first_and_the_core_s_stand_behind_them() -> None:
    trade: Vertical = plain_vertical("plain")
    own = speak("en-NG", templates={"en": {"booked": "See you, {service}!"}}, nouns={"en": {"reservation": "visit"}})
    assert own.say("booked", service="Haircut") == "See you, Haircut!"
    assert "visit" in own.say("cancelled", service="Haircut", date="x", time="y", reference="z")
    assert trade.templates == {}


@pytest.mark.parametrize(
    "template", ["{service.__class__}", "{0}", "{", "}", "{service!r}", "{service:>99999999}", "{{service}}"]
)
def test_a_template_can_do_nothing_but_hold_placeholders(template: str) -> None:
    said = fill(template, {"service": "Haircut"})
    assert "<class" not in said
    assert len(said) < 40


def test_what_a_customer_wrote_is_never_read_as_a_template() -> None:
    assert fill("No {thing}.", {"thing": "{business}", "business": "Glow"}) == "No {business}."


def test_a_placeholder_without_a_value_leaves_nothing_behind() -> None:
    assert (
        speak("en-NG")
        .say("booked", service="Haircut", date="today", time="15:00", reference="X")
        .startswith("You are booked: Haircut, today at 15:00.")
    )
