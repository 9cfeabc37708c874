"""Rooms by the night: local dates count, clock changes shift nothing, and no room is sold twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booka_core.availability import (
    Demand,
    Refusal,
    StayQuery,
    explain_stay,
    find_stays,
    instant,
    minute_of,
    stay_bounds,
)

from . import strategies

ROOMS = ["one", "two", "three"]
MONDAY = date(2027, 3, 1)
NEW_YORK = "America/New_York"
QUERY = StayQuery(
    zone="Africa/Lagos",
    check_in=15 * 60,
    check_out=11 * 60,
    nights=2,
    demands=[Demand(["one", "two"], kind="room")],
    busy={},
    first_day=MONDAY,
    days=3,
)


def lagos(text: str) -> int:
    return minute_of(datetime.fromisoformat(f"2027-03-{text}+01:00"))


def test_a_room_is_free_again_on_the_day_its_guests_leave() -> None:
    busy = {"one": [(lagos("01T15:00"), lagos("03T11:00"))], "two": [(lagos("02T15:00"), lagos("04T11:00"))]}
    stays = find_stays(replace(QUERY, busy=busy))
    assert [(stay.day.day, stay.resource_ids) for stay in stays] == [(3, ("one",))]
    assert stays[0].starts_at == datetime(2027, 3, 3, 14, tzinfo=UTC)
    assert stays[0].ends_at == datetime(2027, 3, 5, 10, tzinfo=UTC)
    report = explain_stay(replace(QUERY, busy=busy), MONDAY)
    assert report.check == (False, "busy", tuple(busy["one"]))
    assert [check.reason for _, check in report.by_demand[0]] == ["busy", "busy"]


def test_cleaning_that_takes_longer_than_the_pause_keeps_the_room_from_the_next_guests() -> None:
    busy = {"one": [(lagos("01T15:00"), lagos("03T11:00"))]}
    alone = replace(QUERY, demands=[Demand(["one"])], busy=busy)
    assert [stay.day.day for stay in find_stays(alone)] == [3]
    slow = replace(QUERY, demands=[Demand(["one"], before=5 * 60)], busy=busy)
    assert find_stays(slow) == []
    assert find_stays(replace(alone, buffer_before=5 * 60)) == []


def test_two_rooms_at_once_are_two_rooms() -> None:
    pair = replace(QUERY, demands=[Demand(["one", "two"]), Demand(["one", "two"])])
    assert len(find_stays(pair)) == 3
    one_taken = replace(pair, busy={"two": [(lagos("01T15:00"), lagos("09T11:00"))]})
    assert find_stays(one_taken) == []
    assert explain_stay(one_taken, MONDAY).check.reason == "busy"
    assert find_stays(replace(QUERY, demands=[])) == []


def test_closed_nights_and_refused_arrivals_say_why() -> None:
    closed = Refusal(lagos("03T00:00"), lagos("04T00:00"), "holiday")
    query = replace(QUERY, demands=[Demand(["one"])], closed={"one": [closed]}, days=4)
    assert [stay.day.day for stay in find_stays(query)] == [4]
    assert explain_stay(query, MONDAY).check.reason == "holiday"
    outside = Refusal(lagos("04T00:00"), lagos("05T00:00"), "outside_dates")
    assert find_stays(replace(query, refused=[outside])) == []
    assert explain_stay(replace(query, refused=[outside]), date(2027, 3, 4)).check.reason == "outside_dates"
    capped = replace(query, refused_by={"one": [outside._replace(reason="cap_reached")]})
    assert explain_stay(capped, date(2027, 3, 4)).check.reason == "cap_reached"


@pytest.mark.parametrize(
    ("now", "reason"),
    [("01T15:01", "past"), ("01T14:00", "too_soon"), ("01T13:00", "free"), ("01T12:00", "beyond_window")],
)
def test_notice_and_window_bound_the_arrival(now: str, reason: str) -> None:
    query = replace(QUERY, now=lagos(now), min_notice=90, window=120, days=1)
    assert explain_stay(query, MONDAY).check.reason == reason
    assert len(find_stays(query)) == (reason == "free")


def test_a_night_with_a_clock_change_is_an_hour_shorter_or_longer() -> None:
    lengths = {}
    for day in (date(2027, 3, 12), date(2027, 3, 13), date(2027, 11, 6)):
        bounds = stay_bounds(NEW_YORK, day, check_in=900, check_out=660, nights=1)
        assert bounds is not None
        assert instant(bounds[1]).astimezone(ZoneInfo(NEW_YORK)).strftime("%H:%M") == "11:00"
        lengths[day.day] = bounds[1] - bounds[0]
    assert lengths == {12: 20 * 60, 13: 19 * 60, 6: 21 * 60}


def test_a_date_that_never_happened_has_no_check_in() -> None:
    """Samoa went from 29 to 31 December 2011."""
    query = replace(QUERY, zone="Pacific/Apia", first_day=date(2011, 12, 29), days=3, nights=1)
    assert [stay.day.day for stay in find_stays(query)] == [29, 31]
    assert not explain_stay(query, date(2011, 12, 30)).check.free


def test_a_stay_has_nights_and_no_parts() -> None:
    with pytest.raises(ValueError, match="0 nights"):
        replace(QUERY, nights=0)
    with pytest.raises(ValueError, match="throughout"):
        replace(QUERY, demands=[Demand(["one"], parts=((0, 60),))])


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    zone_day=strategies.zones_and_days,
    times=st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
    nights=st.integers(2, 4),
)
def test_stays_are_those_of_walking_the_nights(
    data: st.DataObject, zone_day: tuple[str, date], times: tuple[int, int], nights: int
) -> None:
    """The oracle asks the zone for every bound and compares every interval."""
    zone, day = zone_day
    midnight = minute_of(datetime(day.year, day.month, day.day, tzinfo=UTC))
    taken = st.lists(
        st.tuples(st.integers(-3000, 9000), st.integers(1, 4000)).map(
            lambda pair: (midnight + pair[0], midnight + pair[0] + pair[1])
        ),
        max_size=3,
    )
    busy = {room: data.draw(taken) for room in ROOMS}
    closed = {room: [Refusal(*pair, "closed") for pair in data.draw(taken)[:1]] for room in ROOMS}
    wanted = [data.draw(st.lists(st.sampled_from(ROOMS), min_size=1, max_size=3, unique=True)) for _ in range(2)]
    before, after = data.draw(st.sampled_from([0, 90])), data.draw(st.sampled_from([0, 45]))
    query = StayQuery(
        zone=zone,
        check_in=times[0],
        check_out=times[1],
        nights=nights,
        demands=[Demand(rooms, kind="room") for rooms in wanted],
        busy=busy,
        first_day=day,
        days=4,
        buffer_before=before,
        buffer_after=after,
        closed=closed,
    )
    expected = []
    for shift in range(4):
        first = day + timedelta(days=shift)
        start = _first_real_minute(zone, first, times[0])
        end = _first_real_minute(zone, first + timedelta(days=nights), times[1])
        free = {
            room
            for room in ROOMS
            if all(until <= start - before or since >= end + after for since, until in busy[room])
            and all(until <= start or since >= end for since, until, _ in closed[room])
        }
        if any(one != other for one in free & set(wanted[0]) for other in free & set(wanted[1])):
            expected.append((first, start, end))
    found = find_stays(query)
    assert [(stay.day, minute_of(stay.starts_at), minute_of(stay.ends_at)) for stay in found] == expected
    days = [day + timedelta(days=shift) for shift in range(4)]
    assert [one for one in days if explain_stay(query, one).check.free] == [stay.day for stay in found]


def _first_real_minute(zone: str, day: date, minute_of_day: int) -> int:
    """The first minute whose wall clock shows the wanted time or a later one."""
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute_of_day)  # noqa: DTZ001  - a wall clock
    utc = minute_of(wanted.replace(tzinfo=UTC))
    info = ZoneInfo(zone)
    return next(
        minute
        for minute in range(utc - 15 * 60, utc + 15 * 60)
        if instant(minute).astimezone(info).replace(tzinfo=None) >= wanted
    )
