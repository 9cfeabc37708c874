"""`booka availability`: what can be booked, and why a time can or cannot be."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Annotated, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from booka_core.availability import instant, local_instant
from booka_core.availability.errors import LocalTimeSkipped
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.catalog.types import Catalogue, LocationInfo
from booka_core.cli.session import command_line_session
from booka_core.db.scope import bind_tenant
from booka_core.kernel import clock
from booka_core.offers.errors import ClockGap, NothingToBook
from booka_core.offers.explain import explain
from booka_core.offers.queries import availability as offered
from booka_core.offers.types import DemandExplained, Explanation, OfferedSlot, Wish
from booka_core.tenancy.queries import find_tenant

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True)

Tenant = Annotated[str, typer.Option("--tenant", "-t", help="Short name of the business.")]
Service = Annotated[str, typer.Option("--service", "-s", help="Name or id of the service.")]
With = Annotated[str | None, typer.Option("--with", help="Name or id of a person or thing.")]
Place = Annotated[str | None, typer.Option("--place", help="Name or id of the location, where there are several.")]
Minutes = Annotated[int | None, typer.Option(min=1, help="One of the service's other lengths.")]
Party = Annotated[int, typer.Option(min=1, help="How many people come.")]
Nights = Annotated[int | None, typer.Option(min=1, help="How many nights, where it is booked by the night.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")]


@app.callback()
def availability() -> None:
    """See what can be booked, and why a time can or cannot be."""


@app.command("explain")
def explain_it(
    *,
    tenant: Tenant,
    service: Service,
    at: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"], help="Local time, 2026-03-03 10:00.")
    ],
    with_: With = None,
    place: Place = None,
    minutes: Minutes = None,
    party: Party = 1,
    nights: Nights = None,
    as_json: AsJson = False,
) -> None:
    """Why a time is or is not offered: the rule that decides, the setting behind it, and what is in whose way.

    The time is read by the clock of the place.
    """

    async def work(known: Catalogue) -> Explanation:
        found = _place(known, place, service)
        try:
            starts_at = instant(local_instant(found.zone, at))
        except LocalTimeSkipped as skipped:
            raise ClockGap(**skipped.fields) from skipped
        wish = _wish(known, service, with_, minutes=minutes, party=party, nights=nights, place=found)
        return await explain(wish.at(starts_at))

    told, _ = asyncio.run(_at_a_business(tenant, work))
    if as_json:
        typer.echo(json.dumps(told.model_dump(mode="json"), indent=2))
        return
    for line in _explained(told):
        typer.echo(line)


@app.command("list")
def list_them(
    *,
    tenant: Tenant,
    service: Service,
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First local day; today unless told.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=60, help="How many local days.")] = 7,
    with_: With = None,
    place: Place = None,
    minutes: Minutes = None,
    party: Party = 1,
    nights: Nights = None,
    as_json: AsJson = False,
) -> None:
    """Every time that can be booked, with who is free to serve. Times are those of the place."""

    async def work(known: Catalogue) -> tuple[LocationInfo, list[OfferedSlot]]:
        found = _place(known, place, service)
        first = from_.date() if from_ else clock.now().astimezone(ZoneInfo(found.zone)).date()
        wish = _wish(known, service, with_, minutes=minutes, party=party, nights=nights, place=found)
        return found, await offered(wish=wish, from_day=first, days=days)

    (found, slots), known = asyncio.run(_at_a_business(tenant, work))
    if as_json:
        typer.echo(json.dumps([slot.model_dump(mode="json") for slot in slots], indent=2))
        return
    zone = ZoneInfo(found.zone)
    for day, starts in groupby(slots, key=lambda slot: slot.starts_at.astimezone(zone).date()):
        typer.echo(f"{day:%a %d %b %Y}")
        for slot in starts:
            typer.echo(f"  {_slot(slot, zone)}  {_who(known, slot)}".rstrip())
    if not slots:
        typer.echo("Nothing is free on these days.")


async def _at_a_business(slug: str, work: Callable[[Catalogue], Awaitable[T]]) -> tuple[T, Catalogue]:
    """Do something as a business, and what it offers."""
    async with command_line_session():
        found = await find_tenant(slug)
        with bind_tenant(found.id):
            known = await catalogue()
            return await work(known), known


def _wish(
    known: Catalogue,
    service: str,
    with_: str | None,
    *,
    minutes: int | None,
    party: int,
    nights: int | None,
    place: LocationInfo,
) -> Wish:
    wanted = next((one for one in known.services if _is(service, one.id, one.name)), None)
    if wanted is None:
        raise ServiceNotFound(f"Known: {', '.join(one.name for one in known.services)}.")
    person = next((one for one in known.resources if with_ is not None and _is(with_, one.id, one.name)), None)
    if with_ is not None and person is None:
        raise ResourceNotFound(f"Known: {', '.join(one.name for one in known.resources)}.")
    return Wish.of(
        service_id=wanted.id,
        starts_at=instant(0),
        resource_id=person.id if person else None,
        minutes=minutes,
        location_id=place.id,
        party_size=party,
        nights=nights,
    )


def _place(known: Catalogue, name: str | None, service: str) -> LocationInfo:
    """The location that is meant: the one named, or the first that gives the service."""
    if not known.locations:
        raise NothingToBook
    if name is not None:
        found = next((one for one in known.locations if _is(name, one.id, one.name)), None)
        if found is None:
            raise LocationNotFound(f"Known: {', '.join(one.name for one in known.locations)}.")
        return found
    wanted = next((one for one in known.services if _is(service, one.id, one.name)), None)
    giving = [one for one in known.locations if wanted is None or known.offered_at(wanted, one.id)]
    return (giving or list(known.locations))[0]


def _is(said: str, id_: UUID, name: str) -> bool:
    return said.strip().casefold() in (str(id_), name.casefold())


def _explained(told: Explanation) -> Iterator[str]:
    zone = ZoneInfo(told.zone)
    yield f"{told.local_time} ({told.zone}) is {'free' if told.free else 'not offered'}: {told.reason}"
    yield f"  {told.rule}"
    if told.setting is not None:
        yield f"  setting: {told.setting}"
    for demand in told.demands:
        yield f"\n{demand.kind}: {'somebody can' if demand.free else 'nobody can'}"
        yield from _candidates(demand, zone)
    if told.nearest:
        yield "\nNearest free times"
        for slot in told.nearest:
            yield f"  {slot.starts_at.astimezone(zone):%a %d %b %Y} {_slot(slot, zone)}"


def _candidates(demand: DemandExplained, zone: ZoneInfo) -> Iterator[str]:
    for one in demand.candidates:
        yield f"  {one.name:<28} {one.reason}"
        for blocker in one.blockers:
            starts, ends = (at.astimezone(zone) for at in (blocker.starts_at, blocker.ends_at))
            until = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%a %d %b %H:%M}"
            what = blocker.reference or "a class"
            yield f"    {what} {starts:%a %d %b %H:%M}-{until}{' (held)' if blocker.held else ''}"


def _slot(slot: OfferedSlot, zone: ZoneInfo) -> str:
    starts, ends = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%a %d %b %H:%M}"
    return f"{starts:%H:%M}-{until}"


def _who(known: Catalogue, slot: OfferedSlot) -> str:
    names = [found.name for one in slot.resource_ids if (found := known.resource(one)) is not None]
    seats = f"{slot.seats_left} seats left" if slot.seats_left is not None else ""
    return ", ".join(part for part in (*names, seats) if part)
