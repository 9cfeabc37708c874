"""D7: no start is offered that would leave a gap too short for anybody else."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import ServiceRules
from booka_core.offers.errors import SlotLeavesGap

TUESDAY = date(2026, 3, 3)


async def test_starts_lie_against_what_is_taken_or_leave_room_enough(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(gap_minutes=45))
    await counter.book(service_id=salon.haircut, starts_at=salon.at(12), resource_id=salon.ada)  # taken until 12:50
    free = await counter.starts(TUESDAY, service_id=salon.haircut, resource_id=salon.ada)
    assert free[0] == "09:00"
    assert "09:15" not in free  # 15 minutes from the opening
    assert "09:45" in free  # exactly one more service fits before it
    assert "13:00" not in free  # ten minutes nobody can use
    with pytest.raises(SlotLeavesGap):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(13), resource_id=salon.ada)
