"""Runs the jobs benchmark: N jobs are written, then one worker command runs them, timed from first start to last.

A contestant that loses a job or runs one twice has failed, whatever its speed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.jobs import mark
from bench.options import Options
from bench.report import Outcome
from bench.servers import ROOT, Servers, servers

DATABASE = "procrastinate_peer"
_PATIENCE = 150.0  # seconds for one contestant's jobs
_CELERY_OPTIONS = ("--pool", "prefork", "--concurrency", "2", "--loglevel", "ERROR")


@dataclass(frozen=True)
class Contestant:
    """Who it is, what writes the jobs, and the processes that run them."""

    name: str
    sender: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]


def _module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


CONTESTANTS = (
    Contestant("Booka in process", ("bench.jobs.booka", "send"), (_module("bench.jobs.booka", "drain"),)),
    Contestant(
        "procrastinate, analysed",
        ("bench.jobs.peer_procrastinate",),
        (
            _module(
                "procrastinate",
                *("--app", "bench.jobs.peer_procrastinate.app", "worker"),
                *("--queues", "bench", "--concurrency", "10", "--delete-jobs", "always"),
            ),
        ),
    ),
    Contestant(
        "Booka through Celery",
        ("bench.jobs.booka", "send"),
        (
            _module("celery", "-A", "bench.jobs.booka", "worker", *_CELERY_OPTIONS),
            _module("booka_core.cli", "dispatcher"),
        ),
    ),
    Contestant(
        "bare Celery",
        ("bench.jobs.peer_celery",),
        (_module("celery", "-A", "bench.jobs.peer_celery", "worker", *_CELERY_OPTIONS),),
    ),
)


def run(options: Options) -> Outcome:
    outcome = Outcome("jobs")
    jobs = max(200, round(options.seconds * 1000))
    with servers() as running, tempfile.TemporaryDirectory() as directory:
        options.say("jobs: migrating")
        running.postgres.run_sql(f"create database {DATABASE}")
        running.python("bench.jobs.booka", "prepare", seconds=120)
        for number in range(options.rounds):
            for contestant in CONTESTANTS:
                options.say(f"jobs: round {number + 1} of {options.rounds}, {contestant.name}")
                _round(outcome, running, contestant, jobs=jobs, directory=Path(directory))
    outcome.compare(
        "Booka in process / procrastinate, analysed", "Booka in process", "procrastinate, analysed", at_least=5
    )
    outcome.compare("Booka through Celery / bare Celery", "Booka through Celery", "bare Celery", at_least=0.9)
    return outcome


def _round(outcome: Outcome, running: Servers, contestant: Contestant, *, jobs: int, directory: Path) -> None:
    marks = directory / "marks"
    marks.unlink(missing_ok=True)
    extra = {
        "BENCH_MARKS": str(marks),
        "BENCH_BROKER": running.redis_url.removesuffix("/0") + "/1",
        "BENCH_PROCRASTINATE_URL": running.database_url(DATABASE),
    }
    running.postgres.run_sql("truncate jobs", database="booka")
    began = time.perf_counter()
    module, *arguments = contestant.sender
    running.python(module, *arguments, str(jobs), seconds=_PATIENCE, **extra)
    sending = time.perf_counter() - began
    running.postgres.run_sql("analyze jobs", database="booka")
    with _processes(running, contestant.commands, extra=extra, logs=directory):
        until = time.monotonic() + _PATIENCE
        while mark.count(marks) < jobs and time.monotonic() < until:
            time.sleep(0.02)
    ran = mark.read(marks)
    twice = sum(times - 1 for times in Counter(number for number, _ in ran).values())
    lost = jobs - len({number for number, _ in ran})
    if lost or twice:
        outcome.faults.append(
            f"{contestant.name}: {lost} of {jobs} jobs lost, {twice} run twice; {_last_words(directory)}"
        )
    if len(ran) < 2:
        return
    starts = sorted(start for _, start in ran)
    outcome.add(
        contestant.name,
        (len(starts) - 1) / max(starts[-1] - starts[0], 1e-6),
        unit="/s",
        better="higher",
        lost=lost,
        twice=twice,
        send_seconds=sending,
    )


@contextlib.contextmanager
def _processes(
    running: Servers, commands: Sequence[tuple[str, ...]], *, extra: dict[str, str], logs: Path
) -> Iterator[None]:
    started: list[subprocess.Popen[bytes]] = []
    try:
        for position, command in enumerate(commands):
            with (logs / f"process-{position}.log").open("wb") as log:
                process = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env={**os.environ, **running.environment, **extra},
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            started.append(process)
        yield
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _last_words(logs: Path) -> str:
    return " | ".join(log.read_text(errors="replace")[-300:] for log in sorted(logs.glob("process-*.log")))
