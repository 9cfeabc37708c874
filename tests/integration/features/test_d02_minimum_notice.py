"""D2: nothing is booked with less notice than the service, or else the business, asks for."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.offers.errors import SlotInPast, SlotTooSoon

MONDAY = date(2026, 3, 2)


async def test_the_businesss_notice_holds_where_a_service_says_nothing(counter, salon) -> None:
    assert (await counter.starts(MONDAY, service_id=salon.haircut))[0] == "10:30"  # it is 10:00
    with pytest.raises(SlotTooSoon):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10, 15, day=2))
    with pytest.raises(SlotInPast):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(9, day=2))


async def test_a_service_asks_for_more_notice_or_none(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(min_notice_minutes=240))
    assert (await counter.starts(MONDAY, service_id=salon.haircut))[0] == "14:00"
    await change_service(salon.haircut, rules=ServiceRules(min_notice_minutes=0))
    assert (await counter.starts(MONDAY, service_id=salon.haircut))[0] == "10:00"
