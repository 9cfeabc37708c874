"""`booka jobs`: background work, its dead letters, and what a person decides about them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast
from uuid import UUID

import typer
from redis.exceptions import RedisError

from booka_core.cli.session import command_line_session
from booka_core.db.scope import platform_scope, tenant_scope
from booka_core.jobs import commands, hints, queries
from booka_core.jobs.types import JobRecord, Status
from booka_core.outbox.queries import consumer_lag
from booka_core.tenancy.queries import find_tenant

app = typer.Typer(no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")]
Tenant = Annotated[str, typer.Option("--tenant", "-t", help="Short name of one business; without it, all of them.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most so many, the newest first.")]
Ids = Annotated[list[UUID], typer.Argument(help="Ids of jobs, as `booka jobs list` shows them.")]


@app.command("list")
def list_them(
    tenant: Tenant = "",
    status: Annotated[
        str, typer.Option(help="Only these: queued, sent, running, done, skipped, dead or discarded.")
    ] = "",
    kind: Annotated[str, typer.Option("--type", help="Only jobs of this type, such as messaging.send.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Jobs and how they stand."""

    async def work() -> list[JobRecord]:
        async with _seeing(tenant):
            return await queries.list_jobs(status=cast("Status | None", status or None), type=kind or None, limit=limit)

    _show(asyncio.run(work()), as_json=as_json)


@app.command()
def dead(tenant: Tenant = "", limit: Limit = 50, as_json: AsJson = False) -> None:
    """Jobs that were given up and wait for a decision: `retry` or `discard`."""

    async def work() -> list[JobRecord]:
        async with _seeing(tenant):
            return await queries.dead_letters(limit=limit)

    _show(asyncio.run(work()), as_json=as_json)


@app.command()
def retry(ids: Ids, tenant: Tenant = "", as_json: AsJson = False) -> None:
    """Run dead or discarded jobs again from their first attempt, and waiting ones now."""
    _decide(ids, commands.replay, tenant=tenant, said="will run again", as_json=as_json)


@app.command()
def discard(ids: Ids, tenant: Tenant = "", as_json: AsJson = False) -> None:
    """Decide that dead or waiting jobs shall never run."""
    _decide(ids, commands.discard, tenant=tenant, said="will never run", as_json=as_json)


@app.command()
def status(tenant: Tenant = "", as_json: AsJson = False) -> None:
    """How far the work is behind, who is alive, and which consumers of events lag."""

    async def work() -> dict[str, Any]:
        async with _seeing(tenant):
            found: dict[str, Any] = (await queries.lag()).model_dump(mode="json")
            found["consumers"] = [lag.model_dump(mode="json") for lag in await consumer_lag()]
            for part in ("worker", "dispatcher"):
                try:
                    found[f"{part}s_alive"] = await hints.alive(part)
                except RedisError:
                    found[f"{part}s_alive"] = None
        return found

    found = asyncio.run(work())
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    typer.echo(
        f"due {found['due']}, in flight {found['in_flight']}, dead {found['dead']}, "
        f"oldest due for {found['oldest_seconds']:.1f} s"
    )
    for part in ("worker", "dispatcher"):
        alive = found[f"{part}s_alive"]
        typer.echo(f"{part} processes alive: {'unknown, Redis does not answer' if alive is None else alive}")
    for lag in found["consumers"]:
        typer.echo(
            f"{lag['consumer']}: {lag['waiting']} waiting for {lag['oldest_seconds']:.1f} s at most, {lag['dead']} dead"
        )


@asynccontextmanager
async def _seeing(tenant: str) -> AsyncIterator[None]:
    """A transaction that sees one business's jobs, or everyone's, which is audited."""
    async with command_line_session():
        if tenant:
            async with tenant_scope((await find_tenant(tenant)).id):
                yield
        else:
            async with platform_scope("jobs.inspect", actor="command line"):
                yield


def _decide(ids: list[UUID], verb: Callable[[UUID], Awaitable[None]], *, tenant: str, said: str, as_json: bool) -> None:
    async def work() -> None:
        async with _seeing(tenant):
            for job_id in ids:
                await verb(job_id)

    asyncio.run(work())
    if as_json:
        typer.echo(json.dumps([str(job_id) for job_id in ids]))
        return
    for job_id in ids:
        typer.echo(f"{job_id} {said}.")


def _show(jobs: list[JobRecord], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([job.model_dump(mode="json") for job in jobs], indent=2))
        return
    for job in jobs:
        typer.echo(
            f"{job.id}  {job.status:<9} {job.type:<28} {job.attempts}/{job.max_attempts}  "
            f"{job.scheduled_at:%Y-%m-%d %H:%M:%S}  {job.last_error or ''}"[:200].rstrip()
        )
