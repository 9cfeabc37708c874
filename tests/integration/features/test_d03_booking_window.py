"""D3: how far ahead one may book: rolling days, or between two dates."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.offers.errors import SlotBeyondWindow


async def test_a_rolling_window_moves_with_today(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(window_days=2))
    assert await counter.starts(date(2026, 3, 3), service_id=salon.haircut)
    assert (await counter.starts(date(2026, 3, 4), service_id=salon.haircut))[-1] == "10:00"  # 48 hours from now
    with pytest.raises(SlotBeyondWindow):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(11, day=4))


async def test_a_service_is_offered_between_two_dates(counter, salon) -> None:
    season = ServiceRules(window_from=date(2026, 3, 5), window_until=date(2026, 3, 6))
    await change_service(salon.haircut, rules=season)
    offered = {slot.starts_at.date().day for slot in await counter.slots(
        date(2026, 3, 3), days=6, service_id=salon.haircut
    )}  # fmt: skip
    assert offered == {5, 6}
    with pytest.raises(SlotBeyondWindow) as refused:
        await counter.book(service_id=salon.haircut, starts_at=salon.at(11, day=7))
    assert refused.value.fields["reason"] == "outside_dates"
