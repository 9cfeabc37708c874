"""A copy of open dialogues in Redis, so that the usual message costs no read of PostgreSQL. The copy is written
after the commit and may be lost, stale or gone at any time: its version is compared before anything is written on
its strength.
"""

from __future__ import annotations

import asyncio
from uuid import UUID
from weakref import WeakKeyDictionary

from redis.asyncio import Redis
from redis.exceptions import RedisError

from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings

log = get_logger(__name__)

_KEY = "booka:dialog:{tenant}:{conversation}"
_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[str, Redis]] = WeakKeyDictionary()


def _client() -> Redis | None:
    url = settings().REDIS_URL
    if not url:
        return None
    address, loop = settings().require("REDIS_URL"), asyncio.get_running_loop()
    known = _clients.get(loop)
    if known is None or known[0] != address:
        # A Redis that does not answer must cost less than the read it is meant to save.
        client = Redis.from_url(address, socket_connect_timeout=0.5, socket_timeout=0.5, decode_responses=True)
        known = _clients[loop] = (address, client)
    return known[1]


async def read(tenant: UUID, conversation: UUID) -> str | None:
    """The copy of a dialogue, if there is one and Redis answers."""
    client = _client()
    if client is None:
        return None
    try:
        found = await client.get(_KEY.format(tenant=tenant, conversation=conversation))
    except (RedisError, OSError) as error:
        log.debug("dialog.cache_unreadable", error=type(error).__name__)
        return None
    return None if found is None else str(found)


async def write(tenant: UUID, conversation: UUID, text: str, *, seconds: int) -> None:
    """Put a copy there for `seconds`."""
    client = _client()
    if client is None:
        return
    try:
        await client.set(_KEY.format(tenant=tenant, conversation=conversation), text, ex=max(seconds, 1))
    except (RedisError, OSError) as error:
        log.debug("dialog.cache_unwritable", error=type(error).__name__)


async def drop(tenant: UUID, conversation: UUID) -> None:
    """Take the copy away."""
    client = _client()
    if client is None:
        return
    try:
        await client.delete(_KEY.format(tenant=tenant, conversation=conversation))
    except (RedisError, OSError) as error:
        log.debug("dialog.cache_unwritable", error=type(error).__name__)
