"""The first page after signing in: which business? Somebody with one business goes straight to it."""

from __future__ import annotations

from quart import Blueprint, g, redirect, render_template
from quart.typing import ResponseReturnValue

from booka_core.tenancy.queries import get_tenant, list_tenants
from booka_core.tenancy.types import TenantInfo
from booka_core.web.admin.shell import ROLES, note_of
from booka_core.web.requests import requires, signed_in


def blueprint() -> Blueprint:
    pages = Blueprint("admin_home", __name__, url_prefix="/admin")

    @pages.get("/")
    @signed_in()
    async def choose() -> ResponseReturnValue:
        tenants = await _businesses()
        if len(tenants) == 1:
            return redirect(f"/admin/t/{tenants[0].slug}/reservations", 303)
        choices = [
            {
                "name": tenant.name,
                "note": f"{ROLES.get(g.person.role_at(tenant.id) or '', '')} · {note_of(tenant)}",
                "href": f"/admin/t/{tenant.slug}/reservations",
            }
            for tenant in tenants
        ]
        return await render_template("admin/home.html", tenants=choices)

    @pages.get("/t/<tenant>/")
    @requires("business.enter", reading=True)
    async def enter(tenant: str) -> ResponseReturnValue:
        return redirect(f"/admin/t/{tenant}/reservations", 303)

    return pages


async def _businesses() -> list[TenantInfo]:
    if g.person.is_superadmin:
        return await list_tenants()
    found = [await get_tenant(membership.tenant_id) for membership in g.person.memberships]
    return sorted(found, key=lambda tenant: tenant.name)
