"""What limits, vouchers and links come to when holds run out, visits have several of a service, and series move."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from booka_core.booking import commands, making, moves
from booka_core.booking.approval import approve_reservation
from booka_core.booking.errors import HoldExpired, NoticeTooShort, SlotTaken
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service, change_service
from booka_core.catalog.rules import Cap, DemandSpec, ServiceRules
from booka_core.catalog.terms import add_add_on
from booka_core.customers.commands import add_customer
from booka_core.db.scope import tenant_scope
from booka_core.links.commands import create_booking_link
from booka_core.links.queries import open_booking_link
from booka_core.offers.errors import CapReached, SlotBeyondWindow, SlotInPast
from booka_core.offers.types import Wish, WishItem
from booka_core.pricing.price_list import add_promotion
from booka_core.pricing.types import PromotionTerms

CUSTOMER = Actor(kind="customer")
DESK = Actor(kind="user", label="Desk")


@pytest.fixture(autouse=True)
def _ready(salon: Any, frozen_clock: Any, plugins: Any) -> None:
    """A salon on the morning before."""


async def book(salon: Any, *, actor: Actor = CUSTOMER, customer: UUID | None = None, **wish: Any) -> ReservationInfo:
    asked = wish.pop("wish", None) or Wish.of(**wish)
    return await commands.book(asked, customer_id=customer or salon.customer_id, actor=actor, source="web")


async def hold(salon: Any, *, customer: UUID | None = None, **wish: Any) -> ReservationInfo:
    return await commands.hold_slot(
        Wish.of(**wish), customer_id=customer or salon.customer_id, actor=CUSTOMER, source="web"
    )


async def confirm(held: ReservationInfo) -> ReservationInfo:
    approval = await approve_reservation(held.id)
    return await commands.confirm_reservation(reservation_id=held.id, approval=approval, actor=CUSTOMER, source="web")


async def uses_left() -> int:
    async with tenant_scope() as connection:
        return int((await connection.execute_query_dict("select uses_left from promotions"))[0]["uses_left"])


async def test_a_hold_that_ran_out_is_not_confirmed_past_a_cap(salon, frozen_clock) -> None:
    await change_service(salon.haircut, rules=ServiceRules(caps=(Cap(per="day", most=1),)))
    held = await hold(salon, service_id=salon.haircut, starts_at=salon.at(10))
    frozen_clock.advance(timedelta(minutes=11))
    await book(salon, service_id=salon.haircut, starts_at=salon.at(14))
    with pytest.raises(HoldExpired):
        await confirm(held)


async def test_without_limits_a_hold_that_ran_out_is_still_good(salon, frozen_clock) -> None:
    held = await hold(salon, service_id=salon.haircut, starts_at=salon.at(10))
    frozen_clock.advance(timedelta(minutes=11))
    assert (await confirm(held)).status == "confirmed"


async def test_two_of_a_service_in_one_visit_count_as_two(salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(caps=(Cap(per="day", most=2),)))
    items = tuple(WishItem(service_id=salon.haircut, guest=guest) for guest in (0, 1))
    await book(salon, wish=Wish(items=items, starts_at=salon.at(10)))
    with pytest.raises(CapReached):
        await book(salon, service_id=salon.haircut, starts_at=salon.at(14))


async def test_minutes_of_other_services_in_a_visit_are_not_counted(salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(caps=(Cap(per="day", minutes=90),)))
    items = (WishItem(service_id=salon.braids), WishItem(service_id=salon.haircut))
    await book(salon, wish=Wish(items=items, starts_at=salon.at(9)))  # 45 minutes of it are the haircut
    assert await book(salon, service_id=salon.haircut, starts_at=salon.at(14))
    with pytest.raises(CapReached):
        await book(salon, service_id=salon.haircut, starts_at=salon.at(15))


async def test_dates_that_move_together_make_way_for_each_other_under_a_cap(salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(caps=(Cap(per="day", most=1),)))
    first, second = [await book(salon, service_id=salon.haircut, starts_at=salon.at(10, day=day)) for day in (3, 4)]
    ids = [first.id, second.id]
    both = [
        await moves.prepare_move(reservation_id=one, starts_at=salon.at(10, day=day), among=ids)
        for one, day in zip(ids, (4, 5), strict=True)
    ]
    moved = await moves.write_moves(both, actor=CUSTOMER, source="web")
    assert [one.starts_at for one in moved] == [salon.at(10, day=4), salon.at(10, day=5)]


async def test_what_services_cost_stays_as_accepted_when_a_visit_moves(salon) -> None:
    mask = await add_add_on(name="Mask", minutes=10, price=300, service_id=salon.haircut)
    items = (WishItem(service_id=salon.haircut, add_on_ids=(mask,)), WishItem(service_id=salon.braids))
    visit = await book(salon, wish=Wish(items=items, starts_at=salon.at(9)))
    await change_service(salon.haircut, price=99)
    approval = await moves.approve_move(reservation_id=visit.id, starts_at=salon.at(10))
    moved = await moves.move_reservation(
        reservation_id=visit.id, starts_at=salon.at(10), approval=approval, actor=CUSTOMER, source="web"
    )
    assert [item.price for item in moved.items] == [item.price for item in visit.items]
    assert moved.price == visit.price


async def test_customers_neither_cancel_nor_move_what_has_begun(salon, frozen_clock) -> None:
    booked = await book(salon, service_id=salon.haircut, starts_at=salon.at(10, day=2 + 1))
    frozen_clock.advance(timedelta(days=1, minutes=1))
    with pytest.raises(NoticeTooShort):
        await commands.cancel_reservation(reservation_id=booked.id, actor=CUSTOMER, source="web")
    cancelled = await commands.cancel_reservation(reservation_id=booked.id, actor=DESK, source="admin")
    assert cancelled.status == "cancelled"


@pytest.mark.parametrize(("year", "refusal"), [(1, SlotInPast), (1960, SlotInPast), (9999, SlotBeyondWindow)])
async def test_times_at_the_ends_of_the_calendar_are_refused_as_any_other(salon, year, refusal) -> None:
    with pytest.raises(refusal):
        await book(salon, service_id=salon.haircut, starts_at=datetime(year, 12, 31, 23, 45, tzinfo=UTC))


async def test_a_prepared_booking_takes_the_time_of_a_hold_that_ran_out(salon, frozen_clock) -> None:
    """As the queue at the counter and the waitlist book."""
    held = await hold(salon, service_id=salon.colour, starts_at=salon.at(10))
    frozen_clock.advance(timedelta(minutes=11))
    prepared = await making.prepare_booking(
        Wish.of(service_id=salon.colour, starts_at=salon.at(10)),
        customer_id=salon.customer_id,
        actor=DESK,
        source="admin",
    )
    assert (await making.write_prepared(prepared, actor=DESK)).status == "confirmed"
    with pytest.raises(HoldExpired):
        await confirm(held)


async def test_parts_of_a_service_are_taken_in_order_whatever_order_they_are_named_in(salon) -> None:
    perm = await add_service(
        name="Perm",
        minutes=90,
        price=100,
        buffer_before=10,
        buffer_after=20,
        demands=[DemandSpec(parts=(2, 0))],
        rules=ServiceRules(segments=(30, 40, 20)),
    )
    booked = await book(salon, service_id=perm, starts_at=salon.at(10))
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select starts_at, ends_at from occupancies where reservation_id = $1 order by starts_at", [booked.id]
        )
    assert [(row["starts_at"], row["ends_at"]) for row in rows] == [
        (salon.at(9, 50), salon.at(10, 30)),
        (salon.at(11, 10), salon.at(11, 50)),
    ]


async def test_a_link_to_one_person_books_that_person_though_another_would_be_asked_first(salon) -> None:
    service = await add_service(name="Model call", minutes=30, price=0, rules=ServiceRules(private=True))
    who = [await add_resource(location_id=salon.location_id, name=name, service_ids=[service]) for name in "CDE"]
    for person in reversed(who):
        link = await create_booking_link(service_id=service, resource_id=person, uses=1)
        opened = await open_booking_link(link.token)
        made = await book(salon, service_id=service, starts_at=salon.at(10), link_id=opened.id)
        assert made.resources[0].id == person
    link = await create_booking_link(service_id=service, resource_id=who[0], uses=1)
    opened = await open_booking_link(link.token)
    with pytest.raises(SlotTaken):
        await book(salon, service_id=service, starts_at=salon.at(10), link_id=opened.id)
    assert (await open_booking_link(link.token)).uses_left == 1


async def test_a_voucher_comes_back_when_somebody_takes_the_time_of_its_hold(salon, frozen_clock) -> None:
    await add_promotion(PromotionTerms(name="Once", code="ONCE", basis_points=1000, uses_left=1))
    held = await hold(salon, service_id=salon.colour, starts_at=salon.at(10), voucher="ONCE")
    assert await uses_left() == 0
    frozen_clock.advance(timedelta(minutes=11))
    await book(salon, service_id=salon.colour, starts_at=salon.at(10))
    assert await uses_left() == 1
    assert not await commands.expire_hold(held.id)
    assert await uses_left() == 1  # not twice


async def test_whoever_books_with_the_voucher_that_is_given_back_does_not_deadlock(
    salon, database, frozen_clock, monkeypatch
) -> None:
    """One cancels what was booked with a voucher; another books the same time with it, and has locked it already."""
    await add_promotion(PromotionTerms(name="Often", code="OFTEN", basis_points=1000, uses_left=9))
    other = (await add_customer(name="Other")).id
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada, voucher="OFTEN")
    theirs = await making.prepare_booking(wish, customer_id=other, actor=CUSTOMER, source="web")
    booked = await book(salon, wish=wish)
    genuine = commands.release_time
    released, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(*given: Any) -> None:
        await genuine(*given)
        released.set()
        await asyncio.wait_for(go_on.wait(), 5)

    async def take() -> ReservationInfo:
        await released.wait()
        asyncio.get_running_loop().call_later(0.5, go_on.set)
        return await making.write_prepared(theirs, actor=CUSTOMER)

    monkeypatch.setattr(commands, "release_time", slowly)
    cancelling = commands.cancel_reservation(reservation_id=booked.id, actor=CUSTOMER, source="web")
    answers = await asyncio.gather(cancelling, take(), return_exceptions=True)
    assert [one.status for one in answers if isinstance(one, ReservationInfo)] == ["cancelled", "confirmed"], answers
    assert await uses_left() == 8
