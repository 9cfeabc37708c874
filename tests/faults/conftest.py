"""A Booka of its own to be killed part by part: durable stores as in production, and its processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest_asyncio
from redis import Redis as RedisClient

from booka_core import runtime
from booka_core.embedded import process
from booka_core.embedded.home import Home
from booka_core.embedded.postgres import Postgres
from booka_core.embedded.redis import Redis
from booka_core.jobs.carrier import carrier
from booka_core.testing.database import environment

PARTS: dict[str, list[str]] = {
    "web": ["-m", "booka_core.cli", "web"],
    "worker": [str(Path(__file__).with_name("worker_with_effects.py"))],
    "dispatcher": ["-m", "booka_core.cli", "dispatcher"],
}
TABLES = """
create table sends (key uuid primary key, calls int not null default 1);
create table notes (id bigint generated always as identity, conversation text, number int);
create table heard (event_id uuid);
grant all on sends, notes, heard to booka_app;
"""


class Instance:
    """One Booka. `kill` is kill -9 of a part with all its children, and a new start at once."""

    def __init__(self, directory: Path) -> None:
        self.home = Home(directory)
        self.postgres, self.redis = Postgres(self.home), Redis(self.home)
        self.direct_effects = directory / "direct"
        self.web_url = ""
        self.environment: dict[str, str] = {}
        self._parts: dict[str, subprocess.Popen[bytes]] = {}

    def start_stores(self) -> None:
        self.postgres.start()
        self.redis.start()
        port = process.free_port()
        self.web_url = f"http://127.0.0.1:{port}"
        self.environment = {
            "DATABASE_URL": self.postgres.url("booka_app"),
            "DATABASE_OWNER_URL": self.postgres.url("booka_owner"),
            "DATABASE_SYSTEM_URL": self.postgres.url("booka_system"),
            "REDIS_URL": self.redis.url(),
            "BOOKA_HOME": str(self.home.path),
            "BOOKA_HOST": "127.0.0.1",
            "BOOKA_PORT": str(port),
            "BOOKA_BASE_URL": self.web_url,
            "BOOKA_JOBS_LEASE_SECONDS": "3",
            "BOOKA_LOG_LEVEL": "ERROR",
            "DIRECT_EFFECTS": str(self.direct_effects),
        }

    def start(self, part: str) -> None:
        self._parts[part] = process.spawn(
            [sys.executable, *PARTS[part]],
            log=self.home.logs / f"{part}.log",
            environment={**os.environ, **self.environment},
        )

    def kill(self, what: str) -> None:
        """`what` is a part, a store (Redis comes back empty), or `flush` (only its memory)."""
        if what == "flush":
            with RedisClient.from_url(self.redis.url()) as client:
                client.flushall()
        elif what in ("redis", "postgres"):
            server = self.redis if what == "redis" else self.postgres
            port, child = server.port, server.child
            assert child is not None
            process.kill_session(child.pid)
            child.wait()
            server.start()
            assert server.port == port
        else:
            process.kill_session(self._parts[what].pid)
            self._parts[what].wait()
            self.start(what)

    async def serves(self) -> bool:
        try:
            async with httpx.AsyncClient() as http:
                return (await http.get(f"{self.web_url}/api/health")).status_code == 200
        except httpx.TransportError:
            return False

    async def select(self, sql: str, *values: Any) -> list[Any]:
        """Rows as the owner sees them, whatever state the product is in."""
        connection = await asyncpg.connect(self.postgres.url("booka_owner"))
        try:
            rows: list[Any] = await connection.fetch(sql, *values)
            return rows
        finally:
            await connection.close()

    async def create_effect_tables(self) -> None:
        connection = await asyncpg.connect(self.postgres.url("booka_owner"))
        await connection.execute(TABLES)
        await connection.close()

    def logs(self) -> str:
        return "\n".join(process.last_lines(self.home.logs / f"{part}.log") for part in PARTS)

    def stop(self) -> None:
        for child in self._parts.values():
            process.kill_session(child.pid)
            child.wait()
        self.redis.stop()
        self.postgres.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def instance() -> AsyncIterator[Instance]:
    """A running Booka; this process is open on its database too."""
    directory = Path(tempfile.mkdtemp(prefix="booka-faults-"))
    booka = Instance(directory)
    try:
        booka.start_stores()
        with environment(booka.environment):
            carrier.cache_clear()
            await runtime.prepare()
            await booka.create_effect_tables()
            for part in PARTS:
                booka.start(part)
            await runtime.start()
            yield booka
            await runtime.stop()
    finally:
        carrier.cache_clear()
        booka.stop()
        shutil.rmtree(directory, ignore_errors=True)
