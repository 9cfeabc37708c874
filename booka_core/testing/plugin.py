"""The pytest plugin: servers for the run, a database, a Redis, a tenant and a clock for the test.

Load it with `-p booka_core.testing.plugin`; it works with and without pytest-xdist. Tests always use servers of their
own and see no setting of the machine they run on. Asynchronous fixtures live on the session's event loop.

Fixtures:

- `postgres_server`, `redis_server`: addresses of the run's servers (`Servers`), for tests that need nothing else.
- `empty_database`: a database of this test's own with roles and extensions but no tables; the product is not open.
- `database`: a migrated database of this test's own (`TestDatabase`), with the product open on it.
- `redis`: a client of an emptied Redis database (`redis.asyncio.Redis`).
- `tenant`: a salon in Lagos (`TenantInfo`) in `database`; nothing is bound, so bind it or open a scope.
- `emulators`, `evolution`, `mailbox`: stand-ins for outside services, see `booka_core.testing.emulators`.
- `web_url`, `line`: the served application, and a WhatsApp line that ends there, see `booka_core.testing.line`.
- `plugin_folder`: a folder for plugins made in the test, see `booka_core.testing.plugins`.
- `frozen_clock`: the module `kernel.clock`, standing still at Monday 2 March 2026, 09:00 UTC.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from booka_core.testing.servers import Servers, run_directory, shared_servers, stop_servers

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from booka_core.tenancy.types import TenantInfo
    from booka_core.testing.database import TestDatabase
    from booka_core.testing.salon import Salon

pytest_plugins = ["booka_core.testing.emulators", "booka_core.testing.line", "booka_core.testing.plugins"]

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

_OURS = ("BOOKA_", "DATABASE_", "REDIS_", "SMTP_")
_KEPT = ("BOOKA_TEST_", "BOOKA_SKIP_ASSETS")
_run = pytest.StashKey[tuple[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    for name in list(os.environ):
        if name.startswith(_OURS) and not name.startswith(_KEPT):
            del os.environ[name]
    os.environ["BOOKA_SECRET_KEY"] = secrets.token_hex(32)
    given = getattr(config, "workerinput", {}).get("booka_run")
    config.stash[_run] = given or (secrets.token_hex(6), os.getpid())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """pytest-xdist starts a worker: it shares the servers of this run."""
    node.workerinput["booka_run"] = node.config.stash[_run]


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or _run not in config.stash:
        return
    directory = run_directory(config.stash[_run][0])
    if directory.exists():
        stop_servers(directory)


@pytest.fixture(scope="session")
def _servers(request: pytest.FixtureRequest) -> Servers:
    run, process = request.config.stash[_run]
    return shared_servers(run_directory(run), run_process=process)


@pytest.fixture(scope="session")
def postgres_server(_servers: Servers) -> Servers:
    """Addresses of the run's PostgreSQL. Nothing a test does may be seen by another: use a database of your own."""
    return _servers


@pytest.fixture(scope="session")
def redis_server(_servers: Servers) -> Servers:
    """Addresses of the run's Redis; each worker process has a database number of its own."""
    return _servers


@pytest.fixture(scope="session")
def redis_url(_servers: Servers) -> str:
    """The address of this worker's own Redis database."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return _servers.redis_url(int(worker) % 15 + 1)


@pytest_asyncio.fixture(loop_scope="session")
async def empty_database(_servers: Servers, redis_url: str) -> AsyncIterator[TestDatabase]:
    """A database of this test's own with the roles and extensions, but no tables; the settings point at it."""
    from booka_core.testing import database as databases  # noqa: PLC0415  keeps plugin load light

    mine = await databases.create_database(_servers, template="booka", worker=_worker(), redis_url=redis_url)
    try:
        with databases.environment(mine.environment):
            yield mine
    finally:
        await databases.drop_database(_servers, mine)


@pytest_asyncio.fixture(loop_scope="session")
async def database(_servers: Servers, redis_url: str) -> AsyncIterator[TestDatabase]:
    """A migrated database of this test's own, with the product open on it through its application and system roles."""
    from booka_core.db import lifecycle  # noqa: PLC0415
    from booka_core.plugins.discovery import migration_apps  # noqa: PLC0415
    from booka_core.testing import database as databases  # noqa: PLC0415

    template = await databases.ensure_template(_servers, redis_url)
    mine = await databases.create_database(_servers, template=template, worker=_worker(), redis_url=redis_url)
    try:
        with databases.environment(mine.environment):
            await lifecycle.open_database(apps=migration_apps(), pool=4)
            try:
                yield mine
            finally:
                await lifecycle.close_database()
    finally:
        await databases.drop_database(_servers, mine)


@pytest_asyncio.fixture(loop_scope="session")
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """A client of this worker's Redis database, emptied before the test."""
    from redis.asyncio import Redis as Client  # noqa: PLC0415

    from booka_core.testing.database import environment  # noqa: PLC0415

    client = Client.from_url(redis_url)
    try:
        await client.flushdb()
        with environment({"REDIS_URL": redis_url}):
            yield client
    finally:
        await client.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def tenant(database: TestDatabase) -> TenantInfo:  # noqa: ARG001  the tenant needs it open
    """A salon in Lagos. Nothing is bound: open `tenant_scope(tenant.id)` or bind it."""
    from booka_core.tenancy.commands import create_tenant  # noqa: PLC0415

    return await create_tenant(
        slug="glow",
        name="Glow Studio",
        vertical="beauty",
        zone="Africa/Lagos",
        locale="en-NG",
        currency="NGN",
        country="NG",
    )


@pytest_asyncio.fixture(loop_scope="session")
async def salon(tenant: TenantInfo) -> AsyncIterator[Salon]:
    """A salon with stylists, services and a customer; its tenant is bound for the test."""
    from booka_core.db.scope import bind_tenant  # noqa: PLC0415
    from booka_core.testing.salon import open_salon  # noqa: PLC0415

    mine = await open_salon(tenant)
    with bind_tenant(tenant.id):
        yield mine


@pytest.fixture
def plugins() -> Iterator[None]:
    """The installed plugins are loaded, as in every serving process."""
    from booka_core.plugins import runtime  # noqa: PLC0415

    runtime.load()
    yield
    runtime.unload()


@pytest.fixture
def frozen_clock() -> Iterator[ModuleType]:
    """Time stands still at Monday 2 March 2026, 09:00 UTC; `frozen_clock.advance(timedelta(...))` moves it on."""
    from booka_core.kernel import clock  # noqa: PLC0415

    with clock.frozen(MONDAY_MORNING):
        yield clock


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "solo")
