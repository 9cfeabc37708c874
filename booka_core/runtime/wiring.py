"""Who does what: the one list of handlers, consumers and checks that rooms and plugins bring along."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from booka_core.audit import commands as audit
from booka_core.booking import jobs as booking_jobs
from booka_core.channels import jobs as channel_jobs
from booka_core.channels import turns
from booka_core.conversation import notices
from booka_core.conversation.turns import take_turn
from booka_core.db.scope import tenant_scope
from booka_core.identity import jobs as identity_jobs
from booka_core.identity import mail
from booka_core.jobs import maintenance
from booka_core.jobs.errors import Skip
from booka_core.kernel import clock
from booka_core.messaging import jobs as messaging_jobs
from booka_core.messaging import platform_mail
from booka_core.outbox import consumers
from booka_core.outbox import jobs as outbox_jobs
from booka_core.plugins import in_use
from booka_core.plugins.errors import PluginNotEffective
from booka_core.plugins.facade import hooks
from booka_core.plugins.queries import effective_slugs
from booka_core.sdk.events import AnyEvent
from booka_core.tenancy.queries import get_tenant
from booka_core.waitlist import jobs as waitlist_jobs


def connect_rooms() -> None:
    """Fill every registry. Doing it twice changes nothing."""
    audit.install()
    mail.set_sender(platform_mail.send)
    maintenance.register()
    outbox_jobs.register()
    identity_jobs.register()
    messaging_jobs.register()
    channel_jobs.register()
    booking_jobs.register()
    waitlist_jobs.register()
    notices.register()
    turns.register(take_turn)
    consumers.set_plugin_consumers(_listening_plugins, _tell_plugin)
    in_use.register(_reservations_of_vertical)


async def _listening_plugins(tenant_id: UUID) -> Sequence[str]:
    return await effective_slugs(tenant_id, hook="booka_on_event")


async def _tell_plugin(tenant_id: UUID, slug: str, event: AnyEvent) -> None:
    try:
        await hooks().on_event(tenant_id, slug, event)
    except PluginNotEffective:
        raise Skip("the plugin was switched off meanwhile") from None


async def _reservations_of_vertical(tenant_id: UUID, slug: str) -> Sequence[str]:
    """A tenant's own vertical stays on while reservations lie ahead."""
    if (await get_tenant(tenant_id)).vertical != slug:
        return []
    async with tenant_scope(tenant_id) as connection:
        rows = await connection.execute_query_dict(
            "select count(*) as n from reservations where status in ('held', 'confirmed') and ends_at > $1",
            [clock.now()],
        )
    ahead = int(rows[0]["n"])
    return [f"{ahead} reservations lie ahead; cancel or complete them first"] if ahead else []
