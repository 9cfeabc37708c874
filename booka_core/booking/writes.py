"""The statements that write reservations, inside the caller's transaction.

A booking is one statement: reservation, occupancies, log, events and jobs stand or fall together. Occupancies are
inserted with `ON CONFLICT DO NOTHING` and counted, because a plain INSERT against an exclusion constraint deadlocks as
soon as two callers want overlapping times at once. Where several resources are taken, their rows are locked first, in
one order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booka_core.booking.errors import SlotTaken
from booka_core.booking.lifecycle import Status
from booka_core.booking.planning import Plan
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.db.scope import Queries, current_tenant
from booka_core.jobs.statements import insert_jobs
from booka_core.jobs.statements import rows as job_rows
from booka_core.jobs.types import NewJob
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id, new_reference
from booka_core.outbox.commands import announce
from booka_core.outbox.statements import draft, insert_events
from booka_core.sdk.events import Event

_BOOK = f"""
with written as (
  insert into reservations (id, tenant_id, reference, status, customer_id, service_id, service_name, starts_at, ends_at,
                            price, currency, party_size, intake, note, source, hold_expires_at, version, created_at,
                            updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, $17, $17)
  on conflict (tenant_id, reference) do nothing returning id
), taken as (
  insert into occupancies (id, tenant_id, reservation_id, resource_id, lane, starts_at, ends_at, active, expires_at)
  select unnest($18::uuid[]), $2, id, unnest($19::uuid[]), 0, $20::timestamptz, $21::timestamptz, true, $16 from written
  on conflict do nothing returning id
), logged as (
  insert into reservation_logs (id, tenant_id, reservation_id, at, actor_kind, actor_id, actor_label, source, action,
                                before, after)
  select $22::uuid, $2, id, $17, $23::text, $24::uuid, $25::text, $15, $26::text, null, $27::jsonb from written
), told as (
  {insert_events(28, given="taken")}
), queued as (
  {insert_jobs(29, given="taken")}
)
select (select count(*) from written) as written, (select count(*) from taken) as taken,
       (select name from customers where id = $5) as customer_name,
       exists (select from occupancies where active and resource_id = any($19) and starts_at < $21 and ends_at > $20
                                         and expires_at <= $17) as hold_ran_out
"""


class HoldRanOut(SlotTaken):
    """A hold that nobody kept is in the way; give it back and try again."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What is written together with a booking: what it announces, and work for later."""

    events: Sequence[Event] = ()
    jobs: Sequence[NewJob] = ()


_LOCK = "select id from resources where id = any($1) order by id for no key update"

_EXPIRE = """
with over as (
  update reservations r set status = 'expired', hold_expires_at = null, version = version + 1, updated_at = $4
  where r.status = 'held' and r.hold_expires_at <= $4 and r.id in (
    select reservation_id from occupancies
    where active and resource_id = any($1) and starts_at < $3 and ends_at > $2 and expires_at <= $4)
  returning r.id
), freed as (
  update occupancies set active = false where reservation_id in (select id from over)
), logged as (
  insert into reservation_logs (id, tenant_id, reservation_id, at, actor_kind, actor_id, actor_label, source, action,
                                before, after)
  select gen_random_uuid(), $5::uuid, id, $4, 'system', null, 'Booka', 'system', 'expire', null, null from over
)
select count(*) as expired from over
"""


async def write_booking(
    connection: Queries,
    plan: Plan,
    *,
    actor: Actor,
    action: str,
    hold_until: datetime | None,
    consequences: Callable[[ReservationInfo], Consequences],
) -> ReservationInfo:
    """Write a plan as a held (`hold_until`) or confirmed reservation, with what follows from it.

    Raises `SlotTaken` when any of its resources is taken, `HoldRanOut` when giving back a hold may help; the caller's
    transaction must then be rolled back.
    """
    if len(plan.resources) > 1:
        await lock_resources(connection, plan.resource_ids)
    begins, ends = plan.occupied
    tenant = current_tenant()
    status: Status = "held" if hold_until else "confirmed"
    taken = [str(resource) for resource in plan.resource_ids]
    after = {"status": status, "starts_at": plan.starts_at.isoformat(), "resources": taken}
    while True:
        made = _as_planned(plan, status=status, hold_until=hold_until)
        follow = consequences(made)
        events = draft(follow.events, tenant_id=tenant, now=made.created_at)
        rows = await connection.execute_query_dict(
            _BOOK,
            [
                made.id, tenant, made.reference, status, plan.customer_id, plan.service_id,
                plan.service_name, plan.starts_at, plan.ends_at, plan.price.amount, plan.price.currency,
                plan.party_size, json.dumps(plan.intake), plan.note, plan.source, hold_until, made.created_at,
                [new_id() for _ in plan.resources], sorted(plan.resource_ids), begins, ends,
                new_id(), actor.kind, actor.id, actor.label, action, json.dumps(after),
                events.rows, job_rows([*events.jobs, *follow.jobs], tenant_id=tenant, now=made.created_at),
            ],
        )  # fmt: skip
        if rows[0]["written"]:
            break  # otherwise the random reference was in use: draw another
    if rows[0]["taken"] != len(plan.resources):
        raise HoldRanOut if rows[0]["hold_ran_out"] else SlotTaken
    announce(follow.events)
    return made.model_copy(update={"customer_name": rows[0]["customer_name"]})


def _as_planned(plan: Plan, *, status: Status, hold_until: datetime | None) -> ReservationInfo:
    return ReservationInfo(
        id=new_id(),
        reference=new_reference(),
        status=status,
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
        note=plan.note,
        source=plan.source,
        hold_expires_at=hold_until,
        version=1,
        created_at=clock.now(),
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
    return int(rows[0]["expired"])


async def take_resources(
    connection: Queries, reservation_id: UUID, resource_ids: Sequence[UUID], *, begins: datetime, ends: datetime
) -> None:
    """Replace the time a reservation takes. Raises `SlotTaken`; the caller's transaction must then be rolled back."""
    await connection.execute_query("delete from occupancies where reservation_id = $1", [reservation_id])
    rows = await connection.execute_query_dict(
        """insert into occupancies (id, tenant_id, reservation_id, resource_id, lane, starts_at, ends_at, active,
                                    expires_at)
           select unnest($1::uuid[]), $2::uuid, $3::uuid, unnest($4::uuid[]), 0, $5::timestamptz, $6::timestamptz,
                  true, null
           on conflict do nothing returning id""",
        [
            [new_id() for _ in resource_ids],
            current_tenant(),
            reservation_id,
            sorted(resource_ids),
            begins,
            ends,
        ],
    )
    if len(rows) != len(resource_ids):
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
