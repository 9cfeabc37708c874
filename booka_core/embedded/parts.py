"""The parts of a running Booka: what each is started with, when it counts as serving, and in which order they stop."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from booka_core.embedded import process
from booka_core.embedded.environment import local_url
from booka_core.embedded.errors import ServerFailed
from booka_core.embedded.gate import VARIABLE, Gate
from booka_core.embedded.postgres import Postgres
from booka_core.embedded.redis import Redis

# A part that ends with this status was told that it must not run (EX_CONFIG of sysexits.h): trying again is useless.
REFUSED = 78
_QUICK_DEATH_SECONDS = 10.0


@dataclass(frozen=True)
class Part:
    """One program of the product. The highest `rank` stops first; parts of one rank stop together. With a `probe`
    (an HTTP address) it serves once that answers 200, otherwise once it says so itself."""

    name: str
    command: tuple[str, ...]
    rank: int
    probe: str | None = None
    patience: float = 60.0
    grace: float = 12.0
    # It imports while the database is being prepared. Only what a person waits for: every other would slow that down.
    early: bool = False


def product_part(
    name: str,
    *,
    rank: int,
    probe: str | None = None,
    patience: float = 60.0,
    grace: float = 12.0,
    early: bool = False,
) -> Part:
    """A part that is a command of Booka's own."""
    command = (sys.executable, "-m", "booka_core.cli", name)
    return Part(name, command, rank=rank, probe=probe, patience=patience, grace=grace, early=early)


def preparation() -> Part:
    """Runs to its end before the parts start: migrations, checks, and the demo's data."""
    return product_part("prepare", rank=5, patience=600)


def product_parts(environment: Mapping[str, str]) -> tuple[Part, ...]:
    """What runs beside the stores, in the order of the start."""
    emulators = environment.get("BOOKA_EMULATOR_URL", "")
    return (
        *(
            (product_part("emulators", rank=2, probe=f"{emulators}/_emulator/mail"),)
            if "BOOKA_DEMO" in environment
            else ()
        ),
        product_part("dispatcher", rank=3),
        # Both finish what they have begun, within limits of their own that are a little shorter than these.
        product_part("worker", rank=3, grace=20),
        product_part("web", rank=4, probe=f"{local_url(environment)}/api/health", grace=25, early=True),
    )


@dataclass
class Deaths:
    """How often in a row a child died soon after its start, and when to try again: each time twice as late."""

    limit: int = 5
    quick: int = 0
    retry_at: float = 0.0

    def note(self, *, lived: float) -> bool:
        """Count one death; False when it is time to give up."""
        self.quick = self.quick + 1 if lived < _QUICK_DEATH_SECONDS else 1
        self.retry_at = time.monotonic() + min(8.0, 0.25 * 2**self.quick)
        return self.quick < self.limit


class Running(Protocol):
    """What the supervisor watches, starts again and stops: a part or a store."""

    deaths: Deaths
    started: float
    dead: bool

    @property
    def name(self) -> str: ...
    @property
    def rank(self) -> int: ...
    @property
    def log(self) -> Path: ...
    @property
    def child(self) -> subprocess.Popen[bytes] | None: ...
    @property
    def stop_signal(self) -> signal.Signals: ...
    @property
    def grace(self) -> float: ...

    def revive(self, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start it again as it was."""
        ...


@dataclass
class RunningPart:
    """A part and its present process."""

    part: Part
    log: Path
    tied: bool = True
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    dead: bool = False
    deaths: Deaths = field(default_factory=Deaths)
    stop_signal: signal.Signals = signal.SIGTERM
    _gate: Gate | None = None

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def rank(self) -> int:
        return self.part.rank

    @property
    def grace(self) -> float:
        return self.part.grace

    def spawn(self, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start the process; it waits at its gate until `let_go`."""
        if self._gate is not None:
            self._gate.close()
        self._gate = Gate()
        number = self._gate.theirs.fileno()
        self.child = process.spawn(
            self.part.command,
            log=self.log,
            environment={**environment, VARIABLE: str(number)},
            pass_fds=(number,),
            stop_signal=self.stop_signal,
            tied=self.tied,
        )
        self._gate.handed_over()
        self.started = time.monotonic()
        return self.child

    def let_go(self) -> None:
        if self._gate is not None:
            self._gate.open()

    def ready(self) -> bool:
        if self.child is None or self.child.poll() is not None:
            return False  # whoever answers there, it is not this part
        if self.part.probe is not None:
            return answers(self.part.probe)
        return self._gate is not None and self._gate.reported()

    def revive(self, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        child = self.spawn(environment)
        self.let_go()
        return child


@dataclass
class RunningServer:
    """An embedded store, seen as one more thing to watch. It is started again on its old port, which the parts know."""

    server: Postgres | Redis
    rank: int
    started: float = 0.0
    dead: bool = False
    deaths: Deaths = field(default_factory=Deaths)
    grace: float = 30.0

    @property
    def name(self) -> str:
        return self.server.name

    @property
    def log(self) -> Path:
        return self.server.log

    @property
    def child(self) -> subprocess.Popen[bytes] | None:
        return self.server.child

    @property
    def stop_signal(self) -> signal.Signals:
        return self.server.stop_signal

    def start(self) -> subprocess.Popen[bytes]:
        self.started = time.monotonic()
        return self.server.start()

    def revive(self, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        port = self.server.port
        child = self.start()
        if self.server.port != port:
            self.server.stop()
            self.server.port = port
            raise ServerFailed(f"Another program took its port {port} meanwhile.", server=self.name)
        return child


def answers(address: str) -> bool:
    """Whether an HTTP GET of the address gives 200."""
    split = urlsplit(address)
    connection = http.client.HTTPConnection(split.hostname or "127.0.0.1", split.port, timeout=1)
    try:
        connection.request("GET", split.path or "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
