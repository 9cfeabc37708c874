"""D14: a time is kept while the customer answers, and goes back when they do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from booka_core.booking import commands
from booka_core.booking.approval import approve_reservation
from booka_core.booking.errors import HoldExpired, SlotTaken
from booka_core.booking.types import Actor
from booka_core.offers.types import Wish

TUESDAY = date(2026, 3, 3)


async def confirm(hold) -> object:
    return await commands.confirm_reservation(
        reservation_id=hold.id,
        approval=await approve_reservation(hold.id),
        actor=Actor(kind="customer"),
        source="whatsapp",
    )


async def test_a_held_time_is_nobody_elses(counter, salon) -> None:
    await counter.hold(service_id=salon.braids, starts_at=salon.at(10))
    assert "10:00" not in await counter.starts(TUESDAY, service_id=salon.braids)
    with pytest.raises(SlotTaken):
        await counter.book(service_id=salon.braids, starts_at=salon.at(11))


async def test_an_unanswered_hold_makes_way_and_cannot_be_confirmed_any_more(counter, salon, frozen_clock) -> None:
    late = await counter.hold(service_id=salon.braids, starts_at=salon.at(10))
    frozen_clock.advance(timedelta(minutes=11))
    quick = await counter.book(service_id=salon.braids, starts_at=salon.at(10))
    assert quick.status == "confirmed"
    with pytest.raises(HoldExpired):
        await confirm(late)


async def test_a_hold_may_be_kept_for_longer_than_usual(counter, salon, frozen_clock) -> None:
    hold = await commands.hold_slot(
        Wish.of(service_id=salon.braids, starts_at=salon.at(10)),
        customer_id=salon.customer_id,
        actor=Actor(kind="customer"),
        source="whatsapp",
        minutes=60,
    )
    frozen_clock.advance(timedelta(minutes=59))
    assert (await confirm(hold)).status == "confirmed"
