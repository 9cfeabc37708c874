"""Each rule of what may be offered, as a customer or an owner would put it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from booka_core.availability import (
    ALWAYS_OPEN,
    DateOverride,
    Demand,
    Intervals,
    ServiceTiming,
    SlotQuery,
    WeeklyHours,
    assign,
    busy_by_resource,
    day_window,
    explain_start,
    find_slots,
    free_starts,
    instant,
    intersect_ranges,
    is_free,
    local_to_minute,
    minute_of,
    nearest,
    offered_starts,
    open_ranges,
)
from booka_core.availability.zones import day_number

NINE_TO_FIVE = WeeklyHours.of(dict.fromkeys(range(5), ((540, 1020),)))
HAIRCUT = ServiceTiming(duration=45, buffer_after=10, step=15)
MONDAY = date(2027, 3, 1)
LAGOS = "Africa/Lagos"
NEW_YORK = "America/New_York"


def at(text: str) -> int:
    return minute_of(datetime.fromisoformat(text))


def lagos(text: str) -> int:
    return at(f"2027-03-01T{text}+01:00")


def shown(minutes: list[int], hours_ahead: int) -> list[str]:
    return [(instant(minute) + timedelta(hours=hours_ahead)).strftime("%H:%M") for minute in minutes]


def monday_query(**changes: object) -> SlotQuery[str]:
    low, high = day_window(LAGOS, MONDAY, 1)
    ranges = open_ranges(NINE_TO_FIVE, zone=LAGOS, first_day=MONDAY, days=1)
    asked: dict[str, object] = {
        "timing": HAIRCUT,
        "zone": LAGOS,
        "demands": [Demand(["ada", "bola"])],
        "open_ranges": {"ada": ranges, "bola": ranges, "chair": ranges},
        "busy": {},
        "window_from": low,
        "window_to": high,
    }
    return SlotQuery(**{**asked, **changes})  # type: ignore[arg-type]


def test_the_buffer_may_run_past_closing_time_but_not_into_the_next_booking() -> None:
    low, high = day_window(LAGOS, MONDAY, 1)
    starts = free_starts(
        HAIRCUT,
        zone=LAGOS,
        open_ranges=open_ranges(NINE_TO_FIVE, zone=LAGOS, first_day=MONDAY, days=1),
        busy=[(lagos("10:30"), lagos("16:00"))],
        window_from=low,
        window_to=high,
    )
    assert shown(starts, 1) == ["09:00", "09:15", "09:30", "16:00", "16:15"]


def test_an_appointment_never_crosses_the_border_of_two_shifts() -> None:
    split = WeeklyHours.of({0: ((540, 600), (600, 660))})
    low, high = day_window(LAGOS, MONDAY, 1)
    ranges = open_ranges(split, zone=LAGOS, first_day=MONDAY, days=1)
    starts = free_starts(HAIRCUT, zone=LAGOS, open_ranges=ranges, busy=[], window_from=low, window_to=high)
    assert shown(starts, 1) == ["09:00", "09:15", "10:00", "10:15"]


def test_a_house_that_never_closes_serves_across_midnight() -> None:
    always = WeeklyHours.of(dict.fromkeys(range(7), ((0, 1440),)))
    low, high = day_window(LAGOS, MONDAY, 1)
    ranges = open_ranges(always, zone=LAGOS, first_day=MONDAY, days=1)
    starts = free_starts(HAIRCUT, zone=LAGOS, open_ranges=ranges, busy=[], window_from=low, window_to=high)
    assert len(starts) == 96
    tuesday_off = DateOverride(date=MONDAY + timedelta(days=1))
    ranges = open_ranges(always, [tuesday_off], zone=LAGOS, first_day=MONDAY, days=1)
    starts = free_starts(HAIRCUT, zone=LAGOS, open_ranges=ranges, busy=[], window_from=low, window_to=high)
    assert shown(starts[-2:], 1) == ["23:00", "23:15"]


def test_a_time_that_the_clock_change_skips_is_not_offered() -> None:
    """New York, 14 March 2027: after 01:59 the clocks show 03:00."""
    night = WeeklyHours.of({6: ((60, 240),)})
    sunday = date(2027, 3, 14)
    low, high = day_window(NEW_YORK, sunday, 1)
    ranges = open_ranges(night, zone=NEW_YORK, first_day=sunday, days=1)
    hour = ServiceTiming(duration=60, step=30)
    starts = free_starts(hour, zone=NEW_YORK, open_ranges=ranges, busy=[], window_from=low, window_to=high)
    assert [instant(start).isoformat() for start in starts] == [
        "2027-03-14T06:00:00+00:00",  # 01:00
        "2027-03-14T06:30:00+00:00",  # 01:30
        "2027-03-14T07:00:00+00:00",  # 03:00
    ]


def test_a_range_that_lies_in_the_skipped_hour_does_not_open() -> None:
    assert open_ranges(WeeklyHours.of({6: ((125, 170),)}), zone=NEW_YORK, first_day=date(2027, 3, 14), days=1) == []


def test_a_shift_through_the_repeated_hour_is_an_hour_longer_and_offers_both() -> None:
    """New York, 7 November 2027: 01:00 to 02:00 happens twice."""
    sunday = date(2027, 11, 7)
    low, high = day_window(NEW_YORK, sunday, 1)
    assert high - low == 25 * 60
    ranges = open_ranges(WeeklyHours.of({6: ((60, 180),)}), zone=NEW_YORK, first_day=sunday, days=1)
    hour = ServiceTiming(duration=60, step=60)
    starts = free_starts(hour, zone=NEW_YORK, open_ranges=ranges, busy=[], window_from=low, window_to=high)
    assert [instant(start).strftime("%H:%MZ") for start in starts] == ["05:00Z", "06:00Z", "07:00Z"]


def test_an_ambiguous_bound_is_read_once_as_the_first_of_the_two() -> None:
    sunday = day_number(date(2027, 11, 7))
    assert instant(local_to_minute(NEW_YORK, sunday, 90)).isoformat() == "2027-11-07T05:30:00+00:00"


def test_lord_howe_shifts_by_half_an_hour_and_its_hourly_grid_with_it() -> None:
    saturday = date(2027, 10, 2)
    low, high = day_window("Australia/Lord_Howe", saturday, 2)
    assert high - low == 2 * 1440 - 30
    hourly = ServiceTiming(duration=60, step=60)
    starts = free_starts(
        hourly, zone="Australia/Lord_Howe", open_ranges=ALWAYS_OPEN, busy=[], window_from=low, window_to=high
    )
    assert {start - low for start in starts[:3]} == {0, 60, 120}
    assert starts[-1] == high - 60
    assert len(starts) == 47  # 24 on Saturday; on Sunday the clocks show 01:59, then 02:30: 02:00 never comes


def test_a_closed_day_stays_closed_but_the_shift_of_the_evening_before_ends_as_planned() -> None:
    bar = WeeklyHours.of({4: ((1200, 240),), 5: ((1200, 240),)})
    saturday = date(2027, 3, 6)
    closed = DateOverride(date=saturday)
    assert closed.closed
    ranges = open_ranges(bar, [closed], zone=LAGOS, first_day=saturday, days=1)
    assert ranges == [(at("2027-03-05T20:00+01:00"), at("2027-03-06T04:00+01:00"))]


def test_an_override_replaces_the_hours_of_its_date_alone() -> None:
    late = DateOverride(date=MONDAY, ranges=((720, 840),))
    ranges = open_ranges(NINE_TO_FIVE, [late], zone=LAGOS, first_day=MONDAY, days=2)
    assert ranges == [
        (lagos("12:00"), lagos("14:00")),
        (at("2027-03-02T09:00+01:00"), at("2027-03-02T17:00+01:00")),
    ]


def test_any_staff_lists_everyone_who_is_free_in_order_of_preference() -> None:
    query = monday_query(busy={"ada": [(lagos("09:00"), lagos("16:00"))]})
    slots = find_slots(query)
    assert slots[0].starts_at == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert slots[0].ends_at == datetime(2027, 3, 1, 8, 45, tzinfo=UTC)
    assert slots[0].resource_ids == ("bola",)
    assert slots[-1].resource_ids == ("ada", "bola")
    assert find_slots(query, limit=3) == slots[:3]
    assert offered_starts(query) == [minute_of(slot.starts_at) for slot in slots]


def test_a_service_that_needs_a_chair_is_offered_only_while_a_chair_is_free() -> None:
    demands = [Demand(["ada", "bola"]), Demand(["chair"], kind="chair")]
    slots = find_slots(monday_query(demands=demands, busy={"chair": [(lagos("09:00"), lagos("16:00"))]}))
    assert [slot.by_demand for slot in slots] == [(("ada", "bola"), ("chair",))] * 2


def test_two_stylists_at_once_are_never_the_same_person() -> None:
    demands = [Demand(["ada", "bola"]), Demand(["ada"])]
    query = monday_query(demands=demands, busy={"bola": [(lagos("09:00"), lagos("16:00"))]})
    assert shown(offered_starts(query), 1) == ["16:00", "16:15"]
    assert assign(find_slots(query)[0].by_demand) == ("bola", "ada")
    report = explain_start(query, lagos("10:00"))
    assert not report.check.free
    assert report.check.reason == "busy"


def test_a_person_named_twice_is_still_one_person() -> None:
    twice = Demand(["ada", "bola", "ada"])
    query = monday_query(demands=[twice, twice, twice])
    assert offered_starts(query) == []
    assert not explain_start(query, lagos("10:00")).check.free
    assert find_slots(monday_query(demands=[twice]))[0].resource_ids == ("ada", "bola")


def test_a_stylist_is_free_for_others_while_the_colour_takes() -> None:
    """Colour 30, wait 40, cut 20: another customer of 40 minutes fits into the wait."""
    colour = ServiceTiming(duration=90, step=10)
    demands = [Demand(["ada"], parts=((0, 30), (70, 20)))]
    waiting = (lagos("09:30"), lagos("10:10"))
    starts = offered_starts(monday_query(timing=colour, demands=demands, busy={"ada": [waiting]}))
    assert starts[0] == lagos("09:00")
    whole = offered_starts(monday_query(timing=colour, demands=[Demand(["ada"])], busy={"ada": [waiting]}))
    assert whole[0] == lagos("10:10")


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("08:00", "past"),
        ("09:45", "too_soon"),
        ("10:00", "busy"),
        ("13:10", "off_grid"),
        ("13:15", "free"),
        ("16:30", "closed"),
        ("17:30", "beyond_window"),
    ],
)
def test_a_start_is_refused_with_the_rule_that_forbids_it(start: str, reason: str) -> None:
    timing = ServiceTiming(duration=45, buffer_after=10, step=15, min_notice=30, window=450)
    ranges = open_ranges(NINE_TO_FIVE, zone=LAGOS, first_day=MONDAY, days=1)
    check = is_free(
        timing,
        lagos(start),
        zone=LAGOS,
        open_ranges=ranges,
        busy=[(lagos("10:50"), lagos("12:00"))],
        now=lagos("09:30"),
    )
    assert check.reason == reason
    assert check.free is (reason == "free")
    assert check.blocked_by == (((lagos("10:50"), lagos("12:00")),) if reason == "busy" else ())


def test_notice_and_window_bound_what_is_offered() -> None:
    timing = ServiceTiming(duration=45, step=15, min_notice=60, window=180)
    starts = shown(offered_starts(monday_query(timing=timing, now=lagos("09:05"))), 1)
    assert starts[0] == "10:15"
    assert starts[-1] == "12:00"


def test_the_report_says_what_stood_in_each_colleagues_way() -> None:
    query = monday_query(busy={"ada": [(lagos("09:00"), lagos("16:00"))]}, open_ranges={"ada": [(0, 10**9)]})
    report = explain_start(query, lagos("10:00"))
    assert report.check.reason == "busy"
    assert [(name, check.reason) for name, check in report.by_demand[0]] == [("ada", "busy"), ("bola", "closed")]


def test_a_query_without_demands_or_candidates_offers_nothing() -> None:
    assert find_slots(monday_query(demands=[])) == []
    assert find_slots(monday_query(demands=[Demand([])])) == []
    assert not explain_start(monday_query(demands=[]), lagos("10:00")).check.free
    assert find_slots(monday_query(window_to=0)) == []


def test_the_nearest_alternatives_lie_on_both_sides_of_the_wish() -> None:
    slots = find_slots(monday_query(busy={name: [(lagos("11:00"), lagos("13:00"))] for name in ("ada", "bola")}))
    wish = datetime.fromisoformat("2027-03-01T11:45+01:00")
    found = nearest(slots, wish, 3)
    assert shown([minute_of(slot.starts_at) for slot in found], 1) == ["10:00", "13:00", "13:15"]
    assert nearest(slots, wish, 10_000) == slots
    assert nearest([], wish, 3) == []


def test_flat_rows_are_grouped_by_resource() -> None:
    rows = [("ada", 1, 2), ("bola", 3, 4), ("ada", 5, 6)]
    grouped = busy_by_resource(rows)
    assert {name: list(intervals) for name, intervals in grouped.items()} == {"ada": [(1, 2), (5, 6)], "bola": [(3, 4)]}


def test_columns_of_intervals_are_put_in_order_and_must_match() -> None:
    assert list(Intervals([5, 1], [6, 2])) == [(1, 2), (5, 6)]
    assert list(Intervals.of([(5, 6), (1, 9)])) == [(1, 9), (5, 6)]
    assert len(Intervals([], [])) == 0
    with pytest.raises(ValueError, match="2 starts and 1 ends"):
        Intervals([1, 2], [3])


def test_staff_hours_count_only_within_the_opening_hours_of_the_house() -> None:
    assert intersect_ranges([(0, 10), (20, 40)], [(5, 25), (30, 50)]) == [(5, 10), (20, 25), (30, 40)]


@pytest.mark.parametrize("ranges", [((540, 700), (690, 800)), ((-5, 60),), ((1440, 1500),), ((60, 1600),)])
def test_impossible_hours_are_refused(ranges: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValidationError):
        WeeklyHours.of({0: ranges})
    with pytest.raises(ValidationError):
        DateOverride(date=MONDAY, ranges=ranges)


def test_a_service_takes_time_and_a_week_has_seven_days() -> None:
    with pytest.raises(ValidationError):
        ServiceTiming(duration=0)
    with pytest.raises(ValidationError):
        WeeklyHours(days=())
    with pytest.raises(ValueError, match="no such weekday"):
        WeeklyHours.of({7: ()})


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        minute_of(datetime(2027, 3, 1))  # noqa: DTZ001  - the point of the test
