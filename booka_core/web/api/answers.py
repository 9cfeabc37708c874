"""What the API answers. Shapes of their own, so that a change inside a room never changes what callers see."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel
from quart import Response

from booka_core.booking.types import ReservationInfo
from booka_core.identity.permissions import Role, Scope
from booka_core.sdk.pricing import Quote
from booka_core.sdk.values import Frozen, Money
from booka_core.web.api.headers import entity_tag, is_known

Item = TypeVar("Item")

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
    "intake",
    "location_id",
    "series_id",
    "series_position",
    "terms",
    "checked_in_at",
    "rating",
    "review",
    "quote",
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


class Reserved(Frozen):
    """A person or thing that a reservation takes."""

    id: UUID
    name: str
    kind: str


class Person(Frozen):
    """Whom a reservation is for; without a name when it is not known, or forgotten."""

    id: UUID
    name: str | None


class BookedExtra(Frozen):
    """Something extra with a service, as it was when it was booked."""

    id: UUID
    name: str
    minutes: int
    price: Money


class BookedItem(Frozen):
    """One service of a visit, for one of its guests."""

    service: Named
    starts_at: datetime
    ends_at: datetime
    guest: int
    price: Money
    add_ons: tuple[BookedExtra, ...]
    resource_ids: tuple[UUID, ...]


class Reservation(Frozen):
    """A reservation as it stands. `service` is the first of `items`; `attendee` comes when the customer does not."""

    id: UUID
    reference: str
    status: str
    service: Named
    customer: Person
    attendee: Person | None
    resources: tuple[Reserved, ...]
    items: tuple[BookedItem, ...]
    location_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    price: Money
    quote: Quote | None
    party_size: int
    note: str
    intake: dict[str, Any]
    terms: str
    source: str
    hold_expires_at: datetime | None
    series_id: UUID | None
    series_position: int | None
    checked_in_at: datetime | None
    rating: int | None
    review: str
    version: int
    created_at: datetime

    @classmethod
    def of(cls, found: ReservationInfo) -> Reservation:
        currency = found.price.currency
        return cls(
            service=Named(id=found.service_id, name=found.service_name),
            customer=Person(id=found.customer_id, name=found.customer_name),
            attendee=Person(id=found.attendee_id, name=found.attendee_name) if found.attendee_id else None,
            resources=tuple(Reserved(**resource.model_dump()) for resource in found.resources),
            items=tuple(
                BookedItem(
                    service=Named(id=item.service_id, name=item.name),
                    starts_at=item.starts_at,
                    ends_at=item.ends_at,
                    guest=item.guest,
                    price=Money(amount=item.price, currency=currency),
                    add_ons=tuple(
                        BookedExtra(
                            id=extra.id,
                            name=extra.name,
                            minutes=extra.minutes,
                            price=Money(amount=extra.price, currency=currency),
                        )
                        for extra in item.add_ons
                    ),
                    resource_ids=item.resource_ids,
                )
                for item in found.items
            ),
            **found.model_dump(include=_TAKEN_OVER),
        )


class Items(Frozen, Generic[Item]):
    """A list, or one page of it; `next_cursor` is null on the last page."""

    items: tuple[Item, ...]
    next_cursor: str | None = None


def answer(model: BaseModel, status: int = 200, *, location: str | None = None) -> Response:
    """`model` as JSON. `location` names the address of a thing that was made."""
    headers = {"Location": location} if location else None
    return Response(model.model_dump_json(), status=status, content_type="application/json", headers=headers)


def told(found: ReservationInfo) -> Response:
    """A reservation with its ETag."""
    response = answer(Reservation.of(found))
    response.headers["ETag"] = entity_tag(found.version)
    return response


def told_if_changed(found: ReservationInfo) -> Response:
    """A reservation, or only a 304 when the caller has this version already. Raises `BadEntityTag`."""
    if is_known(found.version):
        return Response(status=304, headers={"ETag": entity_tag(found.version)})
    return told(found)


def made(found: ReservationInfo, *, replayed: bool = False) -> Response:
    """A reservation that was made by this request, or by an earlier one with the same Idempotency-Key."""
    response = told(found)
    response.status_code = 201
    response.headers["Location"] = f"/api/v1/reservations/{found.id}"
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def done() -> Response:
    """It is done, and there is nothing to say about it."""
    return Response(status=204)
