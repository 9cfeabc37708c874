"""The walk-in queue against the real database: tickets, turns, and what two people at once can do to it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from booka_core.booking import commands as booking
from booka_core.booking import queries as reservations
from booka_core.booking.errors import CustomerBlocked
from booka_core.booking.types import Actor
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNotFound
from booka_core.customers.commands import add_customer
from booka_core.customers.errors import CustomerNotFound
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers.errors import BadPartySize, SlotClosed
from booka_core.offers.types import Wish
from booka_core.queue.commands import call, call_next, finish, join_queue, leave, skip, start_serving
from booka_core.queue.errors import (
    AlreadyInQueue,
    BusyUntil,
    FreeOnlyUntil,
    IllegalQueueStep,
    NobodyFree,
    NobodyWaiting,
    QueueEntryNotFound,
)
from booka_core.queue.lifecycle import STEPS, QueueStatus
from booka_core.queue.queries import get_entry, list_queue
from booka_core.queue.types import EntryInfo
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def walk_in(salon: Salon, service: UUID | None = None, **more: object) -> EntryInfo:
    """A new customer comes through the door."""
    customer = await add_customer(name="Walk In")
    return await join_queue(customer_id=customer.id, service_id=service or salon.haircut, **more)  # type: ignore[arg-type]


async def serve(entry: EntryInfo, **more: object) -> EntryInfo:
    return await start_serving(entry_id=entry.id, actor=DESK, source="admin", **more)  # type: ignore[arg-type]


async def test_tickets_count_from_one_every_local_day_and_place(salon: Salon, frozen_clock, plugins) -> None:
    assert [(await walk_in(salon)).ticket for _ in range(3)] == [1, 2, 3]
    frozen_clock.advance(timedelta(hours=14))  # 00:00 in Lagos, still the second of March in London
    assert (await walk_in(salon)).ticket == 1


async def test_many_who_come_at_once_get_a_ticket_each(salon: Salon, frozen_clock, plugins) -> None:
    async def come() -> int:
        with bind_tenant(salon.tenant.id):
            return (await walk_in(salon)).ticket

    tickets = await asyncio.gather(*(spawn(come()) for _ in range(12)))
    assert sorted(tickets) == list(range(1, 13))


async def test_without_the_unique_ticket_two_would_hold_the_same(
    salon: Salon, database: TestDatabase, frozen_clock, plugins
) -> None:
    """The twin of the test above: the constraint, not the code, keeps the tickets apart."""
    first = await walk_in(salon)
    async with tenant_scope() as connection:
        with pytest.raises(Exception, match="uid_queue_entri"):
            await connection.execute_query(
                """insert into queue_entries (id, tenant_id, location_id, service_id, customer_id, day, ticket, status,
                                              party_size, joined_at)
                   select $1, tenant_id, location_id, service_id, customer_id, day, ticket, status, party_size,
                          joined_at
                   from queue_entries where id = $2""",
                [new_id(), first.id],
            )


async def test_one_customer_waits_once_also_when_asking_twice_at_once(salon: Salon, frozen_clock, plugins) -> None:
    async def come() -> int | str:
        with bind_tenant(salon.tenant.id):
            try:
                return (await join_queue(customer_id=salon.customer_id, service_id=salon.haircut)).ticket
            except AlreadyInQueue as refused:
                return str(refused)

    answers = await asyncio.gather(*(spawn(come()) for _ in range(4)))
    assert sorted(answers, key=str)[0] == 1
    assert answers.count("This customer already waits here with ticket 1.") == 3


async def test_who_left_may_come_again(salon: Salon, frozen_clock, plugins) -> None:
    first = await join_queue(customer_id=salon.customer_id, service_id=salon.haircut)
    assert (await leave(first.id)).status == "left"
    assert (await join_queue(customer_id=salon.customer_id, service_id=salon.haircut)).ticket == 2


async def test_a_blocked_customer_cannot_join(salon: Salon, frozen_clock, plugins) -> None:
    async with tenant_scope() as connection:
        await connection.execute_query(
            "update customers set blocked_at = $2 where id = $1", [salon.customer_id, frozen_clock.now()]
        )
    with pytest.raises(CustomerBlocked):
        await join_queue(customer_id=salon.customer_id, service_id=salon.haircut)
    assert (await list_queue()).entries == ()


async def test_bad_input_is_told_by_its_own_error(salon: Salon, frozen_clock, plugins) -> None:
    for wrong, error in [
        ({"service_id": new_id()}, ServiceNotFound),
        ({"customer_id": new_id()}, CustomerNotFound),
        ({"resource_id": new_id()}, ResourceNotFound),
        ({"resource_id": salon.ada, "service_id": salon.colour}, ResourceNotFound),
        ({"location_id": new_id()}, LocationNotFound),
        ({"party_size": 0}, BadPartySize),
    ]:
        asked = {"customer_id": salon.customer_id, "service_id": salon.haircut, **wrong}
        with pytest.raises(error):
            await join_queue(**asked)  # type: ignore[arg-type]
    with pytest.raises(QueueEntryNotFound):
        await call(new_id())
    with pytest.raises(NobodyWaiting):
        await call_next()


async def test_two_who_call_at_once_get_two_people(salon: Salon, frozen_clock, plugins) -> None:
    for _ in range(4):
        await walk_in(salon)

    async def next_one() -> int:
        with bind_tenant(salon.tenant.id):
            return (await call_next()).ticket

    called = await asyncio.gather(*(spawn(next_one()) for _ in range(4)))
    assert sorted(called) == [1, 2, 3, 4]


async def test_a_person_calls_whom_they_can_serve(salon: Salon, frozen_clock, plugins) -> None:
    await walk_in(salon, salon.colour)  # only Bola colours
    await walk_in(salon, resource_id=salon.bola)
    third = await walk_in(salon)
    assert (await call_next(resource_id=salon.ada)).id == third.id
    with pytest.raises(NobodyWaiting):
        await call_next(resource_id=salon.ada)
    assert (await call_next(resource_id=salon.bola)).ticket == 1


async def test_who_does_not_come_when_called_goes_behind_those_who_wait(salon: Salon, frozen_clock, plugins) -> None:
    first, second = await walk_in(salon), await walk_in(salon)
    assert (await call_next()).id == first.id
    assert (await call(first.id)).status == "called", "calling again is allowed"
    assert (await skip(first.id)).status == "waiting"
    frozen_clock.advance(timedelta(minutes=1))
    third = await walk_in(salon)
    assert [entry.ticket for entry in (await list_queue()).entries] == [2, 1, 3]
    assert [(await call_next()).id for _ in range(3)] == [second.id, first.id, third.id]


REACHED: dict[QueueStatus, tuple[str, ...]] = {
    "waiting": (),
    "called": ("call",),
    "serving": ("serve",),
    "served": ("serve", "finish"),
    "left": ("leave",),
}


@pytest.mark.parametrize("status", REACHED)
async def test_only_the_steps_of_the_table_can_be_taken(salon: Salon, frozen_clock, plugins, status) -> None:
    async def take(verb: str, entry: EntryInfo) -> EntryInfo:
        if verb == "serve":
            return await serve(entry)
        if verb == "finish":
            return await finish(entry_id=entry.id, actor=DESK, source="admin")
        return await {"call": call, "skip": skip, "leave": leave}[verb](entry.id)

    for verb, step in STEPS.items():
        entry = await walk_in(salon)
        for way in REACHED[status]:
            entry = await take(way, entry)
        assert entry.status == status
        if status in step.allowed:
            assert (await take(verb, entry)).status == step.status
        else:
            with pytest.raises(IllegalQueueStep, match=f"Somebody who is {status} "):
                await take(verb, entry)
            assert (await get_entry(entry.id)).status == status
        frozen_clock.advance(timedelta(hours=1))
        if (await get_entry(entry.id)).status == "serving":
            await finish(entry_id=entry.id, actor=DESK, source="admin")


async def test_serving_takes_the_time_from_this_minute_on(salon: Salon, frozen_clock, plugins) -> None:
    frozen_clock.advance(timedelta(minutes=6, seconds=20))
    entry = await walk_in(salon)
    serving = await serve(entry, resource_id=salon.ada)
    assert serving.reservation_id is not None
    made = await reservations.get_reservation(serving.reservation_id)
    assert made.starts_at == salon.at(10, 7, day=2), "rounded up to the minute, off every grid"
    assert (made.status, made.source, [r.id for r in made.resources]) == ("checked_in", "admin", [salon.ada])
    assert serving.resource_id == salon.ada


async def test_an_appointment_that_is_booked_is_never_run_into(salon: Salon, frozen_clock, plugins) -> None:
    await booking.book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(10, 30, day=2), resource_id=salon.ada),
        customer_id=salon.customer_id,
        actor=DESK,
        source="admin",
    )
    entry = await walk_in(salon)
    with pytest.raises(FreeOnlyUntil, match="Ada is only free until 10:30: the next appointment begins then") as told:
        await serve(entry, resource_id=salon.ada)
    assert told.value.fields["instant"] == salon.at(10, 30, day=2)
    assert (await get_entry(entry.id)).status == "waiting"

    frozen_clock.advance(timedelta(minutes=40))
    with pytest.raises(BusyUntil, match="Ada is busy until 11:20"):
        await serve(entry, resource_id=salon.ada)
    assert (await serve(entry)).resource_id == salon.bola, "somebody else is free"
    other = await walk_in(salon)
    with pytest.raises(NobodyFree, match="Haircut"):
        await serve(other)
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict("select count(*) as n from reservations")
    assert rows[0]["n"] == 2, "nothing half-done remains"


async def test_nobody_can_be_served_by_two_at_once(salon: Salon, frozen_clock, plugins) -> None:
    entries = [await walk_in(salon) for _ in range(3)]

    async def start(entry: EntryInfo) -> str:
        with bind_tenant(salon.tenant.id):
            try:
                return (await serve(entry, resource_id=salon.ada)).status
            except BusyUntil:
                return "busy"

    answers = await asyncio.gather(*(spawn(start(entry)) for entry in entries))
    assert sorted(answers) == ["busy", "busy", "serving"]

    async def again(entry: EntryInfo) -> str:
        with bind_tenant(salon.tenant.id):
            try:
                return (await serve(entry, resource_id=salon.bola)).status
            except (BusyUntil, IllegalQueueStep):
                return "no"

    waiting = next(e for e in (await list_queue()).entries if e.status == "waiting")
    answers = await asyncio.gather(*(spawn(again(waiting)) for _ in range(3)))
    assert sorted(answers) == ["no", "no", "serving"], "one person is served once"


async def test_nobody_is_served_after_closing(salon: Salon, frozen_clock, plugins) -> None:
    frozen_clock.advance(timedelta(hours=8))
    entry = await walk_in(salon)
    with pytest.raises(SlotClosed):
        await serve(entry)


async def test_who_is_done_early_frees_the_chair(salon: Salon, frozen_clock, plugins) -> None:
    serving = await serve(await walk_in(salon), resource_id=salon.ada)
    frozen_clock.advance(timedelta(minutes=20))
    served = await finish(entry_id=serving.id, actor=DESK, source="admin")
    assert (served.status, served.finished_at) == ("served", frozen_clock.now())
    assert serving.reservation_id is not None
    assert (await reservations.get_reservation(serving.reservation_id)).status == "completed"
    assert (await serve(await walk_in(salon), resource_id=salon.ada)).status == "serving"


async def test_another_business_sees_nothing_of_the_queue(other_tenant, salon: Salon, frozen_clock, plugins) -> None:
    entry = await walk_in(salon)

    async def look() -> None:
        with bind_tenant(other_tenant.id), pytest.raises(QueueEntryNotFound):
            await leave(entry.id)

    await spawn(look())
    assert (await get_entry(entry.id)).status == "waiting"
