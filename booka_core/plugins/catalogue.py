"""What active plugins offer, looked up by name: verticals and messaging providers. A business whose vertical is absent
or broken is served in plain words rather than not at all.
"""

from __future__ import annotations

from uuid import UUID

from booka_core.kernel.logging import get_logger
from booka_core.plugins.effective import effective_set
from booka_core.plugins.errors import PluginNotEffective, UnknownProvider
from booka_core.plugins.runtime import loaded
from booka_core.sdk.messaging import MessagingProvider
from booka_core.sdk.verticals import Journey, JourneySlot, Vertical

log = get_logger(__name__)

_PLAIN_JOURNEY = Journey(
    slots=(
        JourneySlot(name="service", kind="service", ask="ask_service"),
        JourneySlot(name="staff", kind="staff", required=False, ask="ask_staff"),
        JourneySlot(name="time", kind="time", ask="ask_time"),
        JourneySlot(name="contact", kind="contact", ask="ask_contact"),
    )
)


def plain_vertical(slug: str) -> Vertical:
    """A vertical of no trade in particular: the core's own words and the usual questions."""
    return Vertical(slug=slug, name={"en": "Appointments"}, journey=_PLAIN_JOURNEY)


def verticals() -> tuple[Vertical, ...]:
    """Every vertical on offer, by slug."""
    return tuple(vertical for _, vertical in sorted(loaded().verticals.items()))


def vertical(slug: str) -> Vertical:
    """The vertical named `slug`, or a plain one when no active plugin offers it."""
    found = loaded().verticals.get(slug)
    if found is None:
        log.warning("plugins.vertical_missing", vertical=slug)
        return plain_vertical(slug)
    return found


def provider(slug: str) -> MessagingProvider:
    """The messaging provider named `slug`, whoever has it switched on. Raises `UnknownProvider`."""
    return _offer(slug)[1]


def owner_of_provider(slug: str) -> str:
    """The slug of the plugin that offers a provider. Raises `UnknownProvider`."""
    return _offer(slug)[0]


async def provider_for(tenant_id: UUID, slug: str) -> MessagingProvider:
    """The messaging provider, if this tenant has its plugin on. Raises `UnknownProvider` or `PluginNotEffective`."""
    owner, found = _offer(slug)
    if owner not in (await effective_set(tenant_id)).contexts:
        raise PluginNotEffective(slug=owner)
    return found


def _offer(slug: str) -> tuple[str, MessagingProvider]:
    try:
        return loaded().providers[slug]
    except KeyError:
        raise UnknownProvider(slug=slug) from None
