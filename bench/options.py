"""What a run of a benchmark is told: how long, how often, and where the shared workloads lie if they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`seconds` is the time of one contestant in one round; `say` tells the person waiting how far it is."""

    seconds: float
    rounds: int
    reference: Path | None
    say: Callable[[str], None]
