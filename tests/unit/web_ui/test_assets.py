"""What a browser loads comes from this host alone, works under the strict policy, and is built from pinned sources."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from quart import Quart

from booka_core.web import static_files, ui

WEB = Path(ui.__file__).parent
ASSETS = WEB / "assets"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))

built = pytest.mark.skipif(not (ui.DIST / "manifest.json").is_file(), reason="installed with BOOKA_SKIP_ASSETS=1")


def test_the_lock_file_names_no_address() -> None:
    assert "http" not in (ASSETS / "package-lock.json").read_text()


def test_every_locked_package_is_pinned_by_its_content() -> None:
    packages = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
    assert [name for name, lock in packages.items() if name and "integrity" not in lock] == []


def test_installing_runs_no_script_of_a_package() -> None:
    assert "ignore-scripts=true" in (ASSETS / ".npmrc").read_text()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_needs_anything_inline_or_foreign(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|hx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_on_a_page_is_marked_safe_by_hand(template: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", template.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_a_page_names_exists(template: Path) -> None:
    for name in re.findall(r"icon\('([a-z0-9-]+)'", template.read_text()):
        assert "<svg" in ui.icon(name)


@built
def test_every_built_file_is_there_and_loads_nothing_from_elsewhere() -> None:
    for name in ui.manifest().values():
        text = (ui.DIST / name).read_text()
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//", text)
        assert (ui.DIST / f"{name}.br").is_file()
        assert (ui.DIST / f"{name}.gz").is_file()


@built
def test_the_style_sheet_has_a_rule_for_every_place_on_the_grid() -> None:
    sheet = (ui.DIST / ui.manifest()["booka.css"]).read_text()
    for name, values in {
        "at": range(288),
        "len": range(1, 289),
        "hue": range(0, 360, 5),
        "rows": range(12, 289, 12),
    }.items():
        missing = [value for value in values if not re.search(rf"\[data-{name}=\"?{value}\"?\]", sheet)]
        assert missing == [], name


@built
def test_the_scripts_of_a_page_stay_light() -> None:
    assert (ui.DIST / f"{ui.manifest()['booka.js']}.br").stat().st_size < 60_000


@built
async def test_assets_are_served_compressed_and_for_ever() -> None:
    app = Quart("test", static_folder=None)
    app.register_blueprint(static_files.blueprint())
    client = app.test_client()
    for encoding in ("br", "gzip", ""):
        answer = await client.get(ui.asset("booka.css"), headers={"Accept-Encoding": encoding})
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding", "") == encoding
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("name", ["..%2f..%2fui.py", ".key", "manifest.json", "%2e%2e", "nothing.css", "dist"])
async def test_nothing_but_assets_is_served(name: str) -> None:
    app = Quart("test", static_folder=None)
    app.register_blueprint(static_files.blueprint())
    for folder in ("/static/dist/", "/static/"):
        assert (await app.test_client().get(folder + name)).status_code == 404


def test_without_built_assets_the_command_that_builds_them_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ui, "DIST", tmp_path)
    ui.manifest.cache_clear()
    with pytest.raises(ui.AssetsNotBuilt, match="uv sync --reinstall-package booka-core"):
        ui.asset("booka.css")
    ui.manifest.cache_clear()
