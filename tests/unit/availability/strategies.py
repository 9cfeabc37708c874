"""Random shops for the free-time tests: hours across midnight, overrides, bookings, on days when clocks change."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from booka_core.availability import DateOverride, ServiceTiming, WeeklyHours

CLOCK_CHANGES = {
    "America/New_York": [date(2027, 3, 14), date(2027, 11, 7)],
    "Australia/Lord_Howe": [date(2027, 4, 4), date(2027, 10, 3)],
    "Europe/Paris": [date(2027, 3, 28), date(2027, 10, 31)],
    "Africa/Lagos": [date(2027, 3, 14)],
    "Asia/Kathmandu": [date(2027, 10, 31)],
    "Africa/Cairo": [date(2027, 4, 30), date(2027, 10, 29)],  # changes at midnight itself
}

zones_and_days = st.sampled_from([(zone, day) for zone, days in CLOCK_CHANGES.items() for day in days]).flatmap(
    lambda pair: st.tuples(st.just(pair[0]), st.integers(-1, 1).map(lambda shift: pair[1] - timedelta(days=shift)))
)


@st.composite
def day_ranges(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Up to three ranges of one day on five-minute marks, in order; the last may run into the next day."""
    count = draw(st.integers(0, 3))
    marks = sorted(draw(st.lists(st.integers(0, 287), min_size=2 * count, max_size=2 * count, unique=True)))
    ranges = [(marks[2 * i] * 5, marks[2 * i + 1] * 5) for i in range(count)]
    if ranges and draw(st.booleans()):
        start, _ = ranges[-1]
        ranges[-1] = (start, start + draw(st.integers(1, 288)) * 5)
    return tuple(ranges)


weekly_hours = st.lists(day_ranges(), min_size=7, max_size=7).map(lambda days: WeeklyHours(days=tuple(days)))

timings = st.builds(
    ServiceTiming,
    duration=st.sampled_from([5, 20, 45, 60, 95, 180]),
    buffer_before=st.sampled_from([0, 5, 15]),
    buffer_after=st.sampled_from([0, 10, 25]),
    step=st.sampled_from([5, 10, 15, 20, 30, 45, 50, 60, 90]),
    offset=st.sampled_from([0, 0, 5, 25, 100]),
    gap=st.sampled_from([0, 0, 15, 40, 90]),
)


def overrides_near(day: date) -> st.SearchStrategy[list[DateOverride]]:
    override = st.builds(
        DateOverride, date=st.integers(-1, 2).map(lambda shift: day + timedelta(days=shift)), ranges=day_ranges()
    )
    return st.lists(override, max_size=2, unique_by=lambda override: override.date)


def busy_near(minute: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Occupied intervals that may touch, overlap and contain one another, in no order."""
    interval = st.tuples(st.integers(-600, 3 * 1440), st.integers(1, 300)).map(
        lambda pair: (minute + pair[0], minute + pair[0] + pair[1])
    )
    return st.lists(interval, max_size=12)
