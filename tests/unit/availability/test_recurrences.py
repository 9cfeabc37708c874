"""Repetition by the wall clock, held against a calendar walked day by day, where clocks change and midnight is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from booka_core.availability import Recurrence, instant, local_instant, minute_of, occurrences
from booka_core.availability.errors import LocalTimeSkipped, NotAWholeMinute

from . import strategies

NEW_YORK = "America/New_York"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_weekly_hour_stays_the_same_on_the_wall_when_the_clocks_change() -> None:
    found = occurrences(Recurrence(frequency="weekly", count=3), zone=NEW_YORK, first=wall("2027-03-07T09:00"))
    assert [instant(one.minute).isoformat() for one in found] == [
        "2027-03-07T14:00:00+00:00",
        "2027-03-14T13:00:00+00:00",  # that night the clocks went forward
        "2027-03-21T13:00:00+00:00",
    ]


def test_a_time_that_a_clock_change_skips_is_marked_and_not_moved_in_silence() -> None:
    found = occurrences(Recurrence(frequency="weekly", count=3), zone=NEW_YORK, first=wall("2027-03-07T02:30"))
    assert [one.skipped for one in found] == [False, True, False]
    assert found[1].local == wall("2027-03-14T02:30")
    assert instant(found[1].minute).isoformat() == "2027-03-14T07:00:00+00:00"  # the moment of the change
    with pytest.raises(LocalTimeSkipped, match=r"2027-03-14 02:30 does not exist in America/New_York"):
        local_instant(NEW_YORK, found[1].local)


@pytest.mark.parametrize(
    ("zone", "lost"),
    [
        ("Africa/Cairo", "2027-04-30T00:00"),
        ("America/Santiago", "2027-09-05T00:15"),
        ("Asia/Beirut", "2027-03-28T00:59"),
        ("Australia/Lord_Howe", "2027-10-03T02:15"),
        ("Pacific/Apia", "2011-12-30T12:00"),
    ],
)
def test_a_midnight_or_a_day_that_does_not_exist_is_told(zone: str, lost: str) -> None:
    with pytest.raises(LocalTimeSkipped):
        local_instant(zone, wall(lost))
    after = wall(lost) + timedelta(days=1)
    assert instant(local_instant(zone, after)).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == after


def test_a_time_that_happens_twice_is_the_first_of_the_two() -> None:
    assert instant(local_instant(NEW_YORK, wall("2027-11-07T01:30"))).isoformat() == "2027-11-07T05:30:00+00:00"


def test_excepted_dates_keep_their_place_in_the_count() -> None:
    rule = Recurrence(frequency="weekly", weekdays=(1, 3), count=4, except_dates=(date(2027, 3, 4),))
    found = occurrences(rule, zone="Africa/Lagos", first=wall("2027-03-01T10:00"))
    assert [(one.index, one.local.day) for one in found] == [(1, 2), (3, 9), (4, 11)]


def test_a_month_without_the_day_is_passed_over() -> None:
    rule = Recurrence(frequency="monthly", until=date(2027, 6, 1))
    found = occurrences(rule, zone="Africa/Lagos", first=wall("2027-01-31T10:00"))
    assert [one.local.month for one in found] == [1, 3, 5]


def test_a_repetition_ends_either_after_a_count_or_on_a_date() -> None:
    for wrong in (
        {},
        {"count": 2, "until": date(2027, 1, 1)},
        {"count": 0},
        {"count": 2, "interval": 0},
        {"count": 2, "weekdays": (7,)},
        {"count": 2, "frequency": "monthly", "weekdays": (1,)},
    ):
        with pytest.raises(ValidationError):
            Recurrence.model_validate({"frequency": "weekly", **wrong})


def test_a_local_time_is_a_whole_minute_without_an_offset() -> None:
    with pytest.raises(NotAWholeMinute):
        local_instant(NEW_YORK, wall("2027-03-07T09:00:30"))
    for ask in (
        lambda first: local_instant(NEW_YORK, first),
        lambda first: occurrences(Recurrence(count=1), zone=NEW_YORK, first=first),
    ):
        with pytest.raises(ValueError, match="offset"):
            ask(datetime(2027, 3, 7, tzinfo=UTC))


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    zone_day=strategies.zones_and_days,
    minute=st.one_of(st.integers(0, 200), st.integers(0, 1439)),
    frequency=st.sampled_from(["daily", "weekly", "monthly"]),
    interval=st.integers(1, 4),
)
def test_occurrences_are_those_of_a_calendar_walked_day_by_day(
    data: st.DataObject, zone_day: tuple[str, date], minute: int, frequency: str, interval: int
) -> None:
    zone, near = zone_day
    start = near - timedelta(days=data.draw(st.integers(0, 40)))
    until = start + timedelta(days=data.draw(st.integers(0, 120)))
    weekdays = data.draw(st.lists(st.integers(0, 6), max_size=3, unique=True)) if frequency == "weekly" else []
    rule = Recurrence.model_validate(
        {"frequency": frequency, "interval": interval, "weekdays": tuple(weekdays), "until": until}
    )
    of_day = time(minute // 60, minute % 60)
    found = occurrences(rule, zone=zone, first=datetime.combine(start, of_day))
    days = [start + timedelta(days=number) for number in range((until - start).days + 1)]
    fitting = [day for day in days if _fits(day, start, frequency, interval, weekdays)]
    assert [one.local for one in found] == [datetime.combine(day, of_day) for day in fitting]
    assert [one.index for one in found] == list(range(1, len(found) + 1))
    for one in found:
        assert (one.minute, one.skipped) == _by_walking(zone, one.local)


def _fits(day: date, start: date, frequency: str, interval: int, weekdays: list[int]) -> bool:
    if frequency == "daily":
        return (day - start).days % interval == 0
    if frequency == "monthly":
        return day.day == start.day and (day.year * 12 + day.month - start.year * 12 - start.month) % interval == 0
    weeks = ((day - timedelta(days=day.weekday())) - (start - timedelta(days=start.weekday()))).days // 7
    return weeks % interval == 0 and day.weekday() in (weekdays or [start.weekday()])


def _by_walking(zone: str, local: datetime) -> tuple[int, bool]:
    """The first minute whose wall clock shows the time or a later one, and whether it is a later one."""
    info, utc = ZoneInfo(zone), minute_of(local.replace(tzinfo=UTC))
    for minute in range(utc - 15 * 60, utc + 15 * 60):
        shown = instant(minute).astimezone(info).replace(tzinfo=None)
        if shown >= local:
            return minute, shown != local
    raise AssertionError
