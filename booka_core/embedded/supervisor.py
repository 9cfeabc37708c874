"""The process behind `booka up` and `booka demo`. It starts the stores and the parts in order, starts again what dies,
and stops everything in reverse order when it is told to. It guarantees that nothing it started outlives it: children
are tied to it by the kernel where that exists, and a reaper stops them when it is killed without warning.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import psutil

from booka_core.embedded import environment, instance, process
from booka_core.embedded.console import Console, LogRelay
from booka_core.embedded.errors import PartGaveUp, ServerFailed, StartRefused
from booka_core.embedded.home import Home
from booka_core.embedded.parts import REFUSED, Part, Running, RunningPart, RunningServer
from booka_core.embedded.postgres import Postgres
from booka_core.embedded.reaper import Reaper
from booka_core.embedded.redis import Redis
from booka_core.kernel.settings import settings
from booka_core.sdk.errors import BookaError

_TICK_SECONDS = 0.02
_LOOK_SECONDS = 0.25
_HURRIED_GRACE_SECONDS = 1.0


class _Ending(Exception):
    """Somebody asked for the end."""


class Supervisor:
    """One instance on one data directory. `run()` returns the exit status when everything has stopped.

    `parts` is given the environment of the parts and says what to run; `prepare` runs to its end between the stores
    and the parts. `tied` and `reaped` switch off the two guards against orphans; only their tests do.
    """

    def __init__(
        self,
        home: Home,
        *,
        parts: Callable[[Mapping[str, str]], Sequence[Part]],
        prepare: Part | None = None,
        demo: bool = False,
        console: Console | None = None,
        tied: bool = True,
        reaped: bool = True,
    ) -> None:
        self._home = home
        self._make_parts = parts
        self._prepare = prepare
        self._demo = demo
        self._console = console or Console()
        self._tied = tied
        self._reaped = reaped
        self._reaper: Reaper | None = None
        self._running: list[Running] = []
        self._relays: dict[str, LogRelay] = {}
        self._ready = False
        self._environment: dict[str, str] = {}
        self._asked_to_end = 0
        self._port: environment.PortClaim | None = None
        self._parent: int | None = None
        self._looked = 0.0

    def run(self) -> int:
        """Start, watch until the end, stop. 0 when somebody asked for the end, 1 when something could not run."""
        self._home.lock()
        self._listen_to_signals()
        self._console.title(f"Booka keeps its data in {self._home.path}")
        status = 0
        try:
            self._wait_for_predecessor()
            if self._reaped:
                self._reaper = Reaper()
            self._start()
            while True:
                self._tick()
                time.sleep(_LOOK_SECONDS)
        except _Ending:
            self._console.title("\nStopping")
            self._console.restart_timer()
        except BookaError as error:
            self._console.notice(str(error))
            status = 1
        finally:
            self._stop_all()
            instance.withdraw(self._home)
            if self._reaper is not None:
                self._reaper.dismiss()
            if self._port is not None:
                self._port.release()
            self._home.unlock()
        return status

    # Starting

    def _start(self) -> None:
        chosen = settings()
        self._console.restart_timer()
        fixed = "BOOKA_PORT" in chosen.model_fields_set
        self._port = environment.PortClaim(chosen.BOOKA_HOST, chosen.BOOKA_PORT, fixed=fixed)
        if self._port.port != chosen.BOOKA_PORT:
            self._console.notice(f"Port {chosen.BOOKA_PORT} is taken, so it is {self._port.port}")
        postgres = None if chosen.DATABASE_URL else Postgres(self._home, tied=self._tied)
        redis = None if chosen.REDIS_URL else Redis(self._home, tied=self._tied)
        for rank, server in enumerate((postgres, redis)):
            if server is not None:
                self._start_server(server, rank=rank)
        self._environment = environment.decide_environment(
            self._home, postgres=postgres, redis=redis, port=self._port.port, demo=self._demo
        )
        prepare = self._spawn(self._prepare) if self._prepare else None
        wanted = self._make_parts(self._environment)
        early = {part.name: self._spawn(part) for part in wanted if part.early}
        if prepare is not None:
            self._run_preparation(prepare)
        parts = [early.get(part.name) or self._spawn(part) for part in wanted]
        self._announce()
        for running in parts:
            running.let_go()
        for running in parts:
            self._wait_for_part(running)
            self._console.step(f"{running.name} is up")
        self._ready = True
        self._announce()
        self._console.address(self._environment["BOOKA_BASE_URL"])

    def _start_server(self, server: Postgres | Redis, *, rank: int) -> None:
        _set_aside(server.log)
        running = RunningServer(server, rank)
        self._relays[server.name] = LogRelay(server.name, server.log, self._console)
        self._running.append(running)
        self._guard(running, running.start())
        self._console.step(f"{server.name} is up, port {server.port}")
        self._tick()

    def _spawn(self, part: Part) -> RunningPart:
        log = self._home.logs / f"{part.name}.log"
        _set_aside(log)
        running = RunningPart(part, log, tied=self._tied)
        self._relays[part.name] = LogRelay(part.name, log, self._console)
        self._running.append(running)
        self._guard(running, running.spawn(self._environment))
        return running

    def _run_preparation(self, running: RunningPart) -> None:
        self._running.remove(running)
        running.let_go()
        child = running.child
        deadline = time.monotonic() + running.part.patience
        try:
            while child is not None and child.poll() is None:
                self._tick()
                if time.monotonic() > deadline:
                    raise StartRefused(f"{running.name} did not end. {_told(running)}")
                time.sleep(_TICK_SECONDS)
        finally:
            if child is not None:
                process.stop(child)
        if child is not None and child.returncode:
            del self._relays[running.name]  # its last words are told now, once
            raise StartRefused(_told(running))
        self._console.step("the database is prepared")

    def _wait_for_part(self, running: RunningPart) -> None:
        deadline = time.monotonic() + running.part.patience
        while not running.ready():
            self._tick()
            if time.monotonic() > deadline:
                raise StartRefused(f"{running.name} does not answer. {_told(running)}")
            time.sleep(_TICK_SECONDS)

    def _announce(self) -> None:
        state = instance.Instance(
            pid=os.getpid(),
            url=self._environment["BOOKA_BASE_URL"],
            started_at=datetime.now(UTC).isoformat(),
            ready=self._ready,
            parts={running.name: running.child.pid for running in self._running if running.child is not None},
            environment=environment.shared(self._environment),
        )
        instance.announce(self._home, state)

    def _wait_for_predecessor(self, seconds: float = 20) -> None:
        """A killed instance's parts may still be stopping; they hold the port this one wants."""
        try:
            known = instance.Instance(**json.loads(self._home.state_file.read_text()))
        except (OSError, ValueError, TypeError):
            return
        left = [pid for name, pid in known.parts.items() if name not in {Postgres.name, Redis.name}]
        if not process.wait_until(lambda: not any(map(_is_ours, left)), seconds=seconds):
            self._console.notice("What an earlier, killed instance left behind is still running")

    # Watching

    def _tick(self) -> None:
        """Look after everything once. Raises `_Ending` when it is time to stop."""
        now = time.monotonic()
        if self._asked_to_end:
            raise _Ending
        if now - self._looked < _LOOK_SECONDS:
            return
        self._looked = now
        if self._parent is not None and os.getppid() != self._parent:
            self._console.notice("The program that started Booka is gone")
            raise _Ending
        for relay in self._relays.values():
            relay.look()
        for running in self._running:
            self._look_after(running, now)

    def _look_after(self, running: Running, now: float) -> None:
        if running.child is None or running.child.poll() is None:
            return
        if not running.dead:
            running.dead = True
            status = running.child.returncode
            process.kill_session(running.child.pid)  # what it may have left behind
            if status == REFUSED:
                del self._relays[running.name]
                raise StartRefused(_told(running))
            if not running.deaths.note(lived=now - running.started):
                raise PartGaveUp(_told(running), part=running.name)
            self._console.notice(f"{running.name} ended ({_status(status)}); starting it again")
        elif now >= running.deaths.retry_at:
            try:
                self._guard(running, running.revive(self._environment))
                running.dead = False
                self._announce()
            except ServerFailed as error:
                if not running.deaths.note(lived=0):
                    raise
                self._console.notice(str(error))

    def _guard(self, running: Running, child: subprocess.Popen[bytes]) -> None:
        if self._reaper is not None:
            self._reaper.watch(child, stop_signal=running.stop_signal, rank=running.rank)

    # Stopping

    def _stop_all(self) -> None:
        for rank in sorted({running.rank for running in self._running}, reverse=True):
            together = [
                running
                for running in self._running
                if running.rank == rank and running.child is not None and running.child.poll() is None
            ]
            for running in together:
                if running.child is not None:
                    running.child.send_signal(running.stop_signal)
            for running in together:
                self._wait_for_end(running)
        for relay in self._relays.values():
            relay.look()

    def _wait_for_end(self, running: Running) -> None:
        child, began = running.child, time.monotonic()
        if child is None:
            return
        while child.poll() is None:
            hurried = self._asked_to_end > 1 and running.rank > 0  # a database is never hurried
            if time.monotonic() - began > (_HURRIED_GRACE_SECONDS if hurried else running.grace):
                self._console.notice(f"{running.name} does not stop and is killed")
                break
            time.sleep(_TICK_SECONDS)
        process.kill_session(child.pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(10)
        self._console.step(f"{running.name} stopped")

    def _listen_to_signals(self) -> None:
        def end(_number: int, _frame: FrameType | None) -> None:
            self._asked_to_end += 1

        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGTERM, end)
        # Under `nohup` a closed terminal or a finished shell is no reason to stop.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, end)
            self._parent = os.getppid()


def _told(running: Running) -> str:
    return f"The end of {running.log}:\n{process.last_lines(running.log)}"


def _status(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"status {code}"


def _is_ours(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        found = psutil.Process(pid)
        return found.status() != psutil.STATUS_ZOMBIE and "booka_core.cli" in found.cmdline()
    return False


def _set_aside(log: Path) -> None:
    """A log tells of one start; that of the start before is kept beside it."""
    if log.exists() and log.stat().st_size:
        log.replace(log.with_suffix(".log.1"))
