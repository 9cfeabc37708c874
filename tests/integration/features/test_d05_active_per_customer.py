"""D5: how many bookings one customer may have ahead of them."""

from __future__ import annotations

import asyncio

import pytest

from booka_core.booking.errors import TooManyActive
from booka_core.booking.types import Actor
from booka_core.tenancy.commands import change_settings


@pytest.fixture
async def two_at_most(salon, counter) -> None:
    await change_settings(salon.tenant.settings.model_copy(update={"active_per_customer": 2}))


async def test_a_third_booking_is_refused_until_one_is_given_back(counter, salon, two_at_most) -> None:
    first = await counter.book(service_id=salon.haircut, starts_at=salon.at(9))
    await counter.book(service_id=salon.haircut, starts_at=salon.at(11))
    with pytest.raises(TooManyActive, match="2"):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(14))
    await counter.cancel(first)
    await counter.book(service_id=salon.haircut, starts_at=salon.at(14))


async def test_moving_one_of_them_is_no_third(counter, salon, two_at_most) -> None:
    first = await counter.book(service_id=salon.haircut, starts_at=salon.at(9))
    await counter.book(service_id=salon.haircut, starts_at=salon.at(11))
    assert (await counter.move(first, salon.at(14))).starts_at == salon.at(14)


async def test_colleagues_may_book_more_for_a_customer(counter, salon, two_at_most) -> None:
    for hour in (9, 11, 14):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(hour), actor=Actor(kind="user"))


async def test_many_requests_at_once_get_no_more(counter, salon, two_at_most) -> None:
    wishes = [counter.book(service_id=salon.haircut, starts_at=salon.at(9 + hour)) for hour in range(6)]
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in answers) == 2
