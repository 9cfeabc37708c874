"""What can go wrong with plugins, as seen by those who use the platform."""

from __future__ import annotations

from collections.abc import Sequence

from booka_core.sdk.errors import BookaError, NotFound, PluginFault, WrongState


def _sentence(reasons: Sequence[str]) -> str:
    return "; ".join(reason.rstrip(".") for reason in reasons) + "."


class UnknownPlugin(NotFound):
    """No plugin named {slug} is installed."""


class UnknownProvider(NotFound):
    """No running plugin offers a provider named {slug}."""


class PluginNotEffective(WrongState):
    """The plugin {slug} is not on for this business."""


class SwitchRefused(WrongState):
    """The plugin {slug} cannot be switched {way}:"""

    def __init__(self, *, slug: str, way: str, reasons: Sequence[str]) -> None:
        super().__init__(_sentence(reasons), slug=slug, way=way)
        self.reasons = tuple(reasons)


class ConfigRefused(WrongState):
    """The settings of {slug} cannot be kept:"""

    def __init__(self, *, slug: str, reasons: Sequence[str]) -> None:
        super().__init__(_sentence(reasons), slug=slug)
        self.reasons = tuple(reasons)


class HookFailed(PluginFault):
    """The plugin {slug} failed in {hook}."""


class HookTimedOut(HookFailed):
    """The plugin {slug} did not answer {hook} in time."""


class NotAsked(HookFailed):
    """The plugin {slug} was not asked in {hook}, because another one had used up the time."""


class PluginsNotLoaded(BookaError):
    """Plugins are not loaded in this process yet."""


class PluginsNotAllActive(BookaError):
    """Strict mode, and not every plugin is active:"""
