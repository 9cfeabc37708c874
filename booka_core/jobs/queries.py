"""Looking at the work: for the admin, the command line, readiness and metrics. Reads see what the open scope sees."""

from __future__ import annotations

from uuid import UUID

from prometheus_client import Gauge

from booka_core.db.scope import open_scope, platform_scope, register_reason
from booka_core.jobs import statements
from booka_core.jobs.errors import JobNotFound
from booka_core.jobs.types import JobRecord, Lag, Status
from booka_core.kernel import clock
from booka_core.kernel.metrics import registry as metrics

register_reason("jobs.measure", audited=False)

_jobs = Gauge("booka_jobs", "Jobs of all businesses, by how they stand.", ["standing"], registry=metrics)
_oldest = Gauge("booka_jobs_oldest_due_seconds", "Age of the oldest job that is due.", registry=metrics)

_LIST = (
    statements.RECORD
    + """
where ($1::text is null or status = $1) and ($2::text is null or type = $2) and ($3::uuid is null or id < $3)
order by id desc limit $4
"""
)
_GET = statements.RECORD + " where id = $1"


async def list_jobs(
    *,
    status: Status | None = None,
    type: str | None = None,  # noqa: A002 - the column's name
    before: UUID | None = None,
    limit: int = 50,
) -> list[JobRecord]:
    """The newest jobs first; `before` is the last id of the page before."""
    tx, _tenant = open_scope()
    rows = await tx.execute_query_dict(_LIST, [status, type, before, limit])
    return [JobRecord(**row) for row in rows]


async def dead_letters(*, before: UUID | None = None, limit: int = 50) -> list[JobRecord]:
    """The jobs that were given up and wait for a person's decision, newest first."""
    return await list_jobs(status="dead", before=before, limit=limit)


async def get_job(job_id: UUID) -> JobRecord:
    """One job. Raises `JobNotFound`."""
    tx, _tenant = open_scope()
    rows = await tx.execute_query_dict(_GET, [job_id])
    if not rows:
        raise JobNotFound
    return JobRecord(**rows[0])


async def lag() -> Lag:
    """How far the work that this scope sees is behind."""
    tx, _tenant = open_scope()
    now = clock.now()
    (row,) = await tx.execute_query_dict(statements.LAG, [now])
    oldest = row["oldest"]
    return Lag(
        due=row["due"],
        in_flight=row["in_flight"],
        dead=row["dead"],
        oldest_seconds=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
    )


async def measure() -> Lag:
    """How far all the work is behind, noted in this process's figures too. To be called before they are read."""
    async with platform_scope("jobs.measure"):
        found = await lag()
    for standing in ("due", "in_flight", "dead"):
        _jobs.labels(standing).set(getattr(found, standing))
    _oldest.set(found.oldest_seconds)
    return found
