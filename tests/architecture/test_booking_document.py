"""The page about bookings has the life cycle, the rules and the reasons as the code has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from booka_core.availability.types import Reason
from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.catalog.rules import Cap, DemandSpec, ServiceRules

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "booking.md").read_text(encoding="utf-8")


def table(header: str) -> list[list[str]]:
    """The rows of the table whose first column is called so."""
    _, _, rest = PAGE.partition(f"\n| {header} |")
    assert rest, f"no table of {header}s"
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(header: str) -> list[str]:
    return [name for row in table(header) for name in re.findall(r"`(\w+)`", row[0])]


def test_the_life_cycle_is_the_one_in_the_code() -> None:
    told = {
        verb.strip("`"): (tuple(allowed.split(", ")), None if status == "the same" else status, purpose)
        for verb, allowed, status, purpose in table("verb")
    }
    assert told == {verb: tuple(step) for verb, step in TRANSITIONS.items()}


@pytest.mark.parametrize(("header", "model"), [("rule", ServiceRules), ("cap", Cap), ("demand", DemandSpec)])
def test_every_rule_is_described_and_no_other_is(header: str, model: type[BaseModel]) -> None:
    assert sorted(names(header)) == sorted(model.model_fields)


def test_every_reason_is_explained_and_no_other_is() -> None:
    assert sorted(names("reason")) == sorted(set(get_args(Reason)) - {"free"})
