"""Rules that hold for every plugin of ours and for the room that calls them, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path for path in (ROOT / "plugins").iterdir() if path.is_dir())


def imports(source: str) -> Iterator[str]:
    """Every module that the source imports, in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def outside_the_sdk(source: str, *, tests: bool = False) -> list[str]:
    allowed = ("booka_core.sdk", "booka_core.testing") if tests else ("booka_core.sdk",)
    return [
        name
        for name in imports(source)
        if name.split(".")[0] == "booka_core" and not any(f"{name}.".startswith(f"{root}.") for root in allowed)
    ]


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_a_plugin_imports_the_sdk_and_nothing_else_of_the_core(plugin: Path) -> None:
    files = list((plugin / plugin.name).rglob("*.py"))
    assert files
    assert {str(f.relative_to(ROOT)): found for f in files if (found := outside_the_sdk(f.read_text()))} == {}


def test_that_rule_notices_an_import_from_a_room() -> None:
    assert outside_the_sdk("from booka_core.booking.commands import book") == ["booka_core.booking.commands"]
    assert outside_the_sdk("import booka_core.db") == ["booka_core.db"]
    assert outside_the_sdk("from booka_core.sdk.values import Money\nimport booka_core.sdk") == []


def calls_of_hooks(source: str) -> list[str]:
    """Where the source asks for implementations or dispatches a call."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"function", "get_hookimpls"}:
            found.append(node.attr)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "dispatch.call":
            found.append("dispatch.call")
    return found


def test_hooks_are_called_in_one_place_only() -> None:
    allowed = {"facade.py", "dispatch.py", "registry.py", "registration.py"}
    rooms = [
        path for path in (ROOT / "booka_core").rglob("*.py") if "sdk" not in path.parts and "testing" not in path.parts
    ]
    callers = {
        str(path.relative_to(ROOT))
        for path in rooms
        if ("plugins" in path.parts and path.name not in allowed and calls_of_hooks(path.read_text()))
        or (
            "plugins" not in path.parts
            and {"pluggy", "booka_core.plugins.dispatch", "booka_core.plugins.registry"}
            & set(imports(path.read_text()))
        )
    }
    assert callers == set()


def test_that_rule_notices_a_call_past_the_facade() -> None:
    assert calls_of_hooks("await dispatch.call('booka_on_event', [])") == ["dispatch.call"]
    assert calls_of_hooks("implementation.function(ctx=1)") == ["function"]
