"""The number by which every process knows whether what it keeps of a catalogue is old."""

from __future__ import annotations

from booka_core.db.scope import Queries, current_tenant


async def note_change(connection: Queries) -> None:
    """Say, in the transaction that makes it, that what the tenant offers has changed."""
    await connection.execute_query(
        "update tenants set catalog_revision = catalog_revision + 1 where id = $1", [current_tenant()]
    )
