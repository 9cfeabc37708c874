"""Who may import whom. A package imports from lower floors only; what is on one floor talks through events, or through
a line below with its reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "booka_core"

FLOORS: dict[str, int] = {
    "sdk": 0, "kernel": 0,
    "db": 1, "embedded": 1, "emulators": 1,
    "audit": 2, "outbox": 2, "jobs": 2, "forms": 2,
    "tenancy": 3, "identity": 3,
    "plugins": 4,
    "customers": 5, "catalog": 5, "availability": 5, "pricing": 5, "payments": 5, "messaging": 5, "llm": 5,
    "privacy": 5,
    "offers": 6,
    "booking": 7,
    "waitlist": 8, "series": 8, "queue": 8, "links": 8,
    "conversation": 9, "workflows": 9, "calendars": 9, "insights": 9,
    "channels": 10,
    "runtime": 11,
    "web": 12, "cli": 12, "worker": 12,
    "testing": 13,
}  # fmt: skip

SAME_FLOOR: dict[tuple[str, str], str] = {
    ("kernel", "sdk"): "settings, ids and errors speak the sdk's value types and error families",
    ("outbox", "jobs"): "a delivery is a job: one mechanism for retries and dead letters",
    ("identity", "tenancy"): "an invitation says the name of the business that invites",
    ("cli", "web"): "`booka web` starts the web process",
    ("cli", "worker"): "`booka worker` starts the worker",
}
"""(importer, imported) and why. A line that no import needs any more fails as well."""

UPWARD: dict[tuple[str, str], str] = {
    ("cli", "testing"): "`booka plugin check` and `booka simulate` run the contract suites, imported when they run",
}
"""Imports of an upper floor, which are allowed only inside a function."""


@dataclass(frozen=True)
class Import:
    """One import of one of our packages by another."""

    importer: str
    imported: str
    where: str
    lazy: bool


def imports_of(path: Path, source: str, *, root: Path = ROOT) -> Iterable[Import]:
    """What a core module imports of the core's packages."""
    parts = path.relative_to(root).with_suffix("").parts
    importer = parts[1]
    tree = ast.parse(source)
    top = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            top -= {id(node) for node in ast.walk(function)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name in _names(node, parts):
            if name[0] == "booka_core" and len(name) > 1 and name[1] != importer and name[1] in FLOORS:
                yield Import(importer, name[1], f"{'/'.join(parts)}.py:{node.lineno}", id(node) not in top)


def _names(node: ast.Import | ast.ImportFrom, parts: tuple[str, ...]) -> Iterable[list[str]]:
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".") for alias in node.names)
        return
    base = node.module.split(".") if node.module else []
    if node.level:
        base = [*parts[: len(parts) - node.level], *base]
    yield from ([*base, alias.name] for alias in node.names)


def violations(found: Iterable[Import]) -> list[str]:
    """Imports that no floor and no line allows."""
    wrong = []
    for one in found:
        pair = (one.importer, one.imported)
        below = FLOORS[one.imported] < FLOORS[one.importer]
        if not (below or pair in SAME_FLOOR or (pair in UPWARD and one.lazy)):
            wrong.append(f"{one.where}: {one.importer} must not import {one.imported}")
    return wrong


@cache
def all_imports() -> list[Import]:
    files = [path for path in CORE.rglob("*.py") if "__pycache__" not in path.parts and path.parent != CORE]
    files += [CORE / "worker.py"] if (CORE / "worker.py").exists() else []
    return [one for path in files for one in imports_of(path, path.read_text())]


def test_packages_import_from_lower_floors_only() -> None:
    assert violations(all_imports()) == []


def test_every_package_has_a_floor() -> None:
    packages = {path.name for path in CORE.iterdir() if (path / "__init__.py").exists()}
    assert packages <= set(FLOORS)


def test_every_allowed_exception_is_still_needed() -> None:
    used = {(one.importer, one.imported) for one in all_imports()}
    assert {pair for pair in SAME_FLOOR if pair not in used} == set()


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("booking/x.py", "from booka_core.web import app", True),
        ("booking/x.py", "import booka_core.channels.intake", True),
        ("booking/x.py", "from booka_core import conversation", True),
        ("booking/x.py", "from ..channels import intake", True),
        ("booking/x.py", "def f():\n    from booka_core.web import app", True),
        ("booking/x.py", "if True:\n    from booka_core.testing import web", True),
        ("booking/x.py", "from booka_core.catalog import queries", False),
        ("booking/deep/x.py", "from ...catalog import queries", False),
        ("cli/x.py", "from booka_core.testing import contracts", True),
        ("cli/x.py", "def f():\n    from booka_core.testing import contracts", False),
        ("sdk/x.py", "from booka_core.kernel import clock", True),
    ],
)
def test_a_planted_import_is_found(module: str, source: str, wrong: bool) -> None:
    assert bool(violations(imports_of(CORE / module, source))) is wrong


def names_in(path: Path) -> Iterable[tuple[int, list[str]]]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, name) for name in _names(node, parts))


def test_plugins_import_the_sdk_alone() -> None:
    wrong = []
    for path in (ROOT / "plugins").rglob("*.py"):
        allowed = {"sdk", "testing"} if "tests" in path.relative_to(ROOT).parts else {"sdk"}
        wrong += [
            f"{path.relative_to(ROOT)}:{line}: {'.'.join(name)}"
            for line, name in names_in(path)
            if name[0] == "booka_core" and (len(name) == 1 or name[1] not in allowed)
        ]
    assert wrong == []


def test_nothing_of_the_product_imports_a_plugin() -> None:
    plugins = {path.name for path in (ROOT / "plugins").iterdir() if path.is_dir()}
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in CORE.rglob("*.py")
        for line, name in names_in(path)
        if name[0] in plugins
    ]
    assert wrong == []
