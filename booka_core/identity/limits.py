"""How often something may be tried. Counting happens in Redis, for all processes together; when Redis is gone every
process counts for itself at half the rate. There is no third case in which nobody counts.

What is counted (an address, a person, a mail address) reaches Redis only as a hash.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import Any, cast

import redis.asyncio as redis
from redis.exceptions import RedisError

from booka_core.identity.errors import TooManyAttempts
from booka_core.kernel.crypto import token_hash
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times within `seconds` for one key."""

    name: str
    most: int
    seconds: int


SIGN_IN_BY_ADDRESS = Limit("sign-in-address", most=5, seconds=600)
SIGN_IN_BY_CLIENT = Limit("sign-in-client", most=20, seconds=600)
LINKS_BY_CLIENT = Limit("links-client", most=20, seconds=600)
TOKENS_BY_PERSON = Limit("tokens-person", most=60, seconds=600)

_TAKE = """
local count = redis.call('incr', KEYS[1])
if count == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
return {count, redis.call('pttl', KEYS[1])}
"""
_PATIENCE = 0.3
_RETRY_REDIS_AFTER = 5.0
_KEYS_AT_MOST = 50_000


class Limiter:
    """Counts attempts against limits, for one event loop."""

    def __init__(self, address: str | None) -> None:
        self._redis = (
            redis.Redis.from_url(
                address, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE, max_connections=50
            )
            if address
            else None
        )
        self._redis_gone_until = 0.0
        self._own: dict[str, tuple[int, float]] = {}

    async def take(self, limit: Limit, key: str) -> None:
        """Count one attempt. Raises `TooManyAttempts` when it is one too many."""
        name = f"booka:limit:{limit.name}:{token_hash(key).hex()[:32]}"
        count, left, most = await self._count(name, limit)
        if count > most:
            raise TooManyAttempts(retry_after=max(1, math.ceil(left)))

    async def _count(self, name: str, limit: Limit) -> tuple[int, float, int]:
        if self._redis is not None and time.monotonic() >= self._redis_gone_until:
            try:
                answer = cast("Any", self._redis.eval(_TAKE, 1, name, str(limit.seconds * 1000)))
                count, left = await asyncio.wait_for(answer, _PATIENCE)
                return int(count), left / 1000, limit.most
            except (RedisError, OSError, TimeoutError) as error:
                self._redis_gone_until = time.monotonic() + _RETRY_REDIS_AFTER
                log.warning("limits.redis_gone", error=type(error).__name__)
        count, left = self._count_here(name, limit)
        return count, left, max(1, limit.most // 2)

    def _count_here(self, name: str, limit: Limit) -> tuple[int, float]:
        at = time.monotonic()
        count, until = self._own.get(name, (0, 0.0))
        if until <= at:
            count, until = 0, at + limit.seconds
            self._make_room(at)
        self._own[name] = (count + 1, until)
        return count + 1, until - at

    def _make_room(self, at: float) -> None:
        if len(self._own) >= _KEYS_AT_MOST:
            self._own = {key: kept for key, kept in self._own.items() if kept[1] > at}
        while len(self._own) >= _KEYS_AT_MOST:
            self._own.pop(next(iter(self._own)))  # the oldest: a flood of keys must not exhaust the memory

    async def close(self) -> None:
        """Give the connections back."""
        if self._redis is not None:
            await self._redis.aclose()


def limiter() -> Limiter:
    """A limiter on the Redis of the settings, or one that counts alone when none is set."""
    address = settings().REDIS_URL
    return Limiter(address.get_secret_value() if address else None)
