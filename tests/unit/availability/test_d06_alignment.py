"""D6: starts lie on a grid of the salon's clock, shifted as the owner wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from booka_core.availability import ALWAYS_OPEN, Demand, ServiceTiming, SlotQuery, day_window, explain_start, find_slots

from .shop import clocks, lagos, monday


def test_starts_come_ten_minutes_past_the_hour_when_the_owner_says_so() -> None:
    query = monday(ServiceTiming(duration=120, step=60, offset=10), Demand(["ada"]))
    assert clocks(query) == ["09:10", "10:10", "11:10", "12:10", "13:10", "14:10"]
    assert explain_start(query, lagos("10:00")).check.reason == "off_grid"
    assert explain_start(query, lagos("10:10")).check.free
    plain = replace(query, timing=ServiceTiming(duration=120, step=60))
    assert clocks(plain)[:2] == ["09:00", "10:00"]


def test_a_step_that_does_not_divide_the_day_begins_anew_at_every_midnight() -> None:
    query = monday(ServiceTiming(duration=30, step=50, offset=540), Demand(["ada"]))
    assert clocks(query)[:3] == ["09:00", "09:50", "10:40"]


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_the_offset_is_read_off_the_wall_on_both_sides_of_a_clock_change(zone: str) -> None:
    low, high = day_window(zone, date(2027, 10, 1), 45)
    timing = ServiceTiming(duration=30, step=60, offset=10)
    query = SlotQuery(timing, zone, [Demand(["ada"])], {"ada": ALWAYS_OPEN}, {}, low, high)
    shown: set[datetime] = {slot.starts_at.astimezone(ZoneInfo(zone)) for slot in find_slots(query)}
    assert {at.minute for at in shown} == {10}
    assert len(shown) >= 45 * 24 - 1


def test_an_offset_lies_within_a_day() -> None:
    for offset in (-1, 1440):
        with pytest.raises(ValidationError):
            ServiceTiming(duration=30, offset=offset)
