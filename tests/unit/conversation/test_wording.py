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


NIGHTS = (dt.datetime(2026, 3, 3, 14, tzinfo=dt.UTC), dt.datetime(2026, 3, 6, 10, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-NG", "Tuesday 3 March at 15:00 until Friday 6 March at 11:00"),
        ("fr-FR", "mardi 3 mars à 15:00 jusqu'au vendredi 6 mars à 11:00"),
    ],
)
def test_what_ends_on_another_day_says_when_in_every_phrase_that_has_a_time(locale: str, said: str) -> None:
    wording = speak(locale)
    for key in ("confirm", "booked", "moved", "cancelled", "reminder", "upcoming_line", "place_requested"):
        assert said in wording.say(key, service="Room", **wording.span(*NIGHTS)), key


def test_what_ends_at_midnight_ends_on_its_own_day() -> None:
    wording = speak("en-NG")
    begins = dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)
    assert wording.span(begins, begins + dt.timedelta(hours=2)) == wording.moment(begins)
    assert "until" in wording.span(begins, begins + dt.timedelta(hours=3))["time"]


@pytest.mark.parametrize(
    ("locale", "said"), [("en-NG", " with Ada, Bola and Cleo"), ("fr-FR", " avec Ada, Bola et Cleo")]
)
def test_everybody_who_serves_is_named(locale: str, said: str) -> None:
    assert speak(locale).people(["Ada", "Bola", "Cleo"])["with_staff"] == said
    assert speak(locale).people([]) == {"staff": "", "with_staff": ""}
