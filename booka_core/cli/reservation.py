"""`booka reservation`: what is booked."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from booka_core.booking.queries import list_reservations
from booka_core.booking.types import ReservationInfo
from booka_core.catalog.queries import catalogue
from booka_core.catalog.types import Catalogue
from booka_core.cli.session import command_line_session
from booka_core.db.scope import bind_tenant
from booka_core.tenancy.queries import find_tenant
from booka_core.tenancy.types import TenantInfo

app = typer.Typer(no_args_is_help=True)


@app.callback()
def reservation() -> None:
    """Look at reservations."""


@app.command("list")
def list_them(
    tenant: Annotated[str, typer.Option("--tenant", "-t", help="Short name of the business.")],
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only this local day, such as 2026-03-02.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Only these: held, pending, confirmed, checked_in, …")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")] = False,
) -> None:
    """The reservations of a business, in order of their start. Times are those of the place."""

    async def work() -> tuple[TenantInfo, Catalogue, tuple[ReservationInfo, ...]]:
        async with command_line_session():
            found = await find_tenant(tenant)
            with bind_tenant(found.id):
                page = await list_reservations(day=day.date() if day else None, status=status, limit=limit)
                return found, await catalogue(), page.items

    business, known, reservations = asyncio.run(work())
    if as_json:
        typer.echo(json.dumps([one.model_dump(mode="json") for one in reservations], indent=2))
        return
    for one in reservations:
        place = known.at(one.location_id) if one.location_id else None
        typer.echo(_line(one, ZoneInfo(place.zone if place else business.zone)))


def _line(one: ReservationInfo, zone: ZoneInfo) -> str:
    start, end = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %d %b %H:%M}"
    served = ", ".join(resource.name for resource in one.resources)
    party = f"{one.party_size}x " if one.party_size > 1 else ""
    comes = (
        f"{one.attendee_name} (booked by {one.customer_name or '?'})" if one.attendee_id else one.customer_name or ""
    )
    return (
        f"{start:%a %d %b %Y %H:%M}-{until}  {one.reference:<8} {one.status:<10} "
        f"{party + one.service_name:<28} {served:<16} {comes}"
    )
