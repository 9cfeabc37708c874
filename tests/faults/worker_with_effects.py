"""The real worker with three handlers more, whose effects the kill test counts. Started as a script.

`test.send` stands for an outside service that honours idempotency keys and notes how often it was called; `test.note`
writes down in which order jobs of one conversation ran; the consumer `test.listener` writes one row per event inside
its own transaction, with nothing but its receipt against a second row. `test.direct` is a Celery task without a row in
`jobs`: what would be lost without them.
"""

from __future__ import annotations

import os
from uuid import UUID

from booka_core.db.scope import tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.types import JobInfo
from booka_core.kernel.settings import settings
from booka_core.outbox import consumers
from booka_core.sdk.events import AnyEvent, NotificationStatus
from booka_core.worker import app


async def send(job: JobInfo) -> None:
    async with tenant_scope() as tx:
        await tx.execute_query_dict(
            "insert into sends (key) values ($1) on conflict (key) do update set calls = sends.calls + 1 returning key",
            [job.id],
        )


async def note(job: JobInfo) -> None:
    async with tenant_scope() as tx:
        await tx.execute_query_dict(
            "insert into notes (conversation, number) values ($1, $2) returning id",
            [job.payload["conversation"], job.payload["number"]],
        )


async def hear(event_id: UUID, _event: AnyEvent) -> None:
    async with tenant_scope() as tx:
        await tx.execute_query_dict("insert into heard (event_id) values ($1) returning event_id", [event_id])


@app.task(name="test.direct")  # type: ignore[untyped-decorator]  # Celery has no types
def direct(key: str) -> None:
    descriptor = os.open(os.environ["DIRECT_EFFECTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{key}\n".encode())
    os.close(descriptor)


registry.register("test.send", send)
registry.register("test.note", note)
consumers.register("test.listener", [NotificationStatus.TYPE], hear)

if __name__ == "__main__":
    app.worker_main(
        ["worker", "--loglevel=ERROR", f"--concurrency={settings().BOOKA_WORKER_PROCESSES}", "--without-mingle"]
    )
