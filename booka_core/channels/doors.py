"""From a webhook's path to the tenant's connection behind it, remembered for a few seconds so that a busy account
costs no reads. What is remembered holds secrets: it stays in this process, in memory, and is never logged.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from booka_core.channels.errors import DoorNotReady, UnknownDoor
from booka_core.db.scope import bind_tenant
from booka_core.messaging import paths
from booka_core.messaging.errors import ConnectionNotFound
from booka_core.messaging.queries import open_connection
from booka_core.plugins import catalogue
from booka_core.sdk.messaging import Connection, MessagingProvider
from booka_core.tenancy.queries import look_up

SECONDS = 5.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Door:
    """A webhook's address and who is behind it."""

    tenant_id: UUID
    connection: Connection
    provider: MessagingProvider


_known: OrderedDict[str, tuple[float, Door]] = OrderedDict()


async def find(provider: str, path: str) -> Door:
    """Who receives at this address.

    Raises `UnknownDoor` for an address we never gave out, `DoorNotReady` for one we did and know nothing of: while
    data is restored or moved the sender must come back rather than give up.
    """
    remembered = _known.get(path)
    if remembered is not None and remembered[0] > time.monotonic():
        door = remembered[1]
    else:
        door = await _found(path)
        _known[path] = (time.monotonic() + SECONDS, door)
        while len(_known) > _MOST:
            _known.popitem(last=False)
    if door.connection.provider != provider:
        raise UnknownDoor
    return door


async def _found(path: str) -> Door:
    hit = await look_up("webhook", paths.directory_key(path))
    if hit is None or hit.target_id is None:
        raise DoorNotReady if paths.is_ours(path) else UnknownDoor
    with bind_tenant(hit.tenant_id):
        try:
            connection = await open_connection(hit.target_id)
        except ConnectionNotFound:
            raise DoorNotReady from None
    return Door(hit.tenant_id, connection, catalogue.provider(connection.provider))


def forget() -> None:
    """Remember nothing, as after a connection's secrets changed."""
    _known.clear()
