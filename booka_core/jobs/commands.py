"""Writing work down, and a person's decisions about it. Everything happens in the transaction the caller has open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from booka_core.db.scope import after_commit, open_scope
from booka_core.jobs import hints, statements
from booka_core.jobs.errors import JobNotDiscardable, JobNotFound, JobNotReplayable
from booka_core.jobs.types import NewJob
from booka_core.kernel import clock

_INSERT = statements.insert_jobs(1)


async def enqueue(
    type: str,  # noqa: A002 - the column's name, and what every caller calls it
    payload: dict[str, Any],
    *,
    scheduled_at: datetime | None = None,
    order_key: str | None = None,
    dedupe_key: str | None = None,
    max_attempts: int = 8,
    queue: str = "default",
) -> UUID:
    """Write one job in the open scope, for its tenant (a platform scope's job belongs to none). Returns its id, or
    that of the job which has the `dedupe_key` already. The keys' meaning: `types.NewJob`.
    """
    job = NewJob(
        type=type,
        payload=payload,
        scheduled_at=scheduled_at,
        order_key=order_key,
        dedupe_key=dedupe_key,
        max_attempts=max_attempts,
        queue=queue,
    )
    written = await enqueue_all([job])
    return written[0]


async def enqueue_all(jobs: Sequence[NewJob], *, tenant_id: UUID | None = None) -> list[UUID]:
    """Write several jobs in one statement. Returns an id for each, that of the older job where its `dedupe_key` was
    taken. `tenant_id` is for platform scopes that write on behalf of a tenant.
    """
    if not jobs:
        return []
    tx, tenant = open_scope()
    tenant = tenant or tenant_id
    found = await tx.execute_query_dict(_INSERT, [statements.rows(jobs, tenant_id=tenant, now=clock.now())])
    written = {row["id"] for row in found}
    ids: list[UUID] = []
    for job in jobs:
        if job.id in written:
            ids.append(job.id)
        else:
            (older,) = await tx.execute_query_dict(statements.BY_DEDUPE_KEY, [tenant, job.dedupe_key])
            ids.append(older["id"])
    wake_after_commit()
    return ids


def wake_after_commit() -> None:
    """Have the dispatchers look as soon as the open scope has committed. For those who write jobs by own SQL."""
    after_commit(_wake)


async def replay(job_id: UUID) -> None:
    """Run a job again: a dead or discarded one from the start, a waiting one now.

    Raises `JobNotFound` or `JobNotReplayable`.
    """
    tx, _tenant = open_scope()
    if not await tx.execute_query_dict(statements.REPLAY, [job_id, clock.now()]):
        raise JobNotReplayable(status=await _status(job_id))
    wake_after_commit()


async def discard(job_id: UUID) -> None:
    """Decide that a waiting or dead job shall never run. Raises `JobNotFound` or `JobNotDiscardable`."""
    tx, _tenant = open_scope()
    if not await tx.execute_query_dict(statements.DISCARD, [job_id, clock.now()]):
        raise JobNotDiscardable(status=await _status(job_id))


async def _status(job_id: UUID) -> str:
    tx, _tenant = open_scope()
    rows = await tx.execute_query_dict("select status from jobs where id = $1", [job_id])
    if not rows:
        raise JobNotFound
    return str(rows[0]["status"])


async def _wake() -> None:
    hints.wake()
