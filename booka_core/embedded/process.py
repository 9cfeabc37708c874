"""Starting and stopping one child process. Every child is a session of its own, so Ctrl-C reaches the supervisor
alone; on Linux the kernel signals it when its parent dies; and as root it runs under an account without rights.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from booka_core.embedded.errors import HomeUnreachable, NoEmbeddedServer

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The unprivileged account that owns the servers' files and processes when Booka itself runs as root."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to drop to, or None when Booka already runs as a plain user. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise NoEmbeddedServer(
        "Root needs an account named 'postgres' or 'nobody'.", server="PostgreSQL", variable="DATABASE_URL"
    )


def free_ports(count: int) -> list[int]:
    """Different TCP ports of the loopback interface that nobody listens on at this moment."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def free_port() -> int:
    return free_ports(1)[0]


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def reachable_by_others(path: Path) -> bool:
    """Whether an account that owns nothing on the way may walk down to `path`."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in (path, *path.parents))


def require_reachable(path: Path, account: Account | None) -> None:
    """Raise `HomeUnreachable` when the servers' account cannot walk to `path`; rights are never loosened for it."""
    if account is None:
        return
    for part in (*reversed(path.parents), path):
        info = part.stat()
        mine = info.st_uid == account.uid and info.st_mode & stat.S_IXUSR
        if not mine and not info.st_mode & stat.S_IXOTH:
            raise HomeUnreachable(account=account.name, path=part)


def _in_child(account: Account | None, death_signal: signal.Signals, *, tied: bool) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        os.setsid()
        if account is not None:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
        # After setuid: a change of credentials clears the request.
        if tied and _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path | IO[bytes],
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    stdin: bytes | None = None,
    pass_fds: Sequence[int] = (),
    directory: Path | None = None,
    tied: bool = True,
) -> subprocess.Popen[bytes]:
    """Start `command` as our own child. `stdin` is written and closed, which keeps passwords out of `ps`; `tied` asks
    the kernel to send `stop_signal` when this process dies (Linux; elsewhere the reaper alone does it)."""
    output = log if not isinstance(log, Path) else log.open("ab")
    try:
        child = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment) if environment is not None else None,
            cwd=directory,
            pass_fds=pass_fds,
            preexec_fn=_in_child(account, stop_signal, tied=tied),  # noqa: PLW1509  the supervisor has no threads
        )
    finally:
        if output is not log:
            output.close()
    if stdin is not None and child.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(stdin)
            child.stdin.close()
    return child


def stop(child: subprocess.Popen[bytes], *, stop_signal: signal.Signals = signal.SIGTERM, grace: float = 12.0) -> int:
    """Ask the child to end, wait `grace` seconds, then kill what is left of its session. Returns its exit status."""
    if child.poll() is None:
        child.send_signal(stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(grace)
        kill_session(child.pid)
    return child.wait(10)


def kill_session(pid: int) -> None:
    """Kill the process and everything it started; each child leads a process group of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def wait_until(ready: Callable[[], bool], *, seconds: float, pause: float = 0.01) -> bool:
    """Poll `ready` until it holds; False when `seconds` have passed."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log file, for a message to a person."""
    try:
        with path.open("rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(0, log.tell() - 16_384))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-count:])
    except OSError:
        return ""


def write_private(path: Path, content: str, *, account: Account | None = None) -> None:
    """Write a file only its owner may read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if account is not None:
        os.chown(draft, account.uid, account.gid)
    draft.replace(path)
