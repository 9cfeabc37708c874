"""A visit as callers describe it, for one customer, and what becomes of it: a wish that the booking rooms understand.
Staff who see only what is their own book with themselves, here as everywhere.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Annotated, Any, Self, TypeVar, cast
from uuid import UUID

from pydantic import ConfigDict, Discriminator, Field, JsonValue, RootModel, Tag, model_validator
from quart import g

from booka_core.availability import instant, local_instant
from booka_core.availability.errors import LocalTimeSkipped, NotAWholeMinute
from booka_core.booking import errors as booking
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.customers.commands import parse_phone, recognise
from booka_core.customers.errors import BadPhone, CustomerNotFound
from booka_core.customers.queries import get_customer
from booka_core.identity.errors import NotAllowed
from booka_core.identity.types import Person
from booka_core.kernel.ids import new_id
from booka_core.links import errors as links
from booka_core.links.queries import open_booking_link
from booka_core.offers import errors as offers
from booka_core.offers.queries import alternatives
from booka_core.offers.types import Wish, WishItem
from booka_core.pricing import errors as pricing
from booka_core.sdk.errors import BookaError
from booka_core.web.api.bodies import WHOLE, Accepted, Code, Count, Minutes, Name, Phone, Text, When
from booka_core.web.requests import own_resource

SOURCE = "api"
Made = TypeVar("Made")

WISH: tuple[type[BookaError], ...] = (
    ServiceNotFound,
    ResourceNotFound,
    LocationNotFound,
    offers.NothingToBook,
    offers.TooManyServices,
    offers.BadPartySize,
    offers.DurationNotOffered,
    offers.BadNights,
    offers.AddOnNotOffered,
    offers.NotAtThisLocation,
    offers.ServiceIsPrivate,
    offers.ClockGap,
    NotAWholeMinute,
)
"""What can be wrong with what is wished, whenever it is."""

VISIT: tuple[type[BookaError], ...] = (
    *WISH,
    offers.SlotNotOffered,
    CustomerNotFound,
    BadPhone,
    booking.SlotTaken,
    booking.BadIntake,
    booking.BookingRefused,
    booking.NeedsPerson,
    booking.CustomerBlocked,
    booking.TooManyActive,
    booking.TermsNotAccepted,
    booking.NotTheirDependant,
    booking.LinkUsedUp,
    links.LinkUnknown,
    links.LinkExpired,
    pricing.VoucherUnknown,
    pricing.VoucherUsedUp,
    pricing.VoucherNotValid,
    pricing.QuoteExpired,
    pricing.QuoteForSomethingElse,
    pricing.QuoteNotFound,
)
"""Why a visit cannot be booked."""


class CustomerGiven(Accepted):
    """Whom a booking is for. `external_id` is the caller's own number for the person; `phone` is as people write it."""

    name: Name
    phone: Phone | None = None
    external_id: Code | None = None


_NO: JsonValue = {"type": "null"}
_ONE_OR_SEVERAL: list[JsonValue] = [
    {"required": ["service_id"], "properties": {"service_id": {"type": "string"}, "items": _NO}},
    {
        "required": ["items"],
        "properties": {
            "items": {"type": "array"},
            "service_id": _NO,
            "minutes": _NO,
            "resource_id": _NO,
            "add_on_ids": {"maxItems": 0},
        },
    },
]
_ONE_CUSTOMER: list[JsonValue] = [
    {"required": ["customer_id"], "properties": {"customer_id": {"type": "string"}, "customer": _NO}},
    {"required": ["customer"], "properties": {"customer": {"type": "object"}, "customer_id": _NO}},
]


def _with_customer(schema: dict[str, Any]) -> None:
    schema["allOf"] = [{"oneOf": schema.pop("oneOf", _ONE_OR_SEVERAL)}, {"oneOf": _ONE_CUSTOMER}]


class ServiceGiven(Accepted):
    """One service of a visit: for how long, with whom, with what extras, and for which of the guests."""

    service_id: UUID
    minutes: Minutes | None = None
    resource_id: UUID | None = None
    add_on_ids: tuple[UUID, ...] = ()
    guest: Annotated[int, Field(ge=0, lt=500), WHOLE] = 0


class WishGiven(Accepted):
    """A visit of one service (`service_id` and what goes with it) or of several (`items`), beginning at `starts_at`.

    `starts_at` is an instant, or a local time at the location. `link` is the token of a link to a private service.
    """

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_OR_SEVERAL})

    service_id: UUID | None = None
    minutes: Minutes | None = None
    resource_id: UUID | None = None
    add_on_ids: tuple[UUID, ...] = ()
    items: Annotated[tuple[ServiceGiven, ...], Field(min_length=1)] | None = None
    starts_at: When
    location_id: UUID | None = None
    party_size: Count = 1
    nights: Annotated[int, Field(ge=1, le=366), WHOLE] | None = None
    intake: dict[str, JsonValue] = {}
    voucher: Annotated[Code, Field(max_length=60)] | None = None
    link: Annotated[Code, Field(max_length=128)] | None = None

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        alone = (self.minutes, self.resource_id, self.add_on_ids or None)
        if (self.service_id is None) == (self.items is None):
            raise ValueError("give either service_id or items")
        if self.items is not None and any(given is not None for given in alone):
            raise ValueError("with items, minutes, resource_id and add_on_ids belong to each of them")
        return self

    @property
    def services(self) -> tuple[ServiceGiven, ...]:
        """The services, however they were given."""
        if self.items is not None:
            return self.items
        return (
            ServiceGiven(
                service_id=cast("UUID", self.service_id),
                minutes=self.minutes,
                resource_id=self.resource_id,
                add_on_ids=self.add_on_ids,
            ),
        )


class VisitGiven(WishGiven):
    """A visit for somebody: who is known already (`customer_id`), or `customer`.

    `attendee_id` is somebody in their care who comes instead, `terms` what they accepted, and `quote_id` a price that
    was named before.
    """

    model_config = ConfigDict(json_schema_extra=_with_customer)

    customer_id: UUID | None = None
    customer: CustomerGiven | None = None
    attendee_id: UUID | None = None
    note: Text = ""
    terms: Annotated[Text, Field(max_length=80)] = ""
    quote_id: UUID | None = None

    @model_validator(mode="after")
    def _one_customer(self) -> Self:
        if (self.customer_id is None) == (self.customer is None):
            raise ValueError("give either customer_id or customer")
        return self


class HoldConfirmed(Accepted):
    """Turns a hold into a reservation."""

    hold_id: UUID


def _kind(given: Any) -> str:
    return "hold" if isinstance(given, HoldConfirmed) or (isinstance(given, dict) and "hold_id" in given) else "visit"


class NewReservation(
    RootModel[
        Annotated[Annotated[HoldConfirmed, Tag("hold")] | Annotated[VisitGiven, Tag("visit")], Discriminator(_kind)]
    ]
):
    """A visit to be booked at once, or a hold that is to become a reservation."""


async def wish_of(given: WishGiven, *, starts_at: datetime) -> Wish:
    """What is wished. Raises what is wrong with its link."""
    link_id = (await open_link(given.link)) if given.link is not None else None
    more: dict[str, Any] = {}
    if isinstance(given, VisitGiven):
        more = {
            "attendee_id": given.attendee_id,
            "note": given.note,
            "terms": given.terms,
            "quote_id": given.quote_id,
        }
    return Wish(
        items=tuple(
            WishItem(
                service_id=item.service_id,
                minutes=item.minutes,
                resource_id=item.resource_id,
                add_on_ids=item.add_on_ids,
                guest=item.guest,
            )
            for item in given.services
        ),
        starts_at=starts_at,
        location_id=given.location_id,
        party_size=given.party_size,
        nights=given.nights,
        intake=dict(given.intake),
        voucher=given.voucher,
        link_id=link_id,
        **more,
    )


async def open_link(token: str) -> UUID:
    """The link behind a token, if it is this business's. Raises `LinkUnknown`, `LinkExpired`, `LinkUsedUp`."""
    found = await open_booking_link(token)
    if found.tenant_id != g.tenant.id:
        raise links.LinkUnknown
    return found.id


async def instant_of(when: datetime, *, location_id: UUID | None) -> datetime:
    """The instant that is meant. Raises `ClockGap` for a local time that the clocks jump across, `NotAWholeMinute`."""
    if when.tzinfo is not None:
        return when.astimezone(UTC)
    zone = await zone_of(location_id)
    try:
        return instant(local_instant(zone, when))
    except LocalTimeSkipped:
        raise offers.ClockGap(local=when.isoformat(sep=" ", timespec="minutes"), zone=zone) from None


async def zone_of(location_id: UUID | None) -> str:
    """The zone of a location, of the first one unless told. Raises `LocationNotFound`."""
    shop = await catalogue()
    if location_id is None:
        return shop.location.zone if shop.location else str(g.tenant.zone)
    found = shop.at(location_id)
    if found is None:
        raise LocationNotFound
    return found.zone


def with_oneself(wish: Wish) -> Wish:
    """The wish, for who is limited to themselves. Raises `NotAllowed` when it names a colleague."""
    own = own_resource()
    if own is None:
        return wish
    if any(item.resource_id not in (None, own) for item in wish.items):
        raise NotAllowed
    return wish.model_copy(update={"items": tuple(one.model_copy(update={"resource_id": own}) for one in wish.items)})


def assigned(resource_id: UUID | None) -> UUID | None:
    """Whom something is moved to. Who is limited to themselves cannot hand over. Raises `NotAllowed`."""
    if resource_id is not None and own_resource() not in (None, resource_id):
        raise NotAllowed
    return resource_id


async def mine(reservation_id: UUID) -> ReservationInfo:
    """The reservation, unless it does not exist for this person. Raises `ReservationNotFound`."""
    found = await get_reservation(reservation_id)
    own = own_resource()
    if own is not None and own not in {resource.id for resource in found.resources}:
        raise booking.ReservationNotFound
    return found


async def or_alternatives(wish: Wish, booked: Awaitable[Made], *, customer_id: UUID | None = None) -> Made:
    """Book, or say which free times are nearest to the one that cannot be had."""
    try:
        return await booked
    except (booking.SlotTaken, offers.SlotNotOffered) as refused:
        refused.fields.setdefault(
            "alternatives", await alternatives(wish=wish, wanted=wish.starts_at, customer_id=customer_id)
        )
        raise


async def customer_of(given: VisitGiven, *, key: str | None) -> UUID:
    """Whom a visit is for, made known if they are new. Raises `CustomerNotFound`, `BadPhone`."""
    if given.customer_id is not None:
        return (await get_customer(given.customer_id)).id
    person = cast("CustomerGiven", given.customer)  # the body has either
    phone = parse_phone(person.phone, country=g.tenant.country or None) if person.phone else None
    # Without a number of the caller's or a phone, a repeated request is still the same person: its key says so.
    known_as = person.external_id or phone or f"request:{key or new_id()}"
    return (await recognise(channel="api", external_id=known_as, phone=phone, name=person.name)).id


def actor() -> Actor:
    """Who is asking, as the history names them."""
    person = cast("Person", g.person)
    return Actor(kind="user", id=person.user_id, label=person.name)
