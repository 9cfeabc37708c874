"""A fresh, migrated database for one test. The schema is migrated once per run into a template; a test gets a copy of
it, which takes about ten milliseconds, and the copy is dropped afterwards.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from booka_core.testing.servers import Servers, exclusive

TEMPLATE = "booka_template"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class TestDatabase:
    """The database of one test; the product is open on it. The addresses are for a test's own connections and for
    processes it starts (`environment` is what such a process needs)."""

    __test__ = False

    name: str
    application_url: str
    owner_url: str
    system_url: str
    superuser_url: str
    redis_url: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.application_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "DATABASE_SYSTEM_URL": self.system_url,
            "REDIS_URL": self.redis_url,
        }

    @contextlib.asynccontextmanager
    async def connect(self, role: str = "owner") -> AsyncIterator[asyncpg.Connection]:
        """A connection of its own, as `owner`, `application`, `system` or `superuser`."""
        connection = await asyncpg.connect(getattr(self, f"{role}_url"))
        try:
            yield connection
        finally:
            await connection.close()


@contextlib.contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for the block, and let the settings be read anew inside and after it."""
    from booka_core.kernel.settings import reset_settings  # noqa: PLC0415  not at plugin load: it would slow every run

    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    reset_settings()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        reset_settings()


def addresses(servers: Servers, name: str, redis_url: str) -> TestDatabase:
    return TestDatabase(
        name=name,
        application_url=servers.url("booka_app", name),
        owner_url=servers.url("booka_owner", name),
        system_url=servers.url("booka_system", name),
        superuser_url=servers.url("postgres", name),
        redis_url=redis_url,
    )


async def ensure_template(servers: Servers, redis_url: str) -> str:
    """Migrate the template if this run has not yet; every worker of the run waits for the one that does."""
    from booka_core.db import migrate  # noqa: PLC0415  not at plugin load
    from booka_core.plugins.discovery import migration_apps  # noqa: PLC0415

    done = Path(servers.home) / "template.done"
    with exclusive(Path(servers.home) / "template.lock"):
        if not done.exists():
            await _run_as_superuser(
                servers,
                f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)",
                f"CREATE DATABASE {TEMPLATE} OWNER booka_owner TEMPLATE booka STRATEGY file_copy",
            )
            with environment(addresses(servers, TEMPLATE, redis_url).environment):
                report = await migrate.upgrade(migration_apps())
            if report.failed:
                raise RuntimeError(f"Migrations failed: {report.failed}")
            done.touch()
    return TEMPLATE


async def create_database(servers: Servers, *, template: str, worker: str, redis_url: str) -> TestDatabase:
    """A copy of the template under a name of its own."""
    name = f"booka_test_{worker}_{os.getpid()}_{next(_numbers)}"
    await _run_as_superuser(servers, f"CREATE DATABASE {name} OWNER booka_owner TEMPLATE {template} STRATEGY file_copy")
    return addresses(servers, name, redis_url)


async def drop_database(servers: Servers, database: TestDatabase) -> None:
    await _run_as_superuser(servers, f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")


async def _run_as_superuser(servers: Servers, *statements: str) -> None:
    connection = await asyncpg.connect(servers.url("postgres", "postgres"))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
