"""Places where there must be one way only: hooks are called by their façade, the tenant variable is set by the scope,
outgoing HTTP goes through the egress client, and time is read from the clock.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "booka_core"


OUR_CLOCK_AGAINST_ITS = "cli/doctor.py"
"""Compares this machine's clock with the database's, so it has to ask the database for its own."""


@cache
def modules_without_texts() -> dict[str, str]:
    return {name: _without_texts(source) for name, source in modules()}


def modules() -> Iterator[tuple[str, str]]:
    for path in sorted(CORE.rglob("*.py")):
        name = str(path.relative_to(CORE))
        if not name.startswith("testing/"):
            yield name, path.read_text()


def outside(pattern: str, *allowed: str) -> list[str]:
    """Modules where the pattern occurs in code although they are not among the allowed."""
    found = []
    for name, code in modules_without_texts().items():
        if any(name == one or (one.endswith("/") and name.startswith(one)) for one in allowed):
            continue
        found += [f"{name}:{code[: hit.start()].count(chr(10)) + 1}" for hit in re.finditer(pattern, code)]
    return found


def _without_texts(source: str) -> str:
    """The source with docstrings blanked, so that speaking of a thing is not doing it."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            text = node.body[0]
            for number in range(text.lineno - 1, text.end_lineno or text.lineno):
                lines[number] = "\n"
    return "".join(lines)


DOORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "hooks are called by the plugin room alone": (r"\.hook\.booka_|get_hookimpls|HookCaller", ("plugins/",)),
    "Tortoise is configured by the database room alone": (r"Tortoise\.init|\bin_transaction\(", ("db/",)),
    "the tenant variable is set by the scope alone": (r"(?:SET LOCAL|set_config\()\s*'?booka\.tenant", ("db/",)),
    "outgoing HTTP takes the egress client": (
        r"httpx\.(?:AsyncClient|Client|get|post|request|stream)\(|urllib\.request|aiohttp|requests\.(?:get|post)",
        ("kernel/egress.py", "emulators/"),
    ),
    "the present is read from the clock": (
        r"datetime\.(?:now|utcnow|today)\(|date\.today\(",
        ("kernel/clock.py", "embedded/"),
    ),
    "the environment is read by the settings": (
        r"os\.(?:environ\b|getenv)",
        ("kernel/clock.py", "embedded/", "cli/", "db/migrate.py"),
    ),
    "nothing is unpickled or evaluated": (r"\bpickle\.|\bmarshal\.|(?<![.\w])(?:eval|exec)\(|yaml\.load\(", ()),
}


@pytest.mark.parametrize("rule", DOORS)
def test_there_is_one_way(rule: str) -> None:
    pattern, allowed = DOORS[rule]
    assert outside(pattern, *allowed) == []


@pytest.mark.parametrize("rule", DOORS)
def test_every_exception_is_still_needed(rule: str) -> None:
    pattern, allowed = DOORS[rule]
    unused = [one for one in allowed if len(outside(pattern, *(a for a in allowed if a != one))) == 0]
    assert unused == []


def test_instants_are_parameters_in_our_sql() -> None:
    wrong = []
    for name, source in modules():
        if name == OUR_CLOCK_AGAINST_ITS:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if re.search(r"\b(?:now\(\)|current_timestamp|clock_timestamp\(\))", text, re.IGNORECASE) and re.search(
                    r"\b(?:select|insert into|update|delete from)\b.*\b(?:from|values|set|where)\b",
                    text,
                    re.IGNORECASE | re.DOTALL,
                ):
                    wrong.append(f"{name}:{node.lineno}")
    assert wrong == []
