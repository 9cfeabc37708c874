"""Reminders and changes made by colleagues reach the customer once, in the words of the row."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from booka_core.booking import commands as booking
from booka_core.booking.queries import upcoming
from booka_core.booking.types import Actor
from booka_core.conversation import notices
from booka_core.offers.types import Wish
from booka_core.sdk.events import ReminderDue
from tests.integration.conversation.conftest import Phone

HAIRCUT = "haircut with ada tomorrow at 3pm"


async def _book(phone: Phone) -> ReminderDue:
    await phone.say(HAIRCUT)
    await phone.say("yes")
    [row] = await upcoming(phone.customer.id)
    return ReminderDue(reservation_id=row.id, customer_id=row.customer_id, starts_at=row.starts_at)


async def test_a_reminder_is_sent_once_and_its_letters_are_understood(phone: Phone) -> None:
    due = await _book(phone)
    event_id = uuid4()
    await notices.remind(event_id, due)
    await notices.remind(event_id, due)
    [reminder] = await phone.replies()
    assert "Haircut with Ada, Tuesday 3 March at 15:00" in reminder
    assert "Reply C to cancel or M to move" in reminder
    assert "Shall I cancel it?" in await phone.say("C")
    await phone.say("yes")
    assert await phone.booked() == []


async def test_m_moves(phone: Phone) -> None:
    await notices.remind(uuid4(), await _book(phone))
    await phone.replies()
    assert "When would you like it instead?" in await phone.say("M")
    assert "Shall I move it?" in await phone.say("Thursday at 10")
    await phone.say("yes")
    assert await phone.booked() == [("Haircut", "Ada", "2026-03-05 10:00")]


async def test_no_reminder_of_what_no_longer_stands(phone: Phone) -> None:
    due = await _book(phone)
    await booking.cancel_reservation(reservation_id=due.reservation_id, actor=Actor(kind="user"), source="admin")
    await notices.remind(uuid4(), due)
    assert await phone.replies() == []


async def test_a_reminder_goes_to_nobody_who_never_wrote(phone: Phone) -> None:
    row = await booking.book(
        Wish.of(service_id=phone.salon.haircut, starts_at=phone.salon.at(12) + timedelta(days=1)),
        customer_id=phone.salon.customer_id,
        actor=Actor(kind="user"),
        source="admin",
    )
    due = ReminderDue(reservation_id=row.id, customer_id=row.customer_id, starts_at=row.starts_at)
    await notices.remind(uuid4(), due)
    rows = await phone.rows("select count(*) as n from messages")
    assert rows[0]["n"] == 0
