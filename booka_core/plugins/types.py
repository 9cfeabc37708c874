"""What the plugin room hands out: states, what was found on disk, outcomes of hooks, a tenant's view."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from booka_core.sdk.context import TenantContext
from booka_core.sdk.errors import PluginFault
from booka_core.sdk.manifest import Kind, Manifest
from booka_core.sdk.values import Frozen

T = TypeVar("T")


class PluginState(StrEnum):
    """How far an installed plugin has come in this process. Only `active` ones are ever called."""

    DISCOVERED = "discovered"
    INVALID = "invalid"
    NOT_APPROVED = "not_approved"
    BLOCKED = "blocked"
    INCOMPATIBLE = "incompatible"
    NEEDS_MIGRATION = "needs_migration"
    IMPORT_FAILED = "import_failed"
    ACTIVE = "active"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class ContentSnapshot:
    """A plugin's data files as they were read, named by the hash of what they hold."""

    version: str
    intake: Mapping[str, Any] = field(default_factory=dict)
    templates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    config_schema: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""

    @classmethod
    def of(
        cls,
        *,
        version: str,
        intake: dict[str, Any],
        templates: dict[str, dict[str, str]],
        config_schema: dict[str, Any],
    ) -> ContentSnapshot:
        """Take the snapshot. Equal content has an equal digest, whatever the order of keys was."""
        held = json.dumps([intake, templates, config_schema], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return cls(
            version=version,
            intake=MappingProxyType(intake),
            templates=MappingProxyType({locale: MappingProxyType(texts) for locale, texts in templates.items()}),
            config_schema=MappingProxyType(config_schema),
            digest=hashlib.sha256(held.encode()).hexdigest(),
        )


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """One entry point as found on disk, without a line of its code having run.

    `target` is the entry point's value; `root` the package's folder; `manifest` and `content` are None where they
    could not be read, and `reason` then says why.
    """

    slug: str
    distribution: str
    version: str
    target: str
    state: PluginState
    reason: str = ""
    root: Path | None = None
    manifest: Manifest | None = None
    content: ContentSnapshot | None = None


class Outcome(NamedTuple, Generic[T]):
    """What one plugin answered in one call of a hook: a value, or the fault that takes its place.

    A tuple, because one is made for every plugin in every call.
    """

    plugin: str
    value: T
    error: PluginFault | None
    ms: float


@dataclass(frozen=True, slots=True)
class EffectiveSet:
    """The plugins that act for one tenant now, in the order in which they are asked, each with its context.

    `ineffective` gives the reason for every other installed plugin.
    """

    tenant_id: UUID
    revision: int
    contexts: Mapping[str, TenantContext]
    ineffective: Mapping[str, str]
    switched_on: frozenset[str]


class PluginStatus(Frozen):
    """One installed plugin as a person sees it, on the page of a tenant or of the platform.

    `state` is this process's; `enabled` the tenant's switch (None without a tenant); `effective` whether it acts for
    the tenant now; `reason` says why not.
    """

    slug: str
    distribution: str
    version: str
    kinds: tuple[Kind, ...]
    state: PluginState
    reason: str
    name: str
    summary: str
    visible: bool = True
    enabled: bool | None = None
    effective: bool | None = None
    content: str = ""
