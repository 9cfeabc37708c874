"""Reads: what is installed, what is on for a tenant, and what was on before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.plugins.discovery import discover
from booka_core.plugins.effective import effective_set, read_effective_set
from booka_core.plugins.errors import UnknownPlugin
from booka_core.plugins.runtime import loaded
from booka_core.plugins.types import EffectiveSet, InstalledPlugin, PluginState, PluginStatus
from booka_core.sdk.values import Frozen
from booka_core.tenancy.queries import get_tenant


class Revision(Frozen):
    """One change of one plugin for a tenant, and the state it left."""

    revision: int
    slug: str
    version: str
    enabled: bool
    changed_by: str
    changed_at: datetime


async def list_plugins(tenant_id: UUID | None = None, *, locale: str = "en") -> list[PluginStatus]:
    """Every installed plugin, running or not; with a tenant, also its switch and whether the plugin acts for it.

    With a tenant, names are in the tenant's language.
    """
    installed = sorted(loaded().all(), key=lambda plugin: (plugin.slug, plugin.distribution))
    if tenant_id is None:
        return [status_of(plugin, locale=locale) for plugin in installed]
    tenant = await get_tenant(tenant_id)
    found = await read_effective_set(tenant_id)
    return [status_of(plugin, locale=tenant.locale, found=found) for plugin in installed]


def list_installed(*, locale: str = "en") -> list[PluginStatus]:
    """Every installed plugin as its files describe it, without importing one and without a database."""
    return sorted((status_of(p, locale=locale) for p in discover()), key=lambda status: status.slug)


async def get_plugin(slug: str, tenant_id: UUID | None = None) -> PluginStatus:
    """One installed plugin. Raises `UnknownPlugin`."""
    for status in await list_plugins(tenant_id):
        if status.slug == slug:
            return status
    raise UnknownPlugin(slug=slug)


async def effective_slugs(tenant_id: UUID, hook: str | None = None) -> tuple[str, ...]:
    """The plugins that act for a tenant, in calling order; with `hook`, only those that implement it."""
    slugs: Sequence[str] = tuple((await effective_set(tenant_id)).contexts)
    if hook is not None:
        implementing = {implementation.plugin for implementation in loaded().registry.implementations(hook)}
        slugs = tuple(slug for slug in slugs if slug in implementing)
    return tuple(slugs)


async def is_effective(tenant_id: UUID, slug: str) -> bool:
    """Whether the plugin acts for the tenant now."""
    return slug in (await effective_set(tenant_id)).contexts


async def revisions(slug: str | None = None, *, limit: int = 50) -> list[Revision]:
    """The bound tenant's changes, newest first, of one plugin or of all."""
    async with tenant_scope(current_tenant()) as connection:
        rows = await connection.execute_query_dict(
            "select revision, slug, version, enabled, changed_by, changed_at from plugin_revisions"
            " where $1::text is null or slug = $1 order by revision desc limit $2",
            [slug, limit],
        )
    return [Revision(**row) for row in rows]


def status_of(plugin: InstalledPlugin, *, locale: str, found: EffectiveSet | None = None) -> PluginStatus:
    """How a person sees one installed plugin."""
    manifest = plugin.manifest
    effective = None if found is None else plugin.slug in found.contexts
    reason = plugin.reason
    if found is not None and plugin.state is PluginState.ACTIVE:
        reason = found.ineffective.get(plugin.slug, "")
    return PluginStatus(
        slug=plugin.slug,
        distribution=plugin.distribution,
        version=plugin.version,
        kinds=manifest.kinds if manifest else (),
        state=plugin.state,
        reason=reason,
        name=manifest.text("name", locale) if manifest else plugin.slug,
        summary=manifest.text("summary", locale) if manifest else "",
        visible=manifest.activation.visible if manifest else True,
        enabled=None if found is None else plugin.slug in found.switched_on,
        effective=effective,
        content=plugin.content.digest if plugin.content else "",
    )
