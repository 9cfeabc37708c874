"""A tenant's settings of a plugin: the schema's defaults filled in, and faults said in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from jsonschema import Draft202012Validator

from booka_core.plugins.types import InstalledPlugin


def complete(plugin: InstalledPlugin, config: Mapping[str, Any]) -> dict[str, Any]:
    """`config` with the defaults of the plugin's schema wherever it says nothing."""
    return _with_defaults(plugin.content.config_schema if plugin.content else {}, dict(config))


def faults_of(plugin: InstalledPlugin, config: Mapping[str, Any]) -> list[str]:
    """What the plugin's schema has against `config`, one sentence each."""
    schema = dict(plugin.content.config_schema) if plugin.content else {}
    if not schema:
        return [f"{key!r} is not a setting of {plugin.slug}, which has none" for key in sorted(config)]
    found = sorted(Draft202012Validator(schema).iter_errors(dict(config)), key=lambda error: [*map(str, error.path)])
    return [f"{'.'.join(map(str, error.path)) or 'settings'}: {error.message}" for error in found]


def _with_defaults(schema: Mapping[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    filled = dict(config)
    for name, part in schema.get("properties", {}).items():
        if not isinstance(part, Mapping):
            continue
        if name not in filled and "default" in part:
            filled[name] = deepcopy(part["default"])
        if isinstance(filled.get(name), dict):
            filled[name] = _with_defaults(part, filled[name])
    return filled
