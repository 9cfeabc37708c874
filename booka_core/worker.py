"""The worker: Celery's processes, each with one event loop on which jobs run side by side.

Celery brings batches of ids (`booka_core.jobs.carrier`). A process takes a batch, starts its jobs and asks for the next
one as soon as it has room, so that one slow outside service never keeps a process from other work. Told to stop, it
finishes what it has begun, and gives back what takes too long.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import uvloop
from celery.signals import worker_process_init, worker_process_shutdown

from booka_core import runtime
from booka_core.jobs import hints, maintenance
from booka_core.jobs.carrier import TASK, carrier
from booka_core.jobs.runner import Runner
from booka_core.kernel.logging import get_logger

log = get_logger(__name__)
T = TypeVar("T")

app = carrier()

_BEAT_SECONDS = 5.0
_STOP_SECONDS = 8.0
_START_SECONDS = 60.0


class WorkerProcess:
    """The event loop of one process, in a thread of its own, with the product open on it."""

    def __init__(self) -> None:
        self._loop = uvloop.new_event_loop()
        self._ready = threading.Event()
        self._runner: Runner | None = None
        self._thread = threading.Thread(target=self._live, name="booka-jobs", daemon=True)
        self._thread.start()

    def accept(self, ids: list[UUID]) -> None:
        """Take these jobs, and return when there is room for more."""
        if not self._ready.wait(_START_SECONDS) or self._runner is None:
            raise RuntimeError("the worker process has no database yet")  # the jobs' leases bring them back
        self._call(self._runner.accept(ids))

    def stop(self) -> None:
        """Finish what was begun, within seconds, and close everything."""
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(2)

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _live(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._beating = self._loop.create_task(self._begin())
        self._loop.run_forever()

    async def _begin(self) -> None:
        pause = 0.2
        while True:
            try:
                await runtime.start("worker")
                break
            except Exception as error:  # noqa: BLE001 - whatever is missing may come: a worker outwaits its database
                log.warning("worker.waits", error=f"{type(error).__name__}: {error}")
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
        self._runner = await Runner().__aenter__()
        self._ready.set()
        while True:
            await hints.beat("worker", self._runner.name)
            try:
                await maintenance.write_due()
            except Exception as error:  # noqa: BLE001 - the next beat tries again
                log.warning("worker.periodic_work_delayed", error=type(error).__name__)
            await asyncio.sleep(_BEAT_SECONDS)

    async def _end(self) -> None:
        self._beating.cancel()
        if self._runner is not None:
            await self._runner.stop(grace=_STOP_SECONDS)
            await runtime.stop()


@app.task(name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def run_jobs(ids: list[str]) -> None:
    """Take a batch of jobs."""
    _this_process().accept([UUID(job_id) for job_id in ids])


@cache
def _this_process() -> WorkerProcess:
    return WorkerProcess()


def _start(**_: object) -> None:
    _this_process()


def _stop(**_: object) -> None:
    if _this_process.cache_info().currsize:
        started = time.monotonic()
        _this_process().stop()
        log.info("worker.stopped", seconds=round(time.monotonic() - started, 2))


worker_process_init.connect(_start, weak=False)
worker_process_shutdown.connect(_stop, weak=False)
