"""A whole Booka in processes of its own, for tests that start, kill and stop it as a person or a machine would."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from booka_core.embedded.instance import Instance, find_instance

_OURS = ("BOOKA_", "DATABASE_", "REDIS_", "SMTP_")


@dataclass
class RunningInstance:
    """A supervisor process and the data directory it runs on."""

    home: Path
    supervisor: subprocess.Popen[bytes]
    output: Path
    _seen: dict[int, psutil.Process] = field(default_factory=dict)

    def printed(self) -> str:
        """What the person at the terminal has seen so far."""
        return self.output.read_text(errors="replace")

    def state(self) -> Instance | None:
        return find_instance(self.home)

    def wait_ready(self, seconds: float = 60) -> Instance:
        """Wait until everything serves. Raises with what was printed when the supervisor ends instead."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            known = self.state()
            if known is not None and known.ready:
                self.family()
                return known
            if self.supervisor.poll() is not None:
                raise RuntimeError(f"It ended with status {self.supervisor.returncode}:\n{self.printed()}")
            time.sleep(0.02)
        raise TimeoutError(f"Not ready after {seconds:.0f} s:\n{self.printed()}")

    def wait_printed(self, text: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.printed():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{text!r} was not printed:\n{self.printed()}")
            time.sleep(0.02)

    def family(self) -> list[psutil.Process]:
        """Every process that was seen below the supervisor up to now, the supervisor first."""
        with contextlib.suppress(psutil.NoSuchProcess):
            top = psutil.Process(self.supervisor.pid)
            for process in (top, *top.children(recursive=True)):
                self._seen.setdefault(process.pid, process)
        return list(self._seen.values())

    def survivors(self, seconds: float = 20) -> list[str]:
        """What of the family is still alive after at most `seconds`; empty as soon as nothing is."""
        gone_by = time.monotonic() + seconds
        while left := [process for process in self.family() if _alive(process)]:
            if time.monotonic() > gone_by:
                return [" ".join(process.cmdline()[:4]) for process in left]
            time.sleep(0.05)
        return []

    def stop(self, sent: signal.Signals = signal.SIGTERM, seconds: float = 60) -> int:
        """End it as asked and return the exit status."""
        self.family()
        self.supervisor.send_signal(sent)
        return self.supervisor.wait(seconds)

    def kill(self) -> None:
        """The supervisor alone, without warning."""
        self.family()
        self.supervisor.kill()
        self.supervisor.wait(10)

    def destroy(self) -> None:
        """Leave nothing, whatever the test did."""
        for process in self.family():
            with contextlib.suppress(psutil.Error):
                process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.supervisor.wait(10)


def start_instance(
    home: Path,
    *,
    command: Sequence[str] = (sys.executable, "-m", "booka_core.cli", "up"),
    environment: Mapping[str, str] | None = None,
    user: int | None = None,
) -> RunningInstance:
    """Start `command` on the data directory; no setting of the test's process reaches it but `environment`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    output = home.parent / f"{home.name}-{time.monotonic_ns()}.out"
    with output.open("wb") as out:
        supervisor = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**clean, **(environment or {}), "BOOKA_HOME": str(home)},
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    return RunningInstance(home, supervisor, output)


@contextlib.contextmanager
def instance_directory() -> Iterator[Path]:
    """A directory for data directories that the servers' account may enter; pytest's own would be closed to it."""
    path = Path(tempfile.mkdtemp(prefix="booka-instance-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _alive(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
