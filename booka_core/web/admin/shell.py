"""What surrounds every page of one business: its name, its navigation, who is signed in."""

from __future__ import annotations

from typing import Any

from quart import g, render_template

from booka_core.kernel.settings import settings
from booka_core.tenancy.types import TenantInfo
from booka_core.web.ui import admin_navigation

ROLES = {"superadmin": "Platform", "owner": "Owner", "manager": "Manager", "staff": "Staff"}


def note_of(tenant: TenantInfo) -> str:
    """The line below a business's name: what it is and where."""
    city = tenant.zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{tenant.vertical.replace('_', ' ').capitalize()} · {city}"


def shell(page: str) -> dict[str, Any]:
    """The context of `admin.html` for the request's tenant and person."""
    tenant: TenantInfo = g.tenant
    return {
        "page": page,
        "lang": tenant.locale.replace("_", "-"),
        "tenant": tenant,
        "tenant_note": note_of(tenant),
        "person": g.person,
        "role": ROLES.get(g.person.role_at(tenant.id) or "", ""),
        "nav": admin_navigation(tenant.slug, demo=settings().BOOKA_DEMO),
    }


async def admin_page(template: str, page: str, **context: Any) -> str:
    """A page of the admin, with everything around it."""
    return await render_template(template, **shell(page), **context)
