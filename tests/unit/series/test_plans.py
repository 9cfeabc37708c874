"""The dates of a series: what an edit makes of them, in local time."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from booka_core.availability import Recurrence
from booka_core.series.errors import SeriesEmpty, SeriesInClockGap, SeriesTooLong
from booka_core.series.plans import MOST, Shift, dates, on_time_line, remaining, shortened, wall_clock


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_positions_count_the_excepted_dates() -> None:
    rule = Recurrence(frequency="weekly", count=3, except_dates=(date(2026, 3, 10),))
    found = dates(rule, zone="Africa/Lagos", first=local("2026-03-03T10:00"))
    assert [(one.position, one.local.day, one.excepted) for one in found] == [
        (1, 3, False),
        (2, 10, True),
        (3, 17, False),
    ]


def test_a_date_in_a_clock_gap_has_no_instant() -> None:
    rule = Recurrence(frequency="daily", count=3)
    found = dates(rule, zone="America/New_York", first=local("2026-03-07T02:30"))
    assert [one.at is None for one in found] == [False, True, False]
    with pytest.raises(SeriesInClockGap, match="2026-03-08 02:30 does not exist in America/New_York"):
        on_time_line(local("2026-03-08T02:30"), "America/New_York", position=2)


def test_as_many_dates_as_two_years_have_weeks_and_no_more() -> None:
    first = local("2026-03-03T10:00")
    assert len(dates(Recurrence(frequency="weekly", count=MOST), zone="UTC", first=first)) == MOST
    with pytest.raises(SeriesTooLong):
        dates(Recurrence(frequency="weekly", count=MOST + 1), zone="UTC", first=first)
    with pytest.raises(SeriesTooLong):
        dates(Recurrence(frequency="daily", until=date(2030, 1, 1)), zone="UTC", first=first)
    with pytest.raises(SeriesEmpty):
        dates(Recurrence(frequency="daily", until=date(2026, 3, 1)), zone="UTC", first=first)


def test_a_shift_is_days_and_a_time_of_day() -> None:
    shift = Shift.between(local("2026-03-03T10:00"), local("2026-03-05T09:30"))
    assert shift == Shift(2, time(9, 30))
    assert shift.of(local("2026-03-31T10:00")) == local("2026-04-02T09:30")
    earlier = Shift.between(local("2026-03-03T10:00"), local("2026-03-02T10:00"))
    assert earlier.of(local("2026-03-01T10:00")) == local("2026-02-28T10:00")


def test_the_rule_is_told_as_it_reads_after_the_shift() -> None:
    rule = Recurrence(frequency="weekly", weekdays=(1, 6), until=date(2026, 4, 5), except_dates=(date(2026, 3, 10),))
    told = Shift(2, time(9, 30)).of_rule(rule)
    assert (set(told.weekdays), told.until, told.except_dates) == ({3, 1}, date(2026, 4, 7), (date(2026, 3, 12),))


def test_a_split_rule_says_how_many_dates_each_part_has() -> None:
    rule = Recurrence(frequency="weekly", count=4, except_dates=(date(2026, 3, 10), date(2026, 3, 24)))
    starts = [one.local for one in dates(rule, zone="UTC", first=local("2026-03-03T10:00"))]
    before, after = shortened(rule, starts=starts[:2]), remaining(rule, starts=starts[2:])
    assert (before.count, before.except_dates) == (2, (date(2026, 3, 10),))
    assert (after.count, after.except_dates) == (2, (date(2026, 3, 24),))


def test_wall_clock_and_time_line_undo_each_other() -> None:
    for zone in ("Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Lagos", "America/New_York"):
        for day in ("2026-03-03T10:00", "2026-04-05T12:15", "2026-10-04T12:15", "2026-11-01T12:00"):
            assert wall_clock(on_time_line(local(day), zone, position=1), zone) == local(day)
