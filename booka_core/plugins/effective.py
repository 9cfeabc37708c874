"""Which plugins act for a tenant: active in this process, not blocked, allowed by plan and country, switched on,
configured validly, and with everything they depend on acting too. It is an allow list, and the one answer that the
dispatcher, the catalogue, pages and jobs go by.

The answer is kept per tenant for half a second and rebuilt only when the tenant's revision or what is known of the
tenant has changed, so a switch is seen by every process within a second and costs a conversation nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from booka_core.db.scope import tenant_scope
from booka_core.kernel.clock import SystemClock
from booka_core.plugins.configuration import complete, faults_of, opened
from booka_core.plugins.discovery import blocked_reason
from booka_core.plugins.runtime import LoadedPlugins, loaded
from booka_core.plugins.types import EffectiveSet, InstalledPlugin, PluginState
from booka_core.sdk.context import TableScope, TenantContext
from booka_core.sdk.errors import BookaError
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo

FRESH_SECONDS = 0.5
_LARGEST = 10_000
_STAMPED = ("plugins_revision", "slug", "vertical", "zone", "locale", "currency", "country", "plan")
_STAMP = f"select {', '.join(_STAMPED)} from tenants where id = $1"
_SWITCHES = "select slug, enabled, config, config_version, content, revision from tenant_plugins order by slug"
_CLOCK = SystemClock()

Stamp = tuple[Any, ...]


@dataclass(slots=True)
class _Kept:
    until: float
    plugins: LoadedPlugins
    stamp: Stamp
    found: EffectiveSet


_kept: dict[UUID, _Kept] = {}


async def effective_set(tenant_id: UUID) -> EffectiveSet:
    """What acts for this tenant now. Raises `TenantNotFound`."""
    plugins, now = loaded(), time.monotonic()
    kept = _kept.get(tenant_id)
    if kept is not None and kept.plugins is plugins and now < kept.until:
        return kept.found
    stamp = await _stamp(tenant_id)
    if kept is None or kept.plugins is not plugins or kept.stamp != stamp:
        if len(_kept) >= _LARGEST:
            _kept.clear()
        kept = _Kept(until=now, plugins=plugins, stamp=stamp, found=await read_effective_set(tenant_id))
    kept.until = now + FRESH_SECONDS
    _kept[tenant_id] = kept
    return kept.found


def confirm(tenant: TenantInfo) -> None:
    """Make use of a tenant that was just read anyway: where it says nothing new, nobody needs to ask again."""
    kept = _kept.get(tenant.id)
    if kept is not None and kept.stamp == tuple(getattr(tenant, name) for name in _STAMPED):
        kept.until = time.monotonic() + FRESH_SECONDS


def forget(tenant_id: UUID | None = None) -> None:
    """Ask anew next time, for one tenant or for all."""
    if tenant_id is None:
        _kept.clear()
    else:
        _kept.pop(tenant_id, None)


async def read_effective_set(tenant_id: UUID) -> EffectiveSet:
    """What the database says now, past what is kept. Joins an open scope of this tenant. Raises `TenantNotFound`."""
    async with tenant_scope(tenant_id) as connection:
        stamp = await _stamp(tenant_id)
        tenant = await get_tenant(tenant_id)
        rows = {row["slug"]: row for row in await connection.execute_query_dict(_SWITCHES)}
    return resolve(tenant, rows, revision=int(stamp[0]) if stamp else 0, plugins=loaded())


async def _stamp(tenant_id: UUID) -> Stamp:
    """What the answer follows from and may change; equal stamps mean an equal answer."""
    async with tenant_scope(tenant_id) as connection:
        rows = await connection.execute_query_dict(_STAMP, [tenant_id])
    return tuple(rows[0].values()) if rows else ()


def resolve(
    tenant: TenantInfo, rows: Mapping[str, Mapping[str, Any]], *, revision: int, plugins: LoadedPlugins
) -> EffectiveSet:
    """Decide for every installed plugin, in calling order, so that dependencies are decided before who needs them."""
    contexts: dict[str, TenantContext] = {}
    ineffective: dict[str, str] = {}
    switched_on: set[str] = set()
    for plugin in plugins.plugins.values():
        row = rows.get(plugin.slug)
        on = is_switched_on(plugin, row, tenant)
        if on:
            switched_on.add(plugin.slug)
        config, fault = _usable_config(plugin, row, tenant.id)
        reason = (
            not_running(plugin)
            or not_entitled(plugin, tenant)
            or ("" if on else "switched off")
            or fault
            or next((f"needs {slug}" for slug in _depends(plugin) if slug not in contexts), "")
        )
        if reason:
            ineffective[plugin.slug] = reason
        else:
            contexts[plugin.slug] = context_for(plugin, tenant, config)
    return EffectiveSet(
        tenant_id=tenant.id,
        revision=revision,
        contexts=MappingProxyType(contexts),
        ineffective=MappingProxyType(ineffective),
        switched_on=frozenset(switched_on),
    )


def not_running(plugin: InstalledPlugin) -> str:
    """Why the plugin does not run in this process, or nothing."""
    if plugin.state is not PluginState.ACTIVE:
        return plugin.reason or plugin.state.value
    return blocked_reason(slug=plugin.slug, version=plugin.version)


def not_entitled(plugin: InstalledPlugin, tenant: TenantInfo) -> str:
    """Why this tenant may not have the plugin, or nothing."""
    if plugin.manifest is None:
        return "its manifest cannot be read"
    rules = plugin.manifest.activation
    if rules.restricted:
        return "only on for businesses that were granted it"
    if rules.countries and tenant.country not in rules.countries:
        return f"not offered in {tenant.country or 'a business without a country'}"
    if rules.requires_plan and tenant.plan not in rules.requires_plan:
        return f"needs the plan {' or '.join(rules.requires_plan)}"
    return ""


def is_switched_on(plugin: InstalledPlugin, row: Mapping[str, Any] | None, tenant: TenantInfo) -> bool:
    """The tenant's own decision; before there is one, the manifest's default, and on for the tenant's vertical."""
    if row is not None:
        return bool(row["enabled"])
    return plugin.slug == tenant.vertical or bool(plugin.manifest and plugin.manifest.activation.default)


async def stored_configs(tenant_id: UUID) -> dict[str, dict[str, Any]]:
    """The settings of each plugin as they are stored, secrets sealed. Joins an open scope of this tenant."""
    async with tenant_scope(tenant_id) as connection:
        return {row["slug"]: _stored(row) for row in await connection.execute_query_dict(_SWITCHES)}


async def configuration_of(plugin: InstalledPlugin, tenant_id: UUID) -> dict[str, Any]:
    """A plugin's settings for a tenant as the plugin sees them, defaults included. Raises `SealBroken`."""
    stored = (await stored_configs(tenant_id)).get(plugin.slug, {})
    return complete(plugin, opened(plugin, stored, tenant_id=tenant_id))


def _stored(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {}
    held = row["config"]
    return dict(json.loads(held) if isinstance(held, str) else held)


def _usable_config(
    plugin: InstalledPlugin, row: Mapping[str, Any] | None, tenant_id: UUID
) -> tuple[dict[str, Any], str]:
    """The settings, and why they cannot be used, or nothing."""
    try:
        config = complete(plugin, opened(plugin, _stored(row), tenant_id=tenant_id))
    except BookaError as error:
        return {}, f"its secrets cannot be opened ({error})"
    return config, "; ".join(faults_of(plugin, config))


def context_for(plugin: InstalledPlugin, tenant: TenantInfo, config: Mapping[str, Any]) -> TenantContext:
    """What the plugin is told about the tenant."""
    has_tables = plugin.manifest is not None and plugin.manifest.data is not None
    return TenantContext(
        tenant_id=tenant.id,
        slug=tenant.slug,
        locale=tenant.locale,
        zone=tenant.zone,
        currency=tenant.currency,
        clock=_CLOCK,
        config=MappingProxyType(dict(config)),
        tables=_table_scope(tenant.id) if has_tables else None,
    )


def _table_scope(tenant_id: UUID) -> TableScope:
    return lambda: tenant_scope(tenant_id)


def _depends(plugin: InstalledPlugin) -> tuple[str, ...]:
    return tuple(sorted(plugin.manifest.compatibility.depends)) if plugin.manifest else ()
