"""What a plugin's own tests need of a tenant: its plugins acting for it, an event delivered to one of them, and a look
at the plugin's tables. Plugins import this and the sdk, and nothing else of Booka.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from booka_core.db.scope import tenant_scope
from booka_core.plugins import effective, runtime
from booka_core.plugins.facade import hooks
from booka_core.sdk.events import AnyEvent
from booka_core.tenancy.types import TenantInfo

__all__ = ["TenantInfo", "deliver", "installed_plugins", "rows"]


@contextmanager
def installed_plugins() -> Iterator[None]:
    """Load the installed plugins for the block, as every serving process does."""
    runtime.load()
    try:
        yield
    finally:
        runtime.unload()
        effective.forget()


async def deliver(tenant_id: UUID, plugin: str, *events: AnyEvent) -> None:
    """Tell one plugin of these events, one after the other, as a worker does after their commit."""
    for event in events:
        await hooks().on_event(tenant_id, plugin, event)


async def rows(tenant_id: UUID, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """What `query` finds for one tenant, seen as the product sees it: through the tenant's policy."""
    async with tenant_scope(tenant_id) as queries:
        return await queries.execute_query_dict(query, list(values))
