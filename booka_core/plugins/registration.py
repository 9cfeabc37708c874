"""What plugins bring into the catalogue when they register: one plugin is asked at a time, so that everything offered
has an owner, and an offer that cannot be used counts against its plugin alone.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import Any

from booka_core.plugins.registry import BadHook, HookRegistry
from booka_core.plugins.types import InstalledPlugin
from booka_core.sdk.messaging import MessagingProvider
from booka_core.sdk.verticals import Vertical


@dataclass(slots=True)
class Offers:
    """Everything on offer in this process, with its owner."""

    verticals: dict[str, Vertical] = field(default_factory=dict)
    providers: dict[str, tuple[str, MessagingProvider]] = field(default_factory=dict)


def collect_offers(plugin: InstalledPlugin, registry: HookRegistry, offers: Offers) -> None:
    """Add what `plugin` offers. Raises `BadHook`, or whatever the plugin raises; then nothing of it was added."""
    verticals: dict[str, Vertical] = {}
    providers: dict[str, tuple[str, MessagingProvider]] = {}
    if (vertical := _ask(registry, "booka_register_vertical", plugin)) is not None:
        verticals[plugin.slug] = _with_content(_checked_vertical(vertical, plugin), plugin)
    offered = _ask(registry, "booka_register_messaging_providers", plugin)
    for provider in () if offered is None else _checked_sequence(offered):
        slug = _checked_provider(provider)
        if slug in providers or slug in offers.providers:
            owner = plugin.slug if slug in providers else offers.providers[slug][0]
            raise BadHook(f"the messaging provider {slug!r} is already offered by the plugin {owner!r}")
        providers[slug] = (plugin.slug, provider)
    offers.verticals.update(verticals)
    offers.providers.update(providers)


def _ask(registry: HookRegistry, hook: str, plugin: InstalledPlugin) -> Any:
    implementation = registry.of(hook, plugin.slug)
    if implementation is None:
        return None
    answer = implementation.function()
    if inspect.iscoroutine(answer):
        answer.close()
        raise BadHook(f"{hook} must be a plain function: plugins load before anything can be awaited")
    return answer


def _checked_vertical(vertical: Any, plugin: InstalledPlugin) -> Vertical:
    if not isinstance(vertical, Vertical):
        raise BadHook(f"booka_register_vertical must return a Vertical, not {type(vertical).__name__}")
    if vertical.slug != plugin.slug:
        raise BadHook(f"the vertical's slug must be the plugin's, {plugin.slug!r}, not {vertical.slug!r}")
    if "en" not in vertical.name:
        raise BadHook("the vertical needs at least an English name")
    return vertical


def _with_content(vertical: Vertical, plugin: InstalledPlugin) -> Vertical:
    """The vertical with the plugin's data files in it; what the code gives itself comes first."""
    if plugin.content is None:
        return vertical
    locales = {*plugin.content.templates, *vertical.templates}
    return vertical.model_copy(
        update={
            "templates": {
                locale: {**plugin.content.templates.get(locale, {}), **vertical.templates.get(locale, {})}
                for locale in sorted(locales)
            },
            "intake": vertical.intake or dict(plugin.content.intake),
        }
    )


def _checked_sequence(offered: Any) -> list[Any]:
    if not isinstance(offered, list | tuple):
        raise BadHook(f"booka_register_messaging_providers must return a list or tuple, not {type(offered).__name__}")
    return list(offered)


def _checked_provider(provider: Any) -> str:
    if not isinstance(provider, MessagingProvider):
        raise BadHook(f"a messaging provider must be an object of a MessagingProvider class, not {provider!r}")
    slug = getattr(provider, "slug", None)
    if not isinstance(slug, str) or not slug.isidentifier() or not getattr(provider, "channel", None):
        raise BadHook(f"the messaging provider {type(provider).__name__} needs a slug and a channel")
    return slug
