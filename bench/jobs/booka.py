"""Booka's contestants. The same rows, run in two ways: drained in one process, and carried by Celery as in production.

`python -m bench.jobs.booka prepare` migrates; `... send N` writes N jobs of one business by the product's own verb;
`... drain` runs what is due in this process. As a Celery application (`-A bench.jobs.booka`) it is the product's
worker with the benchmark's handler.
"""

from __future__ import annotations

import sys

import uvloop

from bench.jobs.mark import mark
from booka_core import runtime
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.commands import enqueue_all
from booka_core.jobs.runner import drain
from booka_core.jobs.types import JobInfo, NewJob
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.queries import find_tenant
from booka_core.worker import app

__all__ = ["app"]
TYPE = "bench.noop"


async def noop(job: JobInfo) -> None:
    mark(job.payload["number"])


registry.register(TYPE, noop)


async def prepare() -> None:
    await runtime.prepare()
    await runtime.start()
    await create_tenant(
        slug="bench", name="Bench", vertical="beauty", zone="Africa/Lagos", locale="en", currency="NGN", country="NG"
    )
    await runtime.stop()


async def send(jobs: int) -> None:
    await runtime.start()
    tenant = await find_tenant("bench")
    with bind_tenant(tenant.id):
        for first in range(0, jobs, 1000):
            async with tenant_scope():
                await enqueue_all(
                    [NewJob(type=TYPE, payload={"number": n}) for n in range(first, min(first + 1000, jobs))]
                )
    await runtime.stop()


async def run_all() -> None:
    await runtime.start()
    await drain(max_seconds=120)
    await runtime.stop()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            uvloop.run(prepare())
        case ["send", jobs]:
            uvloop.run(send(int(jobs)))
        case ["drain"]:
            uvloop.run(run_all())
