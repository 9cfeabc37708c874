"""What is installed, found without running a line of plugin code: entry points name the packages, the import system
says where their folders are, and everything else is read as data. A plugin that cannot be used is listed with a
reason, never left out, so that it can still be blocked and removed.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.machinery import PathFinder
from pathlib import Path

from packaging.specifiers import SpecifierSet

from booka_core.db.config import AppSpec
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.plugins.content import Unreadable, read_content, read_manifest
from booka_core.plugins.ordering import in_order
from booka_core.plugins.types import InstalledPlugin, PluginState
from booka_core.sdk import API_VERSION
from booka_core.sdk.manifest import ENTRY_POINT_GROUP, MANIFEST_FILE, Manifest

log = get_logger(__name__)

FIRST_PARTY = frozenset({"booka-beauty", "booka-hospitality", "booka-medicine", "booka-providers"})
"""Distributions that are released together with the core; safe mode runs these and no others."""

_SLUG = re.compile(r"^[a-z][a-z0-9_]{1,39}$")


def discover() -> tuple[InstalledPlugin, ...]:
    """Every installed plugin, those that may load in the order in which they have to."""
    found = [_examine(name, target, distribution) for name, target, distribution in _entry_points()]
    return tuple(_with_missing_needs(in_order(_refuse_twins(found))))


def migration_apps() -> tuple[AppSpec, ...]:
    """The apps of all plugins with tables, as far as their manifests can be read."""
    return tuple(app for plugin in discover() if plugin.state is PluginState.DISCOVERED for app in table_app(plugin))


def table_app(plugin: InstalledPlugin) -> tuple[AppSpec, ...]:
    """The plugin's app, or nothing when it has no tables."""
    if plugin.manifest is None or plugin.manifest.data is None or plugin.root is None:
        return ()
    data = plugin.manifest.data
    return (
        AppSpec(
            label=data.app_label,
            models=data.models,
            migrations=_migrations(plugin.root, data.migrations, plugin.slug),
            requires=tuple(sorted(plugin.manifest.compatibility.depends)),
        ),
    )


def is_first_party(plugin: InstalledPlugin) -> bool:
    """Whether the plugin is released together with the core."""
    return _normal(plugin.distribution) in FIRST_PARTY


def blocked_reason(*, slug: str, version: str, listed: str | None = None) -> str:
    """Why the operator's block list stops this version, or nothing. Entries are `slug` or `slug==1.2.3`."""
    entries = (settings().BOOKA_BLOCKED_PLUGINS if listed is None else listed).split(",")
    if {slug, f"{slug}=={version}"} & {entry.strip().replace(" ", "") for entry in entries}:
        return "blocked by the operator (BOOKA_BLOCKED_PLUGINS)"
    return ""


def _entry_points() -> Iterator[tuple[str, str, importlib.metadata.Distribution]]:
    """Name, value and distribution of every entry point in our group. As in an import, the first of several
    installations of one distribution counts; one whose metadata cannot be read does not hide the others.
    """
    seen: set[str] = set()
    for distribution in importlib.metadata.distributions():
        try:
            name = _normal(distribution.name)
            points = [(p.name, p.value) for p in distribution.entry_points if p.group == ENTRY_POINT_GROUP]
        except Exception as error:  # noqa: BLE001 - what lies on the path is anybody's, and its parser raises anything
            log.warning("plugins.unreadable_metadata", error=repr(error))
            continue
        if name not in seen:
            seen.add(name)
            yield from ((point, target, distribution) for point, target in points)


def _examine(name: str, target: str, distribution: importlib.metadata.Distribution) -> InstalledPlugin:
    plugin = InstalledPlugin(
        slug=name,
        distribution=distribution.name,
        version=distribution.version,
        target=target,
        state=PluginState.DISCOVERED,
    )

    def stopped(state: PluginState, reason: str) -> InstalledPlugin:
        return replace(plugin, state=state, reason=reason)

    if not _SLUG.match(name):
        return stopped(
            PluginState.INVALID, "the entry point's name must be a slug: lower-case letters, digits and _, 2 to 40"
        )
    try:
        root = package_root(target)
        manifest = read_manifest(root)
        plugin = replace(plugin, root=root, manifest=manifest)
        _match(manifest, plugin)
        plugin = replace(plugin, content=read_content(root, manifest))
    except Unreadable as error:
        return stopped(PluginState.INVALID, str(error))
    if reason := blocked_reason(slug=plugin.slug, version=plugin.version):
        return stopped(PluginState.BLOCKED, reason)
    if settings().BOOKA_SAFE_MODE and not is_first_party(plugin):
        return stopped(PluginState.BLOCKED, "safe mode runs only plugins released with Booka (BOOKA_SAFE_MODE)")
    if not SpecifierSet(manifest.compatibility.api).contains(API_VERSION, prereleases=True):
        return stopped(
            PluginState.INCOMPATIBLE,
            f"it needs plugin API {manifest.compatibility.api} and this is {API_VERSION}; install a release for it",
        )
    return plugin


def package_root(target: str) -> Path:
    """The folder of the package an entry point's value names: the outermost one that holds a manifest.

    Raises `Unreadable`.
    """
    parts = target.split(":", maxsplit=1)[0].strip().split(".")
    locations: list[str] | None = None
    for depth, part in enumerate(parts):
        name = ".".join(parts[: depth + 1])
        try:
            spec = importlib.util.find_spec(part) if depth == 0 else PathFinder.find_spec(name, locations)
        except (ImportError, ValueError, AttributeError):
            spec = None
        if spec is None or spec.submodule_search_locations is None:
            break
        locations = list(spec.submodule_search_locations)
        for location in locations:
            if (Path(location) / MANIFEST_FILE).is_file():
                return Path(location)
    if locations is None:
        raise Unreadable(f"its entry point names the package {parts[0]!r}, which is not installed; reinstall it")
    raise Unreadable(f"{MANIFEST_FILE} is missing; put it at the root of the package {parts[0]!r} and into the wheel")


def _match(manifest: Manifest, plugin: InstalledPlugin) -> None:
    if manifest.slug != plugin.slug:
        raise Unreadable(
            f"the manifest's slug is {manifest.slug!r} and the entry point's name {plugin.slug!r}; make them one"
        )
    if _normal(manifest.distribution) != _normal(plugin.distribution):
        raise Unreadable(
            f"the manifest belongs to {manifest.distribution} and the package to {plugin.distribution}; make them one"
        )
    if manifest.version != plugin.version:
        raise Unreadable(
            f"the manifest says version {manifest.version} and the distribution {plugin.version}; reinstall it"
        )
    package = plugin.target.split(".", maxsplit=1)[0].split(":", maxsplit=1)[0]
    for module in manifest.data.models if manifest.data else ():
        if not module.startswith(f"{package}."):
            raise Unreadable(f"data.models names {module}, which is outside the package {package}")


def _refuse_twins(found: Iterable[InstalledPlugin]) -> list[InstalledPlugin]:
    plugins = list(found)
    counted = Counter(plugin.slug for plugin in plugins)
    owners = {slug: sorted(p.distribution for p in plugins if p.slug == slug) for slug in counted}
    return [
        replace(
            plugin,
            state=PluginState.INVALID,
            reason=f"{' and '.join(owners[plugin.slug])} both claim the slug {plugin.slug!r}; uninstall one of them",
        )
        if counted[plugin.slug] > 1
        else plugin
        for plugin in plugins
    ]


def _with_missing_needs(plugins: Sequence[InstalledPlugin]) -> list[InstalledPlugin]:
    """Stop what depends on something absent or unusable, until nothing more has to be stopped."""
    known = {plugin.slug: plugin for plugin in plugins}
    changed = True
    while changed:
        changed = False
        for plugin in known.values():
            if plugin.state is PluginState.DISCOVERED and (reason := unmet_need(plugin, known)):
                known[plugin.slug] = replace(plugin, state=PluginState.INCOMPATIBLE, reason=reason)
                changed = True
                break
    return [known[plugin.slug] if plugin.state is PluginState.DISCOVERED else plugin for plugin in plugins]


def unmet_need(plugin: InstalledPlugin, known: dict[str, InstalledPlugin]) -> str:
    """Why the plugin's dependencies keep it from running, or nothing."""
    for slug, allowed in plugin.manifest.compatibility.depends.items() if plugin.manifest else ():
        other = known.get(slug)
        if other is None:
            return f"it needs the plugin {slug!r}, which is not installed"
        if not SpecifierSet(allowed).contains(other.version, prereleases=True):
            return f"it needs {slug} {allowed} and {other.version} is installed"
        if other.state not in {PluginState.DISCOVERED, PluginState.ACTIVE}:
            return f"it needs the plugin {slug!r}, which is {other.state.value}"
    return ""


def _migrations(root: Path, folder: str, slug: str) -> Path:
    """The folder that holds `<slug>/`: inside the package, or at the root of the checkout an editable install is in."""
    for candidate in (root / folder, *(parent / "migrations" for parent in root.parents[1:4])):
        if (candidate / slug).is_dir():
            return candidate
    return root / folder


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
