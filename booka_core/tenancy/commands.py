"""Verbs that change tenants and the directory."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

from booka_core.db.scope import platform_scope, register_reason, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.tenancy.errors import BadSettings, BadSlug, SlugTaken
from booka_core.tenancy.places import check_currency, check_locale, check_zone
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo, TenantSettingsInfo

register_reason("tenancy.create", audited=True)
register_reason("tenancy.directory", audited=False)

_SETTINGS = tuple(TenantSettingsInfo.model_fields)
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


async def create_tenant(
    *,
    slug: str,
    name: str,
    vertical: str,
    zone: str,
    locale: str,
    currency: str,
    country: str = "",
    settings: TenantSettingsInfo | None = None,
    actor: str = "system",
) -> TenantInfo:
    """Add a business. `zone` is an IANA name, `locale` a BCP 47 tag, `currency` an ISO 4217 code.

    Raises `BadSlug`, `SlugTaken`, `UnknownZone`, `UnknownLocale`, `UnknownCurrency`, and what `check_settings` raises.
    """
    if not _SLUG.fullmatch(slug):
        raise BadSlug
    check_zone(zone)
    check_locale(locale)
    check_currency(currency)
    chosen = settings or TenantSettingsInfo()
    check_settings(chosen)
    tenant_id = new_id()
    async with platform_scope("tenancy.create", actor=actor) as connection:
        made = await connection.execute_query_dict(
            """insert into tenants (id, slug, name, vertical, zone, locale, currency, country, plan, status,
                                    plugins_revision, catalog_revision, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, 'free', 'active', 0, 0, $9)
               on conflict (slug) do nothing returning id""",
            [tenant_id, slug, name, vertical, zone, locale, currency, country, clock.now()],
        )
        if not made:
            raise SlugTaken(slug=slug)
        await connection.execute_query(
            f"""insert into tenant_settings (id, tenant_id, {", ".join(_SETTINGS)})
                values ($1, $2, {", ".join(f"${place}" for place, _ in enumerate(_SETTINGS, start=3))})""",
            [new_id(), tenant_id, *_stored(chosen)],
        )
        await connection.execute_query(
            """insert into directory (id, kind, key, tenant_id_found, target_id)
               values ($1, 'tenant_slug', $2, $3, null)""",
            [new_id(), slug, tenant_id],
        )
    return await get_tenant(tenant_id)


async def change_settings(settings: TenantSettingsInfo) -> TenantInfo:
    """Replace the settings of the bound tenant. Raises what `check_settings` raises."""
    check_settings(settings)
    async with tenant_scope() as connection:
        await connection.execute_query(
            f"update tenant_settings set {', '.join(f'{name} = ${place}' for place, name in enumerate(_SETTINGS, 1))}",
            _stored(settings),
        )
    return await get_tenant()


async def publish_directory(kind: str, key: str, *, tenant_id: UUID, target_id: UUID | None = None) -> None:
    """Make `key` lead to a tenant and one of its things. Publishing the same key again replaces where it leads."""
    async with platform_scope("tenancy.directory") as connection:
        await connection.execute_query(
            """insert into directory (id, kind, key, tenant_id_found, target_id) values ($1, $2, $3, $4, $5)
               on conflict (kind, key) do update
               set tenant_id_found = excluded.tenant_id_found, target_id = excluded.target_id""",
            [new_id(), kind, key, tenant_id, target_id],
        )


async def withdraw_directory(kind: str, key: str) -> None:
    """Make `key` lead nowhere."""
    async with platform_scope("tenancy.directory") as connection:
        await connection.execute_query("delete from directory where kind = $1 and key = $2", [kind, key])


def check_settings(settings: TenantSettingsInfo) -> None:
    """Raises `BadSettings`, which says what is wrong with them."""
    rules = settings
    wrong = {
        "reminder_minutes": not all(0 < minutes <= 43200 for minutes in rules.reminder_minutes),
        "hold_minutes": not 1 <= rules.hold_minutes <= 1440,
        "slot_step": not 1 <= rules.slot_step <= 1440,
        "min_notice_minutes": rules.min_notice_minutes < 0,
        "window_days": not 1 <= rules.window_days <= 3660,
        "cancel_notice_minutes": rules.cancel_notice_minutes < 0,
        "active_per_customer": rules.active_per_customer is not None and rules.active_per_customer < 1,
        "waitlist_minutes": not 1 <= rules.waitlist_minutes <= 1440,
        "waitlist_policy": not 1 <= len(rules.waitlist_policy) <= 40,
        "quiet_from": not _quiet(rules.quiet_from, rules.quiet_until),
        "tax_basis_points": not 0 <= rules.tax_basis_points <= 10000,
    }
    for name, bad in wrong.items():
        if bad:
            raise BadSettings(name=name)


def _quiet(start: int | None, end: int | None) -> bool:
    if start is None or end is None:
        return start is end
    return 0 <= start < 1440 and 0 <= end < 1440 and start != end


def _stored(settings: TenantSettingsInfo) -> list[Any]:
    return [json.dumps(value) if isinstance(value, tuple) else value for _, value in settings]
