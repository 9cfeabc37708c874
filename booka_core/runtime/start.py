"""Starting and stopping a process, and what has to be true before any of them may start."""

from __future__ import annotations

from booka_core.db import lifecycle, migrate
from booka_core.jobs import hints
from booka_core.kernel.logging import configure, get_logger
from booka_core.plugins import report
from booka_core.plugins import runtime as plugins
from booka_core.plugins.discovery import migration_apps
from booka_core.runtime import wiring
from booka_core.runtime.errors import MigrationsPending

log = get_logger(__name__)


async def prepare() -> migrate.Report:
    """Refuse an unsafe database, then bring its tables up to date. Raises `UnsafeDatabase`, `MigrationFailed`."""
    await lifecycle.check_database()
    return await migrate.upgrade(migration_apps())


async def start(part: str = "") -> None:
    """Make this process ready to serve; a serving one names its part, and says which plugins it loaded.

    A plugin whose tables are behind is listed as such and not imported; a core that is behind stops the start.
    Raises `MigrationsPending`, `UnsafeDatabase`, `DatabaseUnavailable`.
    """
    configure()
    await lifecycle.check_database()
    waiting = await migrate.pending(migration_apps())
    if "core" in waiting:
        raise MigrationsPending(f"(missing: {', '.join(waiting['core'])})")
    loaded = plugins.load(
        needs_migration={
            label: f"its tables are not up to date: {', '.join(files)}" for label, files in waiting.items()
        }
    )
    wiring.connect_rooms()
    await lifecycle.open_database(apps=loaded.table_apps())
    if part:
        await report.publish(part)
    log.info("runtime.started", plugins=len(loaded.active()), fingerprint=loaded.fingerprint)


async def stop() -> None:
    """Close what `start` opened."""
    await hints.close()
    await lifecycle.close_database()
