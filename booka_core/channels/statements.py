"""The one statement that makes an acknowledgement true: events and the jobs that will handle them, together or not at
all.
"""

from __future__ import annotations

from booka_core.jobs.statements import insert_for_each

RECEIVE = "channels.receive"
_ATTEMPTS = 12

# $1 the events as JSON, $2 the tenant, $3 now. Keys are taken in one order, so that two writers of the same repetitions
# wait for each other and never in a circle. An event that is known already is neither stored nor handled again.
# Jobs have the ids of their events, and events of one chat an order.
STORE = f"""
with stored as (
  insert into inbound_events (id, tenant_id, connection_id, dedupe_key, kind, order_key, payload, received_at,
                              handled_at, outcome)
  select e.id, $2::uuid, e.connection_id, e.dedupe_key, e.kind, e.order_key, e.payload, e.received_at, null, ''
  from jsonb_to_recordset($1::text::jsonb) as e (
         id uuid, connection_id uuid, dedupe_key text, kind text, order_key text, payload jsonb,
         received_at timestamptz)
  order by e.dedupe_key
  on conflict (tenant_id, connection_id, dedupe_key) do nothing
  returning id, tenant_id, 'in:' || connection_id || ':' || order_key as order_key),
enqueued as ({insert_for_each("stored", type_=RECEIVE, max_attempts=_ATTEMPTS, now=3)})
select id from stored
"""

LOAD = """
select id, connection_id, kind, dedupe_key, order_key, payload, received_at, handled_at
from inbound_events where id = $1
"""

END = "update inbound_events set handled_at = $2, outcome = $3 where id = $1 and handled_at is null"
"""Only the first end counts."""

FORGET = """
delete from inbound_events where id in (
  select id from inbound_events where handled_at < $1 order by handled_at limit $2 for update skip locked)
returning id
"""
