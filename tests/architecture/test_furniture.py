"""How the house is kept: no room of odds and ends, no file too long to read, every module says why it exists, and the
locks name public registries alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("booka_core", "plugins", "tests", "bench")
LONGEST = 400
GRAB_BAGS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff", "tools"}
FIXED_TOP = {
    "booka_core", "plugins", "migrations", "tests", "bench", "docs", "deploy",
    "pyproject.toml", "uv.lock", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "hatch_build.py",
    ".ci", ".env.example", ".gitignore", ".gitattributes", ".github",
}  # fmt: skip
GENERATED = {"node_modules", "dist", "__pycache__", "_migrations", ".venv"}
REGISTRIES = {"https://pypi.org", "https://files.pythonhosted.org"}


def files(*suffixes: str, under: tuple[str, ...] = OURS) -> Iterator[Path]:
    for folder in under:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes and not GENERATED & set(path.parts):
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    kinds = (".py", ".js", ".css", ".html", ".sql")
    assert [named(path) for path in files(*kinds) if len(path.read_text().splitlines()) > LONGEST] == []


def test_nothing_is_named_like_a_drawer_for_odds_and_ends() -> None:
    places = [
        path for path in files(".py", ".js") if {part.removesuffix(path.suffix) for part in path.parts} & GRAB_BAGS
    ]
    assert [named(path) for path in places] == []


def test_every_module_begins_by_saying_why_it_exists() -> None:
    silent = []
    for path in files(".py", under=("booka_core", "plugins", "bench")):
        is_plain_test = "tests" in path.relative_to(ROOT).parts and path.name in ("__init__.py", "conftest.py")
        if not is_plain_test and not ast.get_docstring(ast.parse(path.read_text())):
            silent.append(named(path))
    assert silent == []


def test_every_room_says_what_it_must_never_do() -> None:
    rooms = [path for path in (ROOT / "booka_core").iterdir() if (path / "__init__.py").exists()]
    silent = []
    for room in rooms:
        told = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
        if len(told.split()) < 20:
            silent.append(room.name)
    assert silent == []


def test_the_top_of_the_tree_holds_what_the_map_says() -> None:
    import subprocess  # noqa: PLC0415 - only this test asks git

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tops = {line.split("/")[0] for line in listed.splitlines()}
    assert tops <= FIXED_TOP


def test_the_python_lock_names_public_registries_alone() -> None:
    named_there = set(re.findall(r"https?://[^/\"\s]+", (ROOT / "uv.lock").read_text()))
    assert named_there == REGISTRIES


def test_the_javascript_lock_names_no_address_at_all() -> None:
    lock = (ROOT / "booka_core/web/assets/package-lock.json").read_text()
    assert re.findall(r"https?://[^\"\s]+", lock) == []
    assert '"integrity"' in lock


def test_no_text_names_a_place_on_somebodys_machine() -> None:
    marks = re.compile(r"/(?:home|Users|work)/[a-z]\w+|C:\\\\Users")
    found = []
    for path in files(
        ".py", ".md", ".toml", ".json", ".html", ".js", ".css", ".sql", ".sh", under=(*OURS, "docs", "deploy")
    ):
        if path == Path(__file__):
            continue
        found += [f"{named(path)}: {hit.group()}" for hit in marks.finditer(path.read_text(errors="replace"))]
    assert found == []


def test_errors_have_a_sentence_each() -> None:
    rooms = [path for path in files(".py", under=("booka_core", "plugins")) if path.name == "errors.py"]
    classes = [
        (path, node)
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    ]
    assert len(classes) > 20
    silent = [
        f"{named(path)}: {node.name}"
        for path, node in classes
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []
