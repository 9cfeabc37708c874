"""Dialogues about what the book can do beside a plain booking: agreement, stand-ins, limits, and reservations that were
made elsewhere.
"""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from booka_core.availability.types import Reason
from booka_core.booking.types import ReservationInfo, ReservedItem, ReservedResource
from booka_core.catalog.rules import DemandSpec, ServiceRules, StayRule
from booka_core.conversation.dialog.booking import _NO_OTHER_TIME, _room
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import DialogState, Refusal, RefusalKind
from booka_core.conversation.understanding import Understanding
from booka_core.conversation.wording import LANGUAGES, phrases
from tests.unit.conversation.world import ADA, BOLA, BRAIDS, HAIRCUT, SHOP, World, shop_with

BOOK = "haircut with ada tomorrow at 3pm"


def test_what_a_colleague_has_to_agree_to_is_never_said_to_be_booked() -> None:
    world = World(approval=True)
    assert "A colleague has to agree to it before it is certain." in world.say(BOOK)
    told = world.say("yes")
    assert "I have asked for it: Haircut with Ada, Tuesday 3 March at 15:00, £45" in told
    assert "A colleague still has to agree" in told
    assert "booked" not in told
    assert "confirmed" not in told
    assert "(REF0), waiting for our answer" in world.say("what do I have booked?")


def test_what_needs_nobody_is_booked_at_once() -> None:
    world = World()
    assert "agree" not in world.say(BOOK)
    assert "You are booked" in world.say("yes")
    assert "waiting" not in world.say("what do I have booked?")


def test_a_request_can_be_taken_back() -> None:
    world = World(approval=True)
    world.say(BOOK)
    world.say("yes")
    assert "Shall I cancel it?" in world.say("cancel my appointment")
    assert "What you asked for has been taken back: Haircut" in world.say("yes")
    assert [row.status for row in world.rows.values()] == ["cancelled"]


def test_a_request_can_be_moved_and_still_waits() -> None:
    world = World(approval=True)
    world.say(BOOK)
    world.say("yes")
    assert "Shall I move it?" in world.say("move it to thursday at 10")
    told = world.say("yes")
    assert "has been changed: Haircut with Ada, Thursday 5 March at 10:00" in told
    assert "still has to agree" in told
    assert [row.status for row in world.rows.values()] == ["pending"]


def test_who_stands_in_is_named_before_the_yes() -> None:
    world = World(away={ADA})
    asked = world.say(BOOK)
    assert "Ada is away then, and Bola stands in." in asked
    assert "Haircut with Bola, Tuesday 3 March at 15:00" in asked
    assert "Haircut with Bola" in world.say("yes")


def test_who_stands_in_after_a_move_is_named_before_the_yes() -> None:
    world = World()
    world.book(day=5, hour=10)
    world.away = {ADA}
    asked = world.say("move it to friday at 11")
    assert "Ada is away then, and Bola stands in." in asked
    assert "Move Haircut with Bola from Thursday 5 March" in asked
    world.say("yes")
    assert world.confirmed[0].resources[0].id == BOLA


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("cap_reached", "no more bookings of this kind for Wednesday 4 March"),
        ("leaves_gap", "would leave a gap"),
        ("full", "Wednesday 4 March at 15:00 has not enough places left"),
        ("outside_dates", "do not offer this on Wednesday 4 March"),
        ("holiday", "Wednesday 4 March is a public holiday"),
        ("absent", "Ada is away on Wednesday 4 March"),
        ("not_scheduled", "there is none on Wednesday 4 March at 15:00"),
    ],
)
def test_every_reason_is_said_and_something_else_is_offered(reason: str, said: str) -> None:
    world = World(shut_for=reason)
    told = world.say("haircut with ada on wednesday at 3pm")
    assert said in told
    assert "The nearest free times:\n\n1. " in told


@pytest.mark.parametrize("reason", ["cap_reached", "outside_dates", "holiday"])
def test_a_day_on_which_nothing_can_be_says_why(reason: str) -> None:
    told = World(shut_for=reason).say("haircut with ada on wednesday")
    assert "nothing is free on" not in told
    assert "Wednesday 4 March" in told


def test_every_reason_and_every_refusal_has_its_words_in_every_language() -> None:
    for language in LANGUAGES:
        known = phrases(language)
        assert {f"reason_{reason}" for reason in get_args(Reason)} - {"reason_free"} <= set(known)
        assert set(_NO_OTHER_TIME) <= set(known)
        assert set(_NO_OTHER_TIME) <= set(get_args(RefusalKind))


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal(kind="blocked"), 'just write "person"'),
        (Refusal(kind="too_many", values={"most": 2}), "at most 2 of your bookings may lie ahead"),
        (Refusal(kind="terms", values={"terms": "house rules"}), "accept terms (house rules) first"),
        (Refusal(kind="private"), "Haircut can only be booked by a link"),
    ],
)
def test_a_refusal_that_no_other_time_changes_says_what_to_do_and_offers_none(refusal: Refusal, said: str) -> None:
    world = World()
    world.say(BOOK)
    world.refuse_next = refusal
    told = world.say("yes")
    assert said in told
    assert "nearest" not in told
    assert world.state.goal == ""
    assert world.confirmed == []


# -- reservations made elsewhere ------------------------------------------------------------------------------------


def _item(name: str, row: ReservationInfo, guest: int = 0) -> ReservedItem:
    return ReservedItem(
        service_id=HAIRCUT, name=name, starts_at=row.starts_at, ends_at=row.ends_at, guest=guest, price=1
    )


def _elsewhere(world: World, **fields: object) -> ReservationInfo:
    row = world.book(day=5, hour=10)
    changed = row.model_copy(update=fields)
    world.rows[row.id] = changed
    return changed


def test_a_visit_of_several_services_and_people_reads_well() -> None:
    world = World()
    row = world.book(day=5, hour=10)
    people = tuple(ReservedResource(id=p, name=n, kind="staff") for p, n in ((ADA, "Ada"), (BOLA, "Bola")))
    world.rows[row.id] = row.model_copy(
        update={
            "service_name": "Haircut + Braids",
            "resources": people,
            "items": (_item("Haircut", row), _item("Braids", row, guest=1)),
        }
    )
    assert "Haircut + Braids for 2 with Ada and Bola, Thursday 5 March at 10:00 (REF0)" in world.say("my bookings")
    asked = world.say("move it to friday at 11")
    assert "Move Haircut + Braids for 2 from Thursday 5 March, 10:00 to Friday 6 March at 11:00" in asked


def test_nights_say_from_when_to_when() -> None:
    world = World()
    row = world.book(day=5, hour=15)
    ends = dt.datetime(2026, 3, 8, 11, tzinfo=dt.UTC)
    world.rows[row.id] = row.model_copy(update={"service_name": "Double room", "resources": (), "ends_at": ends})
    assert "Double room, Thursday 5 March at 15:00 until Sunday 8 March at 11:00 (REF0)" in world.say("my bookings")
    asked = world.say("cancel my appointment")
    assert "Thursday 5 March at 15:00 until Sunday 8 March at 11:00. Shall I cancel it?" in asked


def test_nights_that_move_across_a_change_of_the_clocks_end_at_the_same_time_of_day() -> None:
    """The clocks of London go forward on Sunday 29 March 2026."""
    world = World()
    row = world.book(day=5, hour=15)
    ends = dt.datetime(2026, 3, 8, 11, tzinfo=dt.UTC)
    world.rows[row.id] = row.model_copy(update={"service_name": "Double room", "ends_at": ends})
    asked = world.say("move it to friday 27 march at 3pm")
    assert "to Friday 27 March at 15:00 until Monday 30 March at 11:00. Shall I move it?" in asked


def test_who_comes_is_named_when_it_is_somebody_else() -> None:
    world = World()
    _elsewhere(world, attendee_name="Tunde")
    assert "Haircut for Tunde with Ada, Thursday 5 March" in world.say("my bookings")


def test_a_class_reads_as_a_booking() -> None:
    world = World()
    _elsewhere(world, service_name="Yoga", party_size=3, session_id=BRAIDS)
    assert "Yoga for 3 with Ada, Thursday 5 March at 10:00 (REF0)" in world.say("my bookings")


def test_who_has_a_booking_is_never_told_that_nothing_is_booked() -> None:
    world = World()
    world.book(day=5, hour=10)
    for words in ("no", "never mind", "stop"):
        assert "nothing is booked" not in world.say(words)
    assert len(world.confirmed) == 1


# -- what a chat cannot arrange -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (ServiceRules(terms="house-2026"), "accept terms (house-2026) first"),
        (ServiceRules(stay=StayRule(least_nights=2)), "I cannot arrange that here"),
    ],
)
def test_what_a_chat_cannot_take_is_said_before_a_time_is_asked_for(
    rules: ServiceRules, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    services = tuple(service.model_copy(update={"rules": rules}) for service in SHOP.services)
    monkeypatch.setattr(world, "shop", lambda: shop_with(services=services))
    told = world.say(BOOK)
    assert said in told
    assert world.rows == {}
    assert "passed you on to a colleague" in world.say("1")
    assert world.handed_over


def test_the_largest_table_bounds_a_party() -> None:
    tables = tuple(
        person.model_copy(update={"kind": "table", "properties": {"seats": seats}})
        for person, seats in zip(SHOP.resources, (2, 6), strict=True)
    )
    service = SHOP.services[0].model_copy(update={"demands": (DemandSpec(kind="table", seats=True),)})
    world = World()
    facts = world.facts().model_copy(update={"shop": shop_with(resources=tables)})
    turn = Turn(DialogState(), Understanding(text=""), facts, world.wording())
    assert _room(turn, service) == 6
    assert _room(turn, service.model_copy(update={"rules": ServiceRules(seats=4)})) == 4
