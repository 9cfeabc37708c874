"""Whatever is sent to the API, its answers are those that its description names: no fault of ours, no status, no
problem and no member that a caller could not have known of, and the links between calls lead somewhere.

`BOOKA_SOAK` (the number of examples for each operation) makes the run as long as one likes.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from booka_core.web.api import manage, public, strangers

from .conftest import Business
from .live import fuzz

SOAK = os.environ.get("BOOKA_SOAK")
EXAMPLES = SOAK or "4"
PHASES = "coverage,fuzzing,stateful" if SOAK else "fuzzing,stateful"


def known_of(business: Business) -> dict[str, list[str]]:
    salon = business.salon
    return {
        "service": [str(salon.haircut), str(salon.braids), str(salon.colour)],
        "resource": [str(salon.ada), str(salon.bola), str(salon.chair)],
        "location": [str(salon.location_id)],
        "customer": [str(salon.customer_id)],
        "slug": [salon.tenant.slug],
    }


@pytest.fixture(autouse=True)
def patient_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fuzzer is one client that asks a great deal: the limits have tests of their own."""
    for name in ("LOOKS_BY_CLIENT", "BOOKINGS_BY_CLIENT", "BOOKINGS_BY_PHONE"):
        found = getattr(strangers, name)
        for module in (strangers, public, manage):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, replace(found, name=f"fuzz-{found.name}", most=10**9))


@pytest.mark.timeout(3600)
async def test_the_api_answers_what_its_description_says(business: Business, tmp_path: Path) -> None:
    verdict = await fuzz(
        business, tmp_path, "--phases", PHASES, "--max-examples", EXAMPLES, "--seed", "7", known=known_of(business)
    )
    assert verdict.code == 0, verdict.words
    for phase in PHASES.split(","):
        assert verdict.cases_of(phase) > 0, (phase, verdict.words)
