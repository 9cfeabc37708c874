"""What each part of the installation says it loaded, so that somebody who imports nothing can see it, and so that parts
that run different plugins are noticed. Reports go through Redis and may be lost; nothing depends on them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from datetime import datetime

from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.plugins.runtime import loaded
from booka_core.plugins.types import PluginState
from booka_core.sdk.values import Frozen

log = get_logger(__name__)
_KEY = "booka:plugins"
_DAY = 24 * 60 * 60
_NOWHERE = "redis://127.0.0.1:1/0"  # refused at once, like a Redis that is down


class LoadedState(Frozen):
    """One plugin in one part: how far it came there, and why no further."""

    version: str
    state: PluginState
    reason: str


class Report(Frozen):
    """What one part (`web`, `worker`) loaded when it last started."""

    part: str
    fingerprint: str
    at: datetime
    plugins: dict[str, LoadedState]


async def publish(part: str) -> None:
    """Say what this process loaded, and raise the alarm when another part loaded something else."""
    plugins = loaded()
    report = Report(
        part=part,
        fingerprint=plugins.fingerprint,
        at=clock.now(),
        plugins={p.slug: LoadedState(version=p.version, state=p.state, reason=p.reason) for p in plugins.all()},
    )
    async with _redis() as redis:
        await redis.hset(_KEY, part, report.model_dump_json())
        await redis.expire(_KEY, _DAY)
    others = {other.part: other.fingerprint for other in await read() if other.part != part}
    if different := {name: value for name, value in others.items() if value != report.fingerprint}:
        log.error("plugins.parts_differ", part=part, fingerprint=report.fingerprint, others=json.dumps(different))


async def read() -> list[Report]:
    """The newest report of every part; none when Redis is unknown or does not answer."""
    found: list[Report] = []
    async with _redis() as redis:
        for text in (await redis.hgetall(_KEY)).values():
            with contextlib.suppress(ValidationError):  # from another version of Booka, during an upgrade
                found.append(Report.model_validate_json(text))
    return sorted(found, key=lambda report: report.part)


@contextlib.asynccontextmanager
async def _redis() -> AsyncIterator[Redis]:
    """A connection that is not worth waiting for: without an answer, what was to be done with it is skipped."""
    address = settings().REDIS_URL
    client = Redis.from_url(
        address.get_secret_value() if address and address.get_secret_value() else _NOWHERE,
        socket_timeout=1.0,
        socket_connect_timeout=1.0,
        decode_responses=True,
    )
    try:
        with contextlib.suppress(RedisError, OSError):
            yield client
    finally:
        await client.aclose()
