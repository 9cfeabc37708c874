"""Whatever is sent to the API, its answers are those that its description names: no fault of ours, no status, no
problem and no member that a caller could not have known of, and the links between calls lead somewhere.

`BOOKA_SOAK` (the number of examples for each operation) makes the run as long as one likes.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import update_wrapper
from pathlib import Path

import pytest
from quart import Response

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


@pytest.mark.timeout(3600)
async def test_the_links_between_calls_lead_somewhere(business: Business, tmp_path: Path) -> None:
    paths = ("--include-path-regex", "/api/v1/(reservations|holds|queue|customers)")
    chosen = ("--phases", "stateful", "--mode", "positive", "--max-examples", SOAK or "20", "--seed", "7")
    verdict = await fuzz(business, tmp_path, *paths, *chosen, known=known_of(business))
    assert verdict.code == 0, verdict.words
    assert verdict.followed() >= 1, verdict.words


async def test_a_status_that_is_not_described_is_found(
    business: Business, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = business.app.view_functions["api.listStaff"]

    async def teapot() -> Response:
        return Response('{"items": []}', status=299, content_type="application/json")

    monkeypatch.setitem(business.app.view_functions, "api.listStaff", update_wrapper(teapot, view))
    chosen = ("--include-path", "/api/v1/staff", "--phases", "fuzzing", "--max-examples", "1")
    verdict = await fuzz(business, tmp_path, *chosen, known=known_of(business))
    assert verdict.code == 1, verdict.words
    assert "299" in verdict.words
