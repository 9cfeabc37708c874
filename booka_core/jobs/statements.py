"""Every SQL statement about jobs. Instants are parameters, so that a simulated or frozen clock holds here too.

A row's life: queued → sent (claimed, handed to the carrier) → running (taken by one worker) → done, skipped, dead or
back to queued. `lease_until` says until when a sent or running row is believed in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booka_core.jobs.types import NewJob

_INSERT = """
insert into jobs (id, tenant_id, type, payload, status, attempts, max_attempts, deliveries, scheduled_at, order_key,
                  dedupe_key, queue, created_at)
select n.id, n.tenant_id, n.type, n.payload, 'queued', 0, n.max_attempts, 0, n.scheduled_at, n.order_key,
       n.dedupe_key, n.queue, n.created_at
from jsonb_to_recordset($PARAMETER::text::jsonb) as n (
       id uuid, tenant_id uuid, type text, payload jsonb, max_attempts int, scheduled_at timestamptz, order_key text,
       dedupe_key text, queue text, created_at timestamptz)
GIVEN on conflict (tenant_id, dedupe_key) where dedupe_key is not null do nothing
returning id, dedupe_key
"""


def insert_jobs(parameter: int, *, given: str | None = None) -> str:
    """An INSERT to stand in a WITH or alone: `$parameter` takes what `rows` made. With `given`, the name of another
    WITH query, jobs are written only if that one returned a row. It returns id and dedupe_key of what was written.
    """
    return _INSERT.replace("PARAMETER", str(int(parameter))).replace(
        "GIVEN", f"where exists (select from {given})" if given else ""
    )


_INSERT_FOR_EACH = """
insert into jobs (id, tenant_id, type, payload, status, attempts, max_attempts, deliveries, scheduled_at, order_key,
                  dedupe_key, queue, created_at)
select s.id, s.tenant_id, 'TYPE', '{}', 'queued', 0, ATTEMPTS, 0, $NOW, left(s.order_key, 200), null, 'default', $NOW
from SOURCE s order by s.id
returning id
"""


def insert_for_each(source: str, *, type_: str, max_attempts: int, now: int) -> str:
    """An INSERT to stand in a WITH: one job for every row (id, tenant_id, order_key) of the WITH query `source`, with
    the row's own id and no payload, in the order of the ids. `$now` takes the present instant.
    """
    fields = {"TYPE": type_, "ATTEMPTS": str(int(max_attempts)), "NOW": f"{int(now)}::timestamptz", "SOURCE": source}
    statement = _INSERT_FOR_EACH
    for name, value in fields.items():
        statement = statement.replace(name, value)
    return statement


def rows(jobs: Sequence[NewJob], *, tenant_id: UUID | None, now: datetime) -> str:
    """The parameter of `insert_jobs`. Raises `TypeError` or `ValueError` for a payload that is not JSON."""
    tenant = str(tenant_id) if tenant_id else None
    at = now.isoformat()
    return json.dumps(
        [
            {
                "id": str(job.id),
                "tenant_id": tenant,
                "type": job.type,
                "payload": job.payload,
                "max_attempts": job.max_attempts,
                "scheduled_at": job.scheduled_at.isoformat() if job.scheduled_at else at,
                "order_key": job.order_key,
                "dedupe_key": job.dedupe_key,
                "queue": job.queue,
                "created_at": at,
            }
            for job in jobs
        ],
        allow_nan=False,
    )


BY_DEDUPE_KEY = "select id from jobs where tenant_id is not distinct from $1 and dedupe_key = $2"

# One claimer at a time: the lock is taken before the claim's snapshot, so that the claim sees what the last one did.
# A queue's statistics are always of another hour; its indexes are right at any size. A claim that a power cut undoes
# is made again, so its commit need not wait for the disk; the same holds for TAKE, and for nothing else here.
CLAIM_LOCK = """
select pg_try_advisory_xact_lock($1) as mine, set_config('enable_seqscan', 'off', true),
       set_config('enable_bitmapscan', 'off', true), set_config('synchronous_commit', 'off', true)
"""

# $1 now, $2 most lost rows at once, $3 most rows in flight, $4 lease in seconds; each delivery that came to nothing
# doubles the next lease, so that a slow carrier is not stormed with repetitions.
CLAIM = """
with lost as materialized (
  select id, status = 'running' and attempts >= max_attempts as hopeless
  from jobs where status in ('sent', 'running') and lease_until < $1
  order by lease_until limit $2 for update skip locked),
buried as (
  update jobs j set status = 'dead', finished_at = $1, lease_until = null,
         last_error = left('The worker disappeared during the last attempt. ' || coalesce(j.last_error, ''), 2000)
  from lost where j.id = lost.id and lost.hopeless returning j.id),
due as materialized (
  select j.id from jobs j
  where j.status = 'queued' and j.scheduled_at <= $1
    and (j.order_key is null
         or not exists (select from jobs e where e.tenant_id = j.tenant_id and e.order_key = j.order_key
                        and e.status in ('sent', 'running'))
        and not exists (select from jobs e where e.tenant_id = j.tenant_id and e.order_key = j.order_key
                        and e.status = 'queued' and e.seq < j.seq and (e.worker is not null or e.scheduled_at <= $1)))
  order by j.scheduled_at, j.seq
  limit greatest(0, $3 - (select count(*) from jobs where status in ('sent', 'running')))
  for update of j skip locked)
update jobs j set status = 'sent', deliveries = deliveries + 1,
       lease_until = $1 + make_interval(secs => $4::float8 * power(2, least(deliveries, 6)))
where j.id in (select id from due union all select id from lost where not hopeless)
returning j.id, j.queue, j.deliveries, j.scheduled_at, j.seq
"""

# Exactly one taker, however often the carrier delivers an id.
TAKE = """
with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
update jobs set status = 'running', attempts = attempts + 1, deliveries = 0, lease_until = $2, worker = $3
where id = any($1::uuid[]) and status = 'sent' and exists (select from unhurried)
returning id, tenant_id, type, payload, attempts, max_attempts, scheduled_at, order_key, created_at, seq
"""

SETTLE = """
update jobs j set status = o.status, lease_until = null, scheduled_at = coalesce(o.scheduled_at, j.scheduled_at),
       last_error = case when o.status = 'done' then null else o.error end,
       finished_at = case when o.status = 'queued' then null else $6::timestamptz end,
       attempts = j.attempts - case when o.counts then 0 else 1 end
from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::text[], $7::boolean[])
     as o (id, attempts, status, scheduled_at, error, counts)
where j.id = o.id and j.attempts = o.attempts and j.worker = $8 and j.status = 'running'
returning j.id, j.order_key is not null as ordered
"""

RENEW = """
update jobs j set lease_until = $4 from unnest($1::uuid[], $2::int[]) as h (id, attempts)
where j.id = h.id and j.attempts = h.attempts and j.worker = $3 and j.status = 'running' returning j.id
"""

# The carrier refused them, or lost everything it held.
GIVE_BACK = """
update jobs set status = 'queued', lease_until = null, deliveries = greatest(0, deliveries - 1)
where id = any($1::uuid[]) and status = 'sent' returning id
"""
GIVE_ALL_BACK = """
update jobs set status = 'queued', lease_until = null, deliveries = greatest(0, deliveries - 1)
where status = 'sent' returning id
"""

# A worker that stops returns what it could not finish; the attempt does not count.
RETURN_UNFINISHED = """
update jobs j set status = 'queued', lease_until = null, attempts = j.attempts - 1
from unnest($1::uuid[], $2::int[]) as h (id, attempts)
where j.id = h.id and j.attempts = h.attempts and j.worker = $3 and j.status = 'running' returning j.id
"""

REPLAY = """
update jobs set status = 'queued', scheduled_at = $2, finished_at = null,
       attempts = case when status = 'queued' then attempts else 0 end
where id = $1 and status in ('queued', 'dead', 'discarded') returning id
"""
DISCARD = """
update jobs set status = 'discarded', finished_at = $2 where id = $1 and status in ('queued', 'dead') returning id
"""

RECORD = """
select id, tenant_id, type, status, attempts, max_attempts, scheduled_at, lease_until, order_key, queue, last_error,
       worker, created_at, finished_at
from jobs
"""

LAG = """
select (select count(*) from jobs where status = 'queued' and scheduled_at <= $1) as due,
       (select count(*) from jobs where status in ('sent', 'running')) as in_flight,
       (select count(*) from jobs where status = 'dead') as dead,
       (select min(scheduled_at) from jobs where status = 'queued' and scheduled_at <= $1) as oldest
"""

FORGET = """
delete from jobs where id in (
  select id from jobs where status in ('done', 'skipped', 'discarded') and finished_at < $1
  order by finished_at limit $2 for update skip locked)
returning id
"""
