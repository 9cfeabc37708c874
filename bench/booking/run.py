"""Runs the booking benchmark: pgbench, asyncpg, Tortoise and Booka in turn, and counts in the database what went wrong.

Overlaps are searched for among the rows that were written, not taken from the constraint's word; deadlocks are read
from the server's own statistics, so that none hides behind a retry.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.booking.load import SHAPES
from bench.options import Options
from bench.report import Outcome
from bench.servers import Servers, servers

HERE = Path(__file__).parent
PGBENCH = {
    "pgbench, one INSERT": "pgbench_insert.sql",
    "pgbench, four writes in a transaction": "pgbench_transaction.sql",
}
PEERS = {
    "spread": ("one_insert", "one_statement", "transaction", "tortoise"),
    "hot": ("one_insert", "tortoise"),
    "stampede": ("one_insert", "tortoise"),
}
PEER_NAMES = {
    "one_insert": "asyncpg ON CONFLICT",
    "one_statement": "asyncpg, four writes in one statement",
    "transaction": "asyncpg, four writes in a transaction",
    "tortoise": "Tortoise, four writes in a transaction",
}
VERBS = ("book", "hold_slot", "transaction")
# A row that begins before an earlier one of the same person has ended.
PEERS_OVERLAPS = """
select count(*) from (select lower(blocked) as begins,
    max(upper(blocked)) over (partition by staff order by lower(blocked), id
                              rows between unbounded preceding and 1 preceding) as taken_until
  from peers.bookings where active) as x where begins < taken_until"""
BOOKA_OVERLAPS = """
select count(*) from (select starts_at as begins,
    max(ends_at) over (partition by tenant_id, resource_id, lane order by starts_at, id
                       rows between unbounded preceding and 1 preceding) as taken_until
  from occupancies where active) as x where begins < taken_until"""
PEERS_EMPTY = "truncate peers.bookings, peers.outbox, peers.audit, peers.reminders"
BOOKA_EMPTY = "truncate reservations, occupancies, reservation_logs, outbox_events, jobs cascade"
DEADLOCKS = "select deadlocks from pg_stat_database where datname = current_database()"


def run(options: Options) -> Outcome:
    outcome = Outcome("booking")
    with servers() as running, tempfile.TemporaryDirectory() as directory:
        businesses = Path(directory) / "businesses.json"
        options.say("booking: migrating and seeding")
        running.postgres.run_sql((HERE / "peers.sql").read_text(), database="booka")
        running.python("bench.booking.booka", "seed", str(businesses), seconds=300)
        running.postgres.run_sql("vacuum analyze", database="booka")
        for number in range(options.rounds):
            options.say(f"booking: round {number + 1} of {options.rounds}")
            for who, script in PGBENCH.items():
                _round(outcome, running, f"{who}, spread", "peers", partial(_pgbench, running, script, options.seconds))
            for shape in SHAPES:
                for peer in PEERS[shape]:
                    work = partial(_python, running, "peers", peer, shape, options.seconds)
                    _round(outcome, running, f"{PEER_NAMES[peer]}, {shape}", "peers", work)
                for verb in VERBS:
                    work = partial(_python, running, "booka", verb, shape, options.seconds, str(businesses))
                    _round(outcome, running, f"Booka {verb}, {shape}", "booka", work)
    _goals(outcome)
    return outcome


def _goals(outcome: Outcome) -> None:
    for verb in VERBS:
        outcome.compare(
            f"{verb} through Tortoise / pgbench's four writes, spread",
            f"Booka {verb}, spread",
            "pgbench, four writes in a transaction, spread",
            at_least=0.4,
        )
        outcome.compare(
            f"{verb} / asyncpg ON CONFLICT, stampede",
            f"Booka {verb}, stampede",
            "asyncpg ON CONFLICT, stampede",
            at_least=0.5,
        )
    for who, line in outcome.lines.items():
        for what in ("doubles", "deadlocks", "errors"):
            if who.startswith("Booka") and line.notes.get(what):
                outcome.faults.append(f"{who}: {line.notes[what]} {what}")
    ours = [line for who, line in outcome.lines.items() if who.startswith("Booka")]
    for what in ("doubles", "deadlocks"):
        outcome.goal(f"{what} in all of Booka's rounds", float(sum(int(line.notes[what]) for line in ours)), at_most=0)


def _round(outcome: Outcome, running: Servers, who: str, tables: str, work: Callable[[], dict[str, float]]) -> None:
    overlaps, empty = (PEERS_OVERLAPS, PEERS_EMPTY) if tables == "peers" else (BOOKA_OVERLAPS, BOOKA_EMPTY)
    running.postgres.run_sql(empty, database="booka")
    before = int(running.postgres.run_sql(DEADLOCKS, database="booka"))
    result = work()
    running.postgres.run_sql("select pg_stat_force_next_flush()", database="booka")
    after = int(running.postgres.run_sql(DEADLOCKS, database="booka"))
    doubles = int(running.postgres.run_sql(overlaps, database="booka"))
    attempts = result.pop("attempts_s")
    outcome.add(who, attempts, unit="/s", better="higher", **result, doubles=doubles, deadlocks=after - before)


def _pgbench(running: Servers, script: str, seconds: float) -> dict[str, float]:
    done = subprocess.run(
        [
            *(running.program("pgbench"), "-n", "-M", "prepared", "-c", str(SHAPES["spread"]), "-j", "1"),
            *("-T", str(max(1, round(seconds))), "-f", HERE / script, running.superuser_url),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench said nothing of its rate:\n{done.stdout}")
    return {"attempts_s": float(found[1])}


def _python(running: Servers, module: str, contestant: str, shape: str, seconds: float, *more: str) -> dict[str, float]:
    text = running.python(
        f"bench.booking.{module}",
        *(contestant, shape, str(seconds), *more),
        seconds=seconds + 120,
        BENCH_URL=running.superuser_url,
    )
    result = json.loads(text.splitlines()[-1])
    errors = result.pop("errors")
    return {**result, "errors": sum(errors.values()), **({"error_names": ", ".join(sorted(errors))} if errors else {})}
