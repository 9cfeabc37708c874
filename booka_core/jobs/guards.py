"""What the database itself holds about jobs, and what Tortoise cannot declare. A part of the core's migration.

The unique index on (tenant, order key) of jobs in flight is the truth about order: two jobs of one conversation can
never run side by side, whatever a dispatcher believes.
"""

from __future__ import annotations

GUARDS: tuple[str, ...] = (
    "alter table jobs alter column seq add generated always as identity",
    """alter table jobs
         add constraint jobs_status check
           (status in ('queued', 'sent', 'running', 'done', 'skipped', 'dead', 'discarded')),
         add constraint jobs_payload check (jsonb_typeof(payload) = 'object'),
         add constraint jobs_attempts check (attempts >= 0 and max_attempts >= 1 and deliveries >= 0),
         add constraint jobs_order check (order_key is null or tenant_id is not null),
         add constraint jobs_lease check ((status in ('sent', 'running')) = (lease_until is not null)),
         add constraint jobs_finished
           check ((status in ('done', 'skipped', 'dead', 'discarded')) = (finished_at is not null))""",
    "create index jobs_due on jobs (scheduled_at, seq) where status = 'queued'",
    "create index jobs_in_flight on jobs (lease_until) where status in ('sent', 'running')",
    """create index jobs_waiting_in_order on jobs (tenant_id, order_key, seq)
         where order_key is not null and status = 'queued'""",
    """create unique index jobs_one_of_an_order_in_flight on jobs (tenant_id, order_key)
         where order_key is not null and status in ('sent', 'running')""",
    """create unique index jobs_dedupe on jobs (tenant_id, dedupe_key) nulls not distinct
         where dedupe_key is not null""",
    "create index jobs_dead on jobs (tenant_id, finished_at) where status = 'dead'",
    "create index jobs_finished on jobs (finished_at) where status in ('done', 'skipped', 'discarded')",
    # Every row is updated three times within seconds: leave room beside it, and look at the table often. Statistics of
    # an hour ago describe another table.
    """alter table jobs set (
         fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500,
         autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02,
         autovacuum_analyze_threshold = 500, autovacuum_vacuum_cost_delay = 1)""",
)
