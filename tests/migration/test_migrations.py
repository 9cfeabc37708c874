"""Migrations: from nothing to the present, at once by many, and never half."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from aerich.utils import compress_dict

from booka_core.db import lifecycle, migrate
from booka_core.db.config import AppSpec, core_app
from booka_core.db.errors import NothingToMigrate, UnsafeDatabase
from booka_core.plugins.discovery import migration_apps
from booka_core.testing.database import TestDatabase, environment

UPGRADE = "import asyncio; from booka_core.db import migrate; asyncio.run(migrate.upgrade())"


async def tables(database: TestDatabase) -> set[str]:
    async with database.connect("owner") as connection:
        rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    return {row["tablename"] for row in rows}


async def test_an_empty_database_is_brought_to_the_present_and_then_left_alone(empty_database) -> None:
    assert "core" in await migrate.pending(migration_apps())
    report = await migrate.upgrade(migration_apps())
    assert report.applied["core"][0].startswith("0_")
    assert report.failed == {}
    assert {"tenants", "reservations", "occupancies", "messages", "jobs", "outbox_events"} <= await tables(
        empty_database
    )
    assert await migrate.pending(migration_apps()) == {}
    again = await migrate.upgrade(migration_apps())
    assert set().union(*again.applied.values()) == set()


async def test_many_starting_at_once_migrate_once(empty_database) -> None:
    starts = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", UPGRADE, stderr=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    for process in starts:
        _, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()[-1500:]
    async with empty_database.connect("owner") as connection:
        twice = await connection.fetch("select app, version from aerich group by 1, 2 having count(*) > 1")
    assert twice == []


def plugin_app(folder: Path, *files: str) -> AppSpec:
    place = folder / "toys"
    place.mkdir(parents=True)
    for number, sql in enumerate(files):
        (place / f"{number}_step.py").write_text(
            f"RUN_IN_TRANSACTION = True\n\n\nasync def upgrade(db):\n    return {sql!r}\n\n\n"
            f"async def downgrade(db):\n    return ''\n\n\nMODELS_STATE = {compress_dict({})!r}\n"
        )
    return AppSpec("toys", (), folder, requires=("core",))


TOYS = "create table toys_toys (id uuid primary key, tenant_id uuid not null, name text not null)"


async def test_a_plugins_table_gets_the_tenant_policy_without_asking_for_it(empty_database, tmp_path) -> None:
    await migrate.upgrade([plugin_app(tmp_path, TOYS)])
    async with empty_database.connect("owner") as connection:
        forced = await connection.fetchval(
            "select relrowsecurity and relforcerowsecurity from pg_class where relname = 'toys_toys'"
        )
        assert forced
    async with empty_database.connect("application") as connection:
        assert await connection.fetchval("select count(*) from toys_toys") == 0


async def test_a_plugin_whose_migration_fails_is_rolled_back_and_the_rest_goes_on(empty_database, tmp_path) -> None:
    report = await migrate.upgrade([plugin_app(tmp_path, TOYS, "create table toys_more (id int); select 1 / 0")])
    assert "division by zero" in report.failed["toys"]
    assert {"toys_toys", "tenants"} <= await tables(empty_database)
    assert "toys_more" not in await tables(empty_database)
    assert await migrate.pending([plugin_app(tmp_path / "again", TOYS, "select 1")]) == {"toys": ["1_step.py"]}


async def test_the_models_and_the_migrations_say_the_same(tmp_path) -> None:
    for app in (core_app(), *migration_apps()):
        copy = AppSpec(app.label, app.models, tmp_path / app.label, app.requires)
        place = copy.migrations / app.label
        place.mkdir(parents=True)
        for file in migrate.migration_files(app):
            (place / file.name).write_text(file.read_text())
        with pytest.raises(NothingToMigrate):
            await migrate.make(copy, name="drift")


async def test_a_global_table_is_invisible_to_the_application(database) -> None:
    async with database.connect("application") as connection:
        for table in ("users", "sessions", "aerich"):
            allowed = await connection.fetchval("select has_table_privilege(current_user, $1, 'select')", table)
            assert not allowed, table
        assert await connection.fetchval("select has_table_privilege(current_user, 'directory', 'select')")
        assert not await connection.fetchval("select has_table_privilege(current_user, 'directory', 'insert')")
        for column in ("update", "delete"):
            assert not await connection.fetchval(
                "select has_table_privilege(current_user, 'reservation_logs', $1)", column
            )


@pytest.mark.parametrize("setting", ["synchronous_commit"])
async def test_a_database_that_may_forget_is_refused_with_the_reason(database, setting) -> None:
    async with database.connect("superuser") as connection:
        await connection.execute(f"alter role booka_app in database {database.name} set {setting} = off")
    try:
        with pytest.raises(UnsafeDatabase, match=f"{setting} is off.*could be forgotten"):
            await lifecycle.check_database()
    finally:
        async with database.connect("superuser") as connection:
            await connection.execute(f"alter role booka_app in database {database.name} reset {setting}")


async def test_an_application_role_that_sees_every_tenant_is_refused(database) -> None:
    with (
        environment({"DATABASE_URL": database.owner_url}),
        pytest.raises(UnsafeDatabase, match="booka_owner, which may see every tenant's rows"),
    ):
        await lifecycle.check_database()
