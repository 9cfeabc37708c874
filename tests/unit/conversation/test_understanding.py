"""What people mean: acts, the tenant's own names, and who they are."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booka_core.conversation.understanding import Context, Named, Names, Understanding, understand

WOMEN, MEN, BRAIDS, GEL, PEDICURE = (UUID(int=n) for n in range(1, 6))
ADA, CHIDI, MAY = (UUID(int=n) for n in range(11, 14))
NAMES = Names(
    services=(
        Named(id=WOMEN, name="Women's haircut"),
        Named(id=MEN, name="Men's haircut", synonyms=("barbing", "low cut")),
        Named(id=BRAIDS, name="Knotless braids", synonyms=("braids",)),
        Named(id=GEL, name="Gel manicure", synonyms=("nails",)),
        Named(id=PEDICURE, name="Pedicure"),
    ),
    staff=(Named(id=ADA, name="Ada Obi"), Named(id=CHIDI, name="Chidi Eze"), Named(id=MAY, name="May Cole")),
)


def hear(text: str, *, locale: str = "en_NG", **context: Any) -> Understanding:
    now = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
    return understand(text, catalogue=NAMES, context=Context(now=now, zone="Africa/Lagos", locale=locale, **context))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("I'd like to book an appointment", "book"),
        ("can you fit me in tomorrow?", "book"),
        ("please cancel my appointment", "cancel"),
        ("I can't make it tomorrow", "cancel"),
        ("cancle my boking", "cancel"),
        ("I'd like to move my appointment", "reschedule"),
        ("can we reschedule?", "reschedule"),
        ("when is my appointment?", "view"),
        ("what have I booked?", "view"),
        ("let me talk to a real person", "human"),
        ("how much is a pedicure?", "ask_price"),
        ("where are you located?", "ask_place"),
        ("what time do you close?", "ask_hours"),
        ("what services do you offer?", "ask_services"),
        ("anything else on that day?", "alternatives"),
        ("hello there", "greet"),
        ("good morning", "greet"),
        ("thank you so much", "thanks"),
        ("that will be all, bye", "bye"),
        ("help", "help"),
        ("yes", "confirm"),
        ("Yes, that's correct.", "confirm"),
        ("sounds good to me", "confirm"),
        ("👍🏽", "confirm"),
        ("no", "deny"),
        ("nope, not that one", "deny"),
        ("never mind", "stop"),
        ("I don't mind who", "any"),
        ("actually, make it Tuesday", "correct"),
    ],
)
def test_acts(text: str, act: Any) -> None:
    assert hear(text).says(act)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("je voudrais prendre rendez-vous", "book"),
        ("annuler mon rendez-vous", "cancel"),
        ("je voudrais déplacer mon rdv", "reschedule"),
        ("oui, c'est bon", "confirm"),
        ("d'accord", "confirm"),
        ("non merci", "deny"),
        ("je veux parler à quelqu'un", "human"),
        ("bonjour", "greet"),
        ("merci beaucoup", "thanks"),
        ("combien coûte une coupe ?", "ask_price"),
        ("aide", "help"),
    ],
)
def test_french_acts(text: str, act: Any) -> None:
    assert hear(text, locale="fr_FR").says(act)


@pytest.mark.parametrize(
    "text",
    [
        "yes but can it be at 4?",
        "ok, how much is it?",
        "is that ok?",
        "no",
        "don't",
        "not yet",
        "yes... no wait",
        "sure about that?",
        "I would like to move my appointment",
        "do you do tattoos?",
        "let me think",
        "great service last time, can you tell me the price",
    ],
)
def test_a_yes_with_a_but_is_no_yes(text: str) -> None:
    assert not hear(text, asked="confirm").says("confirm")


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("knotless braids please", (BRAIDS,)),
        ("nokless brads", (BRAIDS,)),
        ("my nails", (GEL,)),
        ("a low-cut", (MEN,)),
        ("women's hair cut", (WOMEN,)),
        ("pedicures", (PEDICURE,)),
        ("gel manicure and a pedicure", (GEL, PEDICURE)),
    ],
)
def test_services_are_known_by_name_synonym_and_slip(text: str, services: tuple[UUID, ...]) -> None:
    assert hear(text).services == services


def test_a_word_that_fits_several_services_is_a_choice_and_not_a_guess() -> None:
    found = hear("a haircut please")
    assert found.services == ()
    assert set(found.service_choices) == {WOMEN, MEN}


def test_what_nobody_offers_is_quoted() -> None:
    assert hear("I want to book a tattoo for tomorrow").unknown_service == "tattoo"


def test_people_by_first_name_slip_and_as_unwanted() -> None:
    assert hear("with chidi").staff == CHIDI
    assert hear("with Chiddi please").staff == CHIDI
    assert hear("not with Ada").excluded_staff == (ADA,)
    anyone_else = hear("anyone but Ada")
    assert (anyone_else.any_staff, anyone_else.excluded_staff) == (True, (ADA,))
    assert hear("with Brenda").unknown_staff == "Brenda"


def test_a_name_that_is_also_a_word_counts_only_where_a_name_is_meant() -> None:
    assert hear("may I come tomorrow?").staff is None
    assert hear("with May please").staff == MAY


def test_the_customer_s_own_name_asks_for_nobody() -> None:
    found = hear("I'm Ada, I want a pedicure")
    assert (found.name, found.staff) == ("Ada", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [("my name is chloé martin", "Chloé Martin"), ("I'm Amaka", "Amaka"), ("Tunde Okoro", "Tunde Okoro")],
)
def test_names_of_customers(text: str, name: str) -> None:
    assert hear(text, asked="contact").name == name


@pytest.mark.parametrize("text", ["cancel", "yes", "why do you need it?", "hello", "I'm not sure", "tomorrow at 3"])
def test_a_sentence_is_not_taken_for_a_name(text: str) -> None:
    assert hear(text, asked="contact").name is None


def test_mail_and_phone() -> None:
    found = hear("zainab@example.com, 0801 234 5678")
    assert (found.email, found.phone) == ("zainab@example.com", "+2348012345678")


@pytest.mark.parametrize(
    ("text", "number"), [("2", 2), ("2.", 2), ("option 3", 3), ("the second one", 2), ("two", 2), ("last one", 4)]
)
def test_a_menu_is_answered_by_number_or_in_words(text: str, number: int) -> None:
    assert hear(text, options=4).choice == number


@pytest.mark.parametrize("text", ["5", "3pm", "at 2", "2 people", "0"])
def test_other_numbers_choose_nothing(text: str) -> None:
    assert hear(text, options=4).choice is None


def test_a_party_is_counted_only_where_tables_are_booked() -> None:
    found = hear("table for 4 tomorrow at 7", counts_people=True)
    assert found.party_size == 4
    assert hear("for 4 tomorrow").party_size is None


@given(
    st.text(max_size=200),
    st.sampled_from(["en_NG", "fr_FR", "sw_KE", "nonsense"]),
    st.sampled_from(["", "time", "contact", "confirm", "party_size"]),
)
@settings(max_examples=200, deadline=None)
def test_no_text_whatsoever_breaks_it(text: str, locale: str, asked: Any) -> None:
    hear(text, locale=locale, asked=asked, options=3, counts_people=asked == "party_size")


def test_a_long_message_is_read_in_reasonable_time() -> None:
    began = dt.datetime.now(dt.UTC)
    hear("book " * 50_000)
    hear("1 2 3 at to " * 20_000)
    assert (dt.datetime.now(dt.UTC) - began).total_seconds() < 2
