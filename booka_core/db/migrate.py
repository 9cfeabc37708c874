"""Driving aerich for the core and every plugin with tables, one app at a time and one process at a time.

Applying needs no model to be imported: the files are SQL. An advisory lock on a connection of its own keeps two
starting instances apart. The core comes first and must succeed; a plugin whose migration fails is rolled back and
reported, and the rest goes on. Generating happens in a process of its own, because aerich keeps its work on a class.
"""

from __future__ import annotations

import asyncio
import os
import sys
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
from aerich import Command
from tortoise import Tortoise

from booka_core.db.config import AppSpec, address, core_app, credentials
from booka_core.db.errors import DatabaseUnavailable, MigrationFailed, NothingToMigrate
from booka_core.db.protect import protect
from booka_core.kernel.logging import get_logger

log = get_logger(__name__)
LOCK_KEY = zlib.crc32(b"booka:migrations")
_LOCK_TIMEOUT = "120s"
_HISTORY = """
create table if not exists aerich (id serial primary key, version varchar(255) not null, app varchar(100) not null,
                                   content jsonb not null);
create unique index if not exists aerich_app_version on aerich (app, version);
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What an upgrade did: the files applied per app, and the sentence of failure per plugin app."""

    applied: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def in_order(apps: Sequence[AppSpec]) -> list[AppSpec]:
    """The core first, then plugins after what they require, then by label."""
    known = {app.label: app for app in apps}
    done: dict[str, AppSpec] = {}

    def visit(app: AppSpec, path: tuple[str, ...]) -> None:
        if app.label in done or app.label in path:
            return
        for label in sorted(app.requires):
            if label in known:
                visit(known[label], (*path, app.label))
        done[app.label] = app

    for app in sorted(apps, key=lambda a: (a.label != "core", a.label)):
        visit(app, ())
    return list(done.values())


async def upgrade(plugins: Sequence[AppSpec] = ()) -> Report:
    """Apply everything that is pending, then policies and grants. Raises `MigrationFailed` when the core's fail."""
    report = Report()
    async with _locked():
        for app in in_order((core_app(), *plugins)):
            try:
                async with _opened(app) as command:
                    report.applied[app.label] = await command.upgrade(run_in_transaction=True)
                    await protect(
                        Tortoise.get_connection("default"),
                        application=credentials(address("DATABASE_URL"))["user"],
                        system=credentials(address("DATABASE_SYSTEM_URL"))["user"],
                    )
            except (Exception, SystemExit) as error:  # a migration is somebody's code and may raise anything
                if app.label == "core":
                    raise MigrationFailed(f"{error}", app="core", version="core") from error
                report.failed[app.label] = f"{type(error).__name__}: {error}"
                log.exception("db.plugin_migration_failed", app=app.label)
    return report


async def pending(plugins: Sequence[AppSpec] = ()) -> dict[str, list[str]]:
    """The migration files not yet applied, per app; only apps that have some. Needs no more than the system role."""
    connection = await _connect("DATABASE_SYSTEM_URL")
    try:
        known = await connection.fetchval("select to_regclass('public.aerich') is not null")
        rows = await connection.fetch("select app, version from aerich") if known else []
    finally:
        await connection.close()
    applied = {(row["app"], row["version"]) for row in rows}
    found = {
        app.label: [f.name for f in migration_files(app) if (app.label, f.name) not in applied]
        for app in in_order((core_app(), *plugins))
    }
    return {label: files for label, files in found.items() if files}


def migration_files(app: AppSpec) -> list[Path]:
    """An app's migration files in the order in which they apply."""
    files = [f for f in (app.migrations / app.label).glob("*_*.py") if f.name.split("_")[0].isdigit()]
    return sorted(files, key=lambda f: int(f.name.split("_")[0]))


async def make(app: AppSpec, *, name: str, empty: bool = False) -> str:
    """Write the next migration file of `app` from its models; `empty` makes one to be filled in by hand.

    Returns the file's name. Raises `NothingToMigrate`.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "booka_core.db.generate",
        app.label, str(app.migrations), name, "1" if empty else "", *app.models,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env={**os.environ},
    )  # fmt: skip
    out, err = await process.communicate()
    if process.returncode:
        raise MigrationFailed(err.decode()[-2000:], app=app.label, version=name)
    made = out.decode().strip()
    if not made:
        raise NothingToMigrate(app=app.label)
    return made


async def _connect(role: str = "DATABASE_OWNER_URL") -> asyncpg.Connection:
    try:
        return await asyncpg.connect(**credentials(address(role)))
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseUnavailable(f"({type(error).__name__})") from error


@asynccontextmanager
async def _locked() -> AsyncIterator[None]:
    connection = await _connect()
    try:
        await connection.execute(f"set lock_timeout = '{_LOCK_TIMEOUT}'")
        await connection.execute("select pg_advisory_lock($1)", LOCK_KEY)
        await connection.execute(_HISTORY)
        yield
    finally:
        await connection.close()  # the end of the session releases the lock


@asynccontextmanager
async def _opened(app: AppSpec) -> AsyncIterator[Command]:
    config: dict[str, Any] = {
        "connections": {
            "default": {
                "engine": "tortoise.backends.asyncpg",
                "credentials": {**credentials(address("DATABASE_OWNER_URL")), "minsize": 1, "maxsize": 2},
            }
        },
        # aerich's own table is all that has to be mapped, and always under one label: a model belongs to one app.
        "apps": {"aerich": {"models": ["aerich.models"], "default_connection": "default"}},
    }
    await Tortoise.init(config=config)
    try:
        known = {**config, "apps": {app.label: {"models": [], "default_connection": "default"}}}
        command = Command(known, app=app.label, location=str(app.migrations))
        await command.init()
        yield command
    finally:
        await Tortoise.close_connections()
