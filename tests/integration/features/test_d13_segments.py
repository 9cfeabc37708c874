"""D13 and N2: a service in segments frees its stylist in the middle and keeps the chair."""

from __future__ import annotations

from datetime import date

import pytest

from booka_core.booking.errors import SlotTaken
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import DemandSpec, ServiceRules

TUESDAY = date(2026, 3, 3)


@pytest.fixture
async def colour(salon, counter) -> dict[str, object]:
    """Thirty minutes of colour, forty of waiting, twenty of cutting, by Cleo in the one gold chair."""
    cleo = await add_resource(location_id=salon.location_id, name="Cleo")
    gold = await add_resource(location_id=salon.location_id, name="Gold chair", kind="gold")
    service = await add_service(
        name="Colour and cut",
        minutes=90,
        price=100,
        demands=[DemandSpec(kind="staff", parts=(0, 2)), DemandSpec(kind="gold")],
        rules=ServiceRules(segments=(30, 40, 20)),
    )
    found = {"service": service, "cleo": cleo, "gold": gold}
    for minutes in (40, 41):
        found[str(minutes)] = await add_service(name=f"{minutes} minutes", minutes=minutes, price=1)
    found["chair_only"] = await add_service(name="A seat", minutes=15, price=1, demands=["gold"])
    return found


async def test_the_stylist_is_booked_in_the_wait_and_the_chair_is_not(counter, salon, colour) -> None:
    await counter.book(service_id=colour["service"], starts_at=salon.at(10), resource_id=colour["cleo"])
    for start, taken in ((10, 0), True), ((11, 15), True):
        with pytest.raises(SlotTaken):
            await counter.book(service_id=colour["chair_only"], starts_at=salon.at(*start))
        assert taken
    in_the_wait = await counter.book(service_id=colour["40"], starts_at=salon.at(10, 30), resource_id=colour["cleo"])
    assert in_the_wait.ends_at == salon.at(11, 10)


async def test_a_minute_more_than_the_wait_is_refused(counter, salon, colour) -> None:
    await counter.book(service_id=colour["service"], starts_at=salon.at(10), resource_id=colour["cleo"])
    assert "10:30" not in await counter.starts(TUESDAY, service_id=colour["41"], resource_id=colour["cleo"])
    with pytest.raises(SlotTaken):
        await counter.book(service_id=colour["41"], starts_at=salon.at(10, 30), resource_id=colour["cleo"])
    assert "10:30" in await counter.starts(TUESDAY, service_id=colour["40"], resource_id=colour["cleo"])


async def test_moving_it_moves_every_segment(counter, salon, colour) -> None:
    booked = await counter.book(service_id=colour["service"], starts_at=salon.at(10), resource_id=colour["cleo"])
    await counter.move(booked, salon.at(13))
    free = await counter.starts(TUESDAY, service_id=colour["40"], resource_id=colour["cleo"])
    assert {"10:00", "11:10", "13:30"} & set(free) == {"10:00", "13:30"}
    assert "13:00" not in free
    assert "14:15" not in free
