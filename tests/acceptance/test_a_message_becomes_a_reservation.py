"""The main story over the real road: a customer writes on WhatsApp, a signed webhook arrives, a reservation stands
in the salon's book, and the confirmation reaches the customer's phone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest_asyncio

from booka_core.booking import commands as booking
from booka_core.booking import moves
from booka_core.booking.queries import list_reservations
from booka_core.booking.types import Actor
from booka_core.channels import turns
from booka_core.kernel import clock
from booka_core.offers.types import Wish
from booka_core.runtime.wiring import connect_rooms
from booka_core.testing.line import Line
from booka_core.testing.salon import Salon

LAGOS = ZoneInfo("Africa/Lagos")


@dataclass
class Story:
    """A customer's phone and the salon's book."""

    line: Line
    salon: Salon
    read: int = 0

    async def say(self, text: str, **more: Any) -> str:
        """Write on WhatsApp, wait until everything has settled, and read what arrived on the phone."""
        self.line.write(text, **more)
        await self.line.settle()
        return self.news()

    def news(self) -> str:
        """What arrived on the phone since it was last looked at."""
        texts = self.line.received()
        new, self.read = texts[self.read :], len(texts)
        return "\n".join(new)

    async def book(self) -> list[tuple[str, str, str]]:
        """Confirmed reservations in the salon's book: service, person, local start."""
        page = await list_reservations(status="confirmed")
        return [
            (
                row.service_name,
                row.staff.name if row.staff else "",
                row.starts_at.astimezone(LAGOS).strftime("%Y-%m-%d %H:%M"),
            )
            for row in page.items
        ]

    async def count(self, sql: str, *values: Any) -> int:
        return int((await self.line.rows(sql, *values))[0]["n"])


def coming(weekday: int) -> date:
    """The date of the coming weekday, at least two days ahead, as a customer would say its number."""
    day = clock.now().astimezone(LAGOS).date() + timedelta(days=2)
    while day.weekday() != weekday:
        day += timedelta(days=1)
    return day


def words(day: date) -> str:
    return f"{day.day} {day:%B}"


async def nobody(**_: object) -> None:
    """No bot."""


@pytest_asyncio.fixture(loop_scope="session")
async def story(line: Line, salon: Salon, redis: Any) -> AsyncIterator[Story]:
    connect_rooms()
    yield Story(line, salon)
    turns.register(nobody)


async def test_free_words_become_a_reservation(story: Story) -> None:
    tuesday = coming(1)
    draft = await story.say(f"Hi! Can Ada do my braids on {words(tuesday)} at 3pm?")
    assert "Knotless braids with Ada" in draft
    assert "Shall I book it?" in draft
    assert await story.book() == [], "nothing is booked before the yes"

    confirmation = await story.say("Yes please")
    assert await story.book() == [("Knotless braids", "Ada", f"{tuesday} 15:00")]
    reference = (await list_reservations()).items[0].reference
    assert reference in confirmation, "the confirmation comes from the committed row"
    assert "15:00" in confirmation

    assert await story.count("select count(*) as n from messages where direction = 'in'") == 2
    assert await story.count("select count(*) as n from messages where direction = 'out' and status <> 'failed'") == 2
    assert await story.count("select count(*) as n from jobs where status = 'dead'") == 0
    assert (
        await story.count("select count(*) as n from outbox_events where type = 'booking.appointment.booked.v1'") == 1
    )


async def test_numbers_alone_become_a_reservation(story: Story) -> None:
    assert "1. Book an appointment" in await story.say("hello")
    assert "2. Haircut" in await story.say("1")
    assert "1. Ada" in await story.say("2")
    assert "When would you like" in await story.say("1")
    assert "1. " in await story.say("2")
    assert "Shall I book it?" in await story.say("1")
    assert "You are booked" in await story.say("yes")
    booked = await story.book()
    assert [(service, person) for service, person, _ in booked] == [("Haircut", "Ada")]


async def test_a_change_of_mind_books_the_last_word(story: Story) -> None:
    tuesday, wednesday = coming(1), coming(2)
    await story.say(f"haircut with ada on {words(tuesday)} at 10")
    await story.say("actually make it 4pm")
    await story.say(f"sorry, on {words(wednesday)}")
    assert "Bola" in await story.say("and with Bola instead")
    await story.say("yes")
    assert await story.book() == [("Haircut", "Bola", f"{wednesday} 16:00")]
    assert await story.count("select count(*) as n from reservations where status = 'held'") == 0


async def test_a_reservation_is_moved_and_cancelled_in_the_chat(story: Story) -> None:
    tuesday, wednesday = coming(1), coming(2)
    await story.say(f"haircut with ada on {words(tuesday)} at 10")
    await story.say("yes")
    assert "Shall I move it?" in await story.say(f"can I move my appointment to {words(wednesday)} at 11?")
    assert "has been moved" in await story.say("yes")
    assert await story.book() == [("Haircut", "Ada", f"{wednesday} 11:00")]

    assert "Shall I cancel it?" in await story.say("I need to cancel my appointment")
    assert await story.book() != []
    assert "has been cancelled" in await story.say("yes")
    assert await story.book() == []
    assert story.news() == "", "what the customer did themselves is not told twice"


async def test_a_taken_time_is_answered_with_the_nearest_free_ones(story: Story) -> None:
    tuesday = coming(1)
    start = datetime(tuesday.year, tuesday.month, tuesday.day, 10, tzinfo=LAGOS)
    await booking.book(
        Wish.of(service_id=story.salon.haircut, starts_at=start, resource_id=story.salon.ada),
        customer_id=story.salon.customer_id,
        actor=Actor(kind="user", label="Folake"),
        source="admin",
    )
    answer = await story.say(f"haircut with ada on {words(tuesday)} at 10", phone="+2348077777777", name="Uche")
    theirs = story.line.received("+2348077777777")
    assert answer == ""
    assert "already taken" in theirs[-1]
    assert "10:" in theirs[-1]
    assert "1. " in theirs[-1]


async def test_what_a_colleague_changes_is_told_to_the_customer(story: Story) -> None:
    tuesday = coming(1)
    await story.say(f"haircut with ada on {words(tuesday)} at 10")
    await story.say("yes")
    row = (await list_reservations()).items[0]
    colleague = Actor(kind="user", label="Folake")
    later = row.starts_at + timedelta(hours=2)
    approval = await moves.approve_move(reservation_id=row.id, starts_at=later)
    await moves.move_reservation(
        reservation_id=row.id, starts_at=later, approval=approval, actor=colleague, source="admin"
    )
    await story.line.settle()
    assert "We had to move your appointment" in (moved := story.news())
    assert "12:00" in moved
    await booking.cancel_reservation(reservation_id=row.id, actor=colleague, source="admin")
    await story.line.settle()
    assert "has been cancelled" in story.news()


async def test_a_yes_sent_before_the_question_arrived_books_nothing(story: Story) -> None:
    """Both messages are in before anybody gets round to the first."""
    tuesday = coming(1)
    story.line.write(f"haircut with ada on {words(tuesday)} at 10")
    story.line.write("yes")
    await story.line.settle()
    assert await story.book() == []
    assert story.news().count("Shall I book it?") == 2, "the question is put again"
    await story.say("yes")
    assert await story.book() == [("Haircut", "Ada", f"{tuesday} 10:00")]


async def test_the_same_webhook_twice_is_one_message_and_one_answer(story: Story) -> None:
    story.line.evolution.world.faults.copies = 3
    await story.say("hello")
    story.line.evolution.world.faults.copies = 1
    assert await story.count("select count(*) as n from messages where direction = 'in'") == 1
    assert await story.count("select count(*) as n from messages where direction = 'out'") == 1


async def test_a_forged_webhook_books_nothing(story: Story) -> None:
    answer = await story.line.deliver({"event": "messages.upsert", "data": {}}, x_booka_webhook_token="wrong")
    assert answer.status_code in (401, 403)
    await story.line.settle()
    assert await story.count("select count(*) as n from messages") == 0


async def test_ten_customers_at_once_get_ten_answers_of_their_own(story: Story) -> None:
    phones = [f"+23480111111{number:02d}" for number in range(10)]
    for number, phone in enumerate(phones):
        story.line.write("haircut tomorrow at 10", phone=phone, name=f"Customer {number}")
    await story.line.settle()
    answers = [story.line.received(phone) for phone in phones]
    assert all(len(texts) == 1 for texts in answers)
