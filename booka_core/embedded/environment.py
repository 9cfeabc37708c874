"""What the parts of one instance see in their environment: what the person set, and what the supervisor decided."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping

from booka_core.embedded import process
from booka_core.embedded.errors import PortTaken
from booka_core.embedded.home import Home
from booka_core.embedded.postgres import Postgres
from booka_core.embedded.redis import Redis
from booka_core.kernel import clock
from booka_core.kernel.settings import settings

_PORTS_TRIED = 100
# What another command of the same user needs to join a running instance.
_SHARED = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL", "REDIS_URL", "BOOKA_SECRET_KEY", "BOOKA_HOME"),
    *(
        "BOOKA_HOST",
        "BOOKA_PORT",
        "BOOKA_BASE_URL",
        "BOOKA_DEMO",
        "BOOKA_EMULATOR_URL",
        "BOOKA_NOW",
        "BOOKA_NOW_SINCE",
        "SMTP_URL",
    ),
)


class PortClaim:
    """The web part's port, kept from other instances while this one runs. Raises `PortTaken`.

    It is the wanted port, or the next free one unless somebody insisted. Two instances that start at one moment both
    find a port free; on Linux a name in the same network namespace, which vanishes with this process, settles it.
    """

    def __init__(self, host: str, wanted: int, *, fixed: bool) -> None:
        self._claim = socket.socket(socket.AF_UNIX)
        for port in range(wanted, wanted + (1 if fixed else _PORTS_TRIED)):
            if process.port_is_free(host, port) and self._claimed(port):
                self.port = port
                return
        self._claim.close()
        raise PortTaken(port=wanted)

    def _claimed(self, port: int) -> bool:
        if sys.platform != "linux":
            return True
        try:
            self._claim.bind(f"\0booka-web-port-{port}")
        except OSError:
            return False
        return True

    def release(self) -> None:
        self._claim.close()


def decide_environment(
    home: Home, *, postgres: Postgres | None, redis: Redis | None, port: int, demo: bool
) -> dict[str, str]:
    """The whole environment of a part. A store that is None has its address in the environment already."""
    chosen = settings()
    clock.now()  # a simulated clock notes its beginning in the environment, for all parts alike
    decided = {"BOOKA_HOME": str(home.path), "BOOKA_HOST": chosen.BOOKA_HOST, "BOOKA_PORT": str(port)}
    if postgres is not None:
        decided["DATABASE_URL"] = postgres.url("booka_app")
        decided["DATABASE_OWNER_URL"] = postgres.url("booka_owner")
        decided["DATABASE_SYSTEM_URL"] = postgres.url("booka_system")
    if redis is not None:
        decided["REDIS_URL"] = redis.url()
    if chosen.BOOKA_SECRET_KEY is None:
        decided["BOOKA_SECRET_KEY"] = home.secrets()["secret_key"]
    if "BOOKA_BASE_URL" not in chosen.model_fields_set:
        decided["BOOKA_BASE_URL"] = local_url(decided)
    if demo:
        decided["BOOKA_DEMO"] = "1"
        http, smtp = process.free_ports(2)
        decided["BOOKA_EMULATOR_URL"] = chosen.BOOKA_EMULATOR_URL or f"http://127.0.0.1:{http}"
        if chosen.SMTP_URL is None:
            decided["SMTP_URL"] = f"smtp://127.0.0.1:{smtp}"
    return {**os.environ, **decided}


def local_url(environment: Mapping[str, str]) -> str:
    """Where this machine reaches the web part, whatever public address it has."""
    host = environment["BOOKA_HOST"]
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '::', ''} else host}:{environment['BOOKA_PORT']}"  # noqa: S104


def shared(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment[name] for name in _SHARED if name in environment}
