"""Judging answers by their schema (JSON Schema, draft 2020-12), with one sentence per fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from booka_core.sdk.values import Frozen


class Fault(Frozen):
    """What is wrong with one answer. `path` leads to it (`()` for the whole), `message` is a sentence."""

    path: tuple[str, ...]
    message: str

    @property
    def where(self) -> str:
        """The path as text, empty for the whole."""
        return ".".join(self.path)


def faults_in(answers: Mapping[str, Any], schema: Mapping[str, Any], *, partial: bool = False) -> tuple[Fault, ...]:
    """Everything the schema has against the answers, in order of their place.

    `partial` is for answers that are still being gathered: what is missing at the top is no fault.
    """
    judged = {key: value for key, value in schema.items() if not (partial and key == "required")}
    found = sorted(
        Draft202012Validator(judged).iter_errors(dict(answers)), key=lambda error: [*map(str, error.absolute_path)]
    )
    return tuple(Fault(path=tuple(map(str, error.absolute_path)), message=error.message) for error in found)
