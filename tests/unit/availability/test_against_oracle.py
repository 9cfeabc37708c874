"""The search agrees, start by start, with walking the minutes, in odd zones and on days when clocks change."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booka_core.availability import (
    Demand,
    ServiceTiming,
    SlotQuery,
    WeeklyHours,
    day_window,
    explain_start,
    find_slots,
    free_starts,
    hours,
    minute_of,
    offered_starts,
    open_ranges,
)
from booka_core.availability.zones import LocalDay, day_number

from . import oracle, strategies

DAYS = 2
NAMES = ["ada", "bola", "chidi"]


@settings(max_examples=120, deadline=None)
@given(data=st.data(), zone_day=strategies.zones_and_days, weekly=strategies.weekly_hours, timing=strategies.timings)
def test_one_resource_is_offered_exactly_the_starts_of_the_oracle(
    data: st.DataObject, zone_day: tuple[str, date], weekly: WeeklyHours, timing: ServiceTiming
) -> None:
    zone, day = zone_day
    overrides = data.draw(strategies.overrides_near(day))
    low, high = day_window(zone, day, DAYS)
    busy = data.draw(strategies.busy_near(low))
    walk = oracle.Walk(zone, day, DAYS).minutes()
    expected = oracle.starts(
        timing,
        grid=[minute for minute in oracle.grid_minutes(walk, timing.step) if low <= minute < high],
        ranges=oracle.working_ranges(walk, weekly, overrides, day, DAYS),
        busy=busy,
    )
    found = free_starts(
        timing,
        zone=zone,
        open_ranges=open_ranges(weekly, overrides, zone=zone, first_day=day, days=DAYS),
        busy=busy,
        window_from=low,
        window_to=high,
    )
    assert found == sorted(expected)


@settings(max_examples=80, deadline=None)
@given(data=st.data(), zone_day=strategies.zones_and_days, timing=strategies.timings)
def test_several_demands_are_offered_only_where_each_gets_a_resource_of_its_own(
    data: st.DataObject, zone_day: tuple[str, date], timing: ServiceTiming
) -> None:
    zone, day = zone_day
    low, high = day_window(zone, day, DAYS)
    weekly = {name: data.draw(strategies.weekly_hours) for name in NAMES}
    busy = {name: data.draw(strategies.busy_near(low)) for name in NAMES}
    part = st.sampled_from([(), ((0, 10),), ((0, 15), (40, 20)), ((5, 30), (60, 10), (90, 5))])
    candidates = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
    demands = [
        Demand(candidates=data.draw(candidates), parts=data.draw(part)) for _ in range(data.draw(st.integers(1, 3)))
    ]
    query = SlotQuery(
        timing=timing,
        zone=zone,
        demands=demands,
        open_ranges={name: open_ranges(weekly[name], zone=zone, first_day=day, days=DAYS) for name in NAMES},
        busy=busy,
        window_from=low,
        window_to=high,
    )
    walk = oracle.Walk(zone, day, DAYS).minutes()
    grid = [minute for minute in oracle.grid_minutes(walk, timing.step) if low <= minute < high]
    free = [
        {
            name: oracle.starts(
                timing,
                grid=grid,
                ranges=oracle.working_ranges(walk, weekly[name], [], day, DAYS),
                busy=busy[name],
                parts=demand.parts,
            )
            for name in demand.candidates
        }
        for demand in demands
    ]
    expected = [minute for minute in grid if oracle.offered(free, minute)]
    slots = find_slots(query)
    assert [minute_of(slot.starts_at) for slot in slots] == expected
    assert offered_starts(query) == expected
    for slot in slots:
        at = minute_of(slot.starts_at)
        assert slot.by_demand == tuple(
            tuple(name for name in demand.candidates if at in starts[name])
            for demand, starts in zip(demands, free, strict=True)
        )
    assert {minute for minute in grid if explain_start(query, minute).check.free} == set(expected)


def _pretend_no_clock_ever_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wall-clock arithmetic: the day's first offset is used for all of it."""
    genuine = hours.local_days

    def plain_days(zone: str, first: int, days: int) -> tuple[LocalDay, ...]:
        return tuple(day._replace(plain=True) for day in genuine(zone, first, days))

    monkeypatch.setattr(hours, "local_days", plain_days)
    monkeypatch.setattr(hours, "stretches", lambda *days: ((True, plain_days(*days)),))


SHOP = WeeklyHours.of(dict.fromkeys(range(7), ((0, 60), (540, 1020))))
BAR = WeeklyHours.of(dict.fromkeys(range(7), ((0, 60), (540, 1020), (1200, 1560))))
CHANGES = [
    pytest.param(zone, day, weekly, id=f"{zone}-{day}-{name}")
    for zone, days in strategies.CLOCK_CHANGES.items()
    for day in days
    for name, weekly in (("shop", SHOP), ("bar", BAR))
]
# Two zones without a change, and one that changes between two days.
UNHARMED = ("Africa/Lagos", "Asia/Kathmandu", "Africa/Cairo")


@pytest.mark.parametrize(("zone", "day", "weekly"), CHANGES)
def test_opening_hours_follow_the_wall_clock_through_a_clock_change(zone: str, day: date, weekly: WeeklyHours) -> None:
    assert open_ranges(weekly, zone=zone, first_day=day, days=1) == _ranges_by_the_wall(zone, day, weekly)


@pytest.mark.parametrize(("zone", "day", "weekly"), [change for change in CHANGES if change.values[0] not in UNHARMED])
def test_wall_clock_arithmetic_would_open_at_the_wrong_hour(
    zone: str, day: date, weekly: WeeklyHours, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend_no_clock_ever_changes(monkeypatch)
    assert open_ranges(weekly, zone=zone, first_day=day, days=1) != _ranges_by_the_wall(zone, day, weekly)


def _ranges_by_the_wall(zone: str, day: date, weekly: WeeklyHours) -> list[tuple[int, int]]:
    walk = oracle.Walk(zone, day, 1).minutes()
    opening = oracle.first_at_or_after(walk, datetime.combine(day, time()))
    ranges = oracle.working_ranges(walk, weekly, [], day, 1)
    return [(start, end) for start, end in ranges if end > opening]


def test_day_numbers_count_from_the_epoch() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(2027, 3, 14)) == 20891
