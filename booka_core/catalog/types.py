"""What other rooms see of the catalogue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from booka_core.sdk.values import Frozen, Money


class LocationInfo(Frozen):
    """A place where a tenant receives customers; `zone` is an IANA name."""

    id: UUID
    name: str
    address: str
    zone: str


class ServiceInfo(Frozen):
    """A bookable service. Minutes; `resource_ids` are the resources named for it, of any kind."""

    id: UUID
    name: str
    synonyms: tuple[str, ...]
    category: str
    minutes: int
    buffer_before: int
    buffer_after: int
    price: Money
    demands: tuple[str, ...]
    resource_ids: tuple[UUID, ...]
    active: bool


class ResourceInfo(Frozen):
    """A person, chair, room, table or device; `kind` is "staff" for people."""

    id: UUID
    location_id: UUID
    kind: str
    name: str
    title: str
    synonyms: tuple[str, ...]
    hue: int
    active: bool
    service_ids: tuple[UUID, ...]


class Catalogue(Frozen):
    """All that a tenant offers."""

    location: LocationInfo | None
    services: tuple[ServiceInfo, ...]
    resources: tuple[ResourceInfo, ...]

    def service(self, service_id: UUID) -> ServiceInfo | None:
        """The service with this id, if it is offered."""
        return next((s for s in self.services if s.id == service_id), None)

    def resource(self, resource_id: UUID) -> ResourceInfo | None:
        """The resource with this id, if there is one."""
        return next((r for r in self.resources if r.id == resource_id), None)

    @property
    def staff(self) -> tuple[ResourceInfo, ...]:
        """The people."""
        return tuple(r for r in self.resources if r.kind == "staff")

    def candidates(self, service: ServiceInfo, kind: str) -> tuple[ResourceInfo, ...]:
        """The resources of `kind` that may serve `service`: those named for it, or else all of the kind."""
        of_kind = [r for r in self.resources if r.kind == kind and r.active]
        named = [r for r in of_kind if r.id in service.resource_ids]
        return tuple(named or of_kind)


class HoursInfo(Frozen):
    """One weekly range, local minutes of the day; `resource_id` is None for the location's own hours."""

    resource_id: UUID | None
    weekday: int
    opens: int
    closes: int


class OverrideInfo(Frozen):
    """What holds on one date instead of the weekly hours; no ranges means closed."""

    resource_id: UUID | None
    day: date
    ranges: tuple[tuple[int, int], ...]
    reason: str


class Timetable(Frozen):
    """Weekly hours and exceptions of a location and everything in it."""

    zone: str
    hours: tuple[HoursInfo, ...]
    overrides: tuple[OverrideInfo, ...]

    def between(self, first: date, last: date) -> tuple[OverrideInfo, ...]:
        """The exceptions from `first` to `last` inclusive."""
        return tuple(row for row in self.overrides if first <= row.day <= last)


class Shop(Frozen):
    """What a tenant offers, and when."""

    catalogue: Catalogue
    timetable: Timetable
