"""What a customer was told is what the reservation costs, line by line, and vouchers live and die with reservations."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from booka_core.booking.commands import book, cancel_reservation, expire_hold, hold_slot
from booka_core.booking.prices import name_price
from booka_core.booking.queries import get_reservation, list_reservations
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.customers.commands import add_customer
from booka_core.offers.types import Wish
from booka_core.pricing.errors import QuoteExpired, QuoteForSomethingElse, VoucherUnknown, VoucherUsedUp
from booka_core.pricing.price_list import add_price_rule, add_promotion
from booka_core.pricing.queries import list_promotions
from booka_core.pricing.types import PriceCondition, PriceRuleTerms, PromotionTerms
from booka_core.testing.salon import Salon

CUSTOMER = Actor(kind="customer")
GIFT = PromotionTerms(name="Gift", code="GIFT", amount=200_000, uses_left=1)


def haircut(salon: Salon, hour: int = 10, **more: Any) -> Wish:
    return Wish.of(service_id=salon.haircut, starts_at=salon.at(hour), **more)


async def booked(wish: Wish, salon: Salon, **changes: Any) -> ReservationInfo:
    asked = {"customer_id": salon.customer_id, "actor": CUSTOMER, "source": "api", **changes}
    return await book(wish, **asked)


async def uses_left() -> int | None:
    return (await list_promotions())[0].uses_left


async def test_a_reservation_costs_what_its_lines_add_up_to(salon: Salon, frozen_clock, plugins) -> None:
    await add_price_rule(
        PriceRuleTerms(name="Evenings", condition=PriceCondition(from_minute=17 * 60), basis_points=1000)
    )
    await add_promotion(GIFT)
    evening = await booked(haircut(salon, 17, voucher="gift"), salon)
    assert evening.quote is not None
    assert evening.quote.as_table("en-NG").splitlines() == [
        "Haircut   ₦12,000.00",
        "Evenings   ₦1,200.00",
        "Gift      -₦2,000.00",
        "Total     ₦11,200.00",
    ]
    assert (await get_reservation(evening.id)).price.amount == 1_120_000
    assert (await booked(haircut(salon), salon)).price.amount == 1_200_000


async def test_the_price_that_was_named_is_honoured_for_that_visit_and_no_other(
    salon: Salon, frozen_clock, plugins
) -> None:
    named = await name_price(haircut(salon), customer_id=salon.customer_id)
    await add_price_rule(PriceRuleTerms(name="Dearer", basis_points=5000))
    with pytest.raises(QuoteForSomethingElse):
        await booked(haircut(salon, 11, quote_id=named.id), salon)
    kept = await booked(haircut(salon, quote_id=named.id), salon)
    assert (kept.price.amount, kept.quote) == (1_200_000, named)
    assert (await booked(haircut(salon, 14), salon)).price.amount == 1_800_000


async def test_a_price_named_too_long_ago_books_nothing(salon: Salon, frozen_clock, plugins) -> None:
    named = await name_price(haircut(salon, 14), customer_id=salon.customer_id)
    frozen_clock.advance(timedelta(minutes=31))
    with pytest.raises(QuoteExpired):
        await booked(haircut(salon, 14, quote_id=named.id), salon)
    assert (await list_reservations()).items == ()


async def test_a_mistyped_voucher_books_nothing(salon: Salon, frozen_clock, plugins) -> None:
    await add_promotion(GIFT)
    with pytest.raises(VoucherUnknown):
        await booked(haircut(salon, voucher="GIFD"), salon)
    assert (await list_reservations()).items == ()


async def test_a_voucher_comes_back_with_a_cancellation_and_with_a_hold_that_ran_out(
    salon: Salon, frozen_clock, plugins
) -> None:
    await add_promotion(GIFT)
    wish = haircut(salon, 14, voucher="gift")
    first = await booked(wish, salon)
    assert await uses_left() == 0
    with pytest.raises(VoucherUsedUp):
        await booked(haircut(salon, 15, voucher="gift"), salon)
    await cancel_reservation(reservation_id=first.id, actor=CUSTOMER, source="api")
    assert await uses_left() == 1
    held = await hold_slot(wish, customer_id=salon.customer_id, actor=CUSTOMER, source="api")
    assert await uses_left() == 0
    frozen_clock.advance(timedelta(minutes=30))
    assert await expire_hold(held.id)
    assert await uses_left() == 1


async def test_of_many_who_book_with_the_last_use_of_a_voucher_one_does(salon: Salon, frozen_clock, plugins) -> None:
    await add_promotion(GIFT)
    hours = [9, 10, 11, 12, 13, 14, 15, 16]
    wishes = [
        haircut(salon, hour, voucher="gift", resource_id=who) for hour in hours for who in (salon.ada, salon.bola)
    ]
    customers = [(await add_customer(name=f"Caller {number}")).id for number in range(len(wishes))]

    async def one(number: int) -> str:
        try:
            return (await booked(wishes[number], salon, customer_id=customers[number])).status
        except VoucherUsedUp:
            return "used up"

    answers = Counter(await asyncio.gather(*(one(number) for number in range(len(wishes)))))
    assert answers == {"confirmed": 1, "used up": len(wishes) - 1}
    assert (await uses_left(), len((await list_reservations()).items)) == (0, 1)
