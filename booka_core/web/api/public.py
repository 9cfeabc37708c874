"""What everybody may ask of one business without signing in: its services, its free times, and a visit for oneself.

A stranger is the customer of what they book and learns nothing of anybody else: no name is told, however well a phone
number is known. How often one client, or somebody for one phone, may book is limited.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Discriminator, Field, RootModel, Tag
from quart import Blueprint, Response, g

from booka_core.booking import commands, errors
from booka_core.booking.approval import approve_reservation
from booka_core.booking.idempotency import was_replayed
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.queries import catalogue
from booka_core.catalog.types import Catalogue, ServiceInfo
from booka_core.customers.commands import parse_phone, recognise
from booka_core.customers.errors import BadPhone
from booka_core.identity.errors import BusinessSuspended
from booka_core.kernel import clock
from booka_core.kernel.crypto import token_hash
from booka_core.kernel.errors import MissingSecret
from booka_core.links.errors import BadManageLink, LinkExpired, LinkUnknown
from booka_core.links.manage import manage_token, open_manage_link
from booka_core.links.queries import open_booking_link
from booka_core.sdk.values import Frozen, Money
from booka_core.waitlist.commands import join
from booka_core.web.api import captcha
from booka_core.web.api.answers import BookedItem, Items, Reservation, answer
from booka_core.web.api.bodies import Accepted, Code, Name, Phone, Text, body, question
from booka_core.web.api.catalogue import Availability, AvailabilityQuestion, Duration, Extra, durations_of, free
from booka_core.web.api.headers import needed_key
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.strangers import BOOKINGS_BY_CLIENT, BOOKINGS_BY_PHONE, client, for_strangers, take
from booka_core.web.api.visits import (
    VISIT,
    WISH,
    WishGiven,
    instant_of,
    open_link,
    or_alternatives,
    wish_of,
)
from booka_core.web.api.waitlist import JOIN, Waiting

SOURCE = "web"
_TAG = "public"
_LINK = {"token": "manage_token"}
_FOLLOWS = {
    "manage": Follow("showManaged", _LINK),
    "times": Follow("listManagedTimes", _LINK),
    "cancel": Follow("cancelManaged", _LINK, sends={}),
    "move": Follow("moveManaged", _LINK, body={"starts_at": "starts_at"}),
}
_HEADERS = {captcha.HEADER: "the solved puzzle of `challenge`, where the business asks for one"}


class Stranger(Accepted):
    """Who books. The phone is how the business reaches them."""

    name: Name
    phone: Phone


class PublicVisit(WishGiven):
    """A visit for oneself."""

    customer: Stranger
    note: Text = ""
    terms: Annotated[Text, Field(max_length=80)] = ""


class HoldKept(Accepted):
    """Turns a hold into a reservation; `hold` is the token that came with it."""

    hold: Annotated[Code, Field(max_length=100)]


class PublicWaiting(Waiting):
    """Who waits, and for what."""

    customer: Stranger


def _kind(given: Any) -> str:
    return "hold" if isinstance(given, HoldKept) or (isinstance(given, dict) and "hold" in given) else "visit"


class PublicReservation(
    RootModel[Annotated[Annotated[HoldKept, Tag("hold")] | Annotated[PublicVisit, Tag("visit")], Discriminator(_kind)]]
):
    """A visit to be booked at once, or a hold that is to become a reservation."""


class PublicService(Frozen):
    """What one can book."""

    id: UUID
    name: str
    category: str
    minutes: int
    price: Money
    durations: tuple[Duration, ...]
    add_ons: tuple[Extra, ...]
    seats: int
    needs_approval: bool
    terms: str
    location_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, service: ServiceInfo, shop: Catalogue) -> Self:
        """A service as everybody sees it."""
        currency = service.price.currency
        return cls(
            id=service.id,
            name=service.name,
            category=service.category,
            minutes=service.minutes,
            price=service.price,
            durations=durations_of(service),
            add_ons=tuple(
                Extra(id=one.id, name=one.name, minutes=one.minutes, price=Money(amount=one.price, currency=currency))
                for one in shop.add_ons_of(service.id)
            ),
            seats=service.rules.seats,
            needs_approval=service.rules.approval,
            terms=service.rules.terms,
            location_ids=service.location_ids,
        )


class PublicBooking(Frozen):
    """What one has booked or holds. `manage_token` opens it at `/api/v1/manage/<token>` and on the page /m/<token>."""

    id: UUID
    reference: str
    status: str
    starts_at: datetime
    ends_at: datetime
    items: tuple[BookedItem, ...]
    price: Money
    party_size: int
    hold_expires_at: datetime | None
    version: int
    manage_token: str

    @classmethod
    def of(cls, found: ReservationInfo) -> Self:
        """A reservation as its customer sees it."""
        whole = Reservation.of(found)
        kept = {name: getattr(whole, name) for name in cls.model_fields if name != "manage_token"}
        return cls(**kept, manage_token=manage_token(found.id))


class PublicEntry(Frozen):
    """What one waits for."""

    id: UUID
    service_id: UUID
    wanted_from: datetime
    wanted_until: datetime
    party_size: int
    status: str


class ServicesQuestion(Accepted):
    """With the token of a link, the private service that it opens is listed too."""

    link: Annotated[Code, Field(max_length=128)] | None = None


class PublicQuestion(AvailabilityQuestion):
    """Which starts are free. `link` is the token of a link to a private service."""

    link: Annotated[Code, Field(max_length=128)] | None = None


@Operation(
    "listPublicServices",
    _TAG,
    query=ServicesQuestion,
    answers={200: Items[PublicService]},
    problems=(LinkUnknown, LinkExpired, errors.LinkUsedUp),
    limited=True,
)
@for_strangers(deed=False)
async def services() -> Response:
    """What one can book here. Private services are shown to who has a link to them."""
    asked = question(ServicesQuestion)
    shop = await catalogue()
    shown = list(shop.listed)
    if asked.link is not None:
        await open_link(asked.link)
        opened = shop.service((await open_booking_link(asked.link)).service_id)
        shown += [opened] if opened is not None and opened not in shown else []
    return answer(Items[PublicService](items=tuple(PublicService.of(service, shop) for service in shown)))


@Operation(
    "listPublicAvailability",
    _TAG,
    query=PublicQuestion,
    answers={200: Availability},
    problems=(*WISH, LinkUnknown, LinkExpired, errors.LinkUsedUp),
    limited=True,
)
@for_strangers(deed=False)
async def free_starts() -> Response:
    """The starts that can be booked."""
    asked = question(PublicQuestion)
    link_id = await open_link(asked.link) if asked.link is not None else None
    return answer(await free(asked, asked.wish(clock.now(), link_id=link_id), customer_id=None))


@Operation("createChallenge", _TAG, answers={200: captcha.Puzzle}, problems=(MissingSecret,), limited=True)
@for_strangers(deed=False)
async def challenge() -> Response:
    """A puzzle whose answer goes into the header `Booka-Captcha`, where the business asks for one."""
    return answer(captcha.puzzle())


BOOKING = (
    *VISIT,
    BusinessSuspended,
    MissingSecret,
    captcha.CaptchaNeeded,
    captcha.CaptchaWrong,
)
"""Why a stranger cannot book."""


@Operation(
    "createPublicHold",
    _TAG,
    body=PublicVisit,
    answers={201: PublicBooking},
    problems=BOOKING,
    repeatable=True,
    needs_key=True,
    limited=True,
    headers=_HEADERS,
    follows=_FOLLOWS,
)
@for_strangers(deed=True)
async def hold() -> Response:
    """Keep a time for a few minutes."""
    key = needed_key()
    given = await body(PublicVisit)
    return await _booked(given, key=key, holding=True)


@Operation(
    "createPublicReservation",
    _TAG,
    body=PublicReservation,
    answers={201: PublicBooking},
    problems=(
        *BOOKING,
        BadManageLink,
        errors.ReservationNotFound,
        errors.IllegalTransition,
        errors.HoldExpired,
        errors.ApprovalMismatch,
    ),
    repeatable=True,
    needs_key=True,
    limited=True,
    headers=_HEADERS,
    follows=_FOLLOWS,
)
@for_strangers(deed=True)
async def create() -> Response:
    """Book a visit, or turn a hold into a reservation. What needs the business's agreement is `pending` until then."""
    key = needed_key()
    given = (await body(PublicReservation)).root
    if isinstance(given, PublicVisit):
        return await _booked(given, key=key, holding=False)
    tenant_id, hold_id = open_manage_link(given.hold)
    if tenant_id != g.tenant.id:
        raise BadManageLink
    await take(BOOKINGS_BY_CLIENT, client())
    held = await get_reservation(hold_id)
    found = await commands.confirm_reservation(
        reservation_id=hold_id,
        approval=await approve_reservation(hold_id),
        actor=Actor(kind="customer", id=held.customer_id),
        source=SOURCE,
    )
    return answer(PublicBooking.of(found), 201, location=f"/api/v1/manage/{given.hold}")


@Operation(
    "joinPublicWaitlist",
    _TAG,
    body=PublicWaiting,
    answers={201: PublicEntry},
    problems=(*JOIN, BadPhone, BusinessSuspended, MissingSecret, captcha.CaptchaNeeded, captcha.CaptchaWrong),
    limited=True,
    headers=_HEADERS,
)
@for_strangers(deed=True)
async def wait() -> Response:
    """Wait for a time that is not free yet; what becomes free is offered by message."""
    given = await body(PublicWaiting)
    customer_id = await _stranger(given.customer)
    wanted = {name: value for name, value in dict(given).items() if name != "customer"}
    found = await join(customer_id=customer_id, source=SOURCE, **wanted)
    return answer(PublicEntry(**{name: getattr(found, name) for name in PublicEntry.model_fields}), 201)


async def _booked(given: PublicVisit, *, key: str, holding: bool) -> Response:
    starts_at = await instant_of(given.starts_at, location_id=given.location_id)
    wish = (await wish_of(given, starts_at=starts_at)).model_copy(update={"note": given.note, "terms": given.terms})
    customer_id = await _stranger(given.customer)
    # A key is its customer's own: somebody else who thinks of the same one asks for something else.
    key = f"web:{token_hash(f'{customer_id}:{key}').hex()}"
    verb = commands.hold_slot if holding else commands.book
    deed: Awaitable[ReservationInfo] = verb(
        wish,
        customer_id=customer_id,
        actor=Actor(kind="customer", id=customer_id),
        source=SOURCE,
        idempotency_key=key,
    )
    found = PublicBooking.of(await or_alternatives(wish, deed, customer_id=customer_id))
    response = answer(found, 201, location=f"/api/v1/manage/{found.manage_token}")
    if was_replayed():
        response.headers["Idempotency-Replayed"] = "true"
    return response


async def _stranger(given: Stranger) -> UUID:
    """Who books, made known if they are new. Raises `BadPhone`, `TooManyAttempts` and what the puzzle raises."""
    phone = parse_phone(given.phone, country=g.tenant.country or None)
    await take(BOOKINGS_BY_CLIENT, client())
    await take(BOOKINGS_BY_PHONE, f"{g.tenant.id}:{phone}")
    await captcha.require_answer()
    return (await recognise(channel="web", external_id=phone, phone=phone, name=given.name)).id


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/public/<slug>/services", services)
    add(routes, "GET", "/public/<slug>/availability", free_starts)
    add(routes, "GET", "/public/<slug>/challenge", challenge)
    add(routes, "POST", "/public/<slug>/holds", hold)
    add(routes, "POST", "/public/<slug>/reservations", create)
    add(routes, "POST", "/public/<slug>/waitlist", wait)
