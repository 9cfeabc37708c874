"""The dispatcher's process: claims what is due and hands it to the carrier, at most so many jobs out at once.

Several may run; the claim decides between them. A hint wakes it, polling is behind the hint. When the carrier refuses,
the rows are given back at once; when the carrier has lost its memory, so is everything it held.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time

import asyncpg
from tortoise.exceptions import BaseORMException

from booka_core.db.errors import DatabaseUnavailable
from booka_core.db.lifecycle import close_database, open_database
from booka_core.db.scope import spawn
from booka_core.jobs import hints, ledger
from booka_core.jobs.carrier import Publisher
from booka_core.jobs.runner import process_name
from booka_core.kernel import ids, logging
from booka_core.kernel.settings import settings

log = logging.get_logger(__name__)

_SHORTEST_PAUSE = 0.2
_LONGEST_PAUSE = 1.0
_PAUSE_WHEN_BUSY = 0.02
_LEAST_PAUSE = 0.003  # gathers what becomes due together into one claim
_BEAT_SECONDS = 5.0
_DATABASE_GONE = (asyncpg.PostgresError, asyncpg.InterfaceError, BaseORMException, OSError)


class Dispatcher:
    """One dispatching loop over an open database. `run` returns after `stop`."""

    def __init__(self) -> None:
        self.name = process_name()
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._publisher = Publisher()
        self._looked_at_carrier = 0.0

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def stop(self) -> None:
        """End after the round under way."""
        self._stopping.set()
        self._wake.set()

    async def run(self) -> None:
        """Dispatch until stopped. Neither a database nor a Redis that goes away ends it."""
        helpers = [spawn(self._listen()), spawn(self._beat())]
        pause = _SHORTEST_PAUSE
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                try:
                    handed_out, healthy = await self._round()
                except _DATABASE_GONE as error:
                    log.warning("jobs.dispatch_delayed", error=type(error).__name__)
                    handed_out, healthy = 0, False
                if handed_out and healthy:
                    # What went out makes room soon, and may be followed by others of its order key at once.
                    pause = _SHORTEST_PAUSE
                    await asyncio.sleep(_LEAST_PAUSE)
                    await self._wait(_PAUSE_WHEN_BUSY, wakeable=True)
                    continue
                if not healthy:
                    await self._wait(_LONGEST_PAUSE, wakeable=False)
                    continue
                pause = _SHORTEST_PAUSE if await self._wait(pause, wakeable=True) else min(pause * 1.5, _LONGEST_PAUSE)
        finally:
            for task in helpers:
                task.cancel()
            await asyncio.wait(helpers)
            self._publisher.close()

    async def _round(self) -> tuple[int, bool]:
        """Claim and hand out once. Returns how many jobs went out, and whether the carrier is there."""
        await self._look_at_carrier()
        claims = await ledger.claim(in_flight=settings().BOOKA_JOBS_IN_FLIGHT)
        if not claims:
            return 0, True
        if repeated := sum(claim.deliveries > 1 for claim in claims):
            log.warning("jobs.handed_out_again", jobs=repeated)
        unsent = await self._publisher.publish(claims, batch=settings().BOOKA_JOBS_BATCH)
        if unsent:
            await ledger.give_back(unsent)
            log.warning("jobs.carrier_down", given_back=len(unsent))
        return len(claims) - len(unsent), not unsent

    async def _look_at_carrier(self) -> None:
        if time.monotonic() - self._looked_at_carrier < _LONGEST_PAUSE:
            return
        self._looked_at_carrier = time.monotonic()
        if await hints.carrier_forgot(str(ids.new_id())):
            lost = await ledger.give_all_back()
            if lost:  # at a first start there was nothing to forget
                log.warning("jobs.carrier_forgot", given_back=lost)

    async def _wait(self, seconds: float, *, wakeable: bool) -> bool:
        waiting = self._wake if wakeable else self._stopping
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await waiting.wait()
                return True
        return False

    async def _listen(self) -> None:
        async for _hint in hints.listen(hints.JOBS):
            self._wake.set()

    async def _beat(self) -> None:
        while True:
            await hints.beat("dispatcher", self.name)
            await asyncio.sleep(_BEAT_SECONDS)


async def run() -> None:
    """The whole process: opens the database, dispatches until SIGTERM or SIGINT, closes everything."""
    logging.configure()
    dispatcher = Dispatcher()
    loop = asyncio.get_running_loop()
    for received in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(received, dispatcher.stop)
    pause = _SHORTEST_PAUSE
    while not dispatcher.stopping:
        try:
            await open_database(pool=4)
            break
        except DatabaseUnavailable as error:
            log.warning("jobs.dispatcher_waits_for_database", error=str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)
    log.info("jobs.dispatcher_started", process=dispatcher.name)
    try:
        await dispatcher.run()
    finally:
        await hints.close()
        await close_database()
        log.info("jobs.dispatcher_stopped", process=dispatcher.name)
