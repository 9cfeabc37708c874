"""Who may object to a plugin being switched off: rooms above this one register a check that says, per tenant, what
still depends on it (open reservations of its vertical, connections through its providers).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

Check = Callable[[UUID, str], Awaitable[Sequence[str]]]
"""`(tenant_id, plugin)` to the reasons why it is still needed, none when it is not."""

_checks: list[Check] = []


def register(check: Check) -> None:
    """Ask `check` before a plugin is switched off. Registering it twice changes nothing."""
    if check not in _checks:
        _checks.append(check)


def unregister(check: Check) -> None:
    """Ask `check` no longer."""
    _checks.remove(check)


async def reasons(tenant_id: UUID, slug: str) -> list[str]:
    """Everything that still depends on the plugin for this tenant."""
    return [reason for check in _checks for reason in await check(tenant_id, slug)]
