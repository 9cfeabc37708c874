"""The day by person: every booking of a day is on the grid, where the clock on the wall says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booka_core.booking.types import DaySheet
from booka_core.web.admin.day import Booking, Day, build_day
from booka_core.web.ui import EN_DASH, Formats

from .rows import DAY, NOW, at, person, reservation, sheet

OPEN = (at("09:00"), at("17:00"))


def grid(of: DaySheet, *, zone: str = "Africa/Lagos", now: datetime = NOW) -> Day:
    return build_day(of, formats=Formats.of(locale="en_NG", zone=zone), now=now, href=lambda one: f"/r/{one.reference}")


def only(day: Day) -> Booking:
    (booking,) = day.bookings
    return booking


def test_a_booking_stands_at_its_time_in_its_persons_column() -> None:
    staff = (person("Zainab", OPEN), person("Amara", OPEN))
    day = grid(sheet(staff, reservation("Joy", at("10:30"), at("11:15"))))
    booking = only(day)
    assert (booking.column, booking.at, booking.length) == (2, 18, 9)
    assert booking.time == f"10:30 {EN_DASH} 11:15"
    assert [hour.label for hour in day.hours][:2] == ["09:00", "10:00"]


def test_a_booking_outside_opening_hours_widens_the_day_instead_of_vanishing() -> None:
    early, late = reservation("Joy", at("06:30"), at("07:00")), reservation("Temi", at("20:00"), at("21:30"))
    day = grid(sheet((person("Amara", OPEN),), early, late))
    assert day.hours[0].label == "06:00"
    assert all(one.at >= 0 and one.at + one.length <= day.rows for one in day.bookings)
    assert len(day.bookings) == 2


def test_a_booking_that_runs_past_midnight_is_cut_at_the_edge_of_each_day() -> None:
    night = reservation("Joy", at("23:00"), at("23:00") + timedelta(hours=2))
    today = only(grid(sheet((person("Amara", OPEN),), night)))
    tomorrow = only(grid(sheet((person("Amara"),), night, day=DAY + timedelta(days=1))))
    assert today.length == 12
    assert (tomorrow.at, tomorrow.length) == (0, 12)


def test_a_booking_nobody_of_the_staff_serves_has_a_column_of_its_own() -> None:
    day = grid(sheet((person("Amara", OPEN),), reservation("Joy", at("10:00"), at("11:00"), staff=None)))
    assert [column.name for column in day.columns] == ["Amara", "Others"]
    assert only(day).column == 2


def test_a_salon_without_staff_shows_no_grid() -> None:
    assert grid(sheet(())).columns == []


def test_a_cancelled_booking_steps_aside_for_the_one_that_took_its_time() -> None:
    gone = reservation("Joy", at("10:00"), at("11:00"), status="cancelled")
    taker = reservation("Temi", at("10:30"), at("11:30"))
    lanes = {one.name: one.lane for one in grid(sheet((person("Amara", OPEN),), gone, taker)).bookings}
    assert lanes == {"Joy": "side", "Temi": "beside"}


def test_a_cancelled_booking_alone_keeps_the_whole_width() -> None:
    gone = reservation("Joy", at("10:00"), at("11:00"), status="cancelled")
    assert only(grid(sheet((person("Amara", OPEN),), gone))).lane == ""


def test_a_hold_that_ran_out_is_not_shown() -> None:
    assert (
        grid(sheet((person("Amara", OPEN),), reservation("Joy", at("10:00"), at("11:00"), status="expired"))).bookings
        == []
    )


def test_closed_hours_are_marked_around_and_between_working_ranges() -> None:
    split = person("Amara", (at("09:00"), at("12:00")), (at("13:00"), at("17:00")))
    long = person("Zainab", (at("08:00"), at("18:00")))
    closed = [(gap.at, gap.length) for gap in grid(sheet((split, long))).closed if gap.column == 1]
    assert closed == [(0, 12), (48, 12), (108, 12)]


def test_the_present_moment_is_marked_only_on_its_own_day() -> None:
    staff = (person("Amara", OPEN),)
    assert grid(sheet(staff)).now_at == 8
    assert grid(sheet(staff, day=DAY + timedelta(days=1))).now_at is None


def test_on_the_night_the_clocks_go_back_rows_follow_the_clock_on_the_wall() -> None:
    paris, day = ZoneInfo("Europe/Paris"), date(2026, 10, 25)
    morning = reservation("Joy", at("10:00", day=day, zone=paris), at("11:00", day=day, zone=paris))
    hours = (at("09:00", day=day, zone=paris), at("17:00", day=day, zone=paris))
    booking = only(grid(sheet((person("Amara", hours),), morning, day=day), zone="Europe/Paris"))
    assert (booking.at, booking.length, booking.time) == (12, 12, f"10:00 {EN_DASH} 11:00")


def test_a_customer_without_a_name_is_called_a_customer() -> None:
    assert only(
        grid(sheet((person("Amara", OPEN),), reservation("x", at("10:00"), at("11:00"), customer_name=None)))
    ).name == ("A customer")
