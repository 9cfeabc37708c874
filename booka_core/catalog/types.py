"""What other rooms see of the catalogue."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from booka_core.catalog.rules import DemandSpec, ServiceRules, Value
from booka_core.sdk.values import Frozen, Money


class LocationInfo(Frozen):
    """A place where a tenant receives customers; `zone` is an IANA name, `holidays` a calendar such as `NG`, or ""."""

    id: UUID
    name: str
    address: str
    zone: str
    holidays: str = ""


class Override(Frozen):
    """Minutes and minor units that hold for one resource or location instead of the service's own; None keeps them."""

    minutes: int | None = None
    price: int | None = None


class AddOnInfo(Frozen):
    """Something extra with a service; `service_id` is None when it goes with every one."""

    id: UUID
    service_id: UUID | None
    name: str
    minutes: int
    price: int


class AbsenceInfo(Frozen):
    """A time in which a resource is away; `redirect_to` is who is asked instead. Instants are UTC."""

    id: UUID
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime
    redirect_to: UUID | None
    reason: str


class ServiceInfo(Frozen):
    """A bookable service. Minutes; `resource_ids` are the resources named for it, of any kind.

    `location_ids` are the places that give it, all of them when empty. `own` holds what single resources and places do
    differently, by their id. `named_kinds` are the kinds of which somebody is named, even if only people who have left.
    """

    id: UUID
    name: str
    synonyms: tuple[str, ...]
    category: str
    minutes: int
    buffer_before: int
    buffer_after: int
    price: Money
    demands: tuple[DemandSpec, ...]
    resource_ids: tuple[UUID, ...]
    active: bool
    rules: ServiceRules = ServiceRules()
    location_ids: tuple[UUID, ...] = ()
    own: dict[UUID, Override] = {}
    named_kinds: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of resources that it takes, in the order of its demands and each once."""
        return tuple(dict.fromkeys(demand.kind for demand in self.demands))


class ResourceInfo(Frozen):
    """A person, chair, room, table or device; `kind` is "staff" for people. It serves `capacity` bookings at a time.

    `also_at` are the places, beside its own, where it has weekly hours.
    """

    id: UUID
    location_id: UUID
    kind: str
    name: str
    title: str
    synonyms: tuple[str, ...]
    hue: int
    active: bool
    service_ids: tuple[UUID, ...]
    skills: tuple[str, ...] = ()
    properties: dict[str, Value] = {}
    capacity: int = 1
    weight: int = 1
    priority: int = 0
    zone: str | None = None
    also_at: tuple[UUID, ...] = ()

    def works_at(self, location_id: UUID) -> bool:
        """Whether it can be had at this place."""
        return location_id == self.location_id or location_id in self.also_at

    def fits(self, demand: DemandSpec) -> bool:
        """Whether it is of the kind, and has all the skills and properties, that are asked for."""
        return (
            self.kind == demand.kind
            and set(demand.skills) <= set(self.skills)
            and all(_same(self.properties.get(name), value) for name, value in demand.properties.items())
        )


class Catalogue(Frozen):
    """All that a tenant offers. `locations` are in order of their names."""

    locations: tuple[LocationInfo, ...]
    services: tuple[ServiceInfo, ...]
    resources: tuple[ResourceInfo, ...]
    add_ons: tuple[AddOnInfo, ...] = ()

    @property
    def location(self) -> LocationInfo | None:
        """The first place, which is the only one of most businesses."""
        return self.locations[0] if self.locations else None

    def service(self, service_id: UUID) -> ServiceInfo | None:
        """The service with this id, if it is offered."""
        return self._services_by_id.get(service_id)

    def resource(self, resource_id: UUID) -> ResourceInfo | None:
        """The resource with this id, if there is one."""
        return self._resources_by_id.get(resource_id)

    @cached_property
    def _services_by_id(self) -> dict[UUID, ServiceInfo]:
        return {service.id: service for service in self.services}

    @cached_property
    def _resources_by_id(self) -> dict[UUID, ResourceInfo]:
        return {resource.id: resource for resource in self.resources}

    @property
    def staff(self) -> tuple[ResourceInfo, ...]:
        """The people."""
        return tuple(r for r in self.resources if r.kind == "staff")

    @property
    def listed(self) -> tuple[ServiceInfo, ...]:
        """The services that everybody may see; a private one is reached by its link alone."""
        return tuple(s for s in self.services if not s.rules.private)

    def at(self, location_id: UUID) -> LocationInfo | None:
        """The place with this id, if there is one."""
        return next((place for place in self.locations if place.id == location_id), None)

    def resources_at(self, location_id: UUID) -> tuple[ResourceInfo, ...]:
        """Everybody and everything that can be had at a place."""
        return tuple(r for r in self.resources if r.works_at(location_id))

    def add_on(self, add_on_id: UUID) -> AddOnInfo | None:
        """The add-on with this id, if it is offered."""
        return next((extra for extra in self.add_ons if extra.id == add_on_id), None)

    def add_ons_of(self, service_id: UUID) -> tuple[AddOnInfo, ...]:
        """The extras that go with a service."""
        return tuple(extra for extra in self.add_ons if extra.service_id in (None, service_id))

    def offered_at(self, service: ServiceInfo, location_id: UUID) -> bool:
        """Whether a place gives `service`."""
        return not service.location_ids or location_id in service.location_ids

    def candidates(
        self, service: ServiceInfo, demand: DemandSpec | str, *, location_id: UUID | None = None
    ) -> tuple[ResourceInfo, ...]:
        """The resources that may serve `service`: those named for it, or else all of the kind, as far as they fit.

        A bare kind asks for nothing else. `location_id` leaves those who can be had at that place.
        """
        spec = DemandSpec(kind=demand) if isinstance(demand, str) else demand
        of_kind = [r for r in self.resources if r.kind == spec.kind and r.active]
        named = [r for r in of_kind if r.id in service.resource_ids]
        able = named if named or spec.kind in service.named_kinds else of_kind
        return tuple(r for r in able if r.fits(spec) and (location_id is None or r.works_at(location_id)))


def _same(had: Value | None, wanted: Value) -> bool:
    # In Python True is 1; a property that says yes is not one that says how many.
    return type(had) is type(wanted) and had == wanted


class HoursInfo(Frozen):
    """One weekly range, local minutes of the day; `resource_id` is None for the location's own hours."""

    location_id: UUID
    resource_id: UUID | None
    weekday: int
    opens: int
    closes: int


class OverrideInfo(Frozen):
    """What holds on one date instead of the weekly hours; no ranges means closed."""

    location_id: UUID
    resource_id: UUID | None
    day: date
    ranges: tuple[tuple[int, int], ...]
    reason: str


class Timetable(Frozen):
    """Weekly hours and exceptions of every location and everything in them, and who is away when."""

    hours: tuple[HoursInfo, ...]
    overrides: tuple[OverrideInfo, ...]
    absences: tuple[AbsenceInfo, ...] = ()

    def between(self, first: date, last: date) -> tuple[OverrideInfo, ...]:
        """The exceptions from `first` to `last` inclusive."""
        return tuple(row for row in self.overrides if first <= row.day <= last)

    def at(self, location_id: UUID) -> Timetable:
        """The hours and exceptions of one place alone; who is away is away everywhere."""
        return Timetable(
            hours=tuple(row for row in self.hours if row.location_id == location_id),
            overrides=tuple(row for row in self.overrides if row.location_id == location_id),
            absences=self.absences,
        )


class Shop(Frozen):
    """What a tenant offers, and when."""

    catalogue: Catalogue
    timetable: Timetable
