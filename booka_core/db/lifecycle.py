"""Opening and closing the database for a serving process, and refusing one that would lose or leak data."""

from __future__ import annotations

import asyncpg
from tortoise import Tortoise

from booka_core.db.config import AppSpec, address, core_app, credentials, tortoise_config
from booka_core.db.errors import DatabaseUnavailable, UnsafeDatabase
from booka_core.db.scope import TenantConnection

VERSIONS = range(15, 19)
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
_WHY = {
    "fsync": "a power cut could destroy the whole database",
    "full_page_writes": "a power cut could leave half-written pages",
    "synchronous_commit": "a confirmation that a customer has read could be forgotten",
}


async def open_database(*, apps: tuple[AppSpec, ...] = (), pool: int | None = None) -> None:
    """Open both roles' pools for this process. Raises `DatabaseUnavailable` or `DatabaseNotConfigured`."""
    config = tortoise_config((core_app(), *apps), connection_class=TenantConnection, pool=pool)
    try:
        await Tortoise.init(config=config, _enable_global_fallback=True)
        await Tortoise.get_connection("default").execute_query("select 1")
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseUnavailable(f"({type(error).__name__})") from error


async def close_database() -> None:
    """Close the pools."""
    await Tortoise.close_connections()


async def check_database() -> None:
    """Refuse a database that is the wrong version, not durable, or open to the application role.

    Raises `UnsafeDatabase` with every reason at once.
    """
    faults: list[str] = []
    connection = await asyncpg.connect(**credentials(address("DATABASE_URL")))
    try:
        major = connection.get_server_version().major
        if major not in VERSIONS:
            faults.append(f"it is PostgreSQL {major}, and Booka needs {VERSIONS[0]} to {VERSIONS[-1]}")
        for name in _DURABLE:
            value = await connection.fetchval("select current_setting($1)", name)
            if value in ("off", "local", "remote_write") and not (name == "synchronous_commit" and value != "off"):
                faults.append(f"{name} is off: {_WHY[name]}; set {name} = on")
        role = await connection.fetchrow(
            """select current_user as name, r.rolsuper, r.rolbypassrls,
                      exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                              where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relowner = r.oid) as owns
               from pg_roles r where r.rolname = current_user"""
        )
        if role["rolsuper"] or role["rolbypassrls"] or role["owns"]:
            faults.append(
                f"DATABASE_URL logs in as {role['name']}, which may see every tenant's rows; "
                "give it a role that owns nothing and bypasses nothing (deploy/roles.sql)"
            )
    finally:
        await connection.close()
    if faults:
        raise UnsafeDatabase("; ".join(faults) + ".")
