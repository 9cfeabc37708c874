"""D25: a waitlist with an offer policy. Somebody cancels, and the time goes to who waits for it, in the order that the
business has chosen, one person after the other.
"""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import pytest
import pytest_asyncio

from booka_core.audit.types import COMMAND_LINE
from booka_core.booking.queries import get_reservation
from booka_core.customers.standing import tag
from booka_core.offers.errors import BadPartySize
from booka_core.plugins.commands import enable
from booka_core.sdk.errors import BookaError
from booka_core.testing.salon import Salon
from booka_core.waitlist.errors import BadNote, BadWaitingWindow, TooManyEntries
from booka_core.waitlist.queries import get_entry, list_entries, open_offers
from tests.integration.waitlist.waiting import (
    FullDay,
    asked,
    full_day,
    offer_to,
    pass_minutes,
    rules,
    says,
    whose,
    work,
)


@pytest_asyncio.fixture(loop_scope="session")
async def day(salon: Salon, frozen_clock: ModuleType, plugins: None, redis: object) -> FullDay:
    """A Tuesday on which Ada has no time left."""
    return await full_day(salon)


async def test_a_cancelled_time_goes_to_the_first_who_says_yes_one_after_the_other(day: FullDay) -> None:
    ada, obi, uche = [await day.waits(name) for name in ("Ada", "Obi", "Uche")]
    await day.free(11)
    [first] = await open_offers(ada.customer_id)
    assert first.starts_at == day.salon.at(11)
    assert (await says(ada, accept=False)).outcome == "declined"
    await work()
    await pass_minutes(20)  # Obi says nothing
    told = await says(uche, accept=True)
    assert told.outcome == "booked"
    assert told.reservation is not None
    assert await whose(11, day.salon) == [uche.customer_id]
    assert [(await get_entry(entry.id)).status for entry in (ada, obi, uche)] == ["waiting", "waiting", "booked"]
    assert (await get_entry(uche.id)).reservation_id == told.reservation.id
    assert (await get_reservation(told.reservation.id)).status == "confirmed"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("first_come", ["Short"]), ("best_fit", ["Long"]), ("all_at_once", ["Short"]), ("nobody_has_it", ["Short"])],
)
async def test_the_business_says_who_comes_first(day: FullDay, policy: str, expected: list[str]) -> None:
    await rules(waitlist_policy=policy)
    short = await day.waits("Short", service_id=day.salon.haircut, resource_id=day.salon.ada, last_hour=16)
    long = await day.waits("Long")
    await day.free(11)
    assert await asked([short, long]) == expected


async def test_a_plugin_may_say_who_comes_first(day: FullDay) -> None:
    await enable("medicine", COMMAND_LINE)
    await rules(waitlist_policy="medicine")
    plain, urgent = await day.waits("Plain"), await day.waits("Labelled")
    await tag(urgent.customer_id, add=["urgent"])
    await day.free(11)
    assert await asked([plain, urgent]) == ["Labelled"]


async def test_joining_twice_with_the_same_wish_is_joining_once(day: FullDay) -> None:
    once = await day.waits("Ada")
    twice = await day.waits("ignored", customer_id=once.customer_id)
    assert twice.id == once.id
    other = await day.waits("ignored", customer_id=once.customer_id, first_hour=10)
    assert other.id != once.id
    page = await list_entries(customer_id=once.customer_id, limit=1)
    rest = await list_entries(customer_id=once.customer_id, limit=1, cursor=page.next_cursor)
    assert [entry.id for entry in (*page.items, *rest.items)] == [once.id, other.id]
    assert rest.next_cursor is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"first_hour": 12, "last_hour": 11}, BadWaitingWindow),
        ({"party_size": 0}, BadPartySize),
        ({"note": "x" * 501}, BadNote),
        ({"note": "a\0b"}, BadNote),
    ],
)
async def test_a_wish_that_cannot_be_is_refused(
    day: FullDay, wrong: dict[str, object], error: type[BookaError]
) -> None:
    with pytest.raises(error):
        await day.waits("Ada", **wrong)
    assert (await list_entries()).items == ()


async def test_nobody_waits_for_the_past_or_for_everything(day: FullDay, frozen_clock: ModuleType) -> None:
    now = frozen_clock.now()
    with pytest.raises(BadWaitingWindow):
        await day.waits("Ada", wanted_from=now - timedelta(days=1), wanted_until=now)
    first = await day.waits("Ada")
    for hour in range(9, 18):
        await day.waits("Ada", customer_id=first.customer_id, first_hour=hour, last_hour=hour + 5)
    with pytest.raises(TooManyEntries):
        await day.waits("Ada", customer_id=first.customer_id, last_hour=21)


async def test_what_is_offered_is_kept_for_as_long_as_the_business_says(day: FullDay) -> None:
    await rules(waitlist_minutes=45)
    entry = await day.waits("Ada")
    await day.free(11)
    offer = await offer_to(entry)
    assert offer.expires_at - offer.offered_at == timedelta(minutes=45)
