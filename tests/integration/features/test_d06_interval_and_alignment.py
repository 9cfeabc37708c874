"""D6: at which minutes a service begins."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.offers.errors import SlotOffGrid

TUESDAY = date(2026, 3, 3)


async def test_a_service_begins_at_its_own_interval_and_offset(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(slot_step=60, slot_offset=20))
    assert (await counter.starts(TUESDAY, service_id=salon.haircut))[:3] == ["09:20", "10:20", "11:20"]
    with pytest.raises(SlotOffGrid):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10))
