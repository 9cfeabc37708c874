"""Who is asked first, and when nobody is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booka_core.sdk.waitlist import FreedSlot, WaitingCustomer
from booka_core.waitlist.ranking import as_they_joined, by_fit, in_given_order, quiet_until

TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
HOUR = FreedSlot(starts_at=TEN, ends_at=TEN + timedelta(hours=1), resource_ids=(uuid4(),))


def someone(*, joined: int = 0, minutes: int = 30, alternatives: int = 0) -> WaitingCustomer:
    return WaitingCustomer(
        entry_id=uuid4(),
        customer_id=uuid4(),
        service_id=uuid4(),
        resource_id=None,
        party_size=1,
        starts_at=TEN,
        minutes=minutes,
        wanted_from=TEN,
        wanted_until=TEN + timedelta(days=1),
        joined_at=TEN - timedelta(days=3) + timedelta(minutes=joined),
        alternatives=alternatives,
    )


people = st.lists(
    st.builds(someone, joined=st.integers(0, 5), minutes=st.integers(5, 120), alternatives=st.integers(0, 4)),
    max_size=8,
)


@given(people)
def test_first_come_is_the_order_of_joining_and_forgets_nobody(waiting: list[WaitingCustomer]) -> None:
    ranked = as_they_joined(waiting)
    assert [each.joined_at for each in ranked] == sorted(each.joined_at for each in waiting)
    assert {each.entry_id for each in ranked} == {each.entry_id for each in waiting}


@given(people)
def test_whoever_fits_worse_is_never_asked_before_whoever_fits_better(waiting: list[WaitingCustomer]) -> None:
    ranked = by_fit(HOUR, waiting)
    assert len(ranked) == len(waiting)
    for better, worse in pairwise(ranked):
        filled, filled_worse = min(better.minutes, 60), min(worse.minutes, 60)
        assert (-filled, better.alternatives, better.joined_at) <= (-filled_worse, worse.alternatives, worse.joined_at)


def test_the_best_fit_fills_the_time_and_of_equals_has_the_fewest_other_times() -> None:
    short, long = someone(minutes=30), someone(joined=1, minutes=60)
    longer_but_choosy, longer = someone(minutes=90, alternatives=3), someone(joined=2, minutes=90)
    assert by_fit(HOUR, [short, longer_but_choosy, longer, long]) == [long, longer, longer_but_choosy, short]


def test_a_given_order_counts_nobody_twice_knows_no_strangers_and_leaves_out_who_is_left_out() -> None:
    first, second, third = someone(), someone(joined=1), someone(joined=2)
    order = [third.entry_id, uuid4(), first.entry_id, third.entry_id]
    assert in_given_order(order, [first, second, third]) == [third, first]


@pytest.mark.parametrize(
    ("now", "begins", "ends", "until"),
    [
        ("2026-03-02T20:59+00:00", "22:00", "07:00", None),
        ("2026-03-02T21:00+00:00", "22:00", "07:00", "2026-03-03T06:00+00:00"),
        ("2026-03-02T23:30+00:00", "22:00", "07:00", "2026-03-03T06:00+00:00"),
        ("2026-03-03T05:59+00:00", "22:00", "07:00", "2026-03-03T06:00+00:00"),
        ("2026-03-03T06:00+00:00", "22:00", "07:00", None),
        ("2026-03-03T12:30+00:00", "13:00", "14:00", "2026-03-03T13:00+00:00"),
        ("2026-03-03T13:00+00:00", "13:00", "14:00", None),
        ("2026-03-03T13:00+00:00", "13:00", "13:00", None),
    ],
)
def test_quiet_hours_are_those_of_the_wall_clock(now: str, begins: str, ends: str, until: str | None) -> None:
    found = quiet_until(datetime.fromisoformat(now), "Africa/Lagos", begins=minute(begins), ends=minute(ends))
    assert found == (datetime.fromisoformat(until) if until else None)


def test_quiet_hours_end_by_the_clock_also_in_the_night_in_which_it_is_put_forward() -> None:
    evening = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)  # 23:30 in Paris, where 02:00 becomes 03:00 that night
    assert quiet_until(evening, "Europe/Paris", begins=22 * 60, ends=8 * 60) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    in_the_gap = quiet_until(evening, "Europe/Paris", begins=22 * 60, ends=2 * 60 + 30)
    assert in_the_gap == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert quiet_until(TEN, "Africa/Lagos", begins=None, ends=None) is None


def minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
