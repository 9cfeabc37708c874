"""What a benchmark says follows from its figures: best rounds are compared, and a wrong answer outweighs any speed."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("bench.report").Outcome("example")


def test_the_best_round_of_each_is_compared(outcome: Any) -> None:
    for ours, theirs in ((12.0, 9.0), (8.0, 11.0)):
        outcome.add("ours", ours, unit="ms", better="lower")
        outcome.add("theirs", theirs, unit="ms", better="lower")
    outcome.compare("ours / theirs", "ours", "theirs", at_most=0.9)
    assert outcome.met
    (goal,) = json.loads(outcome.as_json())["goals"]
    assert goal == {"text": "ours / theirs", "ratio": 0.889, "at_most": 0.9, "met": True}


def test_a_fault_outweighs_every_goal_met(outcome: Any) -> None:
    outcome.add("ours", 500.0, unit="/s", better="higher", doubles=1)
    outcome.goal("rate", 2.0, at_least=1.0)
    assert outcome.met
    outcome.faults.append("1 double")
    assert not outcome.met
    assert "FAULT: 1 double" in outcome.as_text()


def test_doubles_of_all_rounds_are_added_up(outcome: Any) -> None:
    for doubles in (0, 2, 1):
        outcome.add("ours", 1.0, unit="/s", better="higher", doubles=doubles)
    assert json.loads(outcome.as_json())["lines"][0]["doubles"] == 3


def test_a_contestant_that_did_not_run_is_named_and_not_compared(outcome: Any) -> None:
    outcome.add("ours", 1.0, unit="/s", better="higher")
    outcome.compare("ours / theirs", "ours", "theirs", at_least=1.0)
    assert outcome.goals == []
    assert "theirs did not run" in outcome.as_text()
