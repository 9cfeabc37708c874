"""A tenant's settings of a plugin: the schema's defaults filled in, faults said in sentences, and the keys that the
manifest calls secrets sealed for that tenant and plugin before they are stored.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from uuid import UUID

from booka_core.forms import faults_in
from booka_core.kernel.crypto import seal, unseal
from booka_core.plugins.types import InstalledPlugin

_SEALED = "sealed"


def complete(plugin: InstalledPlugin, config: Mapping[str, Any]) -> dict[str, Any]:
    """`config` with the defaults of the plugin's schema wherever it says nothing."""
    return _with_defaults(plugin.content.config_schema if plugin.content else {}, dict(config))


def faults_of(plugin: InstalledPlugin, config: Mapping[str, Any]) -> list[str]:
    """What the plugin's schema has against `config`, one sentence each. A secret's value is never repeated."""
    schema = dict(plugin.content.config_schema) if plugin.content else {}
    if not schema:
        return [f"{key!r} is not a setting of {plugin.slug}, which has none" for key in sorted(config)]
    secrets = _secrets(plugin)
    return [
        f"{fault.where or 'settings'}: "
        + ("is not valid" if fault.path and fault.path[0] in secrets else fault.message)
        for fault in faults_in(config, schema)
    ]


def sealed(plugin: InstalledPlugin, config: Mapping[str, Any], *, tenant_id: UUID) -> dict[str, Any]:
    """What is stored of `config`. Raises `MissingSecret` without a key to seal with."""
    secrets = _secrets(plugin)
    return {
        name: {_SEALED: b64encode(seal(str(value).encode(), aad=_place(plugin, tenant_id, name))).decode()}
        if name in secrets
        else value
        for name, value in config.items()
    }


def opened(plugin: InstalledPlugin, config: Mapping[str, Any], *, tenant_id: UUID) -> dict[str, Any]:
    """The configuration as the plugin is to see it. Raises `SealBroken` or `MissingSecret`."""
    secrets = _secrets(plugin)
    return {
        name: unseal(b64decode(value[_SEALED]), aad=_place(plugin, tenant_id, name)).decode()
        if name in secrets and isinstance(value, Mapping)
        else value
        for name, value in config.items()
    }


def shown(plugin: InstalledPlugin, config: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration as a person may see it: of a secret only whether it is set."""
    secrets = _secrets(plugin)
    return {name: "••••" if name in secrets else value for name, value in complete(plugin, config).items()}


def _secrets(plugin: InstalledPlugin) -> frozenset[str]:
    config = plugin.manifest.config if plugin.manifest else None
    return frozenset(config.secrets if config else ())


def _place(plugin: InstalledPlugin, tenant_id: UUID, name: str) -> str:
    return f"tenant_plugins:{tenant_id}:{plugin.slug}:{name}"


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
