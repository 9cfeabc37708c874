"""`booka availability`: the owner asks why a time cannot be booked, and reads which rule or booking is in the way."""

from __future__ import annotations

import pytest

from booka_core.booking.commands import book
from booka_core.booking.types import SYSTEM
from booka_core.catalog.commands import add_location, add_resource, change_service
from booka_core.catalog.hours import add_absence, set_weekly_hours
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import bind_tenant
from booka_core.offers.types import Wish
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon
from tests.integration.cli.test_reading_and_writing import booka, told

pytestmark = pytest.mark.usefixtures("plugins", "same_day")
GLOW = ("--tenant", "glow", "--service", "haircut")


@pytest.fixture
def same_day(monkeypatch: pytest.MonkeyPatch, frozen_clock: object) -> None:
    """The command's process lives on the day of the test."""
    monkeypatch.delenv("BOOKA_NOW_SINCE", raising=False)
    monkeypatch.setenv("BOOKA_NOW", "2026-03-02T09:00:00+00:00")


async def _ada_at_ten(salon: Salon) -> str:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    made = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="system")
    return made.reference


async def test_a_taken_time_names_what_takes_it_and_the_nearest_free_ones(database: TestDatabase, salon: Salon) -> None:
    reference = await _ada_at_ten(salon)
    status, out, err = await booka(
        database, "availability", "explain", *GLOW, "--at", "2026-03-03 10:15", "--with", "Ada"
    )
    assert (status, err) == (0, "")
    assert "2026-03-03 10:15 (Africa/Lagos) is not offered: busy" in out
    assert "Everybody who could serve is taken" in out
    assert f"{reference} Tue 03 Mar 10:00-10:50" in out
    assert "Nearest free times" in out
    assert "Tue 03 Mar 2026 11:00-11:45" in out


async def test_a_setting_that_decides_is_named_and_candidates_answer_for_themselves(
    database: TestDatabase, salon: Salon
) -> None:
    await change_service(salon.haircut, rules=ServiceRules(min_notice_minutes=2880))
    await add_absence(salon.bola, starts_at=salon.at(1, day=6), ends_at=salon.at(23, day=6))
    soon = await told(database, "availability", "explain", *GLOW, "--at", "2026-03-03 10:00")
    assert (soon["free"], soon["reason"], soon["setting"]) == (False, "too_soon", "min_notice_minutes=2880")
    later = await told(database, "availability", "explain", *GLOW, "--at", "2026-03-06 10:00")
    assert (later["free"], later["reason"]) == (True, "free")
    answers = {one["name"]: one["reason"] for one in later["demands"][0]["candidates"]}
    assert answers == {"Ada": "free", "Bola": "absent"}


async def test_what_cannot_be_asked_is_one_sentence_and_a_status(database: TestDatabase, salon: Salon) -> None:
    with bind_tenant(salon.tenant.id):
        london = await add_location(name="London", zone="Europe/London")
        await set_weekly_hours({day: [(0, 1439)] for day in range(7)}, location_id=london)
        await add_resource(location_id=london, name="Chidi", service_ids=[salon.haircut])
    for more, said in (
        (("--at", "2026-03-29 01:30", "--place", "London"), "2026-03-29 01:30 does not exist in Europe/London"),
        (("--at", "2026-03-03 10:00", "--with", "Nobody"), "Ada"),
        (("--at", "2026-03-03 10:00", "--place", "Paris"), "London"),
        (("--at", "2026-03-03 10:00", "--minutes", "17"), "17 minutes"),
    ):
        status, out, err = await booka(database, "availability", "explain", *GLOW, *more)
        assert (status, out) == (1, ""), more
        assert said in err, more
        assert "Traceback" not in err
    status, _, err = await booka(database, "availability", "list", "--tenant", "glow", "--service", "Massage")
    assert status == 1
    assert "Haircut" in err


async def test_free_times_are_listed_by_day_with_who_can_serve(database: TestDatabase, salon: Salon) -> None:
    await _ada_at_ten(salon)
    status, out, err = await booka(database, "availability", "list", *GLOW, "--from", "2026-03-03", "--days", "2")
    assert (status, err) == (0, "")
    days = out.split("Wed 04 Mar 2026")
    assert days[0].startswith("Tue 03 Mar 2026\n")
    assert "  10:00-10:45  Bola\n" in days[0]
    assert "  10:00-10:45  Ada, Bola\n" in days[1]
    alone = await told(database, "availability", "list", *GLOW, "--from", "2026-03-03", "--days", "1", "--with", "Ada")
    assert salon.at(10).isoformat().replace("+00:00", "Z") not in [slot["starts_at"] for slot in alone]
    assert {tuple(slot["resource_ids"]) for slot in alone} == {(str(salon.ada),)}
    _, out, _ = await booka(database, "availability", "list", *GLOW, "--from", "2026-03-08", "--days", "1")
    assert out == "Nothing is free on these days.\n"  # a Sunday
