"""What can be booked, by whom, where and when, and why a time is or is not offered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, model_validator
from quart import Blueprint, Response

from booka_core.availability import day_window, instant
from booka_core.catalog.errors import ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.catalog.rules import DemandSpec, ServiceRules, Value
from booka_core.catalog.types import Catalogue, ResourceInfo, ServiceInfo
from booka_core.kernel import clock
from booka_core.offers.explain import explain
from booka_core.offers.queries import availability
from booka_core.offers.types import CandidateExplained, Explanation, OfferedSlot, Wish, WishItem
from booka_core.sdk.values import Frozen, Money
from booka_core.web.api.answers import Items, answer
from booka_core.web.api.bodies import Accepted, Day, When, question
from booka_core.web.api.operations import Operation, add
from booka_core.web.api.visits import WISH, instant_of, zone_of
from booka_core.web.requests import may, requires


class Duration(Frozen):
    """Another length that a service may be booked for."""

    minutes: int
    price: Money


class Extra(Frozen):
    """Something extra that goes with a service."""

    id: UUID
    name: str
    minutes: int
    price: Money


class Service(Frozen):
    """A service of the catalogue; minutes. `rules` are the service's own, null where the business's hold."""

    id: UUID
    name: str
    category: str
    minutes: int
    price: Money
    staff_ids: tuple[UUID, ...]
    location_ids: tuple[UUID, ...]
    durations: tuple[Duration, ...]
    add_ons: tuple[Extra, ...]
    buffer_before: int
    buffer_after: int
    demands: tuple[DemandSpec, ...]
    rules: ServiceRules

    @classmethod
    def of(cls, service: ServiceInfo, shop: Catalogue) -> Service:
        """A service with everything that goes with it."""
        currency = service.price.currency
        return cls(
            id=service.id,
            name=service.name,
            category=service.category,
            minutes=service.minutes,
            price=service.price,
            staff_ids=tuple(person.id for person in shop.candidates(service, "staff")),
            location_ids=service.location_ids,
            durations=durations_of(service),
            add_ons=tuple(
                Extra(id=one.id, name=one.name, minutes=one.minutes, price=Money(amount=one.price, currency=currency))
                for one in shop.add_ons_of(service.id)
            ),
            buffer_before=service.buffer_before,
            buffer_after=service.buffer_after,
            demands=service.demands,
            rules=service.rules,
        )


class StaffMember(Frozen):
    """A person who serves."""

    id: UUID
    name: str
    title: str
    service_ids: tuple[UUID, ...]
    location_id: UUID
    skills: tuple[str, ...]
    zone: str | None

    @classmethod
    def of(cls, person: ResourceInfo) -> StaffMember:
        """Somebody who serves."""
        return cls(
            id=person.id,
            name=person.name,
            title=person.title,
            service_ids=person.service_ids,
            location_id=person.location_id,
            skills=person.skills,
            zone=person.zone,
        )


class Resource(Frozen):
    """A person, chair, room, table or device; it serves `capacity` bookings at a time."""

    id: UUID
    kind: str
    name: str
    title: str
    location_id: UUID
    service_ids: tuple[UUID, ...]
    skills: tuple[str, ...]
    properties: dict[str, Value]
    capacity: int
    weight: int
    priority: int
    zone: str | None

    @classmethod
    def of(cls, found: ResourceInfo) -> Resource:
        """Whatever can be taken."""
        return cls(**found.model_dump(include=set(cls.model_fields)))


class Location(Frozen):
    """A place; `zone` is an IANA name, and `holidays` a calendar such as NG, or empty."""

    id: UUID
    name: str
    address: str
    zone: str
    holidays: str


class Slot(Frozen):
    """A start that can be booked, and who is free to serve it. `local` is by the clock of the zone asked for."""

    starts_at: datetime
    ends_at: datetime
    local: datetime
    resource_ids: tuple[UUID, ...]
    seats_left: int | None

    @classmethod
    def of(cls, slot: OfferedSlot, zone: ZoneInfo) -> Slot:
        """A slot as it is seen in `zone`."""
        return cls(
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            local=slot.starts_at.astimezone(zone),
            resource_ids=slot.resource_ids,
            seats_left=slot.seats_left,
        )


class Availability(Frozen):
    """The free starts of a visit; `zone` is where the days were counted."""

    service_id: UUID
    zone: str
    items: tuple[Slot, ...]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be the IANA name of a time zone, such as Africa/Lagos")
    return name


ZoneName = Annotated[
    str, Field(max_length=64), AfterValidator(_known_zone), Field(json_schema_extra={"format": "time-zone"})
]


class WishAsked(Accepted):
    """A visit to ask about. Further services are given as `also`, once for each, and follow the first."""

    service_id: UUID
    also: tuple[UUID, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=14_400)] | None = None
    resource_id: UUID | None = None
    add_on_id: tuple[UUID, ...] = ()
    location_id: UUID | None = None
    party_size: Annotated[int, Field(ge=1, le=500)] = 1
    nights: Annotated[int, Field(ge=1, le=366)] | None = None
    customer_id: UUID | None = None

    @model_validator(mode="before")
    @classmethod
    def _several(cls, given: Any) -> Any:
        """What may be given several times arrives as one text when it is given once."""
        lists = {"also", "add_on_id"}
        return {name: [value] if name in lists and isinstance(value, str) else value for name, value in given.items()}

    def wish(self, starts_at: datetime, *, link_id: UUID | None = None) -> Wish:
        """The same as a wish."""
        first = WishItem(
            service_id=self.service_id,
            minutes=self.minutes,
            resource_id=self.resource_id,
            add_on_ids=self.add_on_id,
        )
        return Wish(
            items=(first, *(WishItem(service_id=service_id) for service_id in self.also)),
            starts_at=starts_at,
            location_id=self.location_id,
            party_size=self.party_size,
            nights=self.nights,
            link_id=link_id,
        )


class AvailabilityQuestion(WishAsked):
    """Which starts are free on `days` local days beginning with `from` (today when left out).

    Days are counted in `zone`, which is the location's unless told.
    """

    from_day: Day | None = Field(default=None, alias="from")
    days: Annotated[int, Field(ge=1, le=31)] = 7
    zone: ZoneName | None = None


class ExplainQuestion(WishAsked):
    """Why a start is or is not offered."""

    starts_at: When


@Operation("listServices", "catalogue", answers={200: Items[Service]})
@requires("catalogue.read", reading=True, credential="token")
async def services() -> Response:
    """What the business offers, private services included."""
    shop = await catalogue()
    items = tuple(Service.of(service, shop) for service in shop.services if service.active)
    return answer(Items[Service](items=items))


@Operation("showService", "catalogue", answers={200: Service})
@requires("catalogue.read", reading=True, credential="token")
async def service(service_id: UUID) -> Response:
    """One service."""
    shop = await catalogue()
    found = shop.service(service_id)
    if found is None:
        raise ServiceNotFound
    return answer(Service.of(found, shop))


@Operation("listStaff", "catalogue", answers={200: Items[StaffMember]})
@requires("catalogue.read", reading=True, credential="token")
async def staff() -> Response:
    """Who serves."""
    shop = await catalogue()
    return answer(Items[StaffMember](items=tuple(StaffMember.of(person) for person in shop.staff if person.active)))


@Operation("listResources", "catalogue", answers={200: Items[Resource]})
@requires("catalogue.read", reading=True, credential="token")
async def resources() -> Response:
    """Everybody and everything that a booking can take."""
    shop = await catalogue()
    return answer(Items[Resource](items=tuple(Resource.of(one) for one in shop.resources if one.active)))


@Operation("listLocations", "catalogue", answers={200: Items[Location]})
@requires("catalogue.read", reading=True, credential="token")
async def locations() -> Response:
    """Where customers are received."""
    shop = await catalogue()
    return answer(Items[Location](items=tuple(Location(**one.model_dump()) for one in shop.locations)))


@Operation("listAvailability", "catalogue", query=AvailabilityQuestion, answers={200: Availability}, problems=WISH)
@requires("catalogue.read", reading=True, credential="token")
async def free_starts() -> Response:
    """The starts that can be booked."""
    asked = question(AvailabilityQuestion)
    return answer(await free(asked, asked.wish(clock.now()), customer_id=asked.customer_id))


@Operation("explainAvailability", "catalogue", query=ExplainQuestion, answers={200: Explanation}, problems=WISH)
@requires("catalogue.read", reading=True, credential="token")
async def explain_start() -> Response:
    """Why a start is or is not offered: which rule, which setting, and which occupancy stands in the way of whom."""
    asked = question(ExplainQuestion)
    starts_at = await instant_of(asked.starts_at, location_id=asked.location_id)
    found = await explain(asked.wish(starts_at), customer_id=asked.customer_id)
    return answer(found if may("booking.manage", reading=True, narrows=False) else _without_others(found))


def _without_others(found: Explanation) -> Explanation:
    """For who sees only what is theirs: that somebody is in the way is told, and not who."""
    return found.model_copy(
        update={
            "demands": tuple(
                demand.model_copy(update={"candidates": tuple(_nameless(one) for one in demand.candidates)})
                for demand in found.demands
            )
        }
    )


def _nameless(found: CandidateExplained) -> CandidateExplained:
    nameless = (one.model_copy(update={"reservation_id": None, "reference": None}) for one in found.blockers)
    return found.model_copy(update={"blockers": tuple(nameless)})


async def free(asked: AvailabilityQuestion, wish: Wish, *, customer_id: UUID | None) -> Availability:
    """The free starts, with days counted where the caller counts them. Raises what a wish may lack."""
    house = await zone_of(asked.location_id)
    zone = asked.zone or house
    first = asked.from_day or clock.now().astimezone(ZoneInfo(zone)).date()
    if zone == house:
        slots = await availability(wish=wish, from_day=first, days=asked.days, customer_id=customer_id)
    else:
        slots = await _as_counted_in(zone, wish, first=first, days=asked.days, customer_id=customer_id)
    return Availability(
        service_id=asked.service_id, zone=zone, items=tuple(Slot.of(slot, ZoneInfo(zone)) for slot in slots)
    )


async def _as_counted_in(
    zone: str, wish: Wish, *, first: date, days: int, customer_id: UUID | None
) -> list[OfferedSlot]:
    """Local days of elsewhere begin up to a day before or after those of the house."""
    begins, ends = (instant(minute) for minute in day_window(zone, first, days))
    around = await availability(wish=wish, from_day=first - timedelta(days=1), days=days + 2, customer_id=customer_id)
    return [slot for slot in around if begins <= slot.starts_at < ends]


def durations_of(service: ServiceInfo) -> tuple[Duration, ...]:
    """The lengths besides the usual one."""
    currency = service.price.currency
    return tuple(
        Duration(minutes=one.minutes, price=Money(amount=one.price, currency=currency))
        for one in service.rules.durations
    )


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/services", services)
    add(routes, "GET", "/services/<uuid:service_id>", service)
    add(routes, "GET", "/staff", staff)
    add(routes, "GET", "/resources", resources)
    add(routes, "GET", "/locations", locations)
    add(routes, "GET", "/availability", free_starts)
    add(routes, "GET", "/availability/explain", explain_start)
