"""The statements that write reservations, inside the caller's transaction.

A booking is one statement: occupancies, reservation, log, events and jobs stand or fall together. Occupancies come
first, with `ON CONFLICT DO NOTHING`, because a plain INSERT against an exclusion constraint deadlocks as soon as two
callers want overlapping times at once; who does not get all of them writes nothing else. Where several resources are
taken, their rows are locked first, in one order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from tortoise.exceptions import IntegrityError

from booka_core.booking.errors import CustomerBlocked, NotTheirDependant, SlotTaken
from booka_core.booking.lifecycle import Status
from booka_core.booking.plans import Plan, Take
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.customers.errors import CustomerNotFound
from booka_core.db.scope import Queries, current_tenant
from booka_core.jobs.statements import insert_jobs
from booka_core.jobs.statements import rows as job_rows
from booka_core.jobs.types import NewJob
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id, new_reference
from booka_core.offers.occupancy import SEATS
from booka_core.outbox.commands import announce
from booka_core.outbox.statements import draft, insert_events
from booka_core.pricing.commands import give_back
from booka_core.sdk.events import Event

_BOOK = f"""
with taken as (
  insert into occupancies (id, tenant_id, reservation_id, resource_id, lane, starts_at, ends_at, active, expires_at,
                           session_id)
  select unnest($18::uuid[]), $2, $1, unnest($19::uuid[]), unnest($20::smallint[]), unnest($21::timestamptz[]),
         unnest($28::timestamptz[]), true, $16, $29
  on conflict do nothing returning id
), written as (
  insert into reservations (id, tenant_id, reference, status, customer_id, service_id, service_name, starts_at, ends_at,
                            price, currency, party_size, intake, note, source, hold_expires_at, version, created_at,
                            updated_at, location_id, attendee_id, items, quote, session_id, series_id, series_position,
                            terms)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, $17, $17, $30, $31, $32, $33, $29,
         $34, $35, $36
  where (select count(*) from taken) = cardinality($18::uuid[])
  on conflict (tenant_id, reference) do nothing returning id
), logged as (
  insert into reservation_logs (id, tenant_id, reservation_id, at, actor_kind, actor_id, actor_label, source, action,
                                before, after)
  select $22::uuid, $2, id, $17, $23::text, $24::uuid, $25::text, $15, $26::text, null, $27::jsonb from written
), told as (
  {insert_events(37, given="written")}
), queued as (
  {insert_jobs(38, given="written")}
)
select (select count(*) from written) as written, (select count(*) from taken) as taken,
       c.name as customer_name, c.blocked_at is not null as blocked, a.name as attendee_name,
       $31::uuid is null or $31 = $5 or a.guardian_id = $5 as in_care
from (select) as nothing left join customers c on c.id = $5 left join customers a on a.id = $31
"""

_HOLD_RAN_OUT = """
select exists (select from occupancies o, unnest($1::uuid[], $2::smallint[], $3::timestamptz[], $4::timestamptz[])
                                          as t (resource_id, lane, starts_at, ends_at)
               where o.active and o.resource_id = t.resource_id and o.starts_at < t.ends_at and o.ends_at > t.starts_at
                 and o.expires_at <= $5) as found
"""


class HoldRanOut(SlotTaken):
    """A hold that nobody kept is in the way; give it back and try again."""


class TakenInPart(SlotTaken):
    """Some of what was needed was free and some was not, or a random reference was in use; roll back."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What is written together with a booking: what it announces, and work for later."""

    events: Sequence[Event] = ()
    jobs: Sequence[NewJob] = ()


_LOCK = "select id from resources where id = any($1) order by id for no key update"

# A hold that somebody is answering this moment is left to them.
_EXPIRE = """
with ended as (
  select r.id from reservations r
  where r.status = 'held' and r.hold_expires_at <= $4 and r.id in (
    select reservation_id from occupancies
    where active and resource_id = any($1) and starts_at < $3 and ends_at > $2 and expires_at <= $4)
  order by r.id for no key update skip locked
), over as (
  update reservations r set status = 'expired', hold_expires_at = null, version = version + 1, updated_at = $4
  from ended where r.id = ended.id
  returning r.id
), freed as (
  update occupancies set active = false where reservation_id in (select id from over) returning session_id
), logged as (
  insert into reservation_logs (id, tenant_id, reservation_id, at, actor_kind, actor_id, actor_label, source, action,
                                before, after)
  select gen_random_uuid(), $5::uuid, id, $4, 'system', null, 'Booka', 'system', 'expire', null, null from over
)
select (select count(*) from over) as expired,
       (select coalesce(array_agg(id), '{}') from over) as reservations,
       (select coalesce(array_agg(distinct session_id), '{}') from freed where session_id is not null) as sessions
"""


# Whoever books with a voucher holds it and waits for people; we hold people, so we never wait for vouchers.
_VOUCHERS_FREE = """
with wanted as (select distinct promotion_id from redemptions where reservation_id = any($1::uuid[]) and active),
     had as (select id from promotions where id in (select promotion_id from wanted) for no key update skip locked)
select (select count(*) from wanted) as wanted, (select count(*) from had) as had
"""
_CLOSE = f"""
with empty as (
  update class_sessions s set active = false
  where s.id = any($1) and s.active and not s.scheduled
    and not exists (select from occupancies o where o.session_id = s.id and o.active and o.lane >= {SEATS})
  returning s.id
)
update occupancies set active = false where session_id in (select id from empty) and lane < {SEATS}
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan that is about to be written: its status, its place in a series, and the takes as they stand now."""

    plan: Plan
    status: Status
    action: str
    hold_until: datetime | None
    takes: tuple[Take, ...]
    session_id: UUID | None = None
    series: tuple[UUID, int] | None = None


async def write_booking(
    connection: Queries,
    draft_: Draft,
    *,
    actor: Actor,
    consequences: Callable[[ReservationInfo], Consequences],
) -> ReservationInfo:
    """Write a draft with what follows from it.

    Raises `SlotTaken` when any of its resources is taken, `HoldRanOut` when giving back a hold may help, `TakenInPart`
    when trying again may, `CustomerNotFound`, `CustomerBlocked` and `NotTheirDependant`; the caller's transaction must
    then be rolled back.
    """
    plan = draft_.plan
    tenant = current_tenant()
    made = _as_planned(draft_)
    follow = consequences(made)
    events = draft(follow.events, tenant_id=tenant, now=made.created_at)
    takes = draft_.takes
    columns = _columns(takes)
    try:
        rows = await connection.execute_query_dict(
            _BOOK,
            [
                made.id, tenant, made.reference, draft_.status, plan.customer_id, plan.service_id,
                plan.service_name, plan.starts_at, plan.ends_at, made.price.amount, made.price.currency,
                plan.party_size, json.dumps(plan.intake), plan.wish.note, plan.source, draft_.hold_until,
                made.created_at, [new_id() for _ in takes], *columns[:3],
                new_id(), actor.kind, actor.id, actor.label, draft_.action, _first_line(draft_, made), columns[3],
                draft_.session_id, plan.location_id, plan.wish.attendee_id,
                plan.stored_items,
                plan.quote.model_dump_json() if plan.quote is not None else None,
                *(draft_.series or (None, None)), plan.wish.terms,
                events.rows, job_rows([*events.jobs, *follow.jobs], tenant_id=tenant, now=made.created_at),
            ],
        )  # fmt: skip
    except IntegrityError as error:
        broken = error.__cause__ or error.args[0]
        if isinstance(broken, asyncpg.ForeignKeyViolationError):
            if broken.constraint_name == "occupancies_reservation":
                raise TakenInPart from error  # an occupancy without its reservation: not all of them could be had
            if broken.constraint_name == "reservations_customer":
                raise CustomerNotFound from error
        raise
    if rows[0]["blocked"]:
        raise CustomerBlocked
    if not rows[0]["in_care"]:
        raise NotTheirDependant
    if not rows[0]["written"]:
        found = await connection.execute_query_dict(_HOLD_RAN_OUT, [*columns, made.created_at])
        raise HoldRanOut if found[0]["found"] else SlotTaken
    announce(follow.events)
    return made.model_copy(
        update={"customer_name": rows[0]["customer_name"], "attendee_name": rows[0]["attendee_name"]}
    )


def _columns(takes: Sequence[Take]) -> tuple[list[UUID], list[int], list[datetime], list[datetime]]:
    ordered = sorted(takes, key=lambda take: (take.resource_id, take.lane, take.starts_at))
    return (
        [take.resource_id for take in ordered],
        [take.lane for take in ordered],
        [take.starts_at for take in ordered],
        [take.ends_at for take in ordered],
    )


def _first_line(draft_: Draft, made: ReservationInfo) -> str:
    return json.dumps(
        {
            "status": draft_.status,
            "starts_at": made.starts_at.isoformat(),
            "ends_at": made.ends_at.isoformat(),
            "service": made.service_name,
            "resources": [{"id": str(r.id), "name": r.name, "kind": r.kind} for r in made.resources],
            "party_size": made.party_size,
            "price": made.price.amount,
            "currency": made.price.currency,
        }
    )


def _as_planned(draft_: Draft) -> ReservationInfo:
    plan = draft_.plan
    series_id, series_position = draft_.series or (None, None)
    return ReservationInfo.model_construct(
        id=new_id(),
        reference=new_reference(),
        status=draft_.status,
        customer_id=plan.customer_id,
        customer_name=None,
        service_id=plan.service_id,
        service_name=plan.service_name,
        resources=plan.resources,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        price=plan.price,
        party_size=plan.party_size,
        intake=plan.intake,
        note=plan.wish.note,
        source=plan.source,
        hold_expires_at=draft_.hold_until,
        version=1,
        created_at=clock.now(),
        location_id=plan.location_id,
        attendee_id=plan.wish.attendee_id,
        attendee_name=None,
        items=plan.items,
        quote=plan.quote,
        session_id=draft_.session_id,
        series_id=series_id,
        series_position=series_position,
        terms=plan.wish.terms,
        checked_in_at=None,
        rating=None,
        review="",
    )


async def lock_resources(connection: Queries, resource_ids: Sequence[UUID]) -> None:
    """Make everyone else who wants several of these wait, always in the same order, so that nobody deadlocks."""
    await connection.execute_query(_LOCK, [sorted(set(resource_ids))])


async def expire_overlapping(
    connection: Queries, resource_ids: Sequence[UUID], *, begins: datetime, ends: datetime
) -> int:
    """Give back holds that ran out and stand in the way. Returns how many."""
    await lock_resources(connection, resource_ids)
    rows = await connection.execute_query_dict(
        _EXPIRE, [list(resource_ids), begins, ends, clock.now(), current_tenant()]
    )
    await close_empty(connection, [UUID(str(session)) for session in rows[0]["sessions"]])
    expired = [UUID(str(one)) for one in rows[0]["reservations"]]
    if expired:
        vouchers = (await connection.execute_query_dict(_VOUCHERS_FREE, [expired]))[0]
        if (
            vouchers["wanted"] and vouchers["wanted"] == vouchers["had"]
        ):  # otherwise the job of the hold gives them back
            await give_back(connection, *expired)
    return int(rows[0]["expired"])


async def close_empty(connection: Queries, session_ids: Sequence[UUID]) -> None:
    """Let meetings go that nobody scheduled and nobody attends.

    Whoever sits down holds the meeting's row meanwhile; only a statement of its own sees them once they have it.
    """
    if session_ids:
        meetings = list(set(session_ids))
        await connection.execute_query(
            "select id from class_sessions where id = any($1) order by id for no key update", [meetings]
        )
        await connection.execute_query(_CLOSE, [meetings])


async def drop_times(connection: Queries, reservation_ids: Sequence[UUID]) -> None:
    """Take away all the time of some reservations that are about to be given other times."""
    await connection.execute_query("delete from occupancies where reservation_id = any($1)", [list(reservation_ids)])


async def take_times(
    connection: Queries, reservation_id: UUID, takes: Sequence[Take], *, session_id: UUID | None = None
) -> None:
    """Give a reservation its time. Raises `SlotTaken`; the caller's transaction must then be rolled back."""
    rows = await connection.execute_query_dict(
        """insert into occupancies (id, tenant_id, reservation_id, resource_id, lane, starts_at, ends_at, active,
                                    expires_at, session_id)
           select unnest($1::uuid[]), $2::uuid, $3::uuid, unnest($4::uuid[]), unnest($5::smallint[]),
                  unnest($6::timestamptz[]), unnest($7::timestamptz[]), true, null, $8::uuid
           on conflict do nothing returning id""",
        [[new_id() for _ in takes], current_tenant(), reservation_id, *_columns(takes), session_id],
    )
    if len(rows) != len(takes):
        raise SlotTaken


async def write_log(
    connection: Queries,
    reservation_id: UUID,
    *,
    actor: Actor,
    source: str,
    action: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """Add one line to a reservation's history."""
    await connection.execute_query(
        """insert into reservation_logs (id, tenant_id, reservation_id, at, actor_kind, actor_id, actor_label, source,
                                         action, before, after)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        [
            new_id(),
            current_tenant(),
            reservation_id,
            clock.now(),
            actor.kind,
            actor.id,
            actor.label,
            source,
            action,
            json.dumps(before) if before is not None else None,
            json.dumps(after) if after is not None else None,
        ],
    )
