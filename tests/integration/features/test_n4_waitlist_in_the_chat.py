"""N4: the waitlist negotiates in the chat. A freed time is offered with a hold to the next person, who answers "yes"
within so many minutes; then to the next. Five wait for one time and answer late, twice and out of order: one has it.
"""

from __future__ import annotations

from types import ModuleType

import pytest_asyncio

from booka_core.booking import commands as booking
from booka_core.testing.salon import Salon
from booka_core.waitlist.commands import join
from booka_core.waitlist.offering import offer_places
from tests.integration.conversation.conftest import Phone, new_phone
from tests.integration.waitlist.waiting import DESK, FullDay, full_day, pass_minutes, rules, whose, work

NAMES = ("Ada", "Obi", "Uche", "Efe", "Kemi")
OFFER = "Good news, a time has become free: Knotless braids with Ada, Tuesday 3 March at 11:00"


@pytest_asyncio.fixture(loop_scope="session")
async def day(salon: Salon, frozen_clock: ModuleType, plugins: None, redis: object) -> FullDay:
    """A Tuesday on which Ada has no time left."""
    return await full_day(salon)


async def waiting_phones(day: FullDay, frozen_clock: ModuleType, *, names: tuple[str, ...] = NAMES) -> list[Phone]:
    """Customers with a chat, in the order in which they joined the waitlist for eleven o'clock."""
    phones = []
    for number, name in enumerate(names, start=1):
        phone = await new_phone(day.salon, frozen_clock, number=number, name=name)
        await day.waits("ignored", customer_id=phone.customer.id, first_hour=11, last_hour=12)
        phones.append(phone)
    return phones


async def heard(phones: list[Phone]) -> list[str]:
    """What each was told since they last looked."""
    return ["\n~~\n".join(await phone.replies()) for phone in phones]


async def test_the_next_is_asked_with_a_time_limit_and_a_yes_books(day: FullDay, frozen_clock: ModuleType) -> None:
    [phone] = await waiting_phones(day, frozen_clock, names=("Ada",))
    await day.free(11)
    [notice] = await heard([phone])
    assert notice.startswith(OFFER)
    assert "for 20 minutes" in notice
    assert "Reply YES" in notice
    answer = await phone.say("Yes please!")
    assert answer.startswith("You are booked: Knotless braids with Ada, Tuesday 3 March at 11:00")
    assert await whose(11, day.salon) == [phone.customer.id]
    assert (await phone.say("yes")).startswith("You are booked")
    assert await whose(11, day.salon) == [phone.customer.id]


async def test_five_answer_late_twice_and_out_of_order_and_one_has_it(day: FullDay, frozen_clock: ModuleType) -> None:
    phones = await waiting_phones(day, frozen_clock)
    ada, obi, uche, efe, kemi = phones
    await day.free(11)
    assert [bool(text) for text in await heard(phones)] == [True, False, False, False, False]

    await pass_minutes(21)  # Ada is silent, so Obi is asked
    assert [bool(text) for text in await heard(phones)] == [False, True, False, False, False]
    assert "gone to somebody else" in await ada.say("yes")  # late, and the next is being asked
    assert "let it go" in await obi.say("no thanks")
    await work()
    assert [text.startswith(OFFER) for text in await heard(phones)] == [False, False, True, False, False]
    assert "gone to somebody else" in await obi.say("ok, yes")  # too late for a change of mind
    assert (await uche.say("yes")).startswith("You are booked")
    assert (await uche.say("no")).startswith("You are booked")  # a no does not cancel
    assert "gone to somebody else" in await ada.say("YES")
    await pass_minutes(60)

    assert await whose(11, day.salon) == [uche.customer.id]
    assert await heard([efe, kemi]) == ["", ""]


async def test_all_at_once_tells_the_losers(day: FullDay, frozen_clock: ModuleType) -> None:
    await rules(waitlist_policy="all_at_once")
    phones = await waiting_phones(day, frozen_clock)
    await day.free(11)
    assert all("the first to reply YES has it" in text for text in await heard(phones))
    assert (await phones[3].say("yes")).startswith("You are booked")
    await work()
    told = await heard(phones)
    assert told[3] == ""
    for number in (0, 1, 2, 4):
        assert told[number].startswith("Sorry: Knotless braids, Tuesday 3 March at 11:00, has gone to somebody else")
    assert "gone to somebody else" in await phones[0].say("yes")
    assert await whose(11, day.salon) == [phones[3].customer.id]


async def test_a_yes_within_a_dialogue_that_went_on_is_not_about_the_offer(day: FullDay, frozen_clock) -> None:
    [phone] = await waiting_phones(day, frozen_clock, names=("Ada",))
    await day.free(11)
    await heard([phone])
    await phone.say("haircut with Bola on Wednesday at 3pm")
    await phone.say("yes")
    assert await phone.booked() == [("Haircut", "Bola", "2026-03-04 15:00")]
    assert await whose(11, day.salon) == []


async def test_an_offer_in_the_middle_of_a_dialogue_is_answered_and_the_dialogue_goes_on(
    day: FullDay, frozen_clock
) -> None:
    phone = await new_phone(day.salon, frozen_clock, name="Ada")
    await phone.say("I would like a haircut with Bola")
    await join(
        customer_id=phone.customer.id,
        service_id=day.salon.braids,
        wanted_from=day.salon.at(11),
        wanted_until=day.salon.at(12),
        source="whatsapp",
    )
    await day.free(11)
    assert OFFER in "".join(await heard([phone]))
    assert (await phone.say("yes")).startswith("You are booked: Knotless braids")
    await phone.say("Wednesday at 3pm")
    await phone.say("yes")
    assert ("Haircut", "Bola", "2026-03-04 15:00") in await phone.booked()


async def test_nobody_is_written_to_in_the_quiet_hours(day: FullDay, frozen_clock: ModuleType) -> None:
    await rules(quiet_from=9 * 60, quiet_until=13 * 60)  # it is 10:00 in Lagos
    [phone] = await waiting_phones(day, frozen_clock, names=("Ada",))
    await day.free(11)
    await pass_minutes(120)
    assert await heard([phone]) == [""]
    await pass_minutes(60)
    assert [text.startswith(OFFER) for text in await heard([phone])] == [True]


async def test_an_offer_that_is_over_before_it_could_be_said_is_not_said(day: FullDay, frozen_clock) -> None:
    [phone] = await waiting_phones(day, frozen_clock, names=("Ada",))
    await booking.cancel_reservation(reservation_id=day.booked[11].id, actor=DESK, source="admin")
    assert await offer_places() == 1
    await pass_minutes(25)
    assert await heard([phone]) == [""]
