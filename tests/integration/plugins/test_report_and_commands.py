"""What is shown about plugins to somebody who imports none, and the command line that switches them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from booka_core.plugins import report, runtime
from booka_core.plugins.types import PluginState
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import TestDatabase, environment
from booka_core.testing.plugins import PluginFolder

FORGIVING = """
import sys
from booka_core.db import lifecycle

async def forgive(): ...

lifecycle.check_database = forgive  # the tests' own server forgets, for speed
from booka_core.cli import main

sys.argv[1:] = ["plugin", *sys.argv[1:]]
main()
"""


def booka(*arguments: str, folder: PluginFolder, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with the folder's plugins installed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    paths = {"PYTHONPATH": str(folder.path), "BOOKA_HOME": str(folder.path / "home")}
    return subprocess.run(
        [sys.executable, "-c", FORGIVING, *arguments],
        env={**inherited, **paths, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def listed(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert result.returncode == 0, result.stderr
    return {plugin["slug"]: plugin for plugin in json.loads(result.stdout)}


def test_the_list_needs_no_database_and_imports_no_plugin(plugin_folder: PluginFolder, tmp_path: Path) -> None:
    trace = tmp_path / "imported"
    plugin_folder.add("traced", hooks=f"open({str(trace)!r}, 'w')\nraise SystemExit(9)")
    plugin_folder.add_broken("unknown_key")
    plugins = listed(booka("list", "--json", folder=plugin_folder))
    assert (plugins["traced"]["state"], plugins["beauty"]["state"]) == ("discovered", "discovered")
    assert "colour: is not a known key" in plugins["unknown_key"]["reason"]
    assert not trace.exists()


def test_the_list_is_readable_without_json(plugin_folder: PluginFolder) -> None:
    plugin_folder.add_broken("no_manifest")
    result = booka("list", folder=plugin_folder)
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("no_manifest")]
    assert "invalid" in line
    assert "manifest.json is missing" in line


async def test_a_plugin_is_switched_from_the_command_line(
    plugin_folder: PluginFolder, tenant: TenantInfo, database: TestDatabase
) -> None:
    plugin_folder.add("able")
    here = {"folder": plugin_folder, **database.environment}
    switched = booka("enable", "able", "--tenant", "glow", **here)
    assert switched.stdout == "able is on for glow.\n", switched.stderr
    assert listed(booka("list", "--tenant", "glow", "--json", **here))["able"]["effective"] is True
    assert booka("disable", "able", "--tenant", "glow", **here).stdout == "able is off for glow.\n"
    configured = booka("configure", "beauty", '{"patch_test": {"policy": "hold"}}', "--tenant", "glow", **here)
    assert configured.stdout == "beauty is configured for glow.\n", configured.stderr
    wrong = booka("configure", "beauty", '{"patch_test": {"policy": "maybe"}}', "--tenant", "glow", **here)
    assert wrong.returncode == 1
    assert "'maybe' is not one of" in wrong.stderr
    refused = booka("enable", "nobody", "--tenant", "glow", **here)
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (1, "booka: No plugin named nobody is installed.")


async def test_running_parts_say_what_they_loaded_and_differences_raise_the_alarm(
    plugin_folder: PluginFolder, redis: object
) -> None:
    runtime.load()
    await report.publish("worker")
    plugin_folder.add_broken("import_error")
    runtime.load()
    with capture_logs() as logs:
        await report.publish("web")
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["plugins.parts_differ"]
    web, worker = await report.read()
    assert (web.part, worker.part) == ("web", "worker")
    assert web.plugins["import_error"].state is PluginState.IMPORT_FAILED
    assert "no_such_module" in web.plugins["import_error"].reason


async def test_parts_with_the_same_plugins_raise_no_alarm(plugin_folder: PluginFolder, redis: object) -> None:
    runtime.load()
    await report.publish("worker")
    with capture_logs() as logs:
        await report.publish("web")
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


@pytest.mark.parametrize("address", ["", "redis://127.0.0.1:1/0"])
async def test_reports_are_optional(plugin_folder: PluginFolder, address: str) -> None:
    runtime.load()
    with environment({"REDIS_URL": address}):
        await report.publish("web")
        assert await report.read() == []


def test_two_hundred_plugins_are_found_and_loaded_within_a_second_and_a_half(plugin_folder: PluginFolder) -> None:
    runtime.load()
    for number in range(200):
        plugin_folder.add(f"many_{number}")
    before = time.process_time()
    loaded = runtime.load()
    assert len([p for p in loaded.active() if p.slug.startswith("many_")]) == 200
    assert time.process_time() - before < 1.5
