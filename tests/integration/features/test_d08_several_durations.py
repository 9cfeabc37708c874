"""D8: one service in several lengths, each at its own price."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import DurationOption, ServiceRules
from booka_core.offers.errors import DurationNotOffered

TUESDAY = date(2026, 3, 3)


async def test_the_longer_one_takes_longer_costs_more_and_is_offered_less(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(durations=(DurationOption(minutes=90, price=2_000_000),)))
    usual = await counter.starts(TUESDAY, service_id=salon.haircut)
    longer = await counter.starts(TUESDAY, service_id=salon.haircut, minutes=90)
    assert usual[-1] == "17:15"
    assert longer[-1] == "16:30"
    booked = await counter.book(service_id=salon.haircut, starts_at=salon.at(10), minutes=90, resource_id=salon.ada)
    assert booked.ends_at - booked.starts_at == timedelta(minutes=90)
    assert booked.price.amount == 2_000_000
    free = await counter.starts(TUESDAY, service_id=salon.haircut, resource_id=salon.ada)
    assert "11:30" not in free  # the five minutes after it
    assert "11:45" in free


@pytest.mark.parametrize("minutes", [0, 60, -45])
async def test_other_lengths_are_refused(counter, salon, minutes) -> None:
    with pytest.raises(DurationNotOffered):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10), minutes=minutes)
