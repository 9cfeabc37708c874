"""Verbs that change tenants and the directory."""

from __future__ import annotations

import json
import re
import zoneinfo
from uuid import UUID

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency

from booka_core.db.scope import platform_scope, register_reason, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.tenancy.errors import BadSlug, SlugTaken, UnknownCurrency, UnknownLocale, UnknownZone
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo, TenantSettingsInfo

register_reason("tenancy.create", audited=True)
register_reason("tenancy.directory", audited=False)

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

    Raises `BadSlug`, `SlugTaken`, `UnknownZone`, `UnknownLocale`, `UnknownCurrency`.
    """
    if not _SLUG.fullmatch(slug):
        raise BadSlug
    _check_place(zone=zone, locale=locale, currency=currency)
    chosen = settings or TenantSettingsInfo()
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
            """insert into tenant_settings (id, tenant_id, reminder_minutes, hold_minutes, slot_step,
                                            min_notice_minutes, window_days, cancel_notice_minutes)
               values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            [
                new_id(),
                tenant_id,
                json.dumps(chosen.reminder_minutes),
                chosen.hold_minutes,
                chosen.slot_step,
                chosen.min_notice_minutes,
                chosen.window_days,
                chosen.cancel_notice_minutes,
            ],
        )
        await connection.execute_query(
            """insert into directory (id, kind, key, tenant_id_found, target_id)
               values ($1, 'tenant_slug', $2, $3, null)""",
            [new_id(), slug, tenant_id],
        )
    return await get_tenant(tenant_id)


async def change_settings(settings: TenantSettingsInfo) -> TenantInfo:
    """Replace the settings of the bound tenant."""
    async with tenant_scope() as connection:
        await connection.execute_query(
            """update tenant_settings set reminder_minutes = $1, hold_minutes = $2, slot_step = $3,
                      min_notice_minutes = $4, window_days = $5, cancel_notice_minutes = $6""",
            [
                json.dumps(settings.reminder_minutes),
                settings.hold_minutes,
                settings.slot_step,
                settings.min_notice_minutes,
                settings.window_days,
                settings.cancel_notice_minutes,
            ],
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


def _check_place(*, zone: str, locale: str, currency: str) -> None:
    if zone not in zoneinfo.available_timezones():
        raise UnknownZone(zone=zone)
    try:
        Locale.parse(locale, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise UnknownLocale(locale=locale) from error
    if not is_currency(currency):
        raise UnknownCurrency(currency=currency)
