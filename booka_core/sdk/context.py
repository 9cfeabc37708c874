"""What a hook is told about the tenant it acts for: identity, place and its own settings; never a session or an app."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from booka_core.sdk.clock import Clock


class TableScope(Protocol):
    """Opens a transaction in which a plugin's own tables show this tenant's rows and no other's."""

    def __call__(self) -> AbstractAsyncContextManager[Any]:
        """Begin the transaction; leave it to commit, raise to roll back."""
        ...


@dataclass(frozen=True, slots=True)
class TenantContext:
    """The tenant for which a plugin is asked to act.

    `config` is the plugin's own validated configuration. `tables` is None for a plugin that declares no tables.
    """

    tenant_id: UUID
    slug: str
    locale: str
    zone: str
    currency: str
    clock: Clock
    config: Mapping[str, Any] = field(default_factory=dict)
    tables: TableScope | None = None
