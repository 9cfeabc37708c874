"""Reads of tenants and the directory."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from tortoise import Tortoise

from booka_core.db.scope import Queries, current_tenant, platform_scope, register_reason, tenant_scope
from booka_core.tenancy.errors import TenantNotFound
from booka_core.tenancy.types import DirectoryHit, TenantInfo, TenantSettingsInfo

register_reason("tenancy.list", audited=False)

_SELECT = """
select t.id, t.slug, t.name, t.vertical, t.zone, t.locale, t.currency, t.country, t.plan, t.status,
       t.catalog_revision, t.plugins_revision,
       s.reminder_minutes, s.hold_minutes, s.slot_step, s.min_notice_minutes, s.window_days, s.cancel_notice_minutes,
       s.active_per_customer, s.waitlist_minutes, s.waitlist_policy, s.quiet_from, s.quiet_until, s.tax_basis_points,
       s.tax_included, s.captcha
from tenants t join tenant_settings s on s.tenant_id = t.id
"""


async def get_tenant(tenant_id: UUID | None = None) -> TenantInfo:
    """The tenant given, or the one bound. Raises `TenantNotFound`."""
    wanted = tenant_id or current_tenant()
    async with tenant_scope(wanted) as connection:
        return await read_tenant(connection, wanted)


async def read_tenant(connection: Queries, tenant_id: UUID | None = None) -> TenantInfo:
    """The tenant as an open scope sees it. Raises `TenantNotFound`."""
    rows = await connection.execute_query_dict(f"{_SELECT} where t.id = $1", [tenant_id or current_tenant()])
    if not rows:
        raise TenantNotFound
    return _info(rows[0])


async def find_tenant(slug: str) -> TenantInfo:
    """The tenant with this short name. Raises `TenantNotFound`."""
    hit = await look_up("tenant_slug", slug)
    if hit is None:
        raise TenantNotFound
    return await get_tenant(hit.tenant_id)


async def list_tenants() -> list[TenantInfo]:
    """Every tenant, by name."""
    async with platform_scope("tenancy.list") as connection:
        return [_info(row) for row in await connection.execute_query_dict(f"{_SELECT} order by t.name")]


async def look_up(kind: str, key: str) -> DirectoryHit | None:
    """Where a directory key leads. The one read that happens before any tenant is known."""
    rows = await Tortoise.get_connection("default").execute_query_dict(
        "select tenant_id_found, target_id from directory where kind = $1 and key = $2", [kind, key]
    )
    return DirectoryHit(tenant_id=rows[0]["tenant_id_found"], target_id=rows[0]["target_id"]) if rows else None


def _info(row: dict[str, Any]) -> TenantInfo:
    rules = {name: row.pop(name) for name in TenantSettingsInfo.model_fields}
    rules["reminder_minutes"] = tuple(json.loads(rules["reminder_minutes"]))
    return TenantInfo(**row, settings=TenantSettingsInfo(**rules))
