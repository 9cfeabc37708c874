"""D12: recurrences that stay right when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booka_core.availability import Recurrence
from booka_core.booking.types import Actor
from booka_core.catalog.commands import add_location, add_resource, add_service, set_weekly_hours
from booka_core.customers.commands import add_customer
from booka_core.db.scope import bind_tenant
from booka_core.offers.types import Wish
from booka_core.series.commands import book_series
from booka_core.series.edits import move_series
from booka_core.series.errors import SeriesInClockGap
from booka_core.series.types import SeriesInfo
from booka_core.tenancy.commands import change_settings, create_tenant
from booka_core.tenancy.types import TenantInfo, TenantSettingsInfo

DESK = Actor(kind="user", label="Ngozi")


class House:
    """A place that is open day and night in some zone, with one person and an hour's service."""

    tenant: TenantInfo
    service: UUID
    customer: UUID
    zone: str

    @classmethod
    async def open(cls, zone: str) -> House:
        house = cls()
        house.zone = zone
        house.tenant = await create_tenant(
            slug="round-the-clock",
            name="Round the clock",
            vertical="beauty",
            zone=zone,
            locale="en-GB",
            currency="USD",
            country="US",
        )
        with bind_tenant(house.tenant.id):
            await change_settings(TenantSettingsInfo(window_days=400, slot_step=30))
            location = await add_location(name="Here", zone=zone)
            await set_weekly_hours({day: [(0, 1440)] for day in range(7)}, location_id=location)
            house.service = await add_service(name="Massage", minutes=60, price=5_000)
            await add_resource(location_id=location, name="Ida", service_ids=[house.service])
            house.customer = (await add_customer(name="Zainab")).id
        return house

    def at(self, *local: int) -> datetime:
        return datetime(*local, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)  # type: ignore[misc, arg-type]

    def local(self, series: SeriesInfo) -> list[str]:
        return [f"{o.starts_at.astimezone(ZoneInfo(self.zone)):%m-%d %H:%M}" for o in series.occurrences]

    async def repeats(self, *local: int, rule: Recurrence, skip_taken: bool = False) -> SeriesInfo:
        return await book_series(
            wish=Wish.of(service_id=self.service, starts_at=self.at(*local)),
            recurrence=rule,
            customer_id=self.customer,
            actor=DESK,
            source="admin",
            skip_taken=skip_taken,
        )


WEEKS = [
    ("America/New_York", (2026, 3, 3, 10, 0), ["03-03 15:00", "03-10 14:00"]),
    ("Australia/Lord_Howe", (2026, 4, 1, 10, 30), ["03-31 23:30", "04-08 00:00"]),
    ("Europe/Berlin", (2026, 3, 24, 10, 0), ["03-24 09:00", "03-31 08:00"]),
    ("Asia/Kathmandu", (2026, 3, 24, 10, 0), ["03-24 04:15", "03-31 04:15"]),
    ("Africa/Lagos", (2026, 3, 24, 10, 0), ["03-24 09:00", "03-31 09:00"]),
]


@pytest.mark.parametrize(("zone", "first", "in_utc"), WEEKS)
async def test_ten_stays_ten_across_the_change(database, frozen_clock, plugins, zone, first, in_utc) -> None:
    house = await House.open(zone)
    with bind_tenant(house.tenant.id):
        series = await house.repeats(*first, rule=Recurrence(frequency="weekly", count=2))
    assert {one.split()[1] for one in house.local(series)} == {f"{first[3]:02}:{first[4]:02}"}
    assert [f"{o.starts_at:%m-%d %H:%M}" for o in series.occurrences] == in_utc


async def test_a_start_that_the_change_skips_is_told_or_left_out(database, frozen_clock, plugins) -> None:
    house = await House.open("America/New_York")
    with bind_tenant(house.tenant.id):
        # On the eighth of March, two o'clock is three o'clock.
        with pytest.raises(SeriesInClockGap, match=r"Appointment 2 of the series: 2026-03-08 02:30 does not exist"):
            await house.repeats(2026, 3, 7, 2, 30, rule=Recurrence(frequency="daily", count=3))
        series = await house.repeats(2026, 3, 7, 2, 30, rule=Recurrence(frequency="daily", count=3), skip_taken=True)
        assert house.local(series) == ["03-07 02:30", "03-09 02:30"]
        assert [(one.position, one.reason) for one in series.left_out] == [(2, "clock_gap")]


async def test_a_time_that_happens_twice_is_the_first_of_the_two(database, frozen_clock, plugins) -> None:
    house = await House.open("America/New_York")
    with bind_tenant(house.tenant.id):
        series = await house.repeats(2026, 10, 31, 1, 30, rule=Recurrence(frequency="daily", count=3))
        assert [o.starts_at for o in series.occurrences] == [
            datetime(2026, 10, 31, 5, 30, tzinfo=UTC),
            datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
            datetime(2026, 11, 2, 6, 30, tzinfo=UTC),
        ]


async def test_an_edit_of_all_is_read_on_the_wall_clock(database, frozen_clock, plugins) -> None:
    house = await House.open("America/New_York")
    with bind_tenant(house.tenant.id):
        series = await house.repeats(2026, 3, 4, 10, 0, rule=Recurrence(frequency="weekly", count=3))
        moved = await move_series(
            reservation_id=series.occurrences[0].id,
            scope="all",
            starts_at=house.at(2026, 3, 5, 9, 30),
            actor=DESK,
            source="admin",
        )
        assert house.local(moved) == ["03-05 09:30", "03-12 09:30", "03-19 09:30"]
        # From Thursdays to Sundays at half past two: the first of them, the eighth of March, does not exist.
        with pytest.raises(SeriesInClockGap, match=r"Appointment 1 of the series: 2026-03-08 02:30"):
            await move_series(
                reservation_id=moved.occurrences[1].id,
                scope="all",
                starts_at=house.at(2026, 3, 15, 2, 30),
                actor=DESK,
                source="admin",
            )
