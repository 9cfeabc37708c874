"""`booka catalog`: what a business offers, where, and who serves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Annotated

import typer
from babel.numbers import format_currency, get_currency_precision

from booka_core.catalog.queries import shop
from booka_core.catalog.rules import DemandSpec
from booka_core.catalog.types import Catalogue, HoursInfo, ServiceInfo, Shop
from booka_core.cli.session import command_line_session
from booka_core.db.scope import bind_tenant
from booka_core.sdk.values import Money
from booka_core.tenancy.queries import find_tenant
from booka_core.tenancy.types import TenantInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def catalog() -> None:
    """Look at what a business offers."""


@app.command()
def show(
    tenant: Annotated[str, typer.Option("--tenant", "-t", help="Short name of the business.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")] = False,
) -> None:
    """Places with their hours, services with what they take, add-ons, and who and what serves."""

    async def work() -> tuple[TenantInfo, Shop]:
        async with command_line_session():
            found = await find_tenant(tenant)
            with bind_tenant(found.id):
                return found, await shop()

    business, found = asyncio.run(work())
    if as_json:
        typer.echo(json.dumps(found.model_dump(mode="json"), indent=2))
        return
    for line in [*_places(found), *_services(found.catalogue, business), *_resources(found)]:
        typer.echo(line)


def _places(found: Shop) -> Iterator[str]:
    for place in found.catalogue.locations:
        holidays = f", closed on the public holidays of {place.holidays}" if place.holidays else ""
        yield f"{place.name} ({place.zone}{holidays})"
        yield f"  {_week([row for row in found.timetable.at(place.id).hours if row.resource_id is None])}"


def _services(catalogue: Catalogue, business: TenantInfo) -> Iterator[str]:
    if catalogue.services:
        yield "\nServices"
    for service in catalogue.services:
        needs = ", ".join(_demand(demand) for demand in service.demands)
        yield f"  {service.name:<30} {service.minutes:>5} min {_money(service.price, business):>16}  takes {needs}"
        for line in _particulars(catalogue, service):
            yield f"    {line}"
    if catalogue.add_ons:
        yield "\nAdd-ons"
    for extra in catalogue.add_ons:
        price = _money(Money(amount=extra.price, currency=business.currency), business)
        owner = catalogue.service(extra.service_id) if extra.service_id else None
        goes_with = owner.name if owner else "every service"
        yield f"  {extra.name:<30} {extra.minutes:>5} min {price:>16}  with {goes_with}"


def _particulars(catalogue: Catalogue, service: ServiceInfo) -> Iterator[str]:
    rules = service.rules.model_dump(mode="json", exclude_defaults=True)
    if rules:
        yield ", ".join(f"{name.replace('_', ' ')} {json.dumps(value)}" for name, value in rules.items())
    if service.location_ids:
        yield "given at " + ", ".join(place.name for place in catalogue.locations if place.id in service.location_ids)
    for owner, own in service.own.items():
        whose = catalogue.resource(owner) or catalogue.at(owner)
        if whose is not None:
            said = [f"{own.minutes} min"] if own.minutes is not None else []
            said += [f"{own.price} minor units"] if own.price is not None else []
            yield f"with {whose.name}: {', '.join(said)}"


def _resources(found: Shop) -> Iterator[str]:
    for kind, group in groupby(found.catalogue.resources, key=lambda one: one.kind):
        yield f"\n{kind.capitalize()}"
        for one in group:
            said = [one.title, *(f"can {skill}" for skill in one.skills)]
            said += [f"{name} {value}" for name, value in one.properties.items()]
            said += [f"{one.capacity} at a time"] if one.capacity > 1 else []
            said += [f"hours in {one.zone}"] if one.zone else []
            places = [place for place in found.catalogue.locations if one.works_at(place.id)]
            said += ["at " + " and ".join(place.name for place in places)] if len(found.catalogue.locations) > 1 else []
            away = sum(absence.resource_id == one.id for absence in found.timetable.absences)
            said += [f"{away} absence{'s' if away > 1 else ''}"] if away else []
            yield f"  {one.name:<30} {', '.join(part for part in said if part)}".rstrip()


def _demand(demand: DemandSpec) -> str:
    many = "all " if demand.everyone else f"{demand.count} " if demand.count > 1 else ""
    asked = [*demand.skills, *(f"{name} {value}" for name, value in demand.properties.items())]
    asked += ["a seat for everybody"] if demand.seats else []
    asked += [f"segments {' and '.join(str(part) for part in demand.parts)}"] if demand.parts else []
    return f"{many}{demand.kind}" + (f" ({', '.join(asked)})" if asked else "")


def _money(price: Money, business: TenantInfo) -> str:
    amount = price.amount / 10 ** get_currency_precision(price.currency)
    return str(format_currency(amount, price.currency, locale=business.locale.replace("-", "_")))


def _week(hours: Sequence[HoursInfo]) -> str:
    days = [
        f"{_DAYS[weekday]} " + " ".join(f"{_clock(row.opens)}-{_clock(row.closes)}" for row in rows)
        for weekday, rows in groupby(hours, key=lambda row: row.weekday)
    ]
    return ", ".join(days) or "no hours yet"


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
