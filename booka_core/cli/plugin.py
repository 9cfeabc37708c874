"""`booka plugin`: what is installed, and what is on for a business. The list is read from files and from what running
parts have reported; no plugin is imported for it, so it also works when one of them breaks everything else.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer

from booka_core.audit.types import COMMAND_LINE
from booka_core.cli.session import command_line_session
from booka_core.db.scope import bind_tenant
from booka_core.embedded.errors import NothingRunning
from booka_core.embedded.instance import connect_environment
from booka_core.plugins import commands, queries, report
from booka_core.plugins.types import PluginState, PluginStatus
from booka_core.tenancy.queries import find_tenant

app = typer.Typer(no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")]
Tenant = Annotated[str, typer.Option("--tenant", help="The business, by its short name.")]
Slug = Annotated[str, typer.Argument(help="The plugin, by its slug.")]


@app.command("list")
def list_them(tenant: Tenant = "", as_json: AsJson = False) -> None:
    """Every installed plugin with its state; with --tenant, also what is on for that business."""
    found = asyncio.run(_of_tenant(tenant) if tenant else _installed())
    if as_json:
        typer.echo(json.dumps([_document(status, parts) for status, parts in found], indent=2, ensure_ascii=False))
        return
    for status, parts in found:
        typer.echo(_line(status, parts))


@app.command()
def enable(slug: Slug, tenant: Tenant, as_json: AsJson = False) -> None:
    """Switch a plugin on for a business. Running parts follow within a second."""
    _switch(slug, tenant, on=True, as_json=as_json)


@app.command()
def disable(slug: Slug, tenant: Tenant, as_json: AsJson = False) -> None:
    """Switch a plugin off for a business. What it stored stays.

    With BOOKA_SAFE_MODE=1 no third party's code is imported to do so.
    """
    _switch(slug, tenant, on=False, as_json=as_json)


@app.command()
def configure(
    slug: Slug,
    tenant: Tenant,
    settings: Annotated[str, typer.Argument(help="The plugin's settings as a JSON object; {} for its defaults.")],
    as_json: AsJson = False,
) -> None:
    """Replace a plugin's settings for a business. Secrets that are left out keep their values."""
    try:
        wanted = json.loads(settings)
    except ValueError as error:
        raise typer.BadParameter(f"this is no JSON: {error}", param_hint="SETTINGS") from None
    if not isinstance(wanted, dict):
        raise typer.BadParameter('settings are a JSON object such as {"hours": 48}', param_hint="SETTINGS")

    status = asyncio.run(_for(tenant, lambda: commands.configure(slug, wanted, COMMAND_LINE)))
    if as_json:
        typer.echo(json.dumps(_document(status, {}), indent=2, ensure_ascii=False))
    else:
        typer.echo(f"{slug} is configured for {tenant}.")


Parts = dict[str, report.LoadedState]


async def _installed() -> list[tuple[PluginStatus, Parts]]:
    try:
        connect_environment()
    except NothingRunning:
        reports = []
    else:
        reports = await report.read()
    return [
        (status, {r.part: r.plugins[status.slug] for r in reports if status.slug in r.plugins})
        for status in queries.list_installed()
    ]


async def _of_tenant(slug: str) -> list[tuple[PluginStatus, Parts]]:
    async with command_line_session():
        tenant = await find_tenant(slug)
        return [(status, {}) for status in await queries.list_plugins(tenant.id)]


async def _for(tenant: str, work: Callable[[], Awaitable[PluginStatus]]) -> PluginStatus:
    async with command_line_session():
        found = await find_tenant(tenant)
        with bind_tenant(found.id):
            return await work()


def _switch(slug: str, tenant: str, *, on: bool, as_json: bool) -> None:
    verb = commands.enable if on else commands.disable
    status = asyncio.run(_for(tenant, lambda: verb(slug, COMMAND_LINE)))
    if as_json:
        typer.echo(json.dumps(_document(status, {}), indent=2, ensure_ascii=False))
    else:
        typer.echo(f"{slug} is {'on' if status.enabled else 'off'} for {tenant}.")


def _document(status: PluginStatus, parts: Parts) -> dict[str, Any]:
    document = status.model_dump(mode="json")
    document["parts"] = {name: state.model_dump(mode="json") for name, state in parts.items()}
    return document


def _line(status: PluginStatus, parts: Parts) -> str:
    """One plugin: what running parts say about it wins over what its files promise."""
    worst = next((state for state in parts.values() if state.state is not PluginState.ACTIVE), None)
    state = next(iter(parts.values())).state if parts else status.state
    reason = status.reason
    if worst is not None:
        state, reason = worst.state, worst.reason
    switch = {None: "", True: "on", False: "off"}[status.enabled]
    return f"{status.slug:<20} {status.version:<10} {state.value:<16} {switch:<4} {reason or status.summary}".rstrip()
