"""What may be said of a service, of what it takes, and of its extras; nonsense is named and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from booka_core.catalog.commands import add_service, change_service
from booka_core.catalog.errors import (
    AddOnNameTaken,
    AddOnNotFound,
    BadBookingWindow,
    BadDuration,
    BadKind,
    BadName,
    BadNights,
    BadPrice,
    BadSegments,
    NoSuchSegment,
    NothingDemanded,
    RepeatedDuration,
    ServiceNameTaken,
    ServiceNotFound,
    TooShortForSegments,
)
from booka_core.catalog.queries import catalogue
from booka_core.catalog.rules import Cap, DemandSpec, DurationOption, ServiceRules, StayRule
from booka_core.catalog.terms import add_add_on, change_add_on
from booka_core.catalog.types import ServiceInfo
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.testing.salon import Salon

NONSENSE: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"minutes": 0}, BadDuration),
    ({"minutes": 14401}, BadDuration),
    ({"buffer_after": 1441}, BadDuration),
    ({"price": -1}, BadPrice),
    ({"price": 10**18}, BadPrice),
    ({"name": "  "}, BadName),
    ({"name": "x" * 121}, BadName),
    ({"category": "x" * 61}, BadName),
    ({"synonyms": ["fine", ""]}, BadName),
    ({"demands": []}, NothingDemanded),
    ({"demands": ["Stylist!"]}, BadKind),
    ({"demands": [DemandSpec(parts=(0,))]}, NoSuchSegment),
    ({"demands": [DemandSpec(parts=(3,))], "rules": ServiceRules(segments=(30, 10, 20))}, NoSuchSegment),
    ({"demands": [DemandSpec(parts=(-1,))], "rules": ServiceRules(segments=(30, 10, 20))}, NoSuchSegment),
    ({"rules": ServiceRules(segments=(30, 20))}, BadSegments),
    ({"rules": ServiceRules(segments=(70, -10))}, BadSegments),
    (
        {"rules": ServiceRules(segments=(30, 10, 20), durations=(DurationOption(minutes=40, price=1),))},
        TooShortForSegments,
    ),
    ({"rules": ServiceRules(durations=(DurationOption(minutes=60, price=1),))}, RepeatedDuration),
    (
        {"rules": ServiceRules(window_from=date(2026, 5, 2), window_until=date(2026, 5, 1))},
        BadBookingWindow,
    ),
    ({"rules": ServiceRules(stay=StayRule(least_nights=5, most_nights=4))}, BadNights),
    ({"rules": ServiceRules(stay=StayRule(), segments=(60,))}, BadNights),
]


@pytest.fixture(autouse=True)
def _bound(salon: Salon) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def stored(service_id: UUID) -> ServiceInfo:
    found = (await catalogue()).service(service_id)
    assert found is not None
    return found


async def test_a_service_keeps_all_that_is_said_of_it() -> None:
    rules = ServiceRules(
        durations=(DurationOption(minutes=120, price=900),),
        segments=(30, 40, 20),
        slot_step=30,
        slot_offset=15,
        min_notice_minutes=0,
        window_from=date(2026, 3, 1),
        window_until=date(2026, 6, 30),
        caps=(Cap(per="week", of="group", most=3, tag="students"), Cap(per="day", minutes=240)),
        approval=True,
        private=True,
        seats=1,
        release_minutes=15,
        terms="2026-01",
        tax_basis_points=750,
    )
    demands = (DemandSpec(skills=("colour",), parts=(0, 2)), DemandSpec(kind="chair", properties={"basin": True}))

    made = await stored(
        await add_service(name="Colour & cut", minutes=90, price=800, demands=demands, rules=rules, category="colour")
    )

    assert (made.rules, made.demands, made.kinds) == (rules, demands, ("staff", "chair"))
    assert made not in (await catalogue()).listed


async def test_a_service_by_the_night() -> None:
    rules = ServiceRules(stay=StayRule(check_in=840, check_out=600, least_nights=2, most_nights=14))

    made = await stored(await add_service(name="Sea room", minutes=1440, price=9000, demands=["room"], rules=rules))

    assert made.rules.stay == rules.stay


async def test_nonsense_is_named_and_leaves_nothing_behind(salon: Salon) -> None:
    before = await catalogue()

    for given, error in NONSENSE:
        with pytest.raises(error):
            await add_service(**{"name": "New", "minutes": 60, "price": 100, **given})
        with pytest.raises(error):
            await change_service(salon.colour, **given)

    assert await catalogue() == before


async def test_what_is_given_is_changed_and_the_rest_is_kept(salon: Salon) -> None:
    before = await stored(salon.colour)

    await change_service(salon.colour, price=4_000_000, rules=ServiceRules(segments=(20, 30, 10)))
    await change_service(salon.colour, demands=[DemandSpec(parts=(0, 2)), "chair"])

    after = await stored(salon.colour)
    assert after.price.amount == 4_000_000
    assert after.rules == ServiceRules(segments=(20, 30, 10))
    assert after.demands == (DemandSpec(parts=(0, 2)), DemandSpec(kind="chair"))
    kept = {"price", "rules", "demands"}
    assert after.model_dump(exclude=kept) == before.model_dump(exclude=kept)


async def test_a_change_is_judged_together_with_what_stands(salon: Salon) -> None:
    await change_service(salon.colour, rules=ServiceRules(segments=(20, 30, 10)))

    with pytest.raises(BadSegments):
        await change_service(salon.colour, minutes=90)
    await change_service(salon.colour, minutes=90, rules=ServiceRules(segments=(30, 40, 20)))

    assert (await stored(salon.colour)).minutes == 90


async def test_a_name_is_given_once(salon: Salon) -> None:
    with pytest.raises(ServiceNameTaken, match="Haircut"):
        await add_service(name=" Haircut ", minutes=10, price=1)
    with pytest.raises(ServiceNameTaken, match="Haircut"):
        await change_service(salon.colour, name="Haircut")
    with pytest.raises(ServiceNotFound):
        await change_service(new_id(), name="Anything")


async def test_a_service_that_is_given_up_is_no_longer_offered(salon: Salon) -> None:
    await change_service(salon.colour, active=False)
    assert (await catalogue()).service(salon.colour) is None

    await change_service(salon.colour, active=True)
    assert (await catalogue()).service(salon.colour) is not None


async def test_extras_go_with_one_service_or_with_every_one(salon: Salon) -> None:
    mask = await add_add_on(name="Hair mask", minutes=15, price=300_000, service_id=salon.colour)
    tea = await add_add_on(name="Tea", price=50_000)
    shop = await catalogue()
    assert [extra.id for extra in shop.add_ons_of(salon.colour)] == [mask, tea]
    assert [extra.id for extra in shop.add_ons_of(salon.haircut)] == [tea]

    await change_add_on(mask, minutes=20)
    await change_add_on(tea, active=False)

    shop = await catalogue()
    changed = shop.add_on(mask)
    assert changed is not None
    assert (changed.name, changed.minutes, changed.price) == ("Hair mask", 20, 300_000)
    assert shop.add_on(tea) is None


async def test_an_extra_that_makes_no_sense_is_refused(salon: Salon) -> None:
    tea = await add_add_on(name="Tea", price=50_000)
    await add_add_on(name="Coffee", price=50_000)

    with pytest.raises(AddOnNameTaken, match="Tea"):
        await add_add_on(name="Tea", price=1)
    with pytest.raises(AddOnNameTaken, match="Coffee"):
        await change_add_on(tea, name="Coffee")
    with pytest.raises(BadDuration):
        await add_add_on(name="Marathon", minutes=1441)
    with pytest.raises(BadPrice):
        await change_add_on(tea, price=-1)
    with pytest.raises(ServiceNotFound):
        await add_add_on(name="Loose end", service_id=new_id())
    with pytest.raises(AddOnNotFound):
        await change_add_on(new_id(), price=1)
    assert {extra.name for extra in (await catalogue()).add_ons} == {"Tea", "Coffee"}
