"""Runs the availability benchmark: the same answers first, then the time they take.

Answers are compared with the minute-by-minute reference when the shared workloads are at hand, and with the digests
recorded from it in `digests.json` always; the workload itself has a recorded digest too, so a change of the generator
cannot hide.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from bench.availability.booka import Shop
from bench.availability.plain import sweep
from bench.availability.workload import Shape, Workload, build, digest
from bench.options import Options
from bench.report import Outcome

DIGESTS = Path(__file__).with_name("digests.json")
TIMED = (1, 10, 100)
# The clock change of March lies in the timed window; the others are checked for their answers alone.
CHECKED = (
    *(Shape(staff) for staff in TIMED),
    Shape(10, zone="Africa/Lagos"),
    Shape(10, first_day="2027-10-20"),
    Shape(3, zone="Europe/Paris", first_day="2027-03-15"),
    Shape(3, zone="Australia/Lord_Howe", first_day="2027-03-20"),
    Shape(3, zone="Australia/Lord_Howe", first_day="2027-09-20"),
    Shape(3, zone="Asia/Kathmandu"),
)


def run(options: Options) -> Outcome:
    outcome = Outcome("availability")
    for shape in CHECKED:
        options.say(f"availability: checking {shape.name}")
        _check(outcome, shape, options.reference)
    for number in range(options.rounds):
        for staff in TIMED:
            options.say(f"availability: round {number + 1} of {options.rounds}, {staff} staff")
            _time(outcome, staff, options.seconds)
    for staff in TIMED:
        outcome.compare(
            f"find_slots / plain Python sweep, {staff} staff",
            f"Booka find_slots, {staff} staff",
            f"plain sweep, {staff} staff",
            at_most=1.7,
        )
        outcome.compare(
            f"offered_starts / plain Python sweep, {staff} staff",
            f"Booka offered_starts, {staff} staff",
            f"plain sweep, {staff} staff",
            at_most=1.7,
        )
    outcome.compare(
        "growth of find_slots: 100 staff / 10 staff",
        "Booka find_slots, 100 staff",
        "Booka find_slots, 10 staff",
        at_most=11,
    )
    return outcome


def _time(outcome: Outcome, staff: int, seconds: float) -> None:
    workload = build(Shape(staff))
    rows = [tuple(row) for row in workload["busy"]]
    shop = Shop.of(workload)
    contestants: dict[str, Callable[[], object]] = {
        f"plain sweep, {staff} staff": lambda: sweep(workload, rows),
        f"Booka offered_starts, {staff} staff": shop.starts,
        f"Booka find_slots, {staff} staff": shop.slots,
    }
    best = dict.fromkeys(contestants, float("inf"))
    until = time.perf_counter() + seconds * len(contestants)
    while time.perf_counter() < until:  # call by call in turn, so that a busy moment hits all alike
        for who, answer in contestants.items():
            began = time.perf_counter()
            answer()
            best[who] = min(best[who], time.perf_counter() - began)
    for who, took in best.items():
        outcome.add(who, took * 1e3, unit="ms", better="lower")


def _check(outcome: Outcome, shape: Shape, reference: Path | None) -> None:
    workload = build(shape)
    recorded = json.loads(DIGESTS.read_text())[shape.name]
    if fingerprint(workload) != recorded["workload"]:
        outcome.faults.append(f"{shape.name}: the generated workload differs from the recorded one")
    shop = Shop.of(workload)
    answers = {
        "plain sweep": None if _bends(shape) else sweep(workload, [tuple(row) for row in workload["busy"]]),
        "Booka offered_starts": shop.starts(),
        "Booka find_slots": shop.starts_of_slots(),
    }
    expected = {recorded["answer"]}
    if reference is not None:
        generator = load(reference / "availability" / "gen.py")
        theirs = generator.make(
            staff=shape.staff,
            days=shape.days,
            bookings=shape.bookings,
            tz=shape.zone,
            seed=shape.seed,
            first=shape.first_day,
        )
        if theirs != workload:
            outcome.faults.append(f"{shape.name}: the generated workload differs from the shared generator's")
        expected.add(digest(load(reference / "availability" / "reference.py").solve(workload)))
    for who, answer in answers.items():
        if answer is not None and expected != {digest(answer)}:
            outcome.faults.append(f"{shape.name}: {who} answers {digest(answer)}, not {' / '.join(sorted(expected))}")


def _bends(shape: Shape) -> bool:
    """Zones whose offset is no whole hour, which the plain sweep does not pretend to handle."""
    return shape.zone in {"Australia/Lord_Howe", "Asia/Kathmandu"}


def fingerprint(workload: Workload) -> str:
    return hashlib.sha256(json.dumps(workload, separators=(",", ":")).encode()).hexdigest()[:16]


def load(path: Path) -> ModuleType:
    """A shared script as a module, run where it lies."""
    spec = importlib.util.spec_from_file_location(f"shared_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
