"""D34: a customer books on behalf of somebody in their care."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from uuid import UUID

import pytest

from booka_core.booking.commands import book
from booka_core.booking.errors import NotTheirDependant
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.customers.commands import add_customer
from booka_core.customers.errors import (
    BadCustomerName,
    CustomerErased,
    CustomerNotFound,
    DependantOfDependant,
    TooManyDependants,
)
from booka_core.customers.queries import dependants_of, get_customer
from booka_core.customers.standing import MOST_DEPENDANTS, add_dependant, erase_customer, release_dependant
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def booked_for(salon: Salon, hour: int, *, by: UUID, attendee: UUID) -> ReservationInfo:
    return await book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(hour), attendee_id=attendee),
        customer_id=by,
        actor=Actor(kind="customer", id=by, label=""),
        source="web",
    )


async def test_a_customer_books_for_somebody_in_their_care_and_for_nobody_else(salon: Salon) -> None:
    child = await add_dependant(salon.customer_id, "Tolu")
    stranger = await add_customer(name="Stranger")

    made = await get_reservation((await booked_for(salon, 10, by=salon.customer_id, attendee=child.id)).id)

    assert (made.customer_id, made.attendee_id, made.attendee_name) == (salon.customer_id, child.id, "Tolu")
    with pytest.raises(NotTheirDependant):
        await booked_for(salon, 12, by=stranger.id, attendee=child.id)
    await release_dependant(child.id, guardian_id=salon.customer_id)
    with pytest.raises(NotTheirDependant):
        await booked_for(salon, 12, by=salon.customer_id, attendee=child.id)


async def test_a_customer_has_people_in_their_care() -> None:
    mother = await add_customer(name="Zainab", phone="+2348012345678")

    tolu = await add_dependant(mother.id, "Tolu")
    ada = await add_dependant(mother.id, "Ada")

    assert tolu.guardian_id == mother.id
    assert tolu.phone is None
    assert [one.id for one in await dependants_of(mother.id)] == [ada.id, tolu.id]
    assert await dependants_of(tolu.id) == ()


async def test_the_same_name_again_is_the_same_person_even_at_once() -> None:
    mother = await add_customer(name="Zainab")

    found = await asyncio.gather(*(add_dependant(mother.id, name) for name in ("Tolu", "tolu ", "TOLU", "Tolu")))

    assert len({one.id for one in found}) == 1
    assert len(await dependants_of(mother.id)) == 1


async def test_care_goes_one_step_and_not_without_end() -> None:
    mother = await add_customer(name="Zainab")
    child = await add_dependant(mother.id, "Tolu")

    with pytest.raises(DependantOfDependant):
        await add_dependant(child.id, "Doll")
    for number in range(MOST_DEPENDANTS - 1):
        await add_dependant(mother.id, f"Child {number}")
    with pytest.raises(TooManyDependants):
        await add_dependant(mother.id, "One more")
    assert len(await dependants_of(mother.id)) == MOST_DEPENDANTS


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
async def test_a_dependant_needs_a_name(name: str) -> None:
    mother = await add_customer(name="Zainab")

    with pytest.raises(BadCustomerName):
        await add_dependant(mother.id, name)


async def test_somebody_can_leave_the_care_of_the_one_who_has_it_alone() -> None:
    mother, stranger = await add_customer(name="Zainab"), await add_customer(name="Stranger")
    child = await add_dependant(mother.id, "Tolu")

    with pytest.raises(CustomerNotFound):
        await release_dependant(child.id, guardian_id=stranger.id)
    assert (await release_dependant(child.id, guardian_id=mother.id)).guardian_id is None
    assert await dependants_of(mother.id) == ()
    with pytest.raises(CustomerNotFound):
        await add_dependant(new_id(), "Nobody's")


async def test_a_dependant_outlives_the_erasure_of_the_guardian() -> None:
    mother = await add_customer(name="Zainab")
    child = await add_dependant(mother.id, "Tolu")

    await erase_customer(mother.id)

    left = await get_customer(child.id)
    assert (left.name, left.guardian_id) == ("Tolu", None)
    with pytest.raises(CustomerErased):
        await add_dependant(mother.id, "Ada")
