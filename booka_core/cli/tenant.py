"""`booka tenant`: the businesses of this installation."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from booka_core.audit.types import COMMAND_LINE
from booka_core.cli.session import command_line_session
from booka_core.db.scope import bind_tenant
from booka_core.identity.commands import add_member, ensure_user
from booka_core.identity.types import normalise_email
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.queries import list_tenants
from booka_core.tenancy.types import TenantInfo

app = typer.Typer(no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")]


@app.command()
def create(  # noqa: PLR0917 - typer makes the options from the arguments
    slug: Annotated[str, typer.Argument(help="Short name in addresses: lower-case letters, digits, hyphens.")],
    name: Annotated[str, typer.Option(help="The business's name.")],
    zone: Annotated[str, typer.Option(help="IANA time zone, such as Africa/Lagos.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code, such as NGN.")],
    vertical: Annotated[str, typer.Option(help="Kind of business: a vertical's plugin.")] = "beauty",
    locale: Annotated[str, typer.Option(help="Language and region, such as en-NG.")] = "en",
    country: Annotated[str, typer.Option(help="ISO 3166 code, for phone numbers without one.")] = "",
    owner: Annotated[str, typer.Option(help="Mail address of the first owner, who then signs in by a link.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a business, and with --owner its first owner."""

    async def work() -> TenantInfo:
        async with command_line_session():
            address = normalise_email(owner) if owner else ""
            made = await create_tenant(
                slug=slug,
                name=name,
                vertical=vertical,
                zone=zone,
                locale=locale,
                currency=currency,
                country=country,
                actor="command line",
            )
            if address:
                user = await ensure_user(email=address)
                with bind_tenant(made.id):
                    await add_member(user_id=user.id, role="owner", actor=COMMAND_LINE)
            return made

    made = asyncio.run(work())
    typer.echo(made.model_dump_json(indent=2) if as_json else f"{made.slug} is ready.")


@app.command("list")
def list_them(as_json: AsJson = False) -> None:
    """Every business of this installation."""

    async def work() -> list[TenantInfo]:
        async with command_line_session():
            return await list_tenants()

    tenants = asyncio.run(work())
    if as_json:
        typer.echo(json.dumps([tenant.model_dump(mode="json") for tenant in tenants], indent=2))
        return
    for tenant in tenants:
        typer.echo(f"{tenant.slug:<24} {tenant.name:<32} {tenant.vertical:<14} {tenant.zone:<20} {tenant.status}")
