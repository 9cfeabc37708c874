"""The only writer of a job's status after it was written down: claiming, taking, settling, renewing, giving back.

Every change is one guarded UPDATE as the system role. A claim is serialised by an advisory lock, because the oldest
unfinished job of an order key can only be known when no other claim is half done; the lock is held for milliseconds,
and whoever does not get it simply asks again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from booka_core.db.scope import platform_scope, register_reason
from booka_core.jobs import statements
from booka_core.jobs.types import Claim, JobInfo, Outcome
from booka_core.kernel import clock
from booka_core.kernel.settings import settings

CLAIM_KEY = zlib.crc32(b"booka:jobs:claim")

register_reason("jobs.dispatch", audited=False)
register_reason("jobs.run", audited=False)
register_reason("jobs.inspect", audited=True)
register_reason("jobs.retention", audited=False)


async def claim(*, in_flight: int) -> list[Claim]:
    """Claim what is due, and what was handed out but came to nothing, up to `in_flight` jobs out at once.

    Returns the claimed jobs in the order in which they were due; nothing while another process is claiming.
    """
    async with platform_scope("jobs.dispatch") as tx:
        (lock,) = await tx.execute_query_dict(statements.CLAIM_LOCK, [CLAIM_KEY])
        if not lock["mine"]:
            return []
        found = await tx.execute_query_dict(
            statements.CLAIM, [clock.now(), in_flight, in_flight, settings().BOOKA_JOBS_LEASE_SECONDS]
        )
    found.sort(key=lambda row: (row["scheduled_at"], row["seq"]))
    return [Claim(id=row["id"], queue=row["queue"], deliveries=row["deliveries"]) for row in found]


async def take(ids: Sequence[UUID], *, worker: str) -> list[JobInfo]:
    """Make this worker the one taker of the jobs, and return those that nobody took before."""
    rows = await _change("jobs.run", statements.TAKE, [list(ids), _lease(), worker])
    rows.sort(key=lambda row: row.pop("seq"))
    return [JobInfo(**{**row, "payload": _loaded(row["payload"])}) for row in rows]


async def settle(outcomes: Sequence[Outcome], *, worker: str) -> dict[UUID, bool]:
    """Write how attempts ended. Returns, per job whose outcome counted, whether another one waits for its order key.

    An outcome of an attempt that lost its lease does not count: somebody else has the job now.
    """
    rows = await _change(
        "jobs.run",
        statements.SETTLE,
        [
            [outcome.id for outcome in outcomes],
            [outcome.attempts for outcome in outcomes],
            [outcome.status for outcome in outcomes],
            [outcome.scheduled_at for outcome in outcomes],
            [outcome.error for outcome in outcomes],
            clock.now(),
            [outcome.counts for outcome in outcomes],
            worker,
        ],
    )
    return {row["id"]: row["ordered"] for row in rows}


async def renew(held: dict[UUID, int], *, worker: str) -> set[UUID]:
    """Extend the lease of running jobs (id → attempt). Returns those that are still ours."""
    rows = await _change("jobs.run", statements.RENEW, [list(held), list(held.values()), worker, _lease()])
    return {row["id"] for row in rows}


async def return_unfinished(held: dict[UUID, int], *, worker: str) -> None:
    """Give back running jobs (id → attempt) that this worker will not finish; the attempt does not count."""
    await _change("jobs.run", statements.RETURN_UNFINISHED, [list(held), list(held.values()), worker])


async def give_back(ids: Sequence[UUID]) -> None:
    """Make claimed jobs claimable again at once: the carrier refused them."""
    await _change("jobs.dispatch", statements.GIVE_BACK, [list(ids)])


async def give_all_back() -> int:
    """Make everything claimable again that was handed to a carrier which has lost it. Returns how many there were."""
    return len(await _change("jobs.dispatch", statements.GIVE_ALL_BACK, []))


async def forget(*, days: float, most: int = 1000) -> int:
    """Delete up to `most` finished jobs older than `days`; dead ones stay until a person decides."""
    return len(await _change("jobs.retention", statements.FORGET, [clock.now() - timedelta(days=days), most]))


async def _change(reason: str, statement: str, values: list[Any]) -> list[dict[str, Any]]:
    async with platform_scope(reason) as tx:
        return await tx.execute_query_dict(statement, values)


def _lease() -> Any:
    return clock.now() + timedelta(seconds=settings().BOOKA_JOBS_LEASE_SECONDS)


def _loaded(payload: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(payload) if isinstance(payload, str) else payload
    return loaded
