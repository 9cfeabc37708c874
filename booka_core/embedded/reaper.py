"""A small process that outlives the one that starts programs, to stop those programs when it dies without doing so.

It holds the reading end of a pipe. The starter writes one line per child; when the pipe closes without a farewell,
however that came about, the reaper stops every child still alive in the right order and kills what does not go. It
needs nothing of the operating system but pipes and signals, so it is also the way out where the kernel cannot tie a
child to its parent.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import psutil

_FAREWELL = b"farewell\n"
_GRACE_SECONDS = 8.0


@dataclass(frozen=True)
class Ward:
    """One child to look after. The start time tells it from a later process with the same number; the highest `rank`
    is stopped first."""

    pid: int
    started: float
    stop_signal: int
    rank: int


class Reaper:
    """The starter's end of the pipe."""

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "booka_core.embedded.reaper"], stdin=reading, start_new_session=True, cwd="/"
            )
        finally:
            os.close(reading)

    @property
    def pid(self) -> int:
        return self._process.pid

    def watch(self, child: subprocess.Popen[bytes], *, stop_signal: signal.Signals, rank: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess, BrokenPipeError):
            started = psutil.Process(child.pid).create_time()
            os.write(self._writing, f"{child.pid} {started!r} {int(stop_signal)} {rank}\n".encode())

    def dismiss(self) -> None:
        """Every child is gone: the reaper may go too."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._writing, _FAREWELL)
        os.close(self._writing)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)


def _find(ward: Ward) -> psutil.Process | None:
    with contextlib.suppress(psutil.Error):
        found = psutil.Process(ward.pid)
        if abs(found.create_time() - ward.started) < 0.05:
            return found
    return None


def _alive(process: psutil.Process) -> bool:
    """A zombie has ended; in a container there may be nobody to bury it."""
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _stop_together(wards: list[Ward]) -> None:
    family: list[psutil.Process] = []
    for ward in wards:
        if parent := _find(ward):
            with contextlib.suppress(psutil.Error):
                family += [parent, *parent.children(recursive=True)]
            with contextlib.suppress(psutil.Error):
                parent.send_signal(ward.stop_signal)
    deadline = time.monotonic() + _GRACE_SECONDS
    while (left := [process for process in family if _alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    for survivor in left:
        with contextlib.suppress(psutil.Error):
            survivor.kill()


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    heard = b""
    while chunk := os.read(0, 65_536):
        heard += chunk
    if heard.endswith(_FAREWELL):
        return
    wards = []
    for line in heard.decode().splitlines():
        pid, started, stop_signal, rank = line.split()
        wards.append(Ward(int(pid), float(started), int(stop_signal), int(rank)))
    for level in sorted({ward.rank for ward in wards}, reverse=True):
        _stop_together([ward for ward in wards if ward.rank == level])


if __name__ == "__main__":
    main()
