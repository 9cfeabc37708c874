"""Who wants to know what. Core consumers are registered by the composition root in every worker process; plugins take
part through one more consumer each, for the tenants where they are switched on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from booka_core.outbox.errors import ConsumerTaken, NoConsumer
from booka_core.sdk.events import AnyEvent

Handle = Callable[[UUID, AnyEvent], Awaitable[None]]
PluginSlugs = Callable[[UUID], Awaitable[Sequence[str]]]
PluginHandle = Callable[[UUID, str, AnyEvent], Awaitable[object]]

PLUGIN: Final = "plugin:"


@dataclass(frozen=True, slots=True)
class Consumer:
    """One who wants to know. Unless it `calls_out`, it is handed its events inside the transaction of its receipt."""

    name: str
    types: frozenset[str]
    handle: Handle
    calls_out: bool


_consumers: dict[str, Consumer] = {}
_plugin_slugs: PluginSlugs | None = None
_plugin_handle: PluginHandle | None = None


def register(name: str, types: Sequence[str], handle: Handle, *, calls_out: bool = False) -> None:
    """Deliver events of these types to `handle(event_id, event)`, with the tenant bound.

    `handle` runs inside the transaction that writes its receipt: whatever it writes (rows, jobs, further events)
    happens exactly once, and it must not call anybody outside. One that has to says `calls_out`; then it runs
    before its receipt is written, at least once, and has to recognise a repetition by the event's id.
    """
    known = _consumers.get(name)
    if known is not None and known.handle is not handle:
        raise ConsumerTaken(name=name)
    _consumers[name] = Consumer(name, frozenset(types), handle, calls_out)


def set_plugin_consumers(slugs: PluginSlugs, handle: PluginHandle) -> None:
    """Name who knows which plugins want a tenant's events, and who hands one over: `handle(tenant_id, slug, event)`."""
    global _plugin_slugs, _plugin_handle
    _plugin_slugs, _plugin_handle = slugs, handle


async def names_for(tenant_id: UUID, type_: str) -> list[str]:
    """Everyone to whom an event of this type of this tenant goes now. Called outside any transaction."""
    names = [consumer.name for consumer in _consumers.values() if type_ in consumer.types]
    if _plugin_slugs is not None:
        names += [f"{PLUGIN}{slug}" for slug in await _plugin_slugs(tenant_id)]
    return sorted(names)


def find(name: str, tenant_id: UUID) -> Consumer:
    """The consumer of a name. Raises `NoConsumer`."""
    handle = _plugin_handle
    if name.startswith(PLUGIN) and handle is not None:
        slug = name.removeprefix(PLUGIN)

        async def hand_over(_event_id: UUID, event: AnyEvent) -> None:
            await handle(tenant_id, slug, event)

        return Consumer(name, frozenset(), hand_over, calls_out=True)
    try:
        return _consumers[name]
    except KeyError:
        raise NoConsumer(name=name) from None


def unregister(name: str) -> None:
    """Forget a consumer: for tests."""
    _consumers.pop(name, None)


def forget_plugin_consumers() -> None:
    """Forget the plugins: for tests."""
    global _plugin_slugs, _plugin_handle  # noqa: PLW0603
    _plugin_slugs = _plugin_handle = None
