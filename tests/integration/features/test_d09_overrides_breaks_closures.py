"""D9: breaks, other hours on one date, and days on which the business is closed."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.catalog.hours import set_date_override, set_weekly_hours
from booka_core.offers.errors import SlotClosed

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


async def test_nobody_is_booked_into_a_break(counter, salon) -> None:
    week = {day: [(540, 720), (780, 1080)] for day in range(6)}
    await set_weekly_hours(week, location_id=salon.location_id, resource_id=salon.ada)
    free = await counter.starts(TUESDAY, service_id=salon.haircut, resource_id=salon.ada)
    assert "11:15" in free
    assert not {"11:30", "12:00", "12:45"} & set(free)
    assert "13:00" in free


async def test_a_closed_day_offers_nothing_and_the_others_stay(counter, salon) -> None:
    await set_date_override(TUESDAY, [], location_id=salon.location_id, reason="stocktaking")
    assert await counter.starts(TUESDAY, service_id=salon.haircut) == []
    assert await counter.starts(WEDNESDAY, service_id=salon.haircut)
    with pytest.raises(SlotClosed):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10))


async def test_one_date_has_its_own_hours(counter, salon) -> None:
    await set_date_override(TUESDAY, [(840, 960)], location_id=salon.location_id)
    free = await counter.starts(TUESDAY, service_id=salon.haircut)
    assert (free[0], free[-1]) == ("14:00", "15:15")
