"""What happens to a booking after it was made, where several want to decide at once or a visit has several parts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from booka_core.booking import attendance
from booka_core.booking.commands import book, hold_slot
from booka_core.booking.errors import (
    HeldByItsClass,
    IllegalTransition,
    NothingToMove,
    ReservationNotFound,
    SlotTaken,
    StaleVersion,
)
from booka_core.booking.lifecycle import STATUSES, TRANSITIONS
from booka_core.booking.queries import get_reservation, history
from booka_core.booking.types import SYSTEM, Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish, WishItem
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")
OVERLAPS = """
select count(*) from occupancies a join occupancies b
  on a.resource_id = b.resource_id and a.lane = b.lane and a.id < b.id
  and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
where a.active and b.active
"""


async def booked(salon: Salon, hour: int = 10, *, by: UUID | None = None, **more: Any) -> ReservationInfo:
    wish = Wish.of(**{"service_id": salon.haircut, "starts_at": salon.at(hour), "resource_id": by or salon.ada, **more})
    return await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")


async def hand_over(reservation: ReservationInfo, *resources: UUID) -> ReservationInfo:
    return await attendance.reassign(reservation_id=reservation.id, resource_ids=resources, actor=DESK, source="admin")


async def together(tenant_id: UUID, *deeds: Callable[[], Awaitable[Any]]) -> list[Any]:
    """Do everything at the same time, each as a task of its own; an error is an answer."""

    async def one(deed: Callable[[], Awaitable[Any]]) -> Any:
        with bind_tenant(tenant_id):
            return await deed()

    return await asyncio.gather(*(spawn(one(deed)) for deed in deeds), return_exceptions=True)


async def test_of_several_who_hand_over_to_one_person_one_succeeds(
    salon: Salon, frozen_clock, plugins, database: TestDatabase
) -> None:
    people = [
        await add_resource(location_id=salon.location_id, name=f"Stylist {n}", service_ids=[salon.haircut])
        for n in range(6)
    ]
    visits = [await booked(salon, by=person) for person in people]
    answers = await together(salon.tenant.id, *(lambda visit=visit: hand_over(visit, salon.bola) for visit in visits))
    assert sum(isinstance(answer, ReservationInfo) for answer in answers) == 1
    assert sum(isinstance(answer, SlotTaken) for answer in answers) == 5
    async with database.connect("owner") as owner:
        assert await owner.fetchval(OVERLAPS) == 0
        assert await owner.fetchval("select count(*) from occupancies where active") == 6


async def test_without_the_constraint_two_would_be_handed_the_same_time(
    salon: Salon, frozen_clock, plugins, database: TestDatabase
) -> None:
    async with database.connect("owner") as owner:
        await owner.execute("alter table occupancies drop constraint occupancies_no_overlap")
    first = await booked(salon)
    await booked(salon, by=salon.bola)
    await hand_over(first, salon.bola)
    async with database.connect("owner") as owner:
        assert await owner.fetchval(OVERLAPS) == 1


async def test_two_who_swap_their_customers_at_once_do_not_deadlock(salon: Salon, frozen_clock, plugins) -> None:
    for hour in (10, 12, 14):
        one, two = await booked(salon, hour), await booked(salon, hour, by=salon.bola)
        answers = await asyncio.wait_for(
            together(salon.tenant.id, lambda a=one: hand_over(a, salon.bola), lambda b=two: hand_over(b, salon.ada)), 30
        )
        assert all(isinstance(answer, SlotTaken) for answer in answers), answers


async def test_a_person_is_handed_all_their_parts_of_a_visit(salon: Salon, frozen_clock, plugins) -> None:
    items = (
        WishItem(service_id=salon.haircut, resource_id=salon.bola),
        WishItem(service_id=salon.colour, resource_id=salon.bola),
    )
    wish = Wish(items=items, starts_at=salon.at(10))
    visit = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
    efe = await add_resource(location_id=salon.location_id, name="Efe", service_ids=[salon.haircut, salon.colour])
    after = await hand_over(visit, efe, salon.chair)
    assert [item.resource_ids for item in after.items] == [(efe,), (efe, salon.chair)]
    assert {one.id for one in after.resources} == {efe, salon.chair}
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select resource_id, min(starts_at) as s, max(ends_at) as e from occupancies where active group by 1"
        )
    taken = {row["resource_id"]: (row["s"], row["e"]) for row in rows}
    assert taken[efe] == (salon.at(10), salon.at(12))
    assert salon.bola not in taken


async def test_a_thing_with_lanes_takes_over_while_it_has_a_free_one(salon: Salon, frozen_clock, plugins) -> None:
    service = await add_service(name="Sauna", minutes=60, price=0, demands=[DemandSpec(kind="room")])
    small, large = [
        await add_resource(
            location_id=salon.location_id, name=name, kind="room", capacity=capacity, service_ids=[service]
        )
        for name, capacity in (("Small", 1), ("Large", 2))
    ]
    visits = [await booked(salon, service_id=service, by=room) for room in (large, small)]
    assert (await hand_over(visits[1], large)).resources[0].id == large
    third = await booked(salon, service_id=service, by=small)
    with pytest.raises(SlotTaken):
        await hand_over(third, large)


async def test_the_people_of_a_class_are_those_of_its_meeting(salon: Salon, frozen_clock, plugins) -> None:
    service = await add_service(name="Yoga", minutes=60, price=0, rules=ServiceRules(seats=5))
    for name in ("Tola", "Uche"):
        await add_resource(location_id=salon.location_id, name=name, service_ids=[service])
    seat = await book(
        Wish.of(service_id=service, starts_at=salon.at(10)),
        customer_id=salon.customer_id,
        actor=SYSTEM,
        source="whatsapp",
    )
    with pytest.raises(HeldByItsClass):
        await hand_over(seat, salon.ada)


async def test_an_expired_hold_does_not_stand_in_the_way(salon: Salon, frozen_clock, plugins) -> None:
    visit = await booked(salon)
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.bola)
    held = await hold_slot(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
    with pytest.raises(SlotTaken):
        await hand_over(visit, salon.bola)
    frozen_clock.advance(timedelta(minutes=11))
    await hand_over(visit, salon.bola)
    assert (await get_reservation(held.id)).status == "expired"


async def test_a_held_time_is_not_handed_over_and_a_missing_one_is_not_found(
    salon: Salon, frozen_clock, plugins
) -> None:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
    held = await hold_slot(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
    with pytest.raises(IllegalTransition):
        await hand_over(held, salon.bola)
    with pytest.raises(ReservationNotFound):
        await hand_over(held.model_copy(update={"id": new_id()}), salon.bola)
    visit = await booked(salon, 14)
    with pytest.raises(NothingToMove):
        await hand_over(visit, salon.ada)


async def test_a_request_that_two_decide_at_once_is_decided_once(salon: Salon, frozen_clock, plugins) -> None:
    service = await add_service(name="Bridal", minutes=60, price=0, rules=ServiceRules(approval=True))
    await add_resource(location_id=salon.location_id, name="Chioma", service_ids=[service])
    for hour in (9, 11, 13, 15):
        wish = Wish.of(service_id=service, starts_at=salon.at(hour))
        request = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
        who = {"reservation_id": request.id, "actor": DESK, "source": "admin"}
        answers = await together(
            salon.tenant.id,
            lambda who=who: attendance.approve_request(**who),
            lambda who=who: attendance.decline_request(**who),
            lambda who=who: attendance.approve_request(**who),
        )
        assert sum(isinstance(answer, ReservationInfo) for answer in answers) == 1, answers
        assert sum(isinstance(answer, IllegalTransition) for answer in answers) == 2
        assert len(await history(request.id)) == 2


VERBS: dict[str, Callable[..., Awaitable[ReservationInfo]]] = {
    "approve": attendance.approve_request,
    "decline": attendance.decline_request,
    "check_in": attendance.check_in,
    "complete": attendance.complete,
    "no_show": attendance.mark_no_show,
}


@pytest.mark.parametrize("verb", VERBS)
async def test_each_verb_follows_the_table_of_legal_transitions(
    salon: Salon, frozen_clock, plugins, database: TestDatabase, verb: str
) -> None:
    allowed, ends_in, _ = TRANSITIONS[verb]
    visit = await booked(salon)
    frozen_clock.advance(salon.at(10, 5) - frozen_clock.now())
    deed = {"reservation_id": visit.id, "actor": DESK, "source": "admin"}
    for number, status in enumerate(STATUSES, start=2):
        async with database.connect("owner") as owner:
            await owner.execute(
                """update reservations set status = $2::varchar, version = $3,
                          hold_expires_at = case when $2::varchar = 'held' then $4::timestamptz end where id = $1""",
                visit.id,
                status,
                number * 10,
                frozen_clock.now(),
            )
        lines = len(await history(visit.id))
        with pytest.raises(StaleVersion):
            await VERBS[verb](**deed, expected_version=1)
        if status in allowed:
            after = await VERBS[verb](**deed, expected_version=number * 10)
            assert (after.status, after.version) == (ends_in, number * 10 + 1)
            assert len(await history(visit.id)) == lines + 1
        else:
            with pytest.raises(IllegalTransition):
                await VERBS[verb](**deed)
            assert len(await history(visit.id)) == lines
            assert (await get_reservation(visit.id)).version == number * 10
