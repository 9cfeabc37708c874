"""Who is offered a time that becomes free, when, and what keeps it for them meanwhile."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from booka_core.booking import commands as booking
from booka_core.booking.errors import SlotTaken
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import Actor
from booka_core.catalog.commands import set_date_override
from booka_core.customers.commands import add_customer
from booka_core.customers.standing import block
from booka_core.jobs.maintenance import write_due
from booka_core.offers.types import Wish
from booka_core.waitlist.commands import leave
from booka_core.waitlist.offering import offer_places
from booka_core.waitlist.queries import get_entry, offers_of
from tests.integration.waitlist.waiting import (
    FullDay,
    asked,
    offer_to,
    pass_minutes,
    rows,
    rules,
    says,
    whose,
    work,
)


async def test_a_freed_time_is_held_for_who_joined_first_and_nobody_else_is_asked(day: FullDay, frozen_clock) -> None:
    ada, obi = await day.waits("Ada"), await day.waits("Obi")
    await work()
    assert await asked([ada, obi]) == []

    await day.free(11)

    assert await asked([ada, obi]) == ["Ada"]
    offer = await offer_to(ada)
    assert offer.starts_at == day.salon.at(11)
    assert offer.expires_at == offer.offered_at + timedelta(minutes=20)
    hold = await get_reservation(offer.hold_id)
    assert (hold.status, hold.customer_id, hold.starts_at) == ("held", ada.customer_id, day.salon.at(11))
    assert (await get_entry(ada.id)).status == "offered"
    with pytest.raises(SlotTaken):
        await booking.book(
            Wish.of(service_id=day.salon.braids, starts_at=day.salon.at(11)),
            customer_id=day.salon.customer_id,
            actor=Actor(kind="customer", id=day.salon.customer_id),
            source="web",
        )


async def test_a_no_and_silence_pass_it_on_and_nobody_is_asked_twice_for_the_same_time(day: FullDay) -> None:
    people = [await day.waits(name) for name in ("Ada", "Obi", "Uche")]
    await day.free(11)
    assert (await says(people[0], accept=False)).outcome == "declined"
    await work()
    assert await asked(people) == ["Obi"]

    await pass_minutes(20)
    assert await asked(people) == ["Uche"]
    await pass_minutes(20)
    await pass_minutes(60)

    assert await asked(people) == []
    assert [len(await offers_of(entry.id)) for entry in people] == [1, 1, 1]
    assert {(await get_entry(entry.id)).status for entry in people} == {"waiting"}
    taken = await rows("select id from occupancies where active and starts_at = $1", day.salon.at(11))
    assert taken == []


async def test_what_is_free_already_is_offered_to_who_joins(day: FullDay) -> None:
    await day.free(13)
    entry = await day.waits("Ada")
    await work()
    assert (await offer_to(entry)).starts_at == day.salon.at(13)


async def test_new_hours_are_found_by_the_next_look_around(day: FullDay, frozen_clock) -> None:
    entry = await day.waits("Ada", first_hour=8, last_hour=23)
    await work()
    assert await asked([entry]) == []
    await set_date_override(
        day.salon.at(9).date(), [(540, 1320)], location_id=day.salon.location_id, reason="late opening"
    )
    frozen_clock.advance(timedelta(minutes=6))
    await write_due()
    await work()
    assert (await offer_to(entry)).starts_at == day.salon.at(17)


async def test_two_freed_times_are_offered_to_two_people(day: FullDay) -> None:
    people = [await day.waits(name) for name in ("Ada", "Obi", "Uche")]
    for hour in (9, 15):
        await booking.cancel_reservation(reservation_id=day.booked[hour].id, actor=Actor(kind="user"), source="admin")
    await work()
    assert await asked(people) == ["Ada", "Obi"]
    assert {(await offer_to(entry)).starts_at for entry in people[:2]} == {day.salon.at(9), day.salon.at(15)}


async def test_only_who_wants_that_time_that_person_and_that_many_is_asked(day: FullDay) -> None:
    evening = await day.waits("Evening", first_hour=14)
    other = await day.waits("Bola's", service_id=day.salon.haircut, resource_id=day.salon.bola)
    morning = await day.waits("Morning", last_hour=12, resource_id=day.salon.ada)
    await rules(waitlist_minutes=600)
    await work()  # Bola is free, so who wants a haircut by him has an offer already
    await day.free(11)
    assert await asked([evening, other, morning]) == ["Bola's", "Morning"]


async def test_somebody_who_waits_for_another_service_may_use_the_freed_time(day: FullDay) -> None:
    haircut = await day.waits("Haircut", service_id=day.salon.haircut, resource_id=day.salon.ada, last_hour=16)
    await work()
    assert await asked([haircut]) == []
    await day.free(11)
    offer = await offer_to(haircut)
    assert offer.starts_at == day.salon.at(11)
    assert (await get_reservation(offer.hold_id)).service_name == "Haircut"


async def test_the_best_fit_comes_first_where_the_business_says_so(day: FullDay) -> None:
    await rules(waitlist_policy="best_fit")
    short = await day.waits("Haircut", service_id=day.salon.haircut, resource_id=day.salon.ada, last_hour=16)
    long = await day.waits("Braids")
    await day.free(11)
    assert await asked([short, long]) == ["Braids"]


async def test_all_at_once_shares_one_hold_and_the_first_yes_has_it(day: FullDay) -> None:
    await rules(waitlist_policy="all_at_once")
    people = [await day.waits(name) for name in ("Ada", "Obi", "Uche")]
    elsewhere = await day.waits("Elsewhere", first_hour=14)
    await day.free(11)
    assert await asked([*people, elsewhere]) == ["Ada", "Obi", "Uche"]
    assert len({(await offer_to(entry)).hold_id for entry in people}) == 1

    assert (await says(people[1], accept=True)).outcome == "booked"

    assert await whose(11, day.salon) == [people[1].customer_id]
    assert [(await says(entry, accept=True)).outcome for entry in (people[0], people[2])] == ["lost", "lost"]
    assert [(await get_entry(entry.id)).status for entry in people] == ["waiting", "booked", "waiting"]


async def test_when_all_who_were_asked_say_no_the_time_is_free_for_everybody(day: FullDay) -> None:
    await rules(waitlist_policy="all_at_once")
    people = [await day.waits(name) for name in ("Ada", "Obi")]
    await day.free(11)
    assert (await says(people[0], accept=False)).outcome == "declined"
    hold = (await offer_to(people[1])).hold_id
    assert (await get_reservation(hold)).status == "held"
    assert (await says(people[1], accept=False)).outcome == "declined"
    assert (await get_reservation(hold)).status == "cancelled"


async def test_nobody_is_asked_in_the_quiet_hours_and_the_next_morning_somebody_is(day: FullDay, frozen_clock) -> None:
    await rules(quiet_from=9 * 60, quiet_until=19 * 60)  # it is 10:00 in Lagos
    entry = await day.waits("Ada", last_hour=20)
    await day.free(15)
    for _ in range(8):
        await pass_minutes(60)
        assert await asked([entry]) == []
    await pass_minutes(60)
    assert await asked([entry]) == ["Ada"]
    assert (await offer_to(entry)).offered_at >= day.salon.at(19, day=2)


async def test_without_quiet_hours_the_same_offer_is_made_at_once(day: FullDay) -> None:
    entry = await day.waits("Ada", last_hour=20)
    await day.free(15)
    assert await asked([entry]) == ["Ada"]


async def test_who_leaves_is_asked_no_more_and_their_offer_goes_to_the_next(day: FullDay) -> None:
    ada, obi = await day.waits("Ada"), await day.waits("Obi")
    await day.free(11)
    left = await leave(entry_id=ada.id, actor=Actor(kind="customer", id=ada.customer_id))
    assert left.status == "left"
    await work()
    assert await asked([ada, obi]) == ["Obi"]
    assert (await leave(entry_id=ada.id, actor=Actor(kind="user"))).status == "left"


async def test_who_is_blocked_or_past_their_window_is_passed_over(day: FullDay, frozen_clock) -> None:
    blocked, over, obi = await day.waits("Blocked"), await day.waits("Over"), await day.waits("Obi")
    await block(blocked.customer_id, reason="spam")
    await rows(
        "update waitlist_entries set wanted_from = $2, wanted_until = $3 where id = $1 returning id",
        over.id,
        day.salon.at(8, day=2),
        day.salon.at(10, day=2),
    )
    await day.free(11)
    assert await asked([blocked, over, obi]) == ["Obi"]
    assert (await get_entry(over.id)).status == "expired"


async def test_who_books_what_they_waited_for_by_another_way_waits_no_longer(day: FullDay) -> None:
    customer = await add_customer(name="Ada")
    entry = await day.waits("Ada", customer_id=customer.id, service_id=day.salon.haircut, resource_id=day.salon.ada)
    await booking.cancel_reservation(reservation_id=day.booked[11].id, actor=Actor(kind="user"), source="admin")
    got = await booking.book(
        Wish.of(service_id=day.salon.haircut, starts_at=day.salon.at(12), resource_id=day.salon.ada),
        customer_id=customer.id,
        actor=Actor(kind="customer", id=customer.id),
        source="web",
    )
    await work()
    found = await get_entry(entry.id)
    assert (found.status, found.reservation_id) == ("booked", got.id)


async def test_a_customer_who_may_not_have_more_is_passed_over(day: FullDay) -> None:
    await rules(active_per_customer=1)
    busy = await day.waits("Busy", customer_id=day.booked[9].customer_id)
    free = await day.waits("Free")
    await day.free(11)
    assert await asked([busy, free]) == ["Free"]


async def test_two_looks_at_the_same_moment_ask_nobody_twice_and_hold_nothing_in_vain(day: FullDay) -> None:
    people = [await day.waits(name) for name in ("Ada", "Obi", "Uche")]
    for hour in (9, 15):
        await booking.cancel_reservation(reservation_id=day.booked[hour].id, actor=Actor(kind="user"), source="admin")
    await asyncio.gather(*(offer_places() for _ in range(4)))
    await work()
    open_now = await rows("select entry_id, hold_id from waitlist_offers where status = 'open'")
    assert len(open_now) == 2
    assert len({row["entry_id"] for row in open_now}) == 2
    held = await rows("select id from reservations where status = 'held'")
    assert {row["id"] for row in held} == {row["hold_id"] for row in open_now}
    assert len(await asked(people)) == 2
