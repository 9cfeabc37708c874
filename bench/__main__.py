"""`python -m bench [availability|offers|booking|scale|jobs|webhook ...]`: run benchmarks and print their ratios.

Ends with 1 when an answer was wrong, a booking doubled or a deadlock seen; a goal of speed that was missed on a busy
machine is printed as not met and ends with 0.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from bench.options import Options
from bench.report import Outcome

NAMES = ("availability", "offers", "booking", "scale", "jobs", "webhook")
# Seconds per contestant and round, and rounds: enough for the best round to be steady on a shared machine.
DEFAULTS = {
    "availability": (1.0, 3),
    "offers": (1.0, 3),
    "booking": (3.0, 3),
    "scale": (1.0, 3),
    "jobs": (5.0, 3),
    "webhook": (4.0, 3),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(NAMES)}; all when none")
    parser.add_argument("--json", action="store_true", help="one JSON object per benchmark instead of tables")
    parser.add_argument("--seconds", type=float, help="time of one contestant in one round")
    parser.add_argument("--rounds", type=int, help="how often the contestants take turns")
    parser.add_argument("--reference", type=Path, help="directory of the shared workloads (default ../shared/bench)")
    given = parser.parse_args()
    names = given.names or list(NAMES)
    if unknown := sorted(set(names) - set(NAMES)):
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    reference = given.reference or Path(__file__).resolve().parents[2] / "shared" / "bench"
    wrong = False
    for name in names:
        seconds, rounds = DEFAULTS[name]
        options = Options(
            seconds=given.seconds or seconds,
            rounds=max(1, given.rounds or rounds),
            reference=reference if reference.is_dir() else None,
            say=lambda text: print(f"  {text}", file=sys.stderr, flush=True),
        )
        outcome: Outcome = importlib.import_module(f"bench.{name}.run").run(options)
        print(outcome.as_json() if given.json else outcome.as_text(), flush=True)
        wrong = wrong or bool(outcome.faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
