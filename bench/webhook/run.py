"""Runs the webhook benchmark: one server process at a time, the same messages, and a count of what was stored."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.options import Options
from bench.report import Outcome
from bench.servers import ROOT, Servers, servers
from bench.webhook.peer import SCHEMA
from booka_core.embedded.process import free_port

P99_LIMIT = 25.0


@dataclass(frozen=True)
class Contestant:
    """A server's command (PORT is filled in), where to post, and the table that must hold every accepted message."""

    name: str
    command: tuple[str, ...]
    target: Mapping[str, object]
    table: str


def _quart(name: str, app: str) -> Contestant:
    return Contestant(
        name,
        (
            *(sys.executable, "-m", "uvicorn", f"bench.webhook.peer:{app}", "--port", "PORT", "--no-access-log"),
            *("--loop", "uvloop", "--http", "httptools", "--log-level", "warning"),
        ),
        {"path": "/webhook/7", "headers": {}},
        "peers.inbound",
    )


def run(options: Options) -> Outcome:
    outcome = Outcome("webhook")
    slowest: list[float] = []
    with servers() as running, tempfile.TemporaryDirectory() as directory:
        options.say("webhook: migrating")
        running.postgres.run_sql(SCHEMA, database="booka")
        target = json.loads(running.python("bench.webhook.booka", seconds=120).splitlines()[-1])
        contestants = (
            _quart("bare Quart", "single"),
            _quart("bare Quart, shared commits", "batched"),
            Contestant("Booka", (sys.executable, "-m", "booka_core.cli", "web"), target, "inbound_events"),
        )
        for number in range(options.rounds):
            for contestant in contestants:
                options.say(f"webhook: round {number + 1} of {options.rounds}, {contestant.name}")
                p99 = _round(outcome, running, contestant, seconds=options.seconds, log=Path(directory) / "server.log")
                if contestant.name == "Booka":
                    slowest.append(p99)
    outcome.compare("Booka / bare Quart under the same server", "Booka", "bare Quart", at_least=0.9)
    outcome.compare("Booka, which shares commits / bare Quart", "Booka", "bare Quart", at_least=1.4)
    outcome.goal("Booka's p99 at 200 a second, in ms", min(slowest), at_most=P99_LIMIT)
    return outcome


def _round(outcome: Outcome, running: Servers, contestant: Contestant, *, seconds: float, log: Path) -> float:
    running.postgres.run_sql(f"truncate {contestant.table}, jobs", database="booka")
    with _serving(running, contestant, log=log) as (port, server):
        before = _busy(server)
        text = running.python(
            "bench.webhook.load",
            *(str(port), str(seconds)),
            seconds=2 * seconds + 60,
            BENCH_TARGET=json.dumps(contestant.target),
        )
        busy = _busy(server) - before
    result = json.loads(text.splitlines()[-1])
    stored = int(running.postgres.run_sql(f"select count(*) from {contestant.table}", database="booka"))
    if result["refused"] or stored != result["accepted"]:
        outcome.faults.append(
            f"{contestant.name}: {result['refused']} refused, {result['accepted']} acknowledged, {stored} stored"
        )
    rate = result.pop("requests_s")
    outcome.add(
        contestant.name,
        rate,
        unit="/s",
        better="higher",
        **result,
        stored=stored,
        server_cpu_ms=busy / max(1, stored) * 1e3,
    )
    return float(result["p99_at_200_ms"])


def _busy(server: psutil.Process) -> float:
    """Seconds of processor the server has used so far."""
    times = server.cpu_times()
    return float(times.user + times.system)


@contextlib.contextmanager
def _serving(running: Servers, contestant: Contestant, *, log: Path) -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(port) if word == "PORT" else word for word in contestant.command],
            cwd=ROOT,
            env={**os.environ, **running.environment, "BENCH_URL": running.superuser_url, "BOOKA_PORT": str(port)},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{contestant.name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield port, psutil.Process(process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
