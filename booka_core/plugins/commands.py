"""Switching plugins on and off and configuring them, for the bound tenant, while everything runs. Each verb asks the
plugin before or after its transaction and never inside it, decides again under the tenant's lock what it decided
before, and leaves a revision and an audit entry with the change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from booka_core.audit import commands as audit
from booka_core.audit.types import AuditActor
from booka_core.db.scope import Queries, after_commit, current_tenant, tenant_scope
from booka_core.jobs import hints
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.plugins import in_use
from booka_core.plugins.configuration import complete, faults_of, opened, sealed
from booka_core.plugins.effective import (
    configuration_of,
    context_for,
    forget,
    not_entitled,
    not_running,
    read_effective_set,
    stored_configs,
)
from booka_core.plugins.errors import ConfigRefused, HookFailed, SwitchRefused, UnknownPlugin
from booka_core.plugins.facade import hooks
from booka_core.plugins.queries import get_plugin
from booka_core.plugins.runtime import loaded
from booka_core.plugins.types import EffectiveSet, InstalledPlugin, PluginStatus
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo

_LOCK = "select id from tenants where id = $1 for update"
_NEXT_REVISION = "update tenants set plugins_revision = plugins_revision + 1 where id = $1 returning plugins_revision"
_SWITCH = """
insert into tenant_plugins
  (id, tenant_id, slug, enabled, config, config_version, content, revision, changed_by, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (tenant_id, slug) do update
set enabled = excluded.enabled, config = excluded.config, config_version = excluded.config_version,
    content = excluded.content, revision = excluded.revision,
    changed_by = excluded.changed_by, changed_at = excluded.changed_at
"""
_REMEMBER = """
insert into plugin_revisions
  (id, tenant_id, slug, enabled, config, config_version, content, revision, changed_by, changed_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def enable(slug: str, actor: AuditActor) -> PluginStatus:
    """Switch a plugin on for the bound tenant; already on changes nothing.

    Raises `UnknownPlugin`, or `SwitchRefused` with every reason.
    """
    forbid_in_transaction("switching a plugin")
    plugin, tenant = _installed(slug), await get_tenant(current_tenant())
    found = await read_effective_set(tenant.id)
    if slug in found.contexts:
        return await get_plugin(slug, tenant.id)
    _refuse(slug, "on", _objections(plugin, tenant, found))
    config = await configuration_of(plugin, tenant.id)
    _refuse(slug, "on", faults_of(plugin, config))
    context = context_for(plugin, tenant, config)
    try:
        faults = await hooks().config_check(context, slug, config)
        _refuse(slug, "on", faults)
        await hooks().tenant_enabled(context, slug)
    except HookFailed as failure:
        raise SwitchRefused(slug=slug, way="on", reasons=[_sentence(failure)]) from failure
    async with tenant_scope(tenant.id) as connection:
        await connection.execute_query(_LOCK, [tenant.id])
        _refuse(slug, "on", _objections(plugin, tenant, await read_effective_set(tenant.id)))
        await _write(connection, _Change(plugin, tenant.id, actor, "plugin.enabled", enabled=True))
    return await get_plugin(slug, tenant.id)


async def disable(slug: str, actor: AuditActor) -> PluginStatus:
    """Switch a plugin off for the bound tenant; already off changes nothing. What it stored stays.

    Raises `UnknownPlugin`, or `SwitchRefused` with every reason.
    """
    forbid_in_transaction("switching a plugin")
    plugin, tenant = _installed(slug), await get_tenant(current_tenant())
    found = await read_effective_set(tenant.id)
    if slug not in found.switched_on:
        return await get_plugin(slug, tenant.id)
    context = found.contexts.get(slug)
    async with tenant_scope(tenant.id) as connection:
        await connection.execute_query(_LOCK, [tenant.id])
        dependents = _dependents(slug, await read_effective_set(tenant.id))
        _refuse(slug, "off", [*dependents, *await in_use.reasons(tenant.id, slug)])
        await _write(connection, _Change(plugin, tenant.id, actor, "plugin.disabled", enabled=False))
    if context is not None:
        await hooks().tenant_disabled(context, slug)
    return await get_plugin(slug, tenant.id)


async def configure(slug: str, config: Mapping[str, Any], actor: AuditActor) -> PluginStatus:
    """Replace a plugin's settings for the bound tenant. A secret that is left out keeps its value.

    Raises `UnknownPlugin`, or `ConfigRefused` with every reason.
    """
    forbid_in_transaction("configuring a plugin")
    plugin, tenant = _installed(slug), await get_tenant(current_tenant())
    if reason := not_running(plugin):
        raise ConfigRefused(slug=slug, reasons=[reason])
    given = {**await _kept_secrets(plugin, tenant.id), **config}
    wanted = complete(plugin, given)
    if faults := faults_of(plugin, wanted):
        raise ConfigRefused(slug=slug, reasons=faults)
    try:
        faults = await hooks().config_check(context_for(plugin, tenant, wanted), slug, wanted)
    except HookFailed as failure:
        raise ConfigRefused(slug=slug, reasons=[_sentence(failure)]) from failure
    if faults:
        raise ConfigRefused(slug=slug, reasons=faults)
    async with tenant_scope(tenant.id) as connection:
        await connection.execute_query(_LOCK, [tenant.id])
        on = slug in (await read_effective_set(tenant.id)).switched_on
        change = _Change(plugin, tenant.id, actor, "plugin.configured", enabled=on)
        await _write(connection, change, config=sealed(plugin, given, tenant_id=tenant.id))
    return await get_plugin(slug, tenant.id)


@dataclass(frozen=True, slots=True)
class _Change:
    plugin: InstalledPlugin
    tenant_id: UUID
    actor: AuditActor
    action: str
    enabled: bool


async def _write(connection: Queries, change: _Change, *, config: Mapping[str, Any] | None = None) -> None:
    plugin, tenant_id = change.plugin, change.tenant_id
    stored = (await stored_configs(tenant_id)).get(plugin.slug, {}) if config is None else config
    rows = await connection.execute_query_dict(_NEXT_REVISION, [tenant_id])
    revision = int(rows[0]["plugins_revision"])
    who = f"{change.actor.kind}:{change.actor.id}" if change.actor.id else change.actor.kind
    values = [
        new_id(),
        tenant_id,
        plugin.slug,
        change.enabled,
        json.dumps(dict(stored)),
        plugin.manifest.config.version if plugin.manifest and plugin.manifest.config else "",
        plugin.content.digest if plugin.content else "",
        revision,
        who,
        clock.now(),
    ]
    await connection.execute_query(_SWITCH, values)
    await connection.execute_query(_REMEMBER, [new_id(), *values[1:], plugin.version])
    await audit.record(
        connection,
        change.action,
        actor=change.actor,
        subject=f"plugin:{plugin.slug}",
        detail={"version": plugin.version, "revision": revision},
    )

    async def tell() -> None:
        forget(tenant_id)
        hints.publish(hints.of_tenant(tenant_id), json.dumps({"kind": "plugin", "id": plugin.slug}))

    after_commit(tell)


def _installed(slug: str) -> InstalledPlugin:
    found = loaded().plugins.get(slug)
    if found is None:
        raise UnknownPlugin(slug=slug)
    return found


def _objections(plugin: InstalledPlugin, tenant: TenantInfo, found: EffectiveSet) -> list[str]:
    """Why the plugin cannot be on, apart from not being switched on."""
    reasons = [reason for reason in (not_running(plugin), not_entitled(plugin, tenant)) if reason]
    if plugin.manifest is None:
        return reasons
    needs = plugin.manifest.compatibility
    reasons += [
        f"it needs {slug}, which is not on ({found.ineffective.get(slug, 'not installed')})"
        for slug in sorted(needs.depends)
        if slug not in found.contexts
    ]
    for other in loaded().plugins.values():
        hostile = other.manifest is not None and plugin.slug in other.manifest.compatibility.conflicts
        if other.slug in found.switched_on and (hostile or other.slug in needs.conflicts):
            reasons.append(f"it conflicts with {other.slug}, which is on; switch that off first")
    return reasons


def _dependents(slug: str, found: EffectiveSet) -> list[str]:
    return [
        f"{other.slug} needs it; switch that off first"
        for other in loaded().active()
        if other.manifest and slug in other.manifest.compatibility.depends and other.slug in found.switched_on
    ]


async def _kept_secrets(plugin: InstalledPlugin, tenant_id: UUID) -> dict[str, Any]:
    secrets = plugin.manifest.config.secrets if plugin.manifest and plugin.manifest.config else ()
    if not secrets:
        return {}
    stored = (await stored_configs(tenant_id)).get(plugin.slug, {})
    return opened(plugin, {name: stored[name] for name in secrets if name in stored}, tenant_id=tenant_id)


def _refuse(slug: str, way: str, reasons: list[str]) -> None:
    if reasons:
        raise SwitchRefused(slug=slug, way=way, reasons=reasons)


def _sentence(failure: HookFailed) -> str:
    return f"{failure.message.rstrip('.')} {failure.detail}".strip()
