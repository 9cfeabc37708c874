"""D1: a service keeps its people busy before and after the customer's time."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.booking.errors import SlotTaken

TUESDAY = date(2026, 3, 3)


async def test_nobody_is_offered_or_booked_into_the_buffers(counter, salon) -> None:
    await counter.book(service_id=salon.colour, starts_at=salon.at(11))  # Bola and the chair from 10:50 to 12:15
    free = await counter.starts(TUESDAY, service_id=salon.haircut, resource_id=salon.bola)
    assert "10:00" in free
    assert not {"10:15", "10:30", "10:45", "11:00", "11:30", "12:00"} & set(free)
    assert "12:15" in free
    with pytest.raises(SlotTaken):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(12), resource_id=salon.bola)


async def test_a_buffer_may_lie_outside_the_opening_hours(counter, salon) -> None:
    booked = await counter.book(service_id=salon.colour, starts_at=salon.at(9))  # its preparation begins at 8:50
    assert booked.starts_at == salon.at(9)
