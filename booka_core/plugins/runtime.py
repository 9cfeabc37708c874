"""Loading, once per process: every usable plugin is imported and registered behind a guard that survives whatever its
code does short of ending the process, and what came of each is kept with its reason. The version noted here is the
version that runs; package metadata is never asked again, because an installation may change under a running process.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from booka_core.db.config import AppSpec
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.plugins.discovery import discover, table_app, unmet_need
from booka_core.plugins.errors import PluginsNotAllActive, PluginsNotLoaded
from booka_core.plugins.registration import Offers, collect_offers
from booka_core.plugins.registry import HookRegistry
from booka_core.plugins.types import InstalledPlugin, PluginState
from booka_core.sdk.messaging import MessagingProvider
from booka_core.sdk.verticals import Vertical

log = get_logger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class LoadedPlugins:
    """What this process loaded: every installed plugin in calling order, and what the active ones offer."""

    plugins: dict[str, InstalledPlugin] = field(default_factory=dict)
    refused: list[InstalledPlugin] = field(default_factory=list)
    registry: HookRegistry = field(default_factory=HookRegistry)
    offers: Offers = field(default_factory=Offers)

    def all(self) -> list[InstalledPlugin]:
        """Every installed plugin; several claim one slug only where all of them were refused for it."""
        return [*self.plugins.values(), *self.refused]

    def active(self) -> list[InstalledPlugin]:
        """The plugins whose hooks may be called, in calling order."""
        return [plugin for plugin in self.plugins.values() if plugin.state is PluginState.ACTIVE]

    def table_apps(self) -> tuple[AppSpec, ...]:
        """The apps of active plugins, all of whose model modules have been imported."""
        return tuple(app for plugin in self.active() for app in table_app(plugin))

    @property
    def verticals(self) -> Mapping[str, Vertical]:
        """The verticals on offer, by slug."""
        return self.offers.verticals

    @property
    def providers(self) -> Mapping[str, tuple[str, MessagingProvider]]:
        """The messaging providers on offer: the plugin they come from and the provider, by the provider's slug."""
        return self.offers.providers

    @property
    def fingerprint(self) -> str:
        """One short text that is equal in two processes exactly when they run the same plugins."""
        held = [
            [p.slug, p.distribution, p.version, p.state.value, p.content.digest if p.content else ""]
            for p in sorted(self.all(), key=lambda p: (p.slug, p.distribution))
        ]
        return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


_loaded: LoadedPlugins | None = None


def loaded() -> LoadedPlugins:
    """What this process loaded. Raises `PluginsNotLoaded` before `load`."""
    if _loaded is None:
        raise PluginsNotLoaded
    return _loaded


def load(*, needs_migration: Mapping[str, str] | None = None) -> LoadedPlugins:
    """Discover, import and register; what was loaded before is forgotten.

    `needs_migration` names plugins whose tables are not up to date, with the reason; they are listed and not imported.
    Raises `PluginsNotAllActive` in strict mode.
    """
    global _loaded  # noqa: PLW0603 - one set of plugins per process, by design
    result = LoadedPlugins()
    waiting = dict(needs_migration or {})
    for found in discover():
        plugin, started = found, time.perf_counter()
        if plugin.slug in waiting and plugin.state is PluginState.DISCOVERED:
            plugin = replace(plugin, state=PluginState.NEEDS_MIGRATION, reason=waiting[plugin.slug])
        if plugin.state is PluginState.DISCOVERED:
            plugin = _load_one(plugin, result)
        if plugin.slug in result.plugins:
            result.refused.append(plugin)
        else:
            result.plugins[plugin.slug] = plugin
        milliseconds = round((time.perf_counter() - started) * 1000)
        say = log.info if plugin.state is PluginState.ACTIVE else log.warning
        say(
            "plugins.loaded",
            plugin=plugin.slug,
            version=plugin.version,
            state=plugin.state.value,
            reason=plugin.reason,
            ms=milliseconds,
        )
    _loaded = result
    if settings().BOOKA_PLUGINS_STRICT and (stopped := [p for p in result.all() if p.state is not PluginState.ACTIVE]):
        raise PluginsNotAllActive("; ".join(f"{p.slug} is {p.state.value}: {p.reason}" for p in stopped))
    return result


def unload() -> None:
    """Forget what was loaded. Imported modules stay in the interpreter."""
    global _loaded  # noqa: PLW0603
    _loaded = None


def _load_one(plugin: InstalledPlugin, result: LoadedPlugins) -> InstalledPlugin:
    if reason := unmet_need(plugin, result.plugins):
        return replace(plugin, state=PluginState.INCOMPATIBLE, reason=reason)

    def bring_in() -> None:
        for app in table_app(plugin):
            for module in app.models:
                importlib.import_module(module)
        result.registry.register(plugin.slug, _resolve(plugin.target))
        collect_offers(plugin, result.registry, result.offers)

    fault = guarded(bring_in)
    if fault is None:
        return replace(plugin, state=PluginState.ACTIVE)
    result.registry.withdraw(plugin.slug)
    return replace(plugin, state=PluginState.IMPORT_FAILED, reason=fault)


def _resolve(target: str) -> Any:
    module, _, attribute = target.partition(":")
    found: Any = importlib.import_module(module.strip())
    for name in filter(None, attribute.strip().split(".")):
        found = getattr(found, name)
    return found


def guarded(work: Callable[[], None]) -> str | None:
    """Run a plugin's code; one sentence says what went wrong, None that nothing did.

    Also what would end the process (`SystemExit` and its like) is caught: a plugin does not decide that.
    """
    try:
        work()
    except SystemExit as error:
        return f"it tried to end the process (exit code {error.code!r})"
    except ImportError as error:
        return f"it cannot be imported: {error}"
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything, and the rest must run
        name = type(error).__name__
        return f"{name}: {error}" if f"{error}" else name
    return None
