"""What is due again and again, without a clock of its own: every worker process writes the job of the present period,
and its dedupe key makes it one. The room's own periodic work is here too: forgetting what was finished long ago.
"""

from __future__ import annotations

from booka_core.db.scope import platform_scope
from booka_core.jobs import ledger, registry
from booka_core.jobs.commands import enqueue_all
from booka_core.jobs.types import JobInfo, NewJob
from booka_core.kernel import clock

FORGET = "jobs.forget"
KEEP_DAYS = 7.0
_FORGET_AT_ONCE = 2000


def register() -> None:
    """Register this room's handlers."""
    registry.register(FORGET, forget, timeout=300)
    registry.every(FORGET, seconds=3600)


async def write_due() -> None:
    """Write the jobs of the present period that are not written yet."""
    now = clock.now().timestamp()
    due = [
        NewJob(type=p.type, dedupe_key=f"every:{p.type}:{int(now // p.seconds)}", max_attempts=3)
        for p in registry.periodic()
    ]
    if due:
        async with platform_scope("jobs.dispatch"):
            await enqueue_all(due)


async def forget(_job: JobInfo) -> None:
    """`jobs.forget`: delete jobs that were finished a week ago; dead ones stay until a person decides."""
    while await ledger.forget(days=KEEP_DAYS, most=_FORGET_AT_ONCE) == _FORGET_AT_ONCE:
        pass
