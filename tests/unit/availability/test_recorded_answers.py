"""The answers to the benchmark's questions stay what the minute-by-minute reference said when they were recorded."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def test_every_recorded_question_still_gets_its_recorded_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    run = importlib.import_module("bench.availability.run")
    recorded = json.loads(run.DIGESTS.read_text())
    assert set(recorded) == {shape.name for shape in run.CHECKED}
    for shape in run.CHECKED:
        workload = run.build(shape)
        assert run.fingerprint(workload) == recorded[shape.name]["workload"], shape.name
        shop = run.Shop.of(workload)
        assert run.digest(shop.starts()) == recorded[shape.name]["answer"], shape.name
        assert run.digest(shop.starts_of_slots()) == recorded[shape.name]["answer"], shape.name
