"""Whole dialogues in plain text. A line beginning with ">" is what the customer writes; "<" is a part of the next
answer; "=" is what is booked afterwards. It is Monday 2 March 2026 in London; a fixed hair salon is open nine to
six but Sundays.
"""

from __future__ import annotations

import datetime as dt

import pytest

from booka_core.conversation.types import Refusal
from tests.unit.conversation.world import MONDAY, World, play

STORIES = {
    "everything in one message": """
        > Hi! Can I book a haircut with Ada tomorrow at 3pm?
        < Haircut with Ada, Tuesday 3 March at 15:00, £45. Shall I book it?
        > yes please
        < You are booked: Haircut with Ada, Tuesday 3 March at 15:00
        = Haircut | Ada | Tue 03 15:00
    """,
    "time first, then service, then person": """
        > tomorrow at 11
        < Which service
        > a trim
        < Which person would you like
        > bola
        < Haircut with Bola, Tuesday 3 March at 11:00
        > ok
        = Haircut | Bola | Tue 03 11:00
    """,
    "numbers only": """
        > hello
        < 1. Book a new booking
        > 1
        < 1. Haircut
        > 2
        < 3. Anyone who is free
        > 1
        < 1. Today: Monday 2 March
        > 2
        < 1. 09:00
        > 1
        < Braids with Ada, Tuesday 3 March at 09:00
        > yes
        = Braids | Ada | Tue 03 09:00
    """,
    "an entry of the menu written out": """
        > haircut tomorrow at 10
        > Anyone who is free.
        < Haircut with Ada, Tuesday 3 March at 10:00
        > no
        > another service
        < Which service would you like?
    """,
    "misspelt all over": """
        > hi can i bok a harcut wiht ada tommorow at 3 pm plese
        < Haircut with Ada, Tuesday 3 March at 15:00
    """,
    "another time, another day, another person, another service": """
        > haircut with ada tomorrow at 10
        > actually make it 4pm
        < Haircut with Ada, Tuesday 3 March at 16:00
        > no, Wednesday
        < Wednesday 4 March at 16:00
        > with Bola instead
        < Haircut with Bola, Wednesday 4 March at 16:00
        > I'd rather have braids
        < Braids with Bola, Wednesday 4 March at 16:00
        > yes
        = Braids | Bola | Wed 04 16:00
    """,
    "a closed day": """
        > haircut with ada on sunday at 3pm
        < we are closed on Sunday 8 March
        < The nearest free times
    """,
    "a closed hour": """
        > haircut with ada tomorrow at 8pm
        < we are closed then (Tuesday 3 March, 20:00)
        < 1. Tuesday 3 March
    """,
    "a time that is past": """
        > haircut with ada today at 8am
        < past
        < 1. Monday 2 March, 10:00
    """,
    "a day that does not exist": """
        > haircut with ada on 31 February at 10
        < not in the calendar
        > 3 March then
        < Haircut with Ada, Tuesday 3 March at
    """,
    "a time that does not exist": """
        > haircut with ada tomorrow at 25:00
        < no such time
        > 15:00
        < Haircut with Ada, Tuesday 3 March at 15:00
    """,
    "an hour that the clock change swallows": """
        > haircut with ada on 29 March at 1:30 am
        < the clocks change and 01:30 does not exist
    """,
    "a service nobody offers": """
        > I want to book a tattoo tomorrow at 10
        < We do not have "tattoo"
        < 1. Haircut
        > 1
        > ada
        < Haircut with Ada, Tuesday 3 March at 10:00
    """,
    "a person nobody knows": """
        > haircut tomorrow at 10 with Brenda
        < Nobody here is called Brenda
        > anyone
        < Haircut with Ada, Tuesday 3 March at 10:00
    """,
    "somebody in particular is not wanted": """
        > haircut tomorrow at 10, anyone but Ada
        < Haircut with Bola
    """,
    "a part of the day": """
        > haircut with ada on friday afternoon
        < On Friday 6 March these times are free
        < 1. 12:00
        > the second one
        < Friday 6 March at 13:00
    """,
    "a time without a day": """
        > haircut with ada at 3pm
        < At 15:00 there is room on these days
        > 2
        < Tuesday 3 March at 15:00
    """,
    "the first free one": """
        > haircut with ada, first available
        < Haircut with Ada, Monday 2 March at 10:00
    """,
    "no, and then something else by number": """
        > haircut with ada tomorrow at 10
        > no
        < nothing is booked
        > 1
        < When would you like to come
        > thursday at 2
        < Thursday 5 March at 14:00
    """,
    "never mind": """
        > haircut with ada tomorrow at 10
        > never mind
        < nothing is booked
        =
    """,
    "cancel in the middle means this booking": """
        > haircut with ada tomorrow at 10
        > cancel
        < nothing is booked
        =
    """,
    "a question in between": """
        > haircut tomorrow at 10
        > how much is it?
        < Haircut: £45 (60 min)
        < Which person would you like
        > where are you?
        < 1 High Street
        > what time do you close?
        < Monday: 09:00-18:00
        < Sunday: closed
        > ada
        < Haircut with Ada, Tuesday 3 March at 10:00
    """,
    "yes with a question": """
        > haircut with ada tomorrow at 10
        > yes, and what is the address?
        < You are booked
        < 1 High Street
        = Haircut | Ada | Tue 03 10:00
    """,
    "two services, one after the other": """
        > haircut and braids tomorrow at 10 with ada
        < Haircut with Ada, Tuesday 3 March at 10:00
        > yes
        < Now your Braids
        > 1pm
        > ada
        > yes
        = Haircut | Ada | Tue 03 10:00 ; Braids | Ada | Tue 03 13:00
    """,
    "gibberish": """
        > asdf
        < What would you like to book?
        > qwer
        < I did not understand
        > zxcv
        < have a colleague answer
        > 1
        < passed you on to a colleague
    """,
    "thanks and goodbye": """
        > thank you
        < You are welcome
        > bye
        < Goodbye
    """,
    "nothing to cancel": """
        > cancel my appointment
        < I find no coming bookings of yours
    """,
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_booking(story: str) -> None:
    play(World(), story)


def test_a_name_is_asked_for_only_when_nobody_told_it() -> None:
    world = World(name=None)
    assert "What name" in world.say("haircut with ada tomorrow at 10")
    assert [row.status for row in world.rows.values()] == ["held"], "the time waits while the name is asked"
    assert "Shall I book it?" in world.say("Chloé Martin")
    assert world.name == "Chloé Martin"


def test_a_time_taken_at_the_last_moment_is_answered_with_others() -> None:
    world = World()
    world.say("haircut with ada tomorrow at 10")
    world.refuse_next = Refusal(kind="taken")
    reply = world.say("yes")
    assert "taken a moment ago" in reply
    assert "The nearest free times" in reply
    assert not world.confirmed


def test_a_plugin_s_refusal_reaches_the_customer_in_its_own_words() -> None:
    world = World()
    world.say("haircut with ada tomorrow at 10")
    world.refuse_next = Refusal(kind="refused", message="A skin test is needed first.")
    assert "A skin test is needed first." in world.say("yes")
    assert not world.confirmed


def test_a_plugin_s_advice_follows_the_confirmation() -> None:
    world = World(advice=("Please come with dry hair.",))
    world.say("haircut with ada tomorrow at 10")
    assert "You are booked" in (reply := world.say("yes"))
    assert reply.endswith("Please come with dry hair.")


def test_times_offered_after_a_refusal_are_ones_that_would_be_allowed() -> None:
    world = World()
    world.say("haircut with ada tomorrow at 10")
    allowed_from = MONDAY + dt.timedelta(days=2)
    world.refuse_next = Refusal(kind="refused", message="A skin test is needed first.", not_before=allowed_from)
    reply = world.say("yes")
    assert "1. Wednesday 4 March, 09:00" in reply
    assert "3 March" not in reply


def test_a_hold_that_ran_out_is_taken_anew_and_shown_again() -> None:
    world = World()
    world.say("haircut with ada tomorrow at 10")
    draft = world.state.draft
    assert draft is not None
    world.rows[draft.reservation_id] = world.rows[draft.reservation_id].model_copy(update={"status": "expired"})
    reply = world.say("yes")
    assert "Shall I book it?" in reply
    assert not world.confirmed
    world.say("yes")
    assert len(world.confirmed) == 1


def test_a_changed_wish_gives_the_old_time_back() -> None:
    world = World()
    world.say("haircut with ada tomorrow at 10")
    world.say("make it 11")
    assert sorted(row.status for row in world.rows.values()) == ["cancelled", "held"]


def test_a_person_takes_over_when_asked_for() -> None:
    world = World()
    world.say("haircut with ada tomorrow at 10")
    assert "colleague" in world.say("can I speak to a human please")
    assert world.handed_over
    assert [row.status for row in world.rows.values()] == ["cancelled"]
