"""A turn happens once and wholly, whatever interrupts it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from booka_core.audit.types import COMMAND_LINE
from booka_core.booking import commands as booking
from booka_core.booking.types import Actor
from booka_core.conversation import desk, turns
from booka_core.conversation.errors import TokenSpent, TurnGivenUp
from booka_core.conversation.turns import take_turn
from booka_core.messaging.commands import hand_back
from booka_core.messaging.queries import get_conversation, unhandled
from booka_core.offers.types import Wish
from booka_core.plugins.commands import configure
from booka_core.testing.salon import Salon
from tests.integration.conversation.conftest import Phone, new_phone

HAIRCUT = "haircut with ada tomorrow at 3pm"


async def test_a_crash_before_the_commit_leaves_nothing_and_the_turn_is_taken_again(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await phone.say(HAIRCUT)
    await phone.write("yes")

    async def crash(*_: Any, **__: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(turns, "queue_message", crash)
        with pytest.raises(ConnectionError):
            await take_turn(conversation_id=phone.conversation.id)
    assert await phone.booked() == [], "the reservation went with the reply that could not be queued"
    assert len(await unhandled(phone.conversation.id)) == 1

    await take_turn(conversation_id=phone.conversation.id)
    assert await phone.booked() == [("Haircut", "Ada", "2026-03-03 15:00")]
    assert sum("You are booked" in text for text in await phone.replies()) == 1


async def test_a_message_nobody_can_answer_goes_to_a_person_and_blocks_nothing(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    await phone.write("poison")
    monkeypatch.setattr(turns, "converse", break_down)
    for attempt in (1, 2):
        with pytest.raises(ZeroDivisionError):
            await take_turn(conversation_id=phone.conversation.id, attempt=attempt)
        assert await phone.replies() == []
    with pytest.raises(TurnGivenUp, match="ZeroDivisionError"):
        await take_turn(conversation_id=phone.conversation.id, attempt=3)
    assert "colleague" in (await phone.replies())[0]
    assert await unhandled(phone.conversation.id) == ()

    monkeypatch.undo()
    await hand_back(phone.conversation.id)
    assert "Ada" in await phone.say(HAIRCUT)


async def test_a_turn_taken_twice_answers_once(phone: Phone) -> None:
    await phone.write(HAIRCUT)
    await asyncio.gather(*(take_turn(conversation_id=phone.conversation.id) for _ in range(4)))
    await take_turn(conversation_id=phone.conversation.id)
    assert len(await phone.replies()) == 1
    assert await phone.statuses() == ["held"]


async def test_several_messages_are_answered_in_order(phone: Phone) -> None:
    for line in ("haircut", "with ada", "tomorrow at 3pm"):
        await phone.write(line)
    await take_turn(conversation_id=phone.conversation.id)
    replies = await phone.replies()
    assert len(replies) == 3
    assert "Shall I book it?" in replies[-1]


async def test_a_yes_that_was_typed_ahead_books_nothing(phone: Phone) -> None:
    await phone.write(HAIRCUT)
    await phone.write("yes")
    phone.time.advance(timedelta(seconds=1))
    await take_turn(conversation_id=phone.conversation.id)
    assert await phone.booked() == [], "the customer had not seen the question yet"
    assert "Shall I book it?" in (await phone.replies())[-1]
    assert "You are booked" in await phone.say("yes")


async def test_two_customers_want_the_last_place_and_one_is_told_what_else_there_is(
    phone: Phone, salon: Salon, frozen_clock: ModuleType
) -> None:
    """Ada's hour is held by the first; the second hears of it at once and gets another one."""
    other = await new_phone(salon, frozen_clock, number=2, name="Uche")
    await phone.say("braids tomorrow at 3pm")
    reply = await other.say("braids tomorrow at 3pm")
    assert "already taken" in reply
    assert "The nearest free times" in reply
    await phone.say("yes")
    await other.say("1")
    await other.say("yes")
    assert len(await phone.booked()) == len(await other.booked()) == 1
    assert await phone.booked() != await other.booked()


async def test_a_hold_that_was_lost_is_not_booked_over_somebody_else(phone: Phone, salon: Salon) -> None:
    await phone.say("braids tomorrow at 3pm")
    phone.time.advance(timedelta(minutes=30))
    await booking.book(
        Wish.of(service_id=salon.braids, starts_at=salon.at(15), intake={}),
        customer_id=salon.customer_id,
        actor=Actor(kind="user"),
        source="admin",
    )
    reply = await phone.say("yes")
    assert "You are booked" not in reply
    assert "The nearest free times" in reply
    rows = await phone.rows("select count(*) as n from reservations where status = 'confirmed'")
    assert rows[0]["n"] == 1


async def test_the_desk_does_no_deed_without_the_stored_draft_s_token(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second wall: even an engine gone wrong commits nothing with a token of its own."""
    await phone.say(HAIRCUT)
    spend = desk.Desk._spend

    def forged(self: desk.Desk, request: Any) -> None:
        spend(self, type(request)(**{**request.__dict__, "token": "forged"}))

    with monkeypatch.context() as patched:
        patched.setattr(desk.Desk, "_spend", forged)
        with pytest.raises(TokenSpent):
            await phone.say("yes")
    assert await phone.booked() == []


async def test_without_that_wall_a_forged_token_would_book(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    await phone.say(HAIRCUT)
    monkeypatch.setattr(desk.Desk, "_spend", lambda *_: None)
    await phone.say("yes")
    assert len(await phone.booked()) == 1


async def test_a_customer_sees_and_cancels_only_their_own(phone: Phone, salon: Salon, frozen_clock: ModuleType) -> None:
    await phone.say(HAIRCUT)
    await phone.say("yes")
    other = await new_phone(salon, frozen_clock, number=3, name="Uche")
    assert "I find no coming" in await other.say("cancel my appointment")
    assert "I find no coming" in await other.say("my bookings")
    assert len(await phone.booked()) == 1


async def test_pictures_are_answered_politely_and_reactions_not_at_all(phone: Phone) -> None:
    await phone.say("haircut")
    assert "cannot look at pictures" in await phone.say("", kind="image")
    assert await phone.say("👍", kind="reaction") == ""
    assert await phone.say("", kind="sticker") == ""
    assert "Shall I book it?" in await phone.say("tomorrow at 3pm with ada"), "the dialogue goes on"
    assert await unhandled(phone.conversation.id) == ()


async def test_a_caption_is_read_as_words(phone: Phone) -> None:
    assert "Shall I book it?" in await phone.say(HAIRCUT, kind="image")


async def test_while_a_person_answers_the_bot_is_silent(phone: Phone) -> None:
    await phone.say(HAIRCUT)
    assert "colleague" in await phone.say("can I speak to a person?")
    assert (await get_conversation(phone.conversation.id)).state == "human"
    assert await phone.say("hello? anyone?") == ""
    assert await phone.statuses() == ["cancelled"], "the held time was given back"
    await hand_back(phone.conversation.id)


async def test_a_plugin_s_rule_is_asked_before_the_booking_and_speaks_for_itself(phone: Phone) -> None:
    """The beauty plugin advises on first colours; here it is set to refuse them at short notice."""
    await configure("beauty", {"patch_test": {"policy": "refuse", "hours": 48, "categories": ["colour"]}}, COMMAND_LINE)
    await phone.say("full colour tomorrow at 3pm")
    reply = await phone.say("yes")
    assert "skin test" in reply
    assert await phone.booked() == []
    assert await phone.statuses() == ["cancelled"], "the refused time was given back"
