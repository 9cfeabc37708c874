"""What the API answers. Shapes of their own, so that a change inside a room never changes what callers see."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from quart import Response

from booka_core.booking.types import OfferedSlot, ReservationInfo
from booka_core.catalog.types import ResourceInfo, ServiceInfo
from booka_core.identity.permissions import Role, Scope
from booka_core.sdk.values import Frozen, Money

_TAKEN_OVER = {
    "id",
    "reference",
    "status",
    "starts_at",
    "ends_at",
    "price",
    "party_size",
    "note",
    "source",
    "hold_expires_at",
    "version",
    "created_at",
}


class Named(Frozen):
    """A thing by its id and name."""

    id: UUID
    name: str


class Business(Frozen):
    """The business that a token is for."""

    id: UUID
    slug: str
    name: str
    zone: str
    locale: str
    currency: str


class Me(Frozen):
    """Who the caller is and what they may do here."""

    user_id: UUID
    email: str
    name: str
    role: Role
    business: Business
    permissions: dict[str, Scope]


class Service(Frozen):
    """A service of the catalogue; minutes."""

    id: UUID
    name: str
    category: str
    minutes: int
    price: Money
    staff_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, service: ServiceInfo, *, staff_ids: tuple[UUID, ...]) -> Service:
        return cls(
            id=service.id,
            name=service.name,
            category=service.category,
            minutes=service.minutes,
            price=service.price,
            staff_ids=staff_ids,
        )


class StaffMember(Frozen):
    """A person who serves."""

    id: UUID
    name: str
    title: str
    service_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, person: ResourceInfo) -> StaffMember:
        return cls(id=person.id, name=person.name, title=person.title, service_ids=person.service_ids)


class Slot(Frozen):
    """A start that can be booked, and who is free to serve it."""

    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, slot: OfferedSlot) -> Slot:
        return cls(starts_at=slot.starts_at, ends_at=slot.ends_at, resource_ids=slot.resource_ids)


class Availability(Frozen):
    """The free starts of a service; `zone` is where the days were counted."""

    service_id: UUID
    zone: str
    items: tuple[Slot, ...]


class Reserved(Frozen):
    """A person or thing that a reservation takes."""

    id: UUID
    name: str
    kind: str


class Customer(Frozen):
    """Whom a reservation is for."""

    id: UUID
    name: str | None


class Reservation(Frozen):
    """A reservation as it stands."""

    id: UUID
    reference: str
    status: str
    service: Named
    customer: Customer
    resources: tuple[Reserved, ...]
    starts_at: datetime
    ends_at: datetime
    price: Money
    party_size: int
    note: str
    source: str
    hold_expires_at: datetime | None
    version: int
    created_at: datetime

    @classmethod
    def of(cls, found: ReservationInfo) -> Reservation:
        return cls(
            service=Named(id=found.service_id, name=found.service_name),
            customer=Customer(id=found.customer_id, name=found.customer_name),
            resources=tuple(Reserved(**resource.model_dump()) for resource in found.resources),
            **found.model_dump(include=_TAKEN_OVER),
        )


class Items(Frozen):
    """A list, or one page of it; `next_cursor` is None on the last page."""

    items: tuple[Any, ...]
    next_cursor: str | None = None


def answer(model: BaseModel, status: int = 200, *, location: str | None = None) -> Response:
    """`model` as JSON. `location` names the address of a thing that was made."""
    headers = {"Location": location} if location else None
    return Response(model.model_dump_json(), status=status, content_type="application/json", headers=headers)
