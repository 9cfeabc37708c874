"""How Tortoise is told about the database: two connections (application and system role) and one app per distribution
with tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from pydantic import SecretStr

from booka_core.db.errors import DatabaseNotConfigured
from booka_core.kernel.settings import settings

CORE_MODELS = (
    "booka_core.tenancy.models",
    "booka_core.identity.models",
    "booka_core.audit.models",
    "booka_core.plugins.models",
    "booka_core.outbox.models",
    "booka_core.jobs.models",
    "booka_core.customers.models",
    "booka_core.catalog.models",
    "booka_core.pricing.models",
    "booka_core.booking.models",
    "booka_core.waitlist.models",
    "booka_core.series.models",
    "booka_core.queue.models",
    "booka_core.links.models",
    "booka_core.messaging.models",
    "booka_core.channels.models",
    "booka_core.conversation.models",
)


@dataclass(frozen=True, slots=True)
class AppSpec:
    """One distribution with tables: its Tortoise label, its model modules, and the folder of `<label>/0_….py`."""

    label: str
    models: tuple[str, ...]
    migrations: Path
    requires: tuple[str, ...] = ()


def core_app() -> AppSpec:
    """The core's own tables. A wheel carries the migrations inside the package, a checkout has them at its root."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_migrations"
    return AppSpec("core", CORE_MODELS, inside if inside.is_dir() else package.parent / "migrations")


def address(name: str) -> str:
    """The address in the setting `name`. Raises `DatabaseNotConfigured`."""
    value: SecretStr | None = getattr(settings(), name)
    if value is None or not value.get_secret_value():
        raise DatabaseNotConfigured(name=name)
    return value.get_secret_value()


def credentials(url: str) -> dict[str, Any]:
    """asyncpg's keyword arguments for `postgres://user:password@host:port/database`; `?host=` names a socket folder."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    found: dict[str, Any] = {
        "host": query.pop("host", None) or parts.hostname or "127.0.0.1",
        "port": int(query.pop("port", 0) or parts.port or 5432),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or "") or None,
        "database": unquote(parts.path.lstrip("/")) or "booka",
    }
    if "sslmode" in query:
        found["ssl"] = query["sslmode"]
    return found


def tortoise_config(
    apps: tuple[AppSpec, ...], *, connection_class: type[asyncpg.Connection], pool: int | None = None
) -> dict[str, Any]:
    """The configuration of a serving process."""
    size = pool or settings().BOOKA_DATABASE_POOL

    def connection(name: str, most: int) -> dict[str, Any]:
        return {
            "engine": "tortoise.backends.asyncpg",
            "credentials": {
                **credentials(address(name)),
                "minsize": 1,
                "maxsize": most,
                "connection_class": connection_class,
                "command_timeout": 60,
            },
        }

    return {
        "connections": {
            "default": connection("DATABASE_URL", size),
            "system": connection("DATABASE_SYSTEM_URL", max(2, size // 2)),
        },
        "apps": {app.label: {"models": list(app.models), "default_connection": "default"} for app in apps},
        "use_tz": True,
        "timezone": "UTC",
    }
