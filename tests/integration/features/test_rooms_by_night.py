"""Rooms by the night: guests come in the evening and go in the morning some nights later, by the clock of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booka_core.booking.errors import SlotTaken
from booka_core.catalog.commands import add_location, add_resource, add_service
from booka_core.catalog.hours import add_absence, set_date_override, set_holidays
from booka_core.catalog.rules import DemandSpec, ServiceRules, StayRule
from booka_core.db.scope import tenant_scope
from booka_core.offers import prepare
from booka_core.offers.errors import BadNights, NotByTheNight, SlotClosed, SlotInPast, SlotOffGrid, StayAlone
from booka_core.offers.explain import explain
from booka_core.offers.types import Wish, WishItem

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
CLOCKS_GO_FORWARD = date(2026, 3, 29)


class House:
    """Two rooms in Berlin, 120 euros a night, from 15:00 to 11:00, at most seven nights, an hour to clean."""

    def __init__(self, counter: Any, ids: dict[str, UUID]) -> None:
        self.counter, self.ids = counter, ids

    def evening(self, day: date, at: time = time(15)) -> datetime:
        return datetime.combine(day, at, BERLIN).astimezone(UTC)

    def wish(self, day: date, *, nights: int | None = None, room: str | None = None, **more: Any) -> Wish:
        return Wish.of(
            service_id=self.ids["night"],
            starts_at=more.pop("starts_at", None) or self.evening(day),
            resource_id=self.ids[room] if room else None,
            location_id=self.ids["house"],
            nights=nights,
            **more,
        )

    async def book(self, day: date, **wish: Any) -> Any:
        return await self.counter.book(wish=self.wish(day, **wish))

    async def arrivals(self, day: date, days: int, **wish: Any) -> list[int]:
        """The days of the month on which a stay can begin."""
        found = await self.counter.slots(day, days=days, wish=self.wish(day, **wish))
        return [slot.starts_at.astimezone(BERLIN).day for slot in found]


@pytest.fixture
async def house(counter) -> House:
    place = await add_location(name="By the lake", zone="Europe/Berlin")
    night = await add_service(
        name="Double room",
        minutes=1200,
        price=12_000,
        buffer_after=60,
        demands=[DemandSpec(kind="room")],
        rules=ServiceRules(stay=StayRule(check_in=900, check_out=660, most_nights=7), window_days=60),
    )
    rooms = {name: await add_resource(location_id=place, name=name, kind="room") for name in ("east", "west")}
    return House(counter, {"house": place, "night": night, **rooms})


async def test_nights_are_counted_in_local_dates_and_paid_one_by_one(house) -> None:
    stay = await house.book(CLOCKS_GO_FORWARD - timedelta(days=1), nights=2)
    assert stay.starts_at.astimezone(BERLIN).strftime("%d %H:%M") == "28 15:00"
    assert stay.ends_at.astimezone(BERLIN).strftime("%d %H:%M") == "30 11:00"
    assert stay.ends_at - stay.starts_at == timedelta(hours=43)  # the clocks were put forward in between
    assert stay.price.amount == 24_000


async def test_a_room_is_cleaned_and_taken_again_on_the_day_the_last_guest_leaves(house) -> None:
    await house.book(MONDAY + timedelta(days=2), nights=3, room="east")  # the nights of 4, 5 and 6
    assert await house.arrivals(MONDAY, 8, nights=1, room="east") == [2, 3, 7, 8, 9]
    assert await house.arrivals(MONDAY, 8, nights=2, room="east") == [2, 7, 8, 9]
    assert await house.arrivals(MONDAY, 2, nights=7, room="east") == []  # what lies beyond the days asked about counts
    with pytest.raises(SlotTaken):
        await house.book(MONDAY, nights=4, room="east")
    assert (await house.book(MONDAY, nights=4)).resources[0].id == house.ids["west"]
    with pytest.raises(SlotTaken):
        await house.book(MONDAY + timedelta(days=3))


async def test_long_stays_beyond_the_days_asked_about_are_seen(house) -> None:
    await house.book(MONDAY + timedelta(days=6), nights=1, room="east")
    assert await house.arrivals(MONDAY + timedelta(days=1), 1, nights=4, room="east") == [3]
    assert await house.arrivals(MONDAY + timedelta(days=1), 1, nights=6, room="east") == []


async def test_arrivals_are_at_the_hour_of_arrival_and_nights_within_their_range(house) -> None:
    with pytest.raises(SlotOffGrid):
        await house.book(MONDAY, starts_at=house.evening(MONDAY, time(16)))
    with pytest.raises(SlotInPast):
        await house.book(MONDAY - timedelta(days=1))
    for nights in (0, 8, 366, -1):
        with pytest.raises(BadNights):
            await house.book(MONDAY, nights=nights)


async def test_nights_are_for_rooms_and_rooms_are_booked_alone(house, counter, salon) -> None:
    with pytest.raises(NotByTheNight):
        await counter.book(service_id=salon.haircut, starts_at=salon.at(10), nights=2)
    night, cut = WishItem(service_id=house.ids["night"]), WishItem(service_id=salon.haircut)
    for items in ((night, cut), (cut, night), (night, night)):
        with pytest.raises(StayAlone):
            await counter.book(wish=Wish(items=items, starts_at=house.evening(MONDAY)))
    two = Wish(
        items=(night, night.model_copy(update={"guest": 1})),
        starts_at=house.evening(MONDAY),
        location_id=house.ids["house"],
        nights=2,
    )
    both = await counter.book(wish=two)
    assert {room.id for room in both.resources} == {house.ids["east"], house.ids["west"]}
    assert both.price.amount == 48_000


async def test_a_stay_keeps_its_nights_and_its_room_when_it_moves(house, counter) -> None:
    stay = await house.book(MONDAY, nights=3, room="west")
    moved = await counter.move(stay, house.evening(MONDAY + timedelta(days=1)))  # over its own nights
    assert (moved.ends_at - moved.starts_at, moved.resources) == (timedelta(hours=68), stay.resources)
    assert moved.price == stay.price
    over = await counter.move(moved, house.evening(CLOCKS_GO_FORWARD - timedelta(days=1)))
    assert over.ends_at.astimezone(BERLIN).strftime("%d %H:%M") == "31 11:00"
    async with tenant_scope() as connection:
        taken = await connection.execute_query_dict(
            "select ends_at - starts_at as taken from occupancies where reservation_id = $1 and active", [stay.id]
        )
    assert [row["taken"] for row in taken] == [timedelta(hours=68)]  # an hour less by the clocks, one more to clean


async def test_nobody_arrives_on_a_closed_date_but_may_stay_over_it(house) -> None:
    await set_holidays(house.ids["house"], "DE-BE")  # the eighth of March is kept there, and Good Friday is the third
    await set_date_override(date(2026, 3, 11), [], location_id=house.ids["house"])
    assert await house.arrivals(date(2026, 3, 7), 6, nights=3) == [7, 9, 10, 12]
    with pytest.raises(SlotClosed) as refused:
        await house.book(date(2026, 3, 8), nights=1)
    assert refused.value.fields["reason"] == "holiday"
    assert (await house.book(date(2026, 3, 10), nights=2)).status == "confirmed"


async def test_a_room_that_is_away_or_out_of_use_is_not_given(house) -> None:
    away = [house.evening(date(2026, 3, 5), time(9)), house.evening(date(2026, 3, 6), time(9))]
    await add_absence(house.ids["east"], starts_at=away[0], ends_at=away[1], reason="painting")
    assert await house.arrivals(MONDAY + timedelta(days=1), 5, room="east") == [3, 6, 7]
    assert await house.arrivals(MONDAY + timedelta(days=1), 5) == [3, 4, 5, 6, 7]
    await set_date_override(date(2026, 3, 7), [], location_id=house.ids["house"], resource_id=house.ids["east"])
    assert await house.arrivals(MONDAY + timedelta(days=1), 6, room="east") == [3, 6, 8]
    why = await explain(house.wish(date(2026, 3, 5), room="east"))
    assert (why.free, why.reason) == (False, "absent")
    with pytest.raises(SlotClosed):
        await house.book(date(2026, 3, 5), room="east")


async def test_an_offer_that_forgets_who_stays_would_name_the_room_but_never_sell_it(house, monkeypatch) -> None:
    await house.book(MONDAY + timedelta(days=1), nights=1, room="east")
    assert await house.arrivals(MONDAY, 1, nights=2, room="east") == []

    async def nobody(*_: Any, **__: Any) -> dict[Any, Any]:
        return {}

    monkeypatch.setattr(prepare, "read_busy", nobody)
    assert await house.arrivals(MONDAY, 1, nights=2, room="east") == [2]
    with pytest.raises(SlotTaken):
        await house.book(MONDAY, nights=2, room="east")
