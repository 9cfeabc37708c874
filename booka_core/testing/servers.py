"""The one PostgreSQL and the one Redis of a test run, shared by all its worker processes.

The first test that asks starts a host process, which starts the servers and lives exactly as long as the test run:
it ends when told to, and when the run's first process disappears in whatever way. Everything it wrote is deleted.

BOOKA_TEST_POSTGRES=/usr/lib/postgresql/15/bin runs the tests on another PostgreSQL's programs instead of the wheel's.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from booka_core.embedded.home import Home
from booka_core.embedded.postgres import Postgres
from booka_core.embedded.process import last_lines, write_private
from booka_core.embedded.reaper import Reaper
from booka_core.embedded.redis import Redis

# A test's database lives for milliseconds, so its durability buys nothing: this halves the time of a run. The product
# refuses such a server; the tests of that refusal start their own.
FORGETFUL: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Servers:
    """Addresses of the run's servers. `url("booka_app", "booka")` is an address for asyncpg and Tortoise."""

    postgres: str  # with {role} and {database} to fill in, and the passwords beside it
    passwords: Mapping[str, str]
    redis: str
    host_pid: int
    home: str

    def url(self, role: str, database: str) -> str:
        return self.postgres.format(role=role, password=self.passwords[role], database=database)

    def redis_url(self, database: int = 0) -> str:
        return f"{self.redis}/{database}"


def run_directory(run: str) -> Path:
    """Where one test run keeps its servers. Not below pytest's own: as root the servers' account may not enter it."""
    return Path(tempfile.gettempdir()) / f"booka-tests-{run}"


def shared_servers(directory: Path, *, run_process: int) -> Servers:
    """The servers of the run, started now if no test asked before. `run_process` is the pytest process of the run."""
    directory.mkdir(mode=0o711, exist_ok=True)
    directory.chmod(0o711)
    with exclusive(directory / "start.lock"):
        if (known := _read(directory)) is not None:
            return known
        with (directory / "host.log").open("ab") as log:
            host = subprocess.Popen(
                [sys.executable, "-m", "booka_core.testing.servers", str(directory), str(run_process)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 90
        while (known := _read(directory)) is None:
            if host.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The test servers did not start:\n{last_lines(directory / 'host.log', 40)}")
            time.sleep(0.02)
        return known


def stop_servers(directory: Path) -> None:
    """End the run's host process, if one was started, and wait until it has cleaned up."""
    if (known := _read(directory)) is not None:
        with contextlib.suppress(psutil.Error):
            host = psutil.Process(known.host_pid)
            host.terminate()
            host.wait(30)
    shutil.rmtree(directory, ignore_errors=True)


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """One process of the run at a time."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(directory: Path) -> Servers | None:
    try:
        known = Servers(**json.loads((directory / "servers.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return known if psutil.pid_exists(known.host_pid) else None


def _host(directory: Path, run_process: int) -> None:
    ending = False

    def end(_signal: int, _frame: object) -> None:
        nonlocal ending
        ending = True

    for received in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(received, end)
    home = Home(directory)
    home.lock()
    reaper = Reaper()
    other = os.environ.get("BOOKA_TEST_POSTGRES")
    postgres = Postgres(home, settings=FORGETFUL, programs=Path(other) if other else None)
    redis = Redis(home)
    try:
        reaper.watch(postgres.launch(), stop_signal=signal.SIGQUIT, rank=0)
        reaper.watch(redis.start(), stop_signal=redis.stop_signal, rank=1)
        postgres.bootstrap()
        servers = Servers(
            postgres=f"postgres://{{role}}:{{password}}@127.0.0.1:{postgres.port}/{{database}}",
            passwords=postgres.passwords,
            redis=f"redis://:{redis.password}@127.0.0.1:{redis.port}",
            host_pid=os.getpid(),
            home=str(directory),
        )
        write_private(directory / "servers.json", json.dumps(asdict(servers)))
        # A zombie counts as gone: nobody may be waiting for the run's process.
        watched = psutil.Process(run_process)
        while not ending and watched.is_running() and watched.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.25)
    except psutil.NoSuchProcess:
        pass
    finally:
        redis.stop()
        # Nothing in it will be read again.
        postgres.stop_signal = signal.SIGQUIT
        postgres.stop()
        reaper.dismiss()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    _host(Path(sys.argv[1]), int(sys.argv[2]))
