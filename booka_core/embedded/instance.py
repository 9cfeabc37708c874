"""Finding a running instance. While `booka up` runs, its data directory holds a private file with the addresses of
everything; any other command of the same user reads it, so nobody copies a password by hand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from booka_core.embedded.errors import NothingRunning
from booka_core.embedded.home import Home, holder
from booka_core.embedded.process import write_private
from booka_core.kernel.settings import reset_settings, settings


@dataclass(frozen=True)
class Instance:
    """A running Booka: its supervisor, its address, when it started (ISO 8601), and what its parts see."""

    pid: int
    url: str
    started_at: str
    ready: bool
    parts: Mapping[str, int]
    environment: Mapping[str, str]


def announce(home: Home, instance: Instance) -> None:
    write_private(home.state_file, json.dumps(asdict(instance), indent=1))


def withdraw(home: Home) -> None:
    home.state_file.unlink(missing_ok=True)


def find_instance(path: Path | None = None) -> Instance | None:
    """The instance that runs on the data directory, if one does. What a killed instance left behind does not count."""
    home = path or settings().BOOKA_HOME
    try:
        found = Instance(**json.loads((home / "state.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return found if holder(home) == found.pid else None


def connect_environment() -> None:
    """Let this process use the database named by its environment, or else that of the running instance.

    Raises `NothingRunning` when there is neither.
    """
    if os.environ.get("DATABASE_URL"):
        return
    found = find_instance()
    if found is None:
        raise NothingRunning
    for name, value in found.environment.items():
        os.environ.setdefault(name, value)
    reset_settings()
