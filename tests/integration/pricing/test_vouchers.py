"""A voucher is worth what it says, as often as it says, to whom it says, and never once more."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from booka_core.db.scope import tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.pricing import commands
from booka_core.pricing.commands import give_back, quote_visit, redeem
from booka_core.pricing.errors import (
    VoucherAlreadyUsed,
    VoucherBelowLeast,
    VoucherForOtherServices,
    VoucherNotYetValid,
    VoucherRunOut,
    VoucherUnknown,
    VoucherUsedUp,
)
from booka_core.pricing.price_list import add_promotion, change_promotion, remove_promotion
from booka_core.pricing.queries import list_promotions
from booka_core.pricing.types import PromotionTerms
from booka_core.sdk.pricing import Quote
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon
from tests.integration.pricing.asking import Ask

GIFT = PromotionTerms(name="Gift", code="Gift-5000", amount=500_000)


async def use(quote: Quote, *, customer_id: UUID, reservation_id: UUID | None = None) -> UUID:
    """What a booking does in its transaction."""
    reservation_id = reservation_id or new_id()
    async with tenant_scope() as connection:
        await redeem(connection, quote, reservation_id=reservation_id, customer_id=customer_id)
    return reservation_id


async def cancel(reservation_id: UUID) -> None:
    async with tenant_scope() as connection:
        await give_back(connection, reservation_id)


async def uses_left() -> list[int | None]:
    return [one.uses_left for one in await list_promotions()]


async def redemptions() -> list[tuple[UUID, bool, int]]:
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict("select reservation_id, active, amount from redemptions order by id")
    return [(row["reservation_id"], row["active"], row["amount"]) for row in rows]


@pytest.mark.parametrize("code", ["Gift-5000", "GIFT-5000", "gift-5000", "  gift-5000\n"])
async def test_a_code_counts_however_it_is_typed(salon: Salon, ask: Ask, plugins, code: str) -> None:
    await add_promotion(GIFT)
    quote = await quote_visit(ask(voucher=code))
    assert [(line.kind, line.label, line.amount) for line in quote.lines][1:] == [("voucher", "Gift", -500_000)]
    assert quote.total == 700_000


@pytest.mark.parametrize("code", ["", "GIFT", "Gift-5000%", "' or true --", "gift\x00", "\uff27ift-5000", "x" * 5000])
async def test_a_code_that_nobody_gave_out_is_unknown(salon: Salon, ask: Ask, plugins, code: str) -> None:
    await add_promotion(GIFT)
    with pytest.raises(VoucherUnknown):
        await quote_visit(ask(voucher=code))


async def test_a_voucher_that_does_not_fit_the_visit_says_why(salon: Salon, ask: Ask, frozen_clock, plugins) -> None:
    now = frozen_clock.now()
    voucher = await add_promotion(GIFT)
    await change_promotion(voucher.id, valid_from=now + timedelta(minutes=1))
    with pytest.raises(VoucherNotYetValid):
        await quote_visit(ask(voucher="GIFT-5000"))
    await change_promotion(voucher.id, valid_from=None, valid_until=now)
    with pytest.raises(VoucherRunOut):
        await quote_visit(ask(voucher="GIFT-5000"))
    await change_promotion(voucher.id, valid_until=None, service_ids=(salon.braids,))
    with pytest.raises(VoucherForOtherServices):
        await quote_visit(ask(voucher="GIFT-5000"))
    await change_promotion(voucher.id, service_ids=(), least_total=1_200_001)
    with pytest.raises(VoucherBelowLeast):
        await quote_visit(ask(voucher="GIFT-5000"))
    await change_promotion(voucher.id, least_total=1_200_000, uses_left=0)
    with pytest.raises(VoucherUsedUp, match="Gift"):
        await quote_visit(ask(voucher="GIFT-5000"))
    await change_promotion(voucher.id, uses_left=1, active=False)
    with pytest.raises(VoucherUnknown):
        await quote_visit(ask(voucher="GIFT-5000"))


async def test_a_voucher_is_spent_with_the_booking_and_given_back_with_its_end(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 1}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    booked = await use(quote, customer_id=salon.customer_id)
    assert await uses_left() == [0]
    assert await redemptions() == [(booked, True, 500_000)]
    with pytest.raises(VoucherUsedUp):
        await use(quote, customer_id=salon.customer_id)
    assert await redemptions() == [(booked, True, 500_000)], "nothing half-done remains"

    await cancel(booked)
    assert (await uses_left(), await redemptions()) == ([1], [(booked, False, 500_000)])
    await use(quote, customer_id=salon.customer_id)
    assert await uses_left() == [0]


async def test_spending_and_giving_back_twice_is_like_doing_it_once(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 5}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    booked = await use(quote, customer_id=salon.customer_id)
    await use(quote, customer_id=salon.customer_id, reservation_id=booked)
    assert await uses_left() == [4]
    await cancel(booked)
    await cancel(booked)
    assert await uses_left() == [5]
    await use(quote, customer_id=salon.customer_id, reservation_id=booked)
    assert await uses_left() == [4]


async def test_many_reservations_give_back_together(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 5}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    booked = [await use(quote, customer_id=salon.customer_id) for _ in range(3)]
    async with tenant_scope() as connection:
        await give_back(connection, *booked[:2], new_id())
        await give_back(connection)
    assert await uses_left() == [4]


async def test_a_booking_that_fails_spends_nothing(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 1}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    with pytest.raises(ZeroDivisionError):
        async with tenant_scope() as connection:
            await redeem(connection, quote, reservation_id=new_id(), customer_id=salon.customer_id)
            raise ZeroDivisionError
    assert (await uses_left(), await redemptions()) == ([1], [])


async def test_a_voucher_in_a_named_price_can_be_spent_after_it_was_removed(salon: Salon, ask: Ask, plugins) -> None:
    voucher = await add_promotion(GIFT.model_copy(update={"uses_left": 1}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    await remove_promotion(voucher.id)
    booked = await use(quote, customer_id=salon.customer_id)
    assert await redemptions() == [(booked, True, 500_000)]


async def stampede(quote: Quote, *, callers: int = 20) -> Counter[str]:
    async def one() -> str:
        try:
            await use(quote, customer_id=new_id())
        except VoucherUsedUp:
            return "used up"
        return "spent"

    return Counter(await asyncio.gather(*(one() for _ in range(callers))))


async def test_of_twenty_who_spend_the_last_use_at_once_one_does(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 1}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    assert await stampede(quote) == {"spent": 1, "used up": 19}
    assert (await uses_left(), len(await redemptions())) == ([0], 1)


async def test_without_the_guard_the_same_stampede_spends_it_twenty_times(
    database: TestDatabase, salon: Salon, ask: Ask, plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 1}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    guard = " and (uses_left is null or uses_left > 0)"
    assert guard in commands._SPEND
    monkeypatch.setattr(commands, "_SPEND", commands._SPEND.replace(guard, ""))
    async with database.connect("owner") as connection:
        await connection.execute("alter table promotions drop constraint promotions_uses")
    assert await stampede(quote) == {"spent": 20}


async def test_the_database_itself_lets_no_voucher_be_spent_once_too_often(
    salon: Salon, ask: Ask, plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_promotion(GIFT.model_copy(update={"uses_left": 0}))
    promotion = (await list_promotions())[0]
    line_of = {"kind": "voucher", "label": "Gift", "amount": -1, "promotion_id": promotion.id}
    quote = Quote(currency="NGN", lines=({"kind": "base", "label": "Cut", "amount": 1}, line_of), total=0)  # type: ignore[arg-type]
    monkeypatch.setattr(commands, "_SPEND", commands._SPEND.replace(" and (uses_left is null or uses_left > 0)", ""))
    with pytest.raises(Exception, match="promotions_uses"):
        await use(quote, customer_id=salon.customer_id)


async def two_bookings_of_one_customer(quote: Quote, customer_id: UUID) -> list[str]:
    """The second begins before the first has committed."""
    first_has_spent, second_has_begun = asyncio.Event(), asyncio.Event()

    async def first() -> str:
        async with tenant_scope() as connection:
            await redeem(connection, quote, reservation_id=new_id(), customer_id=customer_id)
            first_has_spent.set()
            await second_has_begun.wait()
            await asyncio.sleep(0.3)
        return "spent"

    async def second() -> str:
        await first_has_spent.wait()
        asyncio.get_running_loop().call_soon(second_has_begun.set)
        try:
            await use(quote, customer_id=customer_id)
        except VoucherAlreadyUsed:
            return "already used"
        return "spent"

    return list(await asyncio.gather(first(), second()))


async def test_once_per_customer_is_once_also_for_two_bookings_at_the_same_moment(
    salon: Salon, ask: Ask, plugins
) -> None:
    await add_promotion(GIFT.model_copy(update={"once_per_customer": True}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    assert await two_bookings_of_one_customer(quote, salon.customer_id) == ["spent", "already used"]
    await use(quote, customer_id=new_id())
    with pytest.raises(VoucherAlreadyUsed, match="Gift"):
        await quote_visit(ask(voucher="GIFT-5000"))
    assert (await quote_visit(ask(voucher="GIFT-5000", customer_id=new_id()))).total == 700_000


async def test_without_the_lock_both_of_them_spend_it(
    salon: Salon, ask: Ask, plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_promotion(GIFT.model_copy(update={"once_per_customer": True}))
    quote = await quote_visit(ask(voucher="GIFT-5000"))
    monkeypatch.setattr(commands, "_SPEND", "select uses_left from promotions where id = $1")
    assert await two_bookings_of_one_customer(quote, salon.customer_id) == ["spent", "spent"]


async def test_a_customer_who_cancelled_can_use_their_one_voucher_again(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(GIFT.model_copy(update={"once_per_customer": True}))
    booked = await use(await quote_visit(ask(voucher="GIFT-5000")), customer_id=salon.customer_id)
    with pytest.raises(VoucherAlreadyUsed):
        await quote_visit(ask(voucher="GIFT-5000"))
    await cancel(booked)
    assert (await quote_visit(ask(voucher="GIFT-5000"))).total == 700_000


async def test_a_promotion_for_the_first_bookings_ends_for_every_process_when_they_are_booked(
    salon: Salon, ask: Ask, plugins
) -> None:
    await add_promotion(PromotionTerms(name="First two", basis_points=5000, uses_left=2))
    quote = await quote_visit(ask())
    assert quote.total == 600_000
    booked = [await use(quote, customer_id=new_id()) for _ in range(2)]
    assert (await quote_visit(ask())).total == 1_200_000
    with pytest.raises(VoucherUsedUp, match="First two"):
        await use(quote, customer_id=new_id())
    await cancel(booked[0])
    assert (await quote_visit(ask())).total == 600_000


async def test_a_promotion_that_each_customer_has_once_is_offered_to_each_once(salon: Salon, ask: Ask, plugins) -> None:
    await add_promotion(PromotionTerms(name="Welcome", basis_points=5000, once_per_customer=True))
    assert (await quote_visit(ask(customer_id=None))).total == 1_200_000, "nobody knows yet who asks"
    quote = await quote_visit(ask())
    assert quote.total == 600_000
    await use(quote, customer_id=salon.customer_id)
    assert (await quote_visit(ask())).total == 1_200_000
    assert (await quote_visit(ask(customer_id=new_id()))).total == 600_000
