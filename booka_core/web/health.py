"""Is this process alive, and is this installation ready? `/api/health` asks nobody else, so that a slow database does
not get a good process killed. `/api/ready` names every part and says which one is missing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import redis.asyncio as redis
from quart import Blueprint, Response, jsonify
from tortoise import Tortoise

from booka_core.db import migrate
from booka_core.jobs import hints
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.plugins.discovery import migration_apps
from booka_core.plugins.queries import list_plugins
from booka_core.web.requests import public

log = get_logger(__name__)

PATIENCE = 2.0
REMEMBERED = 1.0
"""Seconds: how long a part may take to answer, and how long an answer is reused."""

Check = Callable[[], Awaitable[str | None]]


async def _database() -> str | None:
    await Tortoise.get_connection("default").execute_query("select 1")
    await Tortoise.get_connection("system").execute_query("select 1")
    return None


async def _redis() -> str | None:
    client = redis.Redis.from_url(settings().require("REDIS_URL"), socket_timeout=1.0, socket_connect_timeout=1.0)
    try:
        await client.ping()
    finally:
        await client.aclose()
    return None


async def _migrations() -> str | None:
    waiting = await migrate.pending(migration_apps())
    return "run `booka db upgrade`: " + ", ".join(sorted(waiting)) if waiting else None


async def _plugins() -> str | None:
    broken = [plugin.slug for plugin in await list_plugins() if plugin.state not in ("active", "blocked")]
    return "not running: " + ", ".join(sorted(broken)) if broken else None


async def _worker() -> str | None:
    return None if await hints.alive("worker") else "no worker has reported lately"


async def _dispatcher() -> str | None:
    return None if await hints.alive("dispatcher") else "no dispatcher has reported lately"


PARTS: dict[str, Check] = {
    "database": _database,
    "redis": _redis,
    "migrations": _migrations,
    "plugins": _plugins,
    "worker": _worker,
    "dispatcher": _dispatcher,
}
"""A part's check returns None when it is well, else what is wrong."""

NOT_VITAL = frozenset({"plugins"})
"""Parts that are reported but do not make the installation unready: without them everything else still works."""


class Readiness:
    """Asks all parts at once and remembers the answer for a moment, so that asking often costs little."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._answer: dict[str, str] = {}
        self._until = 0.0

    async def ask(self) -> dict[str, str]:
        """What is wrong, per part; `ok` where nothing is."""
        async with self._lock:
            if time.monotonic() >= self._until:
                found = await asyncio.gather(*(_state(name, check) for name, check in PARTS.items()))
                self._answer = dict(zip(PARTS, found, strict=True))
                self._until = time.monotonic() + REMEMBERED
            return self._answer


async def _state(name: str, check: Check) -> str:
    try:
        return await asyncio.wait_for(check(), PATIENCE) or "ok"
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a part is this route's answer
        log.warning("web.part_unwell", part=name, error=type(error).__name__)
        return f"does not answer ({type(error).__name__})"


def blueprint() -> Blueprint:
    routes = Blueprint("health", __name__)
    readiness = Readiness()

    @routes.get("/api/health")
    @public("a supervisor asks before anybody can sign in; it learns nothing but that the process answers")
    async def health() -> Response:
        return jsonify(status="ok")

    @routes.get("/api/ready")
    @public("a load balancer asks; it learns the names and states of the parts, no address and no secret")
    async def ready() -> tuple[dict[str, Any], int]:
        parts = await readiness.ask()
        well = all(state == "ok" for name, state in parts.items() if name not in NOT_VITAL)
        return {"status": "ok" if well else "not ready", "parts": parts}, 200 if well else 503

    return routes
