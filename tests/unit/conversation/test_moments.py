"""Dates and times of everyday speech, resolved where the salon is. It is Saturday 21 November 2026, 10:00 in Lagos;
the salon is open from nine to seven.
"""

from __future__ import annotations

import datetime as dt

import pytest

from booka_core.conversation.understanding import Context, Names, When, understand

SATURDAY = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


def when(text: str, *, locale: str = "en_NG", now: dt.datetime = SATURDAY, **context: object) -> When:
    situation = Context(now=now, zone="Africa/Lagos", locale=locale, opens=dt.time(9), closes=dt.time(19), **context)
    found = understand(text, catalogue=Names(), context=situation).when
    assert found is not None, f"nothing understood in {text!r}"
    return found


def said(found: When) -> str:
    day = f"{found.date:%d.%m}" + (f"-{found.end_date:%d.%m}" if found.end_date else "") if found.date else ""
    time = f"{found.time:%H:%M}" + (f"-{found.end_time:%H:%M}" if found.end_time else "") if found.time else ""
    modifier = "" if found.modifier == "at" else found.modifier
    return " ".join(part for part in (day, modifier, time) if part)


DAYS = {
    "today": "21.11",
    "tomorrow": "22.11",
    "tmrw": "22.11",
    "tommorow": "22.11",
    "the day after tomorrow": "23.11",
    "monday": "23.11",
    "on saturday": "28.11",
    "wendesday": "25.11",
    "next tuesday": "24.11",
    "tuesday next week": "24.11",
    "a week on friday": "04.12",
    "the 24th": "24.11",
    "the 3rd": "03.12",
    "24/11": "24.11",
    "24.11.2026": "24.11",
    "2026-11-24": "24.11",
    "24 november": "24.11",
    "november 24th": "24.11",
    "the 5th of January": "05.01",
    "twenty fourth of november": "24.11",
    "tuesday the 24th": "24.11",
    "the 3rd of next month": "03.12",
    "in two weeks": "05.12",
    "in 3 days": "24.11",
    "in a fortnight": "05.12",
    "the first monday of december": "07.12",
    "this weekend": "21.11-22.11",
    "next week": "23.11-29.11",
    "from monday to wednesday": "23.11-25.11",
    "between 24 and 26 november": "24.11-26.11",
    "not monday, tuesday": "24.11",
}
TIMES = {
    "3pm": "15:00",
    "3 p.m.": "15:00",
    "at 3": "15:00",
    "15:00": "15:00",
    "15h30": "15:30",
    "at 10": "10:00",
    "half past three": "15:30",
    "half 3": "15:30",
    "quarter to 5": "16:45",
    "a quarter past eleven": "11:15",
    "ten to four": "15:50",
    "20 past 2": "14:20",
    "noon": "12:00",
    "4 o'clock": "16:00",
    "four thirty in the afternoon": "16:30",
    "evening 6:30": "18:30",
    "around 4": "around 16:00",
    "after 4": "after 16:00",
    "before 11": "before 11:00",
    "between 2 and 4": "14:00-16:00",
    "from 10 to 12": "10:00-12:00",
    "2-4pm": "14:00-16:00",
    "in the morning": "08:00-12:00",
}
BOTH = {
    "tomorrow at 3pm": "22.11 15:00",
    "friday morning": "27.11 08:00-12:00",
    "tonight": "21.11 17:00-22:00",
    "monday after 4": "23.11 after 16:00",
    "3pm on the 24th": "24.11 15:00",
    "the 24th, 10 in the morning": "24.11 10:00",
    "in half an hour": "21.11 10:30",
    "in 2 hours": "21.11 12:00",
    "this afternoon at 2": "21.11 14:00",
    "tomorrow morning at 10": "22.11 10:00",
}
FRENCH = {
    "demain à 15h": "22.11 15:00",
    "après-demain": "23.11",
    "mardi prochain à 10h30": "24.11 10:30",
    "jeudi 10h30": "26.11 10:30",
    "le 24 à midi": "24.11 12:00",
    "le 1er décembre": "01.12",
    "samedi matin": "28.11 08:00-12:00",
    "après 16h": "after 16:00",
    "dans deux semaines": "05.12",
    "15 heures et demie": "15:30",
    "cet après-midi": "21.11 12:00-18:00",
}


@pytest.mark.parametrize(("text", "expected"), [*DAYS.items(), *TIMES.items(), *BOTH.items()])
def test_english(text: str, expected: str) -> None:
    assert said(when(text)) == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH.items())
def test_french(text: str, expected: str) -> None:
    assert said(when(text, locale="fr_FR")) == expected


def test_day_and_month_stand_in_the_order_of_the_locale() -> None:
    assert when("4/12", locale="en_GB").date == dt.date(2026, 12, 4)
    assert when("4/12", locale="en_US").date == dt.date(2027, 4, 12)


@pytest.mark.parametrize("text", ["31 February", "the 32nd of May", "30/2", "29 February 2027"])
def test_a_day_that_does_not_exist_is_a_fault_and_not_another_day(text: str) -> None:
    assert when(text).fault == "no_such_date"


@pytest.mark.parametrize("text", ["tomorrow at 25:00", "at 12:75", "27:10"])
def test_a_time_that_does_not_exist_is_a_fault(text: str) -> None:
    assert when(text).fault == "no_such_time"


def test_an_open_half_of_the_day_is_decided_by_the_opening_hours() -> None:
    assert when("at 6").time == dt.time(18)
    assert when("at 9").time == dt.time(9)
    assert when("today at 9").time == dt.time(9)


def test_today_is_the_day_where_the_salon_is() -> None:
    late = dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC)  # half past midnight in Lagos
    assert when("today", now=late).date == dt.date(2026, 11, 22)


def test_a_month_that_is_over_means_the_next_year() -> None:
    assert when("3 March").date == dt.date(2027, 3, 3)


@pytest.mark.parametrize(
    ("text", "pick"), [("first available", "first"), ("the earliest slot", "first"), ("the last slot tomorrow", "last")]
)
def test_the_first_or_last_free_time_can_be_asked_for(text: str, pick: str) -> None:
    assert when(text).pick == pick
