"""The search agrees, start by start, with walking the minutes, in odd zones and on days when clocks change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booka_core.availability import (
    Demand,
    Refusal,
    ServiceTiming,
    SlotQuery,
    WeeklyHours,
    assign,
    clashes,
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
        grid=[minute for minute in oracle.grid_minutes(walk, timing.step, timing.offset) if low <= minute < high],
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


@dataclass(frozen=True)
class Asked:
    """A drawn question, and the starts that each demand's candidates have according to the oracle."""

    query: SlotQuery[str]
    grid: list[int]
    needs: list[oracle.Need]
    free: list[dict[str, set[int]]]

    @property
    def expected(self) -> list[int]:
        return [minute for minute in self.grid if oracle.offered(self.free, minute, self.needs)]


parts = st.sampled_from(
    [(), ((0, 10),), ((10, 10),), ((0, 15), (40, 20)), ((15, 25),), ((5, 30), (60, 10), (90, 5)), ((60, 30),)]
)
buffers = st.sampled_from([None, None, 0, 5, 10])


def draw_question(data: st.DataObject, zone_day: tuple[str, date], timing: ServiceTiming) -> Asked:
    zone, day = zone_day
    low, high = day_window(zone, day, DAYS)
    weekly = {name: data.draw(strategies.weekly_hours) for name in NAMES}
    busy = {name: data.draw(strategies.busy_near(low)) for name in NAMES}
    candidates = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
    demand = st.builds(Demand, candidates=candidates, parts=parts, before=buffers, after=buffers)
    demands = data.draw(st.lists(demand, min_size=1, max_size=4))
    walk = oracle.Walk(zone, day, DAYS).minutes()
    grid = [minute for minute in oracle.grid_minutes(walk, timing.step, timing.offset) if low <= minute < high]
    needs = [oracle.Need.of(demand, timing) for demand in demands]
    free = [
        {
            name: oracle.starts(
                timing,
                grid=grid,
                ranges=oracle.working_ranges(walk, weekly[name], [], day, DAYS),
                busy=busy[name],
                need=need,
                mates=[
                    other
                    for other, theirs in zip(needs, demands, strict=True)
                    if name in theirs.candidates and need.served.isdisjoint(other.served)
                ],
            )
            for name in demand.candidates
        }
        for demand, need in zip(demands, needs, strict=True)
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
    return Asked(query, grid, needs, free)


def agree(asked: Asked) -> None:
    """All three ways of asking give the oracle's starts, and the slots name the oracle's candidates."""
    expected = asked.expected
    slots = find_slots(asked.query)
    assert [minute_of(slot.starts_at) for slot in slots] == expected
    assert offered_starts(asked.query) == expected
    for slot in slots:
        at = minute_of(slot.starts_at)
        assert slot.by_demand == tuple(
            tuple(name for name in demand.candidates if at in starts[name])
            for demand, starts in zip(asked.query.demands, asked.free, strict=True)
        )
    assert {minute for minute in asked.grid if explain_start(asked.query, minute).check.free} == set(expected)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), zone_day=strategies.zones_and_days, timing=strategies.timings)
def test_several_demands_are_offered_only_where_nobody_is_needed_twice_at_once(
    data: st.DataObject, zone_day: tuple[str, date], timing: ServiceTiming
) -> None:
    asked = draw_question(data, zone_day, timing)
    agree(asked)
    clash = clashes(asked.query.demands, timing)
    for slot in find_slots(asked.query):
        chosen = assign(slot.by_demand, clash=clash)
        assert chosen is not None
        taken: dict[str, set[int]] = {}
        for name, need, free in zip(chosen, asked.needs, asked.free, strict=True):
            assert minute_of(slot.starts_at) in free[name]
            assert taken.setdefault(name, set()).isdisjoint(need.served)
            taken[name] |= need.served


@settings(max_examples=80, deadline=None)
@given(data=st.data(), zone_day=strategies.zones_and_days, timing=strategies.timings)
def test_refused_starts_are_offered_by_nobody_they_are_refused_for(
    data: st.DataObject, zone_day: tuple[str, date], timing: ServiceTiming
) -> None:
    asked = draw_question(data, zone_day, timing)
    refusal = strategies.busy_near(asked.query.window_from).map(
        lambda stretches: [Refusal(start, end, "cap_reached") for start, end in stretches[:4]]
    )
    refused, refused_by = data.draw(refusal), {name: data.draw(refusal) for name in NAMES}
    forbidden = {minute for start, end, _ in refused for minute in range(start, end)}
    free = [
        {
            name: {at for at in starts if not any(start <= at < end for start, end, _ in refused_by[name])}
            for name, starts in of_demand.items()
        }
        for of_demand in asked.free
    ]
    query = replace(asked.query, refused=refused, refused_by=refused_by)
    agree(Asked(query, [at for at in asked.grid if at not in forbidden], asked.needs, free))
    for minute in forbidden & set(asked.grid):
        assert explain_start(query, minute).check.reason == "cap_reached"


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_an_assignment_is_found_whenever_there_is_one(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 6))
    people = st.lists(st.sampled_from("abcd"), max_size=4, unique=True)
    by_demand = [data.draw(people) for _ in range(size)]
    pairs = {pair: data.draw(st.booleans()) for pair in combinations(range(size), 2)}
    clash = [[one == other or pairs[min(one, other), max(one, other)] for other in range(size)] for one in range(size)]
    good = [
        chosen
        for chosen in product(*by_demand)
        if not any(clash[one][other] and chosen[one] == chosen[other] for one, other in pairs)
    ]
    for together in (True, False):
        found = assign(by_demand, clash=clash, together=together)
        assert found in good if good else found is None


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
