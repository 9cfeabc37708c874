"""Classes: meetings of one service whose seats several customers share.

A meeting takes its people and rooms as any booking does, in their own lanes; every guest takes a lane above those of
one of them. So the one exclusion constraint decides about seats as well. Guests of one meeting wait for each
other on its row, and a meeting that nobody scheduled goes when its last guest has gone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count, islice
from typing import Any
from uuid import UUID

from booka_core.booking.errors import ClassHasGuests, ClassNotFound, NotAClass, SlotTaken
from booka_core.booking.planning import plan_visit
from booka_core.booking.plans import Plan, SeatPlan, Take
from booka_core.booking.writes import HoldRanOut, close_empty, lock_resources
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.offers.classes import Session, read_sessions
from booka_core.offers.occupancy import SEATS
from booka_core.offers.prepare import prepare_start
from booka_core.offers.types import Wish

_OPEN = """
insert into class_sessions (id, tenant_id, service_id, location_id, starts_at, ends_at, seats, scheduled, active,
                            created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, true, $9)
on conflict (tenant_id, service_id, location_id, starts_at) where active do nothing returning id
"""
_TAKE = """
insert into occupancies (id, tenant_id, reservation_id, session_id, resource_id, lane, starts_at, ends_at, active,
                         expires_at)
select unnest($1::uuid[]), $2::uuid, null, $3::uuid, unnest($4::uuid[]), unnest($5::smallint[]),
       unnest($6::timestamptz[]), unnest($7::timestamptz[]), true, null
on conflict do nothing returning id
"""
# Guests sit with the first of a meeting's people and rooms, whoever counts, so that they are counted once. A room that
# holds several classes has lanes in use that are none of this meeting's seats.
_SEATS = f"""
with taken as (
  select resource_id, lane, starts_at, ends_at from occupancies where session_id = $1 and active and lane < {SEATS}
), first as (select * from taken order by resource_id limit 1)
select first.resource_id, first.lane, first.starts_at, first.ends_at,
       (select array_agg(resource_id) from taken) as resources,
       (select coalesce(array_agg(o.lane), '{{}}') from occupancies o
        where o.active and o.resource_id = first.resource_id and o.lane >= {SEATS}
          and o.starts_at < first.ends_at and o.ends_at > first.starts_at) as lanes,
       (select count(*) from occupancies o where o.session_id = $1 and o.active and o.lane >= {SEATS}) as guests,
       (select count(*) from occupancies o where o.session_id = $1 and o.active and o.lane >= {SEATS}
                                             and o.expires_at <= $2) as run_out
from first
"""
_BLOCK, _BLOCKS = 500, 60  # classes that meet in one room look for seats in different places first


async def schedule_class(
    *,
    service_id: UUID,
    starts_at: datetime,
    location_id: UUID | None = None,
    resource_id: UUID | None = None,
    seats: int | None = None,
) -> Session:
    """Fix a meeting of a class, which stays open for guests though nobody has come yet.

    Raises `NotAClass`, `SlotTaken`, `SlotNotOffered` and the catalogue's errors. Notice and window do not bind it.
    """
    wish = Wish.of(service_id=service_id, starts_at=starts_at, resource_id=resource_id, location_id=location_id)
    offer = await prepare_start(wish, walk_in=True)
    if not offer.is_class:
        raise NotAClass(name=offer.service.name)
    known = next((one for one in offer.sessions if one.starts_at == starts_at), None)
    if known is None:
        plan = _with_seats(plan_visit(offer, new_id(), source="admin", scheduling=True)[0], seats)
        async with tenant_scope() as connection:
            await lock_resources(connection, plan.resource_ids)
            session_id, _ = await _open_session(connection, plan, scheduled=True)
    else:
        session_id = known.id
    async with tenant_scope() as connection:
        await connection.execute_query(
            "update class_sessions set scheduled = true, seats = coalesce($2, seats) where id = $1 and active",
            [session_id, seats],
        )
    return await get_class(session_id)


async def get_class(session_id: UUID) -> Session:
    """One meeting. Raises `ClassNotFound`."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select service_id, starts_at, ends_at from class_sessions where id = $1 and active", [session_id]
        )
        if not rows:
            raise ClassNotFound
        found = await read_sessions(
            connection, rows[0]["service_id"], start=rows[0]["starts_at"], end=rows[0]["ends_at"], now=clock.now()
        )
    return next(session for session in found if session.id == session_id)


async def list_classes(*, service_id: UUID, start: datetime, end: datetime) -> tuple[Session, ...]:
    """The meetings of a service that begin in [start, end)."""
    async with tenant_scope() as connection:
        return await read_sessions(connection, service_id, start=start, end=end, now=clock.now())


async def unschedule_class(session_id: UUID) -> None:
    """Take a meeting that has no guests off the timetable. Raises `ClassNotFound`, `ClassHasGuests`."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select id from class_sessions where id = $1 and active for no key update", [session_id]
        )
        if not rows:
            raise ClassNotFound
        guests = await connection.execute_query_dict(
            "select 1 from occupancies where session_id = $1 and active and lane >= $2 limit 1", [session_id, SEATS]
        )
        if guests:
            raise ClassHasGuests
        await connection.execute_query("update class_sessions set scheduled = false where id = $1", [session_id])
        await close_empty(connection, [session_id])


async def seat_guests(connection: Queries, plan: Plan) -> tuple[UUID, tuple[Take, ...]]:
    """Find or open the meeting of a plan, make its other guests wait, and choose free seats.

    Raises `SlotTaken` when there are not enough, or when somebody else has just opened the meeting with other people;
    `HoldRanOut` when seats that nobody kept would do.
    """
    seat = plan.seat
    assert seat is not None  # noqa: S101 - only plans of classes come here
    session_id, seats = await _meeting(connection, plan, seat)
    rows = await connection.execute_query_dict(_SEATS, [session_id, clock.now()])
    if not rows or (seat.session_id is None and set(rows[0]["resources"]) != set(plan.resource_ids)):
        raise SlotTaken
    meeting = rows[0]
    if int(meeting["guests"]) + seat.party_size > seats:
        raise HoldRanOut if meeting["run_out"] else SlotTaken
    taken = {int(lane) for lane in meeting["lanes"]}
    begin = SEATS + int(meeting["lane"]) % _BLOCKS * _BLOCK
    free = islice((lane for lane in count(begin) if lane not in taken), seat.party_size)
    return session_id, tuple(
        Take(meeting["resource_id"], lane, meeting["starts_at"], meeting["ends_at"]) for lane in free
    )


async def _meeting(connection: Queries, plan: Plan, seat: SeatPlan) -> tuple[UUID, int]:
    if seat.session_id is None:
        await lock_resources(connection, plan.resource_ids)
        return await _open_session(connection, plan, scheduled=False)
    rows = await connection.execute_query_dict(
        "select id, seats from class_sessions where id = $1 and active for no key update", [seat.session_id]
    )
    if not rows:
        raise SlotTaken  # it went with its last guest a moment ago
    return rows[0]["id"], int(rows[0]["seats"])


async def _open_session(connection: Queries, plan: Plan, *, scheduled: bool) -> tuple[UUID, int]:
    """A meeting of its own for a plan, or the one that somebody has just opened at that time."""
    seat = plan.seat
    assert seat is not None  # noqa: S101 - only plans of classes come here
    session_id = new_id()
    arguments: list[Any] = [
        session_id, current_tenant(), plan.service_id, plan.location_id, plan.starts_at, plan.ends_at, seat.seats,
        scheduled, clock.now(),
    ]  # fmt: skip
    if not await connection.execute_query_dict(_OPEN, arguments):
        rows = await connection.execute_query_dict(
            """select id, seats from class_sessions
               where service_id = $1 and location_id = $2 and starts_at = $3 and active for no key update""",
            [plan.service_id, plan.location_id, plan.starts_at],
        )
        if not rows:
            raise SlotTaken
        return rows[0]["id"], int(rows[0]["seats"])
    takes = plan.takes
    made = await connection.execute_query_dict(
        _TAKE,
        [
            [new_id() for _ in takes],
            current_tenant(),
            session_id,
            [take.resource_id for take in takes],
            [take.lane for take in takes],
            [take.starts_at for take in takes],
            [take.ends_at for take in takes],
        ],
    )
    if len(made) != len(takes):
        raise SlotTaken
    return session_id, seat.seats


def _with_seats(plan: Plan, seats: int | None) -> Plan:
    assert plan.seat is not None  # noqa: S101 - only plans of classes come here
    return replace(plan, seat=replace(plan.seat, seats=seats or plan.seat.seats))
