"""D10: a place closes on the public holidays of its country unless it says otherwise, and who is away is not offered;
who asks for them is sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from booka_core.booking.commands import book
from booka_core.booking.types import Actor
from booka_core.catalog.errors import (
    AbsenceNotFound,
    BadAbsence,
    BadStandIn,
    LocationNotFound,
    ResourceNotFound,
    UnknownHolidayCalendar,
)
from booka_core.catalog.hours import (
    add_absence,
    clear_date_override,
    remove_absence,
    set_date_override,
    set_holidays,
)
from booka_core.catalog.queries import shop
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.queries import availability, check_time
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon

EID = date(2026, 3, 20)
"""A Friday on which Nigeria keeps Eid al-Fitr."""


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def starts(salon: Salon, day: date, *, service: UUID | None = None, who: UUID | None = None) -> list[datetime]:
    slots = await availability(service_id=service or salon.haircut, resource_id=who, from_day=day, days=1)
    return [slot.starts_at for slot in slots]


async def test_a_place_is_closed_on_public_holidays_and_says_so(salon: Salon) -> None:
    assert await starts(salon, EID)

    await set_holidays(salon.location_id, "NG")

    assert await starts(salon, EID) == []
    assert await starts(salon, EID + timedelta(days=1))
    check = await check_time(service_id=salon.haircut, starts_at=salon.at(10, day=20))
    assert (check.free, check.reason) == (False, "holiday")

    await set_holidays(salon.location_id, "")
    assert await starts(salon, EID)


async def test_what_a_place_says_of_a_date_counts_more_than_the_holiday(salon: Salon) -> None:
    await set_holidays(salon.location_id, "NG")

    await set_date_override(EID, [(600, 720)], location_id=salon.location_id, reason="Open for Eid")
    found = await starts(salon, EID)
    assert (found[0], found[-1]) == (salon.at(10, day=20), salon.at(11, 15, day=20))

    await clear_date_override(EID, location_id=salon.location_id)
    assert await starts(salon, EID) == []


async def test_a_calendar_that_nobody_keeps_is_refused(salon: Salon) -> None:
    for calendar in ("XX", "NG-XX", "Nigeria", "ng", "DE-"):
        with pytest.raises(UnknownHolidayCalendar, match=calendar):
            await set_holidays(salon.location_id, calendar)
    with pytest.raises(LocationNotFound):
        await set_holidays(new_id(), "NG")
    place = (await shop()).catalogue.location
    assert place is not None
    assert place.holidays == ""


async def test_who_is_away_is_not_offered_until_back(salon: Salon) -> None:
    absence = await add_absence(salon.ada, starts_at=salon.at(11), ends_at=salon.at(14), reason="Dentist")

    free = await starts(salon, date(2026, 3, 3), service=salon.braids)
    assert salon.at(14) in free
    assert not [start for start in free if salon.at(9, 15) <= start < salon.at(14)]
    check = await check_time(service_id=salon.braids, starts_at=salon.at(12))
    assert (check.free, check.reason) == (False, "absent")

    await remove_absence(absence)
    assert salon.at(12) in await starts(salon, date(2026, 3, 3), service=salon.braids)


async def test_who_asks_for_somebody_away_is_sent_to_the_colleague(salon: Salon) -> None:
    await add_absence(salon.ada, starts_at=salon.at(9), ends_at=salon.at(18), redirect_to=salon.bola)

    sent = await book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada),
        customer_id=salon.customer_id,
        actor=Actor(kind="customer", id=salon.customer_id, label=""),
        source="web",
    )
    back = await book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(10, day=4), resource_id=salon.ada),
        customer_id=salon.customer_id,
        actor=Actor(kind="customer", id=salon.customer_id, label=""),
        source="web",
    )

    assert [one.id for one in sent.resources] == [salon.bola]
    assert [one.id for one in back.resources] == [salon.ada]


async def test_absences_may_overlap_and_each_ends_on_its_own(salon: Salon) -> None:
    first = await add_absence(salon.ada, starts_at=salon.at(9), ends_at=salon.at(12))
    await add_absence(salon.ada, starts_at=salon.at(11), ends_at=salon.at(15))
    await remove_absence(first)

    free = await starts(salon, date(2026, 3, 3), service=salon.braids)

    assert salon.at(9) in free
    assert salon.at(12) not in free
    assert salon.at(15) in free


async def test_an_absence_that_makes_no_sense_is_refused(salon: Salon) -> None:
    begins, ends = salon.at(9), salon.at(18)
    for start, end in ((ends, begins), (begins, begins), (begins.replace(tzinfo=None), ends)):
        with pytest.raises(BadAbsence):
            await add_absence(salon.ada, starts_at=start, ends_at=end)
    for stand_in in (salon.ada, salon.chair):
        with pytest.raises(BadStandIn):
            await add_absence(salon.ada, starts_at=begins, ends_at=ends, redirect_to=stand_in)
    with pytest.raises(ResourceNotFound):
        await add_absence(salon.ada, starts_at=begins, ends_at=ends, redirect_to=new_id())
    with pytest.raises(ResourceNotFound):
        await add_absence(new_id(), starts_at=begins, ends_at=ends)
    with pytest.raises(AbsenceNotFound):
        await remove_absence(new_id())
    assert (await shop()).timetable.absences == ()


async def test_an_old_absence_is_not_read_any_more(salon: Salon) -> None:
    await add_absence(salon.ada, starts_at=salon.at(9) - timedelta(days=90), ends_at=salon.at(9) - timedelta(days=80))
    await add_absence(salon.ada, starts_at=salon.at(9) - timedelta(days=20), ends_at=salon.at(9) - timedelta(days=10))

    assert len((await shop()).timetable.absences) == 1
