"""D4: the most bookings, or minutes of them, in a day, week or month; also when many book the last one at once."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from booka_core.booking import entry
from booka_core.booking.errors import SlotTaken
from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import Cap, ServiceRules
from booka_core.offers.errors import CapReached

TUESDAY = date(2026, 3, 3)


async def capped(salon, *caps: Cap) -> None:
    await change_service(salon.haircut, rules=ServiceRules(caps=caps))


async def test_a_full_day_is_not_offered_and_the_next_one_is(counter, salon) -> None:
    await capped(salon, Cap(per="day", most=2))
    for hour in (9, 11):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(hour))
    assert await counter.starts(TUESDAY, service_id=salon.haircut) == []
    assert await counter.starts(date(2026, 3, 4), service_id=salon.haircut)
    with pytest.raises(CapReached):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(14))


async def test_a_cancelled_booking_counts_no_more(counter, salon) -> None:
    await capped(salon, Cap(per="day", most=1))
    await counter.cancel(await counter.book(service_id=salon.haircut, starts_at=salon.at(9)))
    assert await counter.starts(TUESDAY, service_id=salon.haircut)


@pytest.mark.parametrize(("per", "inside", "outside"), [("week", 7, 9), ("month", 31, 1)])
async def test_weeks_and_months_are_those_of_the_calendar(counter, salon, per, inside, outside) -> None:
    await capped(salon, Cap(per=per, most=1))
    await counter.book(service_id=salon.haircut, starts_at=salon.at(9))
    with pytest.raises(CapReached):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(9, day=inside))
    month = 4 if per == "month" else 3
    assert await counter.book(service_id=salon.haircut, starts_at=salon.at(9, day=outside, month=month))


async def test_a_cap_on_minutes_counts_their_length(counter, salon) -> None:
    await capped(salon, Cap(per="day", minutes=100))
    for hour in (9, 11):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(hour))  # 45 minutes each
    with pytest.raises(CapReached):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(14))


async def test_a_cap_of_one_persons_day_leaves_the_others(counter, salon) -> None:
    await capped(salon, Cap(per="day", of="resource", most=1))
    await counter.book(service_id=salon.haircut, starts_at=salon.at(9), resource_id=salon.ada)
    assert await counter.starts(TUESDAY, service_id=salon.haircut, resource_id=salon.ada) == []
    booked = await counter.book(service_id=salon.haircut, starts_at=salon.at(11))
    assert booked.staff.id == salon.bola


async def rush(counter, salon) -> list[object]:
    wishes = [
        counter.book(service_id=salon.haircut, starts_at=salon.at(9 + number), resource_id=salon.ada)
        for number in range(8)
    ]
    return await asyncio.gather(*wishes, return_exceptions=True)


async def test_of_many_who_want_the_last_one_at_once_one_gets_it(counter, salon) -> None:
    await capped(salon, Cap(per="day", most=1))
    answers = await rush(counter, salon)
    assert sum(not isinstance(one, Exception) for one in answers) == 1
    assert all(isinstance(one, CapReached | SlotTaken) for one in answers if isinstance(one, Exception))


async def test_without_the_count_inside_the_transaction_the_cap_is_passed(counter, salon, monkeypatch) -> None:
    async def nobody_counts(*_: object, **__: object) -> None: ...

    monkeypatch.setattr(entry, "_require_caps", nobody_counts)
    await capped(salon, Cap(per="day", most=1))
    answers = await rush(counter, salon)
    assert sum(not isinstance(one, Exception) for one in answers) > 1
