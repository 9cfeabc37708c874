"""`booka doctor`: everything an installation needs, looked at one thing at a time. It changes nothing, and it shows the
names of secrets, never their values.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Literal

import typer
from pydantic import SecretStr, ValidationError

from booka_core.embedded.errors import NothingRunning
from booka_core.embedded.instance import connect_environment, find_instance
from booka_core.kernel.settings import Settings, settings
from booka_core.sdk.errors import BookaError

app = typer.Typer()

_ROOM_NEEDED_BYTES = 500_000_000
_CLOCKS_MAY_DIFFER_SECONDS = 2.0
_PATIENCE_SECONDS = 10.0
_UNSET_MEANS = {
    "DATABASE_URL": "nothing can be stored",
    "DATABASE_OWNER_URL": "migrations cannot run",
    "DATABASE_SYSTEM_URL": "background work cannot run",
    "REDIS_URL": "background work cannot be handed out",
    "BOOKA_SECRET_KEY": "signing in and stored credentials are off",
    "SMTP_URL": "sign-in links cannot be sent",
    "BOOKA_METRICS_TOKEN": "/metrics is open to whoever reaches it",
}
# An embedded start provides these itself.
_MADE_AT_START = frozenset(
    {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL", "REDIS_URL", "BOOKA_SECRET_KEY"}
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `warn` is worth knowing, `fail` keeps something from working."""

    name: str
    state: Literal["ok", "warn", "fail"]
    detail: str


Check = Callable[[], Awaitable[Finding]]


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")] = False,
) -> None:
    """Look for what is wrong with this installation. Ends with 1 when something keeps Booka from working."""
    findings = asyncio.run(_collect())
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        marks = {"ok": "ok  ", "warn": "look", "fail": "FAIL"}
        for finding in findings:
            typer.echo(f"{marks[finding.state]}  {finding.name:<11} {finding.detail}")
    sys.exit(1 if any(finding.state == "fail" for finding in findings) else 0)


async def _collect() -> list[Finding]:
    return [finding async for finding in _findings()]


async def _findings() -> AsyncIterator[Finding]:
    """Every finding, in the order in which one thing needs the other."""
    try:
        Settings()
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors(include_input=False))
        yield Finding("settings", "fail", faults)
        return
    yield _instance()
    try:
        connect_environment()
        connected = True
    except NothingRunning:
        connected = False
    for finding in _secrets(skipped=frozenset() if connected else _MADE_AT_START):
        yield finding
    yield _assets()
    yield _disk()
    if connected:
        for name, check in _STORES:
            yield await _guarded(name, check)
    else:
        yield Finding("database", "warn", str(NothingRunning()))
    yield await _guarded("plugins", _plugins)


async def _guarded(name: str, check: Check) -> Finding:
    try:
        return await asyncio.wait_for(check(), _PATIENCE_SECONDS)
    except TimeoutError:
        return Finding(name, "fail", f"no answer within {_PATIENCE_SECONDS:.0f} s")
    except BookaError as error:
        return Finding(name, "fail", str(error))
    except Exception as error:  # noqa: BLE001  whatever is wrong is what was asked for
        return Finding(name, "fail", f"{type(error).__name__}: {error}")


def _instance() -> Finding:
    if os.environ.get("DATABASE_URL"):
        return Finding("instance", "ok", "the stores are those named by the environment")
    home = settings().BOOKA_HOME
    found = find_instance()
    if found is None:
        return Finding("instance", "warn", f"nothing runs on {home}")
    state = "serving" if found.ready else "still starting"
    return Finding("instance", "ok", f"{state} on {found.url}, process {found.pid}, data in {home}")


def _secrets(*, skipped: frozenset[str]) -> list[Finding]:
    """The secrets by name. Those in `skipped` are made at the start of an embedded instance."""
    chosen = settings()
    findings = []
    for name, meaning in _UNSET_MEANS.items():
        if name in skipped:
            continue
        value: SecretStr | None = getattr(chosen, name)
        text = value.get_secret_value() if value else ""
        if name == "BOOKA_SECRET_KEY" and text and len(text.encode()) < 32:
            findings.append(Finding("secret", "fail", f"{name} is shorter than 32 bytes"))
        elif text:
            findings.append(Finding("secret", "ok", f"{name} is set"))
        else:
            findings.append(Finding("secret", "warn", f"{name} is not set: {meaning}"))
    return findings


def _assets() -> Finding:
    from booka_core.web.ui import DIST, AssetsNotBuilt, manifest  # noqa: PLC0415  the other checks do not need the web

    try:
        missing = [built for built in manifest().values() if not (DIST / built).is_file()]
    except AssetsNotBuilt as error:
        return Finding("assets", "fail", str(error))
    if missing:
        return Finding("assets", "fail", f"{len(missing)} files of the pages are missing; {AssetsNotBuilt()}")
    return Finding("assets", "ok", f"{len(manifest())} files of the pages are built")


def _disk() -> Finding:
    home = settings().BOOKA_HOME
    existing = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    said = f"{free / 1e9:.1f} GB free at {existing}"
    return Finding("disk", "ok" if free > _ROOM_NEEDED_BYTES else "fail", said)


async def _database() -> Finding:
    from booka_core.db.lifecycle import check_database  # noqa: PLC0415

    await check_database()
    return Finding("database", "ok", "reachable, durable, and its application role is not privileged")


async def _migrations() -> Finding:
    from booka_core.db import migrate  # noqa: PLC0415
    from booka_core.plugins.discovery import migration_apps  # noqa: PLC0415

    waiting = await migrate.pending(migration_apps())
    if not waiting:
        return Finding("migrations", "ok", "all applied")
    listed = "; ".join(f"{label}: {', '.join(files)}" for label, files in waiting.items())
    return Finding("migrations", "fail", f"not applied, run `booka db upgrade`: {listed}")


async def _clock() -> Finding:
    import asyncpg  # noqa: PLC0415

    from booka_core.db.config import address, credentials  # noqa: PLC0415

    connection = await asyncpg.connect(**credentials(address("DATABASE_URL")))
    try:
        before = time.time()
        theirs = float(await connection.fetchval("SELECT extract(epoch FROM clock_timestamp())"))
        after = time.time()
    finally:
        await connection.close()
    apart = max(before - theirs, theirs - after, 0.0)
    if apart > _CLOCKS_MAY_DIFFER_SECONDS:
        return Finding("clock", "fail", f"this machine and the database differ by {apart:.1f} s")
    return Finding("clock", "ok", "this machine and the database agree")


async def _redis() -> Finding:
    from redis.asyncio import Redis  # noqa: PLC0415

    client = Redis.from_url(settings().require("REDIS_URL"), socket_timeout=3, socket_connect_timeout=3)
    try:
        version = (await client.info("server")).get("redis_version", "?")
    finally:
        await client.aclose()
    return Finding("redis", "ok", f"reachable, speaks version {version}")


async def _plugins() -> Finding:
    from booka_core.plugins.discovery import discover  # noqa: PLC0415
    from booka_core.plugins.types import PluginState  # noqa: PLC0415

    found = discover()
    broken = [f"{plugin.slug} is {plugin.state}: {plugin.reason}" for plugin in found if plugin.reason]
    usable = [plugin.slug for plugin in found if plugin.state is PluginState.DISCOVERED]
    if broken:
        return Finding("plugins", "warn", "; ".join(broken))
    return Finding("plugins", "ok", ", ".join(usable) or "none installed")


_STORES: tuple[tuple[str, Check], ...] = (
    ("database", _database),
    ("migrations", _migrations),
    ("clock", _clock),
    ("redis", _redis),
)
