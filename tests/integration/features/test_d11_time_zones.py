"""D11: hours are read in the zone they were written in: the place's, or that of somebody who travels; a customer has a
zone of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from booka_core.catalog.commands import change_resource
from booka_core.catalog.hours import set_weekly_hours
from booka_core.customers.commands import change_customer
from booka_core.db.scope import bind_tenant
from booka_core.offers.queries import availability
from booka_core.testing.salon import Salon, open_chain

KATHMANDU = "Asia/Kathmandu"


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def test_who_travels_keeps_hours_of_another_zone(salon: Salon) -> None:
    await set_weekly_hours({1: [(14 * 60, 20 * 60)]}, location_id=salon.location_id, resource_id=salon.ada)
    at_home = await availability(service_id=salon.braids, from_day=date(2026, 3, 3), days=1)

    await change_resource(salon.ada, zone=KATHMANDU)
    abroad = await availability(service_id=salon.braids, from_day=date(2026, 3, 3), days=1)

    assert at_home[0].starts_at == salon.at(14)
    # 14:00 to 20:00 in Kathmandu is 08:15 to 14:15 UTC, within the salon's 08:00 to 17:00 UTC.
    assert abroad[0].starts_at == datetime(2026, 3, 3, 8, 15, tzinfo=UTC)
    assert abroad[-1].ends_at == datetime(2026, 3, 3, 14, 15, tzinfo=UTC)


async def test_summer_time_of_the_traveller_moves_the_hours_and_not_the_place(salon: Salon) -> None:
    everyday = {day: [(9 * 60, 17 * 60)] for day in range(6)}
    await set_weekly_hours(everyday, location_id=salon.location_id, resource_id=salon.ada)
    await change_resource(salon.ada, zone="Europe/London")

    before = await availability(service_id=salon.braids, from_day=date(2026, 3, 27), days=1)
    after = await availability(service_id=salon.braids, from_day=date(2026, 3, 30), days=1)

    assert before[0].starts_at == datetime(2026, 3, 27, 9, tzinfo=UTC)
    assert after[0].starts_at == datetime(2026, 3, 30, 8, tzinfo=UTC)


async def test_each_place_counts_its_days_in_its_own_zone(salon: Salon) -> None:
    chain = await open_chain(salon, zone=KATHMANDU)

    there = await availability(service_id=salon.haircut, resource_id=chain.chidi, from_day=date(2026, 3, 4), days=1)

    local = [slot.starts_at.astimezone(ZoneInfo(KATHMANDU)) for slot in there]
    assert {start.date() for start in local} == {date(2026, 3, 4)}
    assert (local[0].hour, local[0].minute) == (10, 0)


async def test_a_customer_has_a_zone_of_their_own(salon: Salon) -> None:
    assert (await change_customer(salon.customer_id, zone=KATHMANDU)).zone == KATHMANDU
