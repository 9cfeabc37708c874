"""Runs jobs in one process: takes them, calls their handlers side by side, writes how each ended, keeps their leases.

A handler runs in a task of its own that inherits nothing: its tenant is bound, its log lines carry the job, its time
is limited. Outcomes are written as soon as they are known; those that become known while a write is under way share
the next one, so that each job is settled by itself and a burst still costs few transactions.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import secrets
import socket
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from prometheus_client import Counter, Histogram

from booka_core.db.scope import bind_tenant, spawn
from booka_core.jobs import hints, ledger, registry
from booka_core.jobs.errors import Bury, RetryLater, Skip
from booka_core.jobs.types import JobInfo, Outcome, Tally
from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger, redact_text
from booka_core.kernel.metrics import registry as metrics
from booka_core.kernel.settings import settings

log = get_logger(__name__)

BACK_OFF_BASE = 2.0
BACK_OFF_CAP = 3600.0
_ERROR_LIMIT = 2000

_attempts = Counter(
    "booka_job_attempts_total", "Attempts of jobs, by how they ended.", ["type", "end"], registry=metrics
)
_seconds = Histogram("booka_job_seconds", "How long attempts took.", ["type"], registry=metrics)
_waited = Histogram(
    "booka_job_wait_seconds",
    "From when a job was due to when its first attempt began.",
    ["type"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
    registry=metrics,
)


def back_off(attempt: int) -> float:
    """Seconds until the next attempt: exponential with full jitter, so that what failed together returns apart."""
    return random.uniform(0, min(BACK_OFF_CAP, BACK_OFF_BASE * 2**attempt))  # noqa: S311 - not a secret


def process_name() -> str:
    """A name for job rows and heartbeats that no other process and no later one has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


class Runner:
    """Runs jobs until it is stopped: `async with Runner() as runner: await runner.accept(ids)`."""

    def __init__(self, *, at_once: int | None = None, name: str | None = None) -> None:
        self.at_once = at_once or settings().BOOKA_JOBS_AT_ONCE
        self.name = name or process_name()
        self.tally = Tally()
        self._slots = asyncio.Semaphore(self.at_once)
        self._held: dict[UUID, int] = {}
        self._running: dict[UUID, asyncio.Task[None]] = {}
        self._room = asyncio.Event()
        self._room.set()
        self._outcomes: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Runner:
        self._keeper = spawn(self._keep_leases())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop(grace=0.0)

    async def accept(self, ids: Sequence[UUID]) -> list[UUID]:
        """Take the jobs and start them. Returns the ids that became ours once fewer jobs than `at_once` are running."""
        jobs = await ledger.take(ids, worker=self.name)
        for job in jobs:
            self._held[job.id] = job.attempts
            self._running[job.id] = spawn(self._run(job))
        if len(self._running) >= self.at_once:
            self._room.clear()
        await self._room.wait()
        return [job.id for job in jobs]

    async def run(self, ids: Sequence[UUID]) -> None:
        """Take the jobs, run them and wait until all are settled."""
        await self.accept(ids)
        await self.idle()

    async def idle(self) -> None:
        """Wait until nothing is running."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def stop(self, *, grace: float) -> None:
        """Wait up to `grace` seconds for what is running, then cancel it and give it back unfinished."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self.idle()
        for task in list(self._running.values()):
            task.cancel()
        await self.idle()
        if self._writer is not None:
            await asyncio.wait([self._writer], timeout=5.0)
        if self._held:
            with contextlib.suppress(Exception):
                await ledger.return_unfinished(self._held, worker=self.name)
                hints.wake()
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])

    async def _run(self, job: JobInfo) -> None:
        try:
            async with self._slots:
                outcome = await attempt(job)
            await self._settle(outcome)
            self._held.pop(job.id, None)
        except asyncio.CancelledError:
            log.warning("jobs.cancelled", job=str(job.id), job_type=job.type)
        finally:
            self._running.pop(job.id, None)
            if len(self._running) < self.at_once:
                self._room.set()

    async def _settle(self, outcome: Outcome) -> None:
        written = asyncio.get_running_loop().create_future()
        self._outcomes.append((outcome, written))
        if self._writer is None or self._writer.done():
            self._writer = spawn(self._write())
        await written

    async def _write(self) -> None:
        pause = 0.1
        while self._outcomes:
            batch = self._outcomes[:500]
            try:
                counted = await ledger.settle([outcome for outcome, _ in batch], worker=self.name)
            except Exception as error:  # noqa: BLE001 - the database is away; an outcome must outlive that
                log.warning("jobs.settling_delayed", error=type(error).__name__, outcomes=len(batch))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
                continue
            del self._outcomes[: len(batch)]
            pause = 0.1
            for outcome, written in batch:
                self._count(outcome, counted=outcome.id in counted)
                if not written.done():
                    written.set_result(None)
            if any(counted.values()):
                hints.wake()

    def _count(self, outcome: Outcome, *, counted: bool) -> None:
        if not counted:
            log.warning("jobs.lease_lost", job=str(outcome.id), attempt=outcome.attempts)
            return
        field = "retried" if outcome.status == "queued" else outcome.status
        self.tally += Tally(**{field: 1})

    async def _keep_leases(self) -> None:
        lease = settings().BOOKA_JOBS_LEASE_SECONDS
        while True:
            await asyncio.sleep(lease / 3)
            held = dict(self._held)
            if not held:
                continue
            try:
                ours = await ledger.renew(held, worker=self.name)
            except Exception as error:  # noqa: BLE001 - tried again in a moment, the lease lasts three rounds
                log.warning("jobs.renewal_failed", error=type(error).__name__)
                continue
            for job_id in held.keys() - ours:
                # Another worker may have it by now: what we would still do, it does too.
                if self._held.get(job_id) == held[job_id] and (task := self._running.get(job_id)) is not None:
                    self._held.pop(job_id)
                    task.cancel()


async def attempt(job: JobInfo) -> Outcome:
    """Call the job's handler once and say how it ended. Only cancellation gets out."""
    structlog.contextvars.bind_contextvars(
        job=str(job.id), job_type=job.type, **({"tenant": str(job.tenant_id)} if job.tenant_id else {})
    )
    if job.attempts == 1:
        _waited.labels(job.type).observe(max(0.0, (clock.now() - job.scheduled_at).total_seconds()))
    started = time.perf_counter()
    outcome = await _ended(job)
    _seconds.labels(job.type).observe(time.perf_counter() - started)
    end = "retried" if outcome.status == "queued" else outcome.status
    _attempts.labels(job.type, end).inc()
    if end in ("retried", "dead"):
        log.warning("jobs.attempt_failed", attempt=job.attempts, end=end, error=outcome.error)
    return outcome


async def _ended(job: JobInfo) -> Outcome:
    try:
        handler = registry.find(job.type)
        with bind_tenant(job.tenant_id) if job.tenant_id else contextlib.nullcontext():
            async with asyncio.timeout(handler.timeout):
                await handler.run(job)
    except Skip as reason:
        return Outcome(id=job.id, attempts=job.attempts, status="skipped", error=redact_text(reason.detail) or None)
    except Bury as reason:
        return _failed(job, reason, retry_in=None)
    except RetryLater as reason:
        return _failed(job, reason, retry_in=reason.seconds, counts=reason.counts)
    except TimeoutError as error:
        return _failed(job, error, retry_in=back_off(job.attempts))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a handler raises must not end the worker
        return _failed(job, error, retry_in=back_off(job.attempts))
    return Outcome(id=job.id, attempts=job.attempts, status="done")


def _failed(job: JobInfo, error: BaseException, *, retry_in: float | None, counts: bool = True) -> Outcome:
    said = str(error).replace("\x00", "")
    text = redact_text(f"{type(error).__name__}: {said}" if said else type(error).__name__)[:_ERROR_LIMIT]
    if retry_in is None or (job.is_last_attempt and counts):
        return Outcome(id=job.id, attempts=job.attempts, status="dead", error=text)
    due = clock.now() + timedelta(seconds=retry_in)
    return Outcome(id=job.id, attempts=job.attempts, status="queued", scheduled_at=due, error=text, counts=counts)


async def run_ids(ids: Sequence[UUID]) -> Tally:
    """Run these claimed jobs in this process and wait for them."""
    async with Runner() as runner:
        await runner.run(ids)
        return runner.tally


async def drain(*, max_seconds: float = 30.0, batch: int = 200) -> Tally:
    """Run everything that is due, and what that causes, in this process until nothing is due; without the carrier.

    For tests, benchmarks and the terminal. Jobs that failed wait for their next attempt. Returns after `max_seconds`.
    """
    until = time.monotonic() + max_seconds
    async with Runner(at_once=batch) as runner:
        while time.monotonic() < until:
            claims = await ledger.claim(in_flight=batch)
            if not claims:
                break
            await runner.run([claim.id for claim in claims])
        return runner.tally
