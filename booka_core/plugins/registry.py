"""The hook implementations of one process, taken apart when a plugin registers: which function, whose, and which
arguments it takes. Calls then walk a finished list in a fixed order. pluggy matches names and signatures with the
specs; its calling is not used, because it isolates nothing and knows no tenants.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pluggy

from booka_core.sdk import hookspecs

PREFIX = "booka_"


class BadHook(Exception):
    """A plugin's hook cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Implementation:
    """One plugin's function for one hook, and the names of the arguments it takes."""

    plugin: str
    function: Callable[..., Any]
    arguments: tuple[str, ...]


class HookRegistry:
    """All implementations, per hook, in the order in which plugins registered."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager("booka")
        self._manager.add_hookspecs(hookspecs)
        self._specs = frozenset(name for name in vars(self._manager.hook) if name.startswith(PREFIX))
        self._found: dict[str, list[Implementation]] = {}

    def register(self, slug: str, module: Any) -> None:
        """Take in every hook of `module`. Raises `BadHook`, or whatever looking at the module raises; then nothing of
        it stays.
        """
        if not any(self._manager.parse_hookimpl_opts(module, name) for name in dir(module)):
            raise BadHook(f"{getattr(module, '__name__', module)!s} implements no hook; mark functions with @hookimpl")
        try:
            self._manager.register(module, name=slug)
            new = self._implementations(slug)
        except pluggy.PluginValidationError as error:
            self.withdraw(slug)
            raise BadHook(str(error).splitlines()[-1]) from None
        except BaseException:
            self.withdraw(slug)
            raise
        for hook, implementation in new:
            self._found.setdefault(hook, []).append(implementation)

    def withdraw(self, slug: str) -> None:
        """Forget everything of one plugin."""
        if self._manager.get_plugin(slug) is not None:
            self._manager.unregister(name=slug)
        for hook, implementations in self._found.items():
            self._found[hook] = [i for i in implementations if i.plugin != slug]

    def implementations(self, hook: str) -> Sequence[Implementation]:
        """Who implements `hook`, in calling order."""
        return self._found.get(hook, ())

    def of(self, hook: str, slug: str) -> Implementation | None:
        """One plugin's implementation of `hook`."""
        return next((i for i in self._found.get(hook, ()) if i.plugin == slug), None)

    def _implementations(self, slug: str) -> list[tuple[str, Implementation]]:
        return [
            (hook, self._taken_in(hook, implementation))
            for hook, caller in vars(self._manager.hook).items()
            if isinstance(caller, pluggy.HookCaller)
            for implementation in caller.get_hookimpls()
            if implementation.plugin_name == slug
        ]

    def _taken_in(self, hook: str, implementation: pluggy.HookImpl) -> Implementation:
        if hook not in self._specs:
            raise BadHook(f"there is no hook {hook}; known are {', '.join(sorted(self._specs))}")
        if implementation.wrapper or implementation.hookwrapper or implementation.tryfirst or implementation.trylast:
            raise BadHook(f"{hook} may not wrap other plugins or jump their queue; use a bare @hookimpl")
        function = implementation.function
        return Implementation(implementation.plugin_name, function, self._arguments(hook, function))

    def _arguments(self, hook: str, function: Callable[..., Any]) -> tuple[str, ...]:
        known = getattr(self._manager.hook, hook).spec.argnames
        taken = []
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind in {parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
                raise BadHook(f"{hook} must name its arguments; it can take {', '.join(known)}")
            if parameter.name in known:
                taken.append(parameter.name)
            elif parameter.default is parameter.empty:
                raise BadHook(f"{hook} asks for {parameter.name!r}; it can take {', '.join(known)}")
        return tuple(taken)
