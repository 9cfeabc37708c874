"""Runs the benchmark of free starts from the database: the product's question beside plain rows and a sweep.

The workloads are those of the availability benchmark, and so are the recorded digests that both answers must have.
"""

from __future__ import annotations

import json

from bench.availability.run import DIGESTS
from bench.availability.workload import Shape
from bench.offers.contest import STAFF
from bench.options import Options
from bench.report import Outcome
from bench.servers import servers

NOW = "2027-02-15T12:00:00+00:00"
BOUND = 1.5
NAMES = {"peer": "asyncpg rows + Python", "booka": "Booka availability"}


def run(options: Options) -> Outcome:
    outcome = Outcome("offers")
    recorded = json.loads(DIGESTS.read_text())
    with servers() as running:
        options.say("offers: filling, then asking in turn")
        told = running.python(
            "bench.offers.contest",
            *(str(options.seconds), str(options.rounds)),
            seconds=300 + 2 * options.seconds * options.rounds * len(STAFF),
            BENCH_URL=running.database_url("booka"),
            BOOKA_NOW=NOW,
        )
    for line in (json.loads(text) for text in told.splitlines() if text.startswith("{")):
        expected = recorded[Shape(line["staff"]).name]["answer"]
        for who, name in NAMES.items():
            if line["digests"][who] != expected:
                outcome.faults.append(f"{name}, {line['staff']} staff answers {line['digests'][who]}, not {expected}")
            for took in line["ms"][who]:
                outcome.add(f"{name}, {line['staff']} staff", took, unit="ms", better="lower")
    for staff in STAFF:
        ours, theirs = f"{NAMES['booka']}, {staff} staff", f"{NAMES['peer']}, {staff} staff"
        outcome.compare(f"availability / {NAMES['peer']}, {staff} staff", ours, theirs, at_most=BOUND)
    return outcome
