"""The order of plugins: what one depends on or wants to follow comes before it, and among equals the slug decides, so
that neither the order of installation nor of the file system is ever visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from booka_core.plugins.types import InstalledPlugin, PluginState


def in_order(plugins: Sequence[InstalledPlugin]) -> tuple[InstalledPlugin, ...]:
    """Sort the plugins; those that wait for each other in a circle become invalid."""
    ordered = sorted(plugins, key=lambda plugin: (plugin.slug, plugin.distribution))
    predecessors = {plugin.slug: _predecessors(plugin) for plugin in ordered if plugin.manifest}
    done: list[str] = []
    waiting = [plugin.slug for plugin in ordered]
    while waiting:
        ready = next((s for s in waiting if not predecessors.get(s, set()) & set(waiting)), None)
        if ready is None:
            break
        waiting.remove(ready)
        done.append(ready)
    circles = {slug: circle for slug in waiting if (circle := _circle(slug, predecessors))}
    position = {slug: place for place, slug in enumerate([*done, *waiting])}
    result = [
        replace(
            plugin,
            state=PluginState.INVALID,
            reason=f"plugins wait for each other in a circle ({' → '.join(circles[plugin.slug])});"
            " remove one depends or after",
        )
        if plugin.slug in circles and plugin.state is PluginState.DISCOVERED
        else plugin
        for plugin in ordered
    ]
    return tuple(sorted(result, key=lambda plugin: position[plugin.slug]))


def _predecessors(plugin: InstalledPlugin) -> set[str]:
    if plugin.manifest is None:
        return set()
    return {*plugin.manifest.compatibility.depends, *plugin.manifest.compatibility.after}


def _circle(start: str, predecessors: dict[str, set[str]]) -> list[str]:
    """A way from `start` back to itself, or nothing."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for before in sorted(predecessors.get(path[-1], ())):
            if before == start:
                return [*path, start]
            if before not in seen:
                seen.add(before)
                paths.append([*path, before])
    return []
