"""The plugins of one business: what is installed, whether it runs, why not, and the switch."""

from __future__ import annotations

from typing import Any

from quart import Blueprint, g, redirect, request
from quart.typing import ResponseReturnValue

from booka_core.audit.types import AuditActor
from booka_core.plugins import commands
from booka_core.plugins.errors import SwitchRefused
from booka_core.plugins.queries import list_plugins
from booka_core.plugins.types import PluginState, PluginStatus
from booka_core.web.admin.shell import admin_page
from booka_core.web.requests import may, requires

STATES = {
    PluginState.DISCOVERED: "Not loaded",
    PluginState.INVALID: "Broken",
    PluginState.NOT_APPROVED: "Not approved",
    PluginState.BLOCKED: "Blocked",
    PluginState.INCOMPATIBLE: "Incompatible",
    PluginState.NEEDS_MIGRATION: "Needs an upgrade",
    PluginState.IMPORT_FAILED: "Failed",
    PluginState.QUARANTINED: "Set aside",
}


def blueprint() -> Blueprint:
    pages = Blueprint("admin_modules", __name__, url_prefix="/admin/t/<tenant>/modules")

    @pages.get("")
    @requires("modules.manage", reading=True)
    async def overview(tenant: str) -> ResponseReturnValue:  # noqa: ARG001 - resolved to g.tenant before the view runs
        return await _page()

    @pages.post("/<slug>/switch")
    @requires("modules.manage")
    async def switch(tenant: str, slug: str) -> ResponseReturnValue:
        on = (await request.form).get("on") == "1"
        switch_it = commands.enable if on else commands.disable
        try:
            await switch_it(slug, AuditActor.user(g.person.user_id))
        except SwitchRefused as refused:
            return await _page(error=str(refused)), 409
        return redirect(f"/admin/t/{tenant}/modules", 303)

    return pages


async def _page(*, error: str = "") -> str:
    can_switch = may("modules.manage", narrows=False)
    modules = [
        module_row(status, base=f"/admin/t/{g.tenant.slug}/modules", vertical=g.tenant.vertical, can_switch=can_switch)
        for status in await list_plugins(g.tenant.id)
        if status.visible or status.enabled
    ]
    return await admin_page("admin/modules.html", "modules", modules=modules, error=error)


def module_row(status: PluginStatus, *, base: str, vertical: str, can_switch: bool) -> dict[str, Any]:
    """One line of the page. A plugin that does not run has no switch, because switching it would change nothing."""
    runs = status.state is PluginState.ACTIVE
    tag, tone = ("", "") if runs else (STATES.get(status.state, str(status.state)), "bad")
    if runs and status.slug == vertical:
        tag, tone = "Your vertical", "accent"
    if runs and status.enabled and not status.effective:
        tag, tone = "Waiting", "warn"
    return {
        "name": status.name,
        "version": status.version,
        "summary": status.summary,
        "tag": tag,
        "tone": tone,
        "reason": status.reason if not runs or status.enabled else "",
        "on": bool(status.enabled),
        "can_switch": runs and can_switch,
        "switch_href": f"{base}/{status.slug}/switch",
    }
