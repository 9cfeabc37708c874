"""The data directory of one instance: where everything embedded lives, who may enter, and that only one may.

It holds the databases, the secrets made once (0600), the logs of the parts, and `state.json` while an instance runs.
One lock file keeps a second instance out and says which process is inside.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import IO

from booka_core.embedded.errors import AlreadyRunning, HomeUnusable
from booka_core.embedded.process import wait_until, write_private
from booka_core.kernel.settings import settings

ROLES = ("postgres", "booka_owner", "booka_app", "booka_system")
_SECRET_NAMES = (*ROLES, "redis", "secret_key")


class Home:
    """One data directory. Creating the object creates the directory; `lock()` claims it for this process."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or settings().BOOKA_HOME).expanduser().absolute()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # As root the servers run under another account, which must be able to walk through, not look around.
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            raise HomeUnusable(f"({error.strerror})", path=self.path) from error
        self._lock: IO[str] | None = None

    @property
    def logs(self) -> Path:
        directory = self.path / "logs"
        directory.mkdir(mode=0o700, exist_ok=True)
        return directory

    @property
    def state_file(self) -> Path:
        return self.path / "state.json"

    def secrets(self) -> dict[str, str]:
        """Every password and key of this instance, made at the first call and kept."""
        path = self.path / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        missing = [name for name in _SECRET_NAMES if name not in known]
        if missing:
            known |= {name: secrets.token_hex(32) for name in missing}
            write_private(path, json.dumps(known, indent=1))
        return known

    def lock(self) -> None:
        """Claim the directory until this process ends, or raise `AlreadyRunning` with the holder's process id."""
        lock = (self.path / "lock").open("a+")
        if not wait_until(lambda: _take(lock, fcntl.LOCK_EX), seconds=0.3):  # somebody may just be asking `holder`
            lock.close()
            raise AlreadyRunning(home=self.path, pid=holder(self.path) or "unknown")
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def holder(path: Path) -> int | None:
    """The process id of the instance that runs on the data directory, or None when none does."""
    try:
        with (path / "lock").open("r") as lock:
            return None if _take(lock, fcntl.LOCK_SH) else int(lock.read().strip() or 0) or None
    except (OSError, ValueError):
        return None


def _take(lock: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
