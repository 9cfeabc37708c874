"""Dialogues in plain text about reservations that are already there; `test_stories` says how they are written."""

from __future__ import annotations

import pytest

from tests.unit.conversation.world import BRAIDS, World, play

WITH_A_BOOKING = {
    "cancel": """
        > I need to cancel my appointment
        < Haircut with Ada, Thursday 5 March at 10:00. Shall I cancel it?
        > yes
        < has been cancelled: Haircut, Thursday 5 March at 10:00
        =
    """,
    "cancel, but no": """
        > cancel my booking please
        > no
        < everything stays as it is
        = Haircut | Ada | Thu 05 10:00
    """,
    "move with day and time": """
        > can I move my appointment to Friday at 11?
        < from Thursday 5 March, 10:00 to Friday 6 March at 11:00
        > yes
        < has been moved
        = Haircut | Ada | Fri 06 11:00
    """,
    "move to another hour of the same day": """
        > please change my appointment to 4pm
        < to Thursday 5 March at 16:00
        > yes please
        = Haircut | Ada | Thu 05 16:00
    """,
    "move, asked when": """
        > I want to reschedule
        < When would you like it instead?
        > monday at 10
        < to Monday 9 March at 10:00
        > yes
        = Haircut | Ada | Mon 09 10:00
    """,
    "move to a closed day": """
        > move my appointment to sunday at 10
        < closed on Sunday 8 March
        > 1
        < Shall I move it?
        > no
        < stays as it is
        = Haircut | Ada | Thu 05 10:00
    """,
    "move, then another idea": """
        > move my appointment to friday at 10
        > actually saturday
        < to Saturday 7 March at 10:00
        > yes
        = Haircut | Ada | Sat 07 10:00
    """,
    "the name of another service is not taken for the only booking": """
        > cancel my braids
        < Which one shall I cancel?
        < 1. Haircut with Ada
        > 1
        < Haircut with Ada, Thursday 5 March at 10:00. Shall I cancel it?
        > no
        = Haircut | Ada | Thu 05 10:00
    """,
    "a move that cannot be, a look at the bookings, and on": """
        > move my appointment to sunday at 10
        < closed on Sunday 8 March
        > friday
        < from Thursday 5 March, 10:00 to Friday 6 March at 10:00
        > what have I booked?
        < Thursday 5 March at 10:00
        < Friday 6 March at 10:00. Shall I move it?
        > yes
        = Haircut | Ada | Fri 06 10:00
    """,
    "another service in the middle of moving is a new booking": """
        > move my appointment to sunday at 10
        < closed on Sunday 8 March
        > braids with bola tomorrow at 10
        < Braids with Bola, Tuesday 3 March at 10:00
        > yes
        = Braids | Bola | Tue 03 10:00 ; Haircut | Ada | Thu 05 10:00
    """,
    "see": """
        > what do I have booked?
        < Haircut with Ada, Thursday 5 March at 10:00 (REF0)
    """,
    "the letter of a reminder": """
        > C
        < Shall I cancel it?
        > yes
        =
    """,
    "the other letter of a reminder": """
        > m
        < When would you like it instead?
    """,
}


@pytest.mark.parametrize("story", WITH_A_BOOKING.values(), ids=WITH_A_BOOKING.keys())
def test_a_reservation_that_is_already_there(story: str) -> None:
    world = World()
    world.book(day=5, hour=10)
    play(world, story)


def test_of_several_reservations_the_customer_says_which() -> None:
    world = World()
    world.book(day=5, hour=10)
    world.book(day=6, hour=11, service=BRAIDS)
    play(
        world,
        """
        > cancel my appointment
        < 1. Haircut with Ada, Thursday 5 March at 10:00
        < 2. Braids with Ada, Friday 6 March at 11:00
        > the braids
        < Braids with Ada, Friday 6 March at 11:00. Shall I cancel it?
        > yes
        = Haircut | Ada | Thu 05 10:00
        """,
    )
