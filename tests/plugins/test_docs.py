"""The page for authors tells the truth: every hook with its exact arguments and policy, every key, every state, and an
example that runs.
"""

from __future__ import annotations

import inspect
import json
import re
import types
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from booka_core.plugins import runtime
from booka_core.plugins.types import PluginState
from booka_core.sdk import hookspecs
from booka_core.sdk.hookspecs import POLICIES, REGISTRATION
from booka_core.sdk.manifest import Manifest
from booka_core.testing.plugins import DUMMY, PluginFolder

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
SPECS = {name: value for name, value in vars(hookspecs).items() if name.startswith("booka_")}


def block(language: str, number: int = 0) -> str:
    """The page's code block number `number` in a language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number]


def test_every_hook_is_described_with_its_exact_arguments_and_no_other_is() -> None:
    described = re.findall(r"^### `(booka_\w+\(.*?\))`$", PAGE, re.MULTILINE)
    real = [f"{name}({', '.join(inspect.signature(spec).parameters)})" for name, spec in SPECS.items()]
    assert sorted(described) == sorted(real)


def test_every_hook_is_either_a_registration_or_has_a_policy() -> None:
    assert set(SPECS) == {*REGISTRATION, *POLICIES}


def test_the_table_of_policies_is_the_table_in_the_code() -> None:
    rows = re.findall(r"^\| `(booka_\w+)` \| (\w+) \| ([\d.]+) \| (\w+) \|$", PAGE, re.MULTILINE)
    assert {name: (mode, float(time), fails) for name, mode, time, fails in rows} == {
        name: (policy.mode, policy.timeout, policy.on_error) for name, policy in POLICIES.items()
    }


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every key of the manifest, inner ones as `group.key`."""
    for name, field in model.model_fields.items():
        inner = [t for t in (field.annotation, *get_args(field.annotation)) if isinstance(t, type)]
        group = next((t for t in inner if issubclass(t, BaseModel)), None)
        if group is not None and not prefix:
            yield from keys(group, f"{name}.")
        else:
            yield f"{prefix}{field.alias or name}"


def test_every_key_of_the_manifest_is_described() -> None:
    section = PAGE.split("## The manifest")[1].split("## States")[0]
    described = set(re.findall(r"`([\w.]+)`", "".join(re.findall(r"^\| (.*?) \|", section, re.MULTILINE))))
    assert described == set(keys(Manifest))


def test_every_state_is_described() -> None:
    section = PAGE.split("## States")[1].split("## Tables")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [state.value for state in PluginState]


def test_the_example_loads_and_does_what_it_says(plugin_folder: PluginFolder) -> None:
    manifest: dict[str, Any] = json.loads(block("json"))
    plugin_folder.add(
        "hello",
        hooks=block("python"),
        manifest=json.dumps(manifest),
        distribution=manifest["distribution"],
        version=manifest["version"],
    )
    loaded = runtime.load()
    assert loaded.plugins["hello"].state is PluginState.ACTIVE, loaded.plugins["hello"].reason
    check = loaded.registry.of("booka_booking_check", "hello")
    assert check is not None
    ctx = types.SimpleNamespace(zone="Africa/Lagos")
    early, late = (types.SimpleNamespace(starts_at=datetime(2026, 3, 2, hour, tzinfo=UTC)) for hour in (4, 5))
    assert check.function(ctx=ctx, draft=early).decision == "refuse"
    assert check.function(ctx=ctx, draft=late) is None


def test_the_entry_point_in_the_example_is_the_one_that_is_looked_for() -> None:
    assert '[project.entry-points."booka.plugins"]' in block("toml")


def test_the_dummy_plugin_uses_every_hook() -> None:
    assert set(re.findall(r"def (booka_\w+)", DUMMY)) == set(SPECS)


@pytest.mark.parametrize("hook", sorted(SPECS))
def test_every_hook_has_a_plugin_of_ours_that_uses_it_or_belongs_to_the_switch(
    plugin_folder: PluginFolder, hook: str
) -> None:
    of_the_switch = {"booka_tenant_enabled", "booka_tenant_disabled", "booka_config_check"}
    assert runtime.load().registry.implementations(hook) or hook in of_the_switch
