"""Lossy hints through Redis: they make others look sooner, and nothing depends on them, because everyone also polls.

Publishing never waits and never fails: hints of the same moment are sent together by a task of their own, and a hint
that Redis does not take is forgotten.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any
from weakref import WeakKeyDictionary

from redis.asyncio import Redis
from redis.exceptions import RedisError

from booka_core.db.scope import spawn
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings

log = get_logger(__name__)

JOBS = "booka:jobs"
_ALIVE = "booka:alive:{part}"
_ALIVE_SECONDS = 15.0
_EPOCH = "booka:carrier:epoch"
_MOST_PENDING = 10_000
_GATHER_SECONDS = 0.01


def of_tenant(tenant_id: object) -> str:
    """The channel that live pages of a tenant listen to."""
    return f"booka:tenant:{tenant_id}"


class _Line:
    """The connection of one event loop to one Redis, and what is waiting to be published over it."""

    def __init__(self, url: str) -> None:
        self.url = url
        # A Redis that does not answer must cost a hint, never a request.
        self.redis = Redis.from_url(url, socket_connect_timeout=1.0, socket_timeout=2.0, decode_responses=True)
        self.pending: dict[tuple[str, str], None] = {}
        self.sending: asyncio.Task[None] | None = None

    async def send(self) -> None:
        while self.pending:
            batch, self.pending = list(self.pending), {}
            try:
                async with self.redis.pipeline(transaction=False) as pipeline:
                    for channel, text in batch:
                        pipeline.publish(channel, text)
                    await pipeline.execute()
            except (RedisError, OSError) as error:
                log.debug("jobs.hint_lost", error=type(error).__name__, hints=len(batch))
            # The first goes at once; what follows under load goes together, or telling would cost as much as doing.
            await asyncio.sleep(_GATHER_SECONDS)


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()


def _line() -> _Line:
    loop = asyncio.get_running_loop()
    url = settings().require("REDIS_URL")
    line = _lines.get(loop)
    if line is None or line.url != url:
        line = _lines[loop] = _Line(url)
    return line


def publish(channel: str, text: str = "") -> None:
    """Tell whoever listens on `channel`. Returns at once; may be lost. Call it after the commit."""
    if not settings().REDIS_URL:
        return
    line = _line()
    if len(line.pending) < _MOST_PENDING:
        line.pending[channel, text] = None
    if line.sending is None or line.sending.done():
        line.sending = spawn(line.send())


def wake() -> None:
    """Tell the dispatchers that something may be due."""
    publish(JOBS)


async def listen(*channels: str) -> AsyncIterator[tuple[str, str]]:
    """What is published on the channels, as (channel, text), for ever: a lost connection is made again.

    After each time it is (re)connected it yields ("", ""), because something may have been missed: look again.
    """
    pause = 0.2
    while True:
        client: Any = Redis.from_url(
            settings().require("REDIS_URL"), socket_connect_timeout=1.0, health_check_interval=10, decode_responses=True
        )
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.subscribe(*channels)
                yield "", ""
                pause = 0.2
                while True:
                    message = await subscription.get_message(timeout=15.0)
                    if message is not None:
                        yield message["channel"], message["data"]
        except (RedisError, OSError):
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)
        finally:
            with contextlib.suppress(RedisError, OSError):
                await client.aclose()


async def beat(part: str, name: str) -> None:
    """Say that process `name` of a part ("worker", "dispatcher") is alive; worth 15 seconds."""
    key = _ALIVE.format(part=part)
    now = time.time()
    with contextlib.suppress(RedisError, OSError):
        async with _line().redis.pipeline(transaction=False) as pipeline:
            pipeline.zadd(key, {name: now})
            pipeline.zremrangebyscore(key, 0, now - _ALIVE_SECONDS)
            await pipeline.execute()


async def alive(part: str) -> int:
    """How many processes of a part have said so within 15 seconds. Raises `RedisError` when Redis does not answer."""
    return int(await _line().redis.zcount(_ALIVE.format(part=part), time.time() - _ALIVE_SECONDS, "+inf"))


async def carrier_forgot(epoch: str) -> bool:
    """Whether Redis was emptied since it was last marked with an epoch, as by FLUSHALL or an empty restart.

    It is marked anew. False when Redis does not answer: nothing is known then.
    """
    try:
        return bool(await _line().redis.set(_EPOCH, epoch, nx=True))
    except (RedisError, OSError):
        return False


async def close() -> None:
    """Send what is waiting and close this loop's connection."""
    line = _lines.pop(asyncio.get_running_loop(), None)
    if line is not None:
        if line.sending is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(line.sending, 2)
        with contextlib.suppress(RedisError, OSError):
            await line.redis.aclose()
