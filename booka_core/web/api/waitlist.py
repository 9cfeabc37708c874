"""The waitlist: who wants a time that is not free yet, what they are offered, and what they answer."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import StrictBool
from quart import Blueprint, Response

from booka_core.booking.errors import BadCursor, CustomerBlocked
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNotFound
from booka_core.customers.errors import CustomerNotFound
from booka_core.offers.errors import BadPartySize, ServiceIsPrivate
from booka_core.sdk.errors import BookaError
from booka_core.sdk.values import Frozen
from booka_core.waitlist import answers, commands, errors, queries
from booka_core.waitlist.types import EntryInfo, EntryStatus, OfferAnswer, OfferInfo
from booka_core.web.api.answers import Items, Reservation, answer
from booka_core.web.api.bodies import Accepted, Count, Instant, Nothing, OfPage, Text, body, question
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.visits import SOURCE, actor
from booka_core.web.requests import requires

_TAG = "waitlist"

JOIN: tuple[type[BookaError], ...] = (
    errors.BadWaitingWindow,
    errors.NoWaitlist,
    errors.TooManyEntries,
    BadPartySize,
    ServiceIsPrivate,
    CustomerBlocked,
    CustomerNotFound,
    ServiceNotFound,
    ResourceNotFound,
    LocationNotFound,
)
"""Why somebody cannot wait."""


class WaitlistQuestion(OfPage):
    """Which entries to list."""

    status: EntryStatus | None = None
    customer_id: UUID | None = None
    service_id: UUID | None = None


class Waiting(Accepted):
    """What somebody waits for: a service that begins from `wanted_from` on and before `wanted_until`."""

    service_id: UUID
    wanted_from: Instant
    wanted_until: Instant
    resource_id: UUID | None = None
    location_id: UUID | None = None
    party_size: Count = 1
    note: Text = ""


class WaitingCustomer(Waiting):
    """Who waits, and for what."""

    customer_id: UUID


class Answering(Accepted):
    """Yes or no to an offer."""

    accept: StrictBool


class WaitlistEntry(EntryInfo):
    """Somebody who waits for a service that begins from `wanted_from` on and before `wanted_until`.

    `resource_id` is the person they want, and `reservation_id` what they got.
    """

    @classmethod
    def of(cls, found: EntryInfo) -> WaitlistEntry:
        """Somebody as callers see them."""
        return cls(**dict(found))


class EntryWithOffers(Frozen):
    """Somebody who waits, with everything they were offered."""

    entry: WaitlistEntry
    offers: tuple[OfferInfo, ...]


class Answered(Frozen):
    """What became of an answer; the reservation comes with `booked` and `already_yours`."""

    outcome: Literal["booked", "already_yours", "lost", "expired", "declined", "refused"]
    message: str
    reservation: Reservation | None

    @classmethod
    def of(cls, found: OfferAnswer) -> Answered:
        """An answer as callers see it."""
        reservation = Reservation.of(found.reservation) if found.reservation else None
        return cls(outcome=found.outcome, message=found.message, reservation=reservation)


@Operation("listWaitlist", _TAG, query=WaitlistQuestion, answers={200: Items[WaitlistEntry]}, problems=(BadCursor,))
@requires("booking.manage", reading=True, credential="token")
async def list_them() -> Response:
    """Who waits, in the order in which they joined, a page at a time."""
    asked = question(WaitlistQuestion)
    page = await queries.list_entries(**dict(asked))
    return answer(
        Items[WaitlistEntry](items=tuple(WaitlistEntry.of(one) for one in page.items), next_cursor=page.next_cursor)
    )


@Operation(
    "joinWaitlist",
    _TAG,
    body=WaitingCustomer,
    answers={201: WaitlistEntry},
    problems=JOIN,
    follows={
        "show": Follow("showWaitlistEntry", {"entry_id": "id"}),
        "leave": Follow("leaveWaitlist", {"entry_id": "id"}, sends={}),
    },
)
@requires("booking.manage", credential="token")
async def join() -> Response:
    """Wait for a time. Joining again with the same wish gives the entry that waits already."""
    given = await body(WaitingCustomer)
    found = await commands.join(**dict(given), source=SOURCE)
    return answer(WaitlistEntry.of(found), 201, location=f"/api/v1/waitlist/{found.id}")


@Operation("showWaitlistEntry", _TAG, answers={200: EntryWithOffers})
@requires("booking.manage", reading=True, credential="token")
async def show(entry_id: UUID) -> Response:
    """One who waits, with everything they were offered."""
    return answer(
        EntryWithOffers(
            entry=WaitlistEntry.of(await queries.get_entry(entry_id)), offers=await queries.offers_of(entry_id)
        )
    )


@Operation("leaveWaitlist", _TAG, body=Nothing, answers={200: WaitlistEntry}, problems=(errors.NoLongerWaiting,))
@requires("booking.manage", credential="token")
async def leave(entry_id: UUID) -> Response:
    """Wait no longer. An open offer is withdrawn, and its time goes to the next."""
    await body(Nothing)
    return answer(WaitlistEntry.of(await commands.leave(entry_id=entry_id, actor=actor())))


@Operation("answerOffer", _TAG, body=Answering, answers={200: Answered})
@requires("booking.manage", credential="token")
async def reply(offer_id: UUID) -> Response:
    """Answer an offer for the customer. Whatever order answers come in, one customer gets the time."""
    await queries.get_offer(offer_id)
    given = await body(Answering)
    found = await answers.answer(offer_id=offer_id, accept=given.accept, actor=actor(), source=SOURCE)
    return answer(Answered.of(found))


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/waitlist", list_them)
    add(routes, "POST", "/waitlist", join)
    add(routes, "GET", "/waitlist/<uuid:entry_id>", show)
    add(routes, "POST", "/waitlist/<uuid:entry_id>/leave", leave)
    add(routes, "POST", "/waitlist/offers/<uuid:offer_id>/answer", reply)
