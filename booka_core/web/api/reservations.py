"""Reservations over the API. A staff member sees and changes what is assigned to them and nothing else: the rest of the
business answers like things that do not exist.
"""

from __future__ import annotations

from uuid import UUID

from pydantic import Field
from quart import Blueprint, Response

from booka_core.availability.errors import NotAWholeMinute
from booka_core.booking import commands, errors, moves, queries
from booka_core.booking.approval import approve_reservation
from booka_core.booking.idempotency import was_replayed
from booka_core.booking.lifecycle import Status
from booka_core.booking.types import ReservationInfo
from booka_core.catalog.errors import ResourceNotFound
from booka_core.offers.errors import ClockGap, SlotNotOffered
from booka_core.offers.queries import alternatives
from booka_core.offers.types import Wish
from booka_core.sdk.errors import BadInput
from booka_core.web.api.answers import Items, Reservation, answer, done, made, told, told_if_changed
from booka_core.web.api.bodies import Accepted, Day, Instant, OfPage, Reasoned, When, body, question
from booka_core.web.api.headers import expected_version, idempotency_key
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.visits import (
    SOURCE,
    VISIT,
    HoldConfirmed,
    NewReservation,
    VisitGiven,
    actor,
    assigned,
    customer_of,
    instant_of,
    mine,
    or_alternatives,
    wish_of,
    with_oneself,
)
from booka_core.web.requests import own_resource, requires

FOLLOWS = {
    "show": Follow("showReservation", {"reservation_id": "id"}),
    "cancel": Follow("cancelReservation", {"reservation_id": "id"}, sends={"reason": "no longer needed"}),
    "move": Follow("moveReservation", {"reservation_id": "id"}, body={"starts_at": "starts_at"}),
    "timeline": Follow("showTimeline", {"reservation_id": "id"}),
    "check in": Follow("checkIn", {"reservation_id": "id"}, sends={}),
    "complete": Follow("completeReservation", {"reservation_id": "id"}, sends={}),
    "miss": Follow("markNoShow", {"reservation_id": "id"}, sends={}),
    "approve": Follow("approveReservation", {"reservation_id": "id"}, sends={}),
    "decline": Follow("declineReservation", {"reservation_id": "id"}, sends={}),
}
"""What can be done with a reservation next."""

CHANGE = (errors.ReservationNotFound, errors.IllegalTransition)
"""What every change of a reservation can meet."""


class DayOrSpan(BadInput):
    """Ask for a day, or for what lies between from and to."""


class ReservationsQuestion(OfPage):
    """Which reservations to list. `day` is a local date; `from` and `to` are instants between which they begin."""

    day: Day | None = None
    starts_from: Instant | None = Field(default=None, alias="from")
    starts_until: Instant | None = Field(default=None, alias="to")
    customer_id: UUID | None = None
    series_id: UUID | None = None
    status: Status | None = None


class Move(Accepted):
    """Asks for another time, and with `resource_id` for another person. A local time is meant at the location."""

    starts_at: When
    resource_id: UUID | None = None


@Operation(
    "listReservations",
    "reservations",
    query=ReservationsQuestion,
    answers={200: Items[Reservation]},
    problems=(errors.BadCursor, DayOrSpan),
)
@requires("booking.manage", reading=True, narrows=True, credential="token")
async def list_them() -> Response:
    """Reservations in order of their start, a page at a time."""
    asked = question(ReservationsQuestion)
    if asked.day is not None and (asked.starts_from is not None or asked.starts_until is not None):
        raise DayOrSpan
    page = await queries.list_reservations(
        day=asked.day,
        starts_from=asked.starts_from,
        starts_until=asked.starts_until,
        customer_id=asked.customer_id,
        series_id=asked.series_id,
        status=asked.status,
        cursor=asked.cursor,
        limit=asked.limit,
        resource_id=own_resource(),
    )
    return answer(
        Items[Reservation](items=tuple(Reservation.of(one) for one in page.items), next_cursor=page.next_cursor)
    )


@Operation("showReservation", "reservations", answers={200: Reservation, 304: None}, versioned=True, follows=FOLLOWS)
@requires("booking.manage", reading=True, narrows=True, credential="token")
async def show(reservation_id: UUID) -> Response:
    """One reservation as it stands."""
    return told_if_changed(await mine(reservation_id))


@Operation(
    "createReservation",
    "reservations",
    body=NewReservation,
    answers={201: Reservation},
    problems=(*VISIT, *CHANGE, errors.HoldExpired, errors.ApprovalMismatch),
    versioned=True,
    repeatable=True,
    follows=FOLLOWS,
)
@requires("booking.manage", narrows=True, credential="token")
async def create() -> Response:
    """Book a visit at once, or turn a hold into a reservation.

    What needs a colleague's agreement is answered with the status `pending`; its time is taken all the same. Of several
    requests with one Idempotency-Key the first books and the others wait for it and get its reservation; a request that
    failed leaves no key behind, so its repetition is tried anew.
    """
    given = (await body(NewReservation)).root
    key = idempotency_key()
    if isinstance(given, HoldConfirmed):
        return made(await _confirmed(given.hold_id))
    wish, customer_id = await _wished(given, key)
    found = await or_alternatives(
        wish,
        commands.book(wish, customer_id=customer_id, actor=actor(), source=SOURCE, idempotency_key=key),
        customer_id=customer_id,
    )
    return made(found, replayed=was_replayed())


@Operation(
    "createHold",
    "holds",
    body=VisitGiven,
    answers={201: Reservation},
    problems=VISIT,
    versioned=True,
    repeatable=True,
    follows={
        "confirm": Follow("createReservation", body={"hold_id": "id"}),
        "show": Follow("showHold", {"reservation_id": "id"}),
        "release": Follow("releaseHold", {"reservation_id": "id"}),
    },
)
@requires("booking.manage", narrows=True, credential="token")
async def hold() -> Response:
    """Keep a time for a few minutes; `POST /reservations` with its id as `hold_id` confirms it."""
    given = await body(VisitGiven)
    key = idempotency_key()
    wish, customer_id = await _wished(given, key)
    found = await or_alternatives(
        wish,
        commands.hold_slot(wish, customer_id=customer_id, actor=actor(), source=SOURCE, idempotency_key=key),
        customer_id=customer_id,
    )
    return made(found, replayed=was_replayed())


@Operation("showHold", "holds", answers={200: Reservation, 304: None}, versioned=True)
@requires("booking.manage", reading=True, narrows=True, credential="token")
async def show_hold(reservation_id: UUID) -> Response:
    """A time that is still held; one that was booked, given back or ran out is no hold any more."""
    return told_if_changed(await _held(reservation_id))


@Operation("releaseHold", "holds", answers={204: None}, problems=CHANGE, conditional=True)
@requires("booking.manage", narrows=True, credential="token")
async def release(reservation_id: UUID) -> Response:
    """Give a held time back."""
    found = await _held(reservation_id)
    await commands.cancel_reservation(
        reservation_id=reservation_id,
        actor=actor(),
        source=SOURCE,
        # Whoever confirms it in this very moment is not cancelled by us.
        expected_version=expected_version(found.version) or found.version,
    )
    return done()


@Operation(
    "cancelReservation",
    "reservations",
    body=Reasoned,
    answers={200: Reservation},
    problems=CHANGE,
    versioned=True,
    conditional=True,
)
@requires("booking.manage", narrows=True, credential="token")
async def cancel(reservation_id: UUID) -> Response:
    """Give the time of a reservation back."""
    found = await mine(reservation_id)
    given = await body(Reasoned)
    after = await commands.cancel_reservation(
        reservation_id=reservation_id,
        actor=actor(),
        source=SOURCE,
        reason=given.reason,
        expected_version=expected_version(found.version),
    )
    return told(after)


@Operation(
    "moveReservation",
    "reservations",
    body=Move,
    answers={200: Reservation},
    problems=(
        *CHANGE,
        ResourceNotFound,
        errors.SlotTaken,
        SlotNotOffered,
        ClockGap,
        NotAWholeMinute,
        errors.NothingToMove,
        errors.BookingRefused,
        errors.NeedsPerson,
        errors.ApprovalMismatch,
    ),
    versioned=True,
    conditional=True,
)
@requires("booking.manage", narrows=True, credential="token")
async def move(reservation_id: UUID) -> Response:
    """Give a reservation another time, and with resource_id another person. It keeps its people where they are free."""
    found = await mine(reservation_id)
    wanted = await body(Move)
    resource_id = assigned(wanted.resource_id)
    expected = expected_version(found.version)
    starts_at = await instant_of(wanted.starts_at, location_id=found.location_id)
    try:
        approval = await moves.approve_move(reservation_id=reservation_id, starts_at=starts_at, resource_id=resource_id)
        after = await moves.move_reservation(
            reservation_id=reservation_id,
            starts_at=starts_at,
            resource_id=resource_id,
            approval=approval,
            actor=actor(),
            source=SOURCE,
            expected_version=expected,
        )
    except (errors.SlotTaken, SlotNotOffered) as refused:
        refused.fields.setdefault(
            "alternatives",
            await alternatives(
                service_id=found.service_id, wanted=starts_at, resource_id=resource_id or own_resource()
            ),
        )
        raise
    return told(after)


async def _wished(given: VisitGiven, key: str | None) -> tuple[Wish, UUID]:
    starts_at = await instant_of(given.starts_at, location_id=given.location_id)
    wish = with_oneself(await wish_of(given, starts_at=starts_at))
    return wish, await customer_of(given, key=key)


async def _held(reservation_id: UUID) -> ReservationInfo:
    found = await mine(reservation_id)
    if found.status != "held":
        raise errors.ReservationNotFound
    return found


async def _confirmed(hold_id: UUID) -> ReservationInfo:
    await mine(hold_id)
    approval = await approve_reservation(hold_id)
    return await commands.confirm_reservation(reservation_id=hold_id, approval=approval, actor=actor(), source=SOURCE)


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/reservations", list_them)
    add(routes, "POST", "/reservations", create)
    add(routes, "GET", "/reservations/<uuid:reservation_id>", show)
    add(routes, "POST", "/reservations/<uuid:reservation_id>/cancel", cancel)
    add(routes, "POST", "/reservations/<uuid:reservation_id>/move", move)
    add(routes, "POST", "/holds", hold)
    add(routes, "GET", "/holds/<uuid:reservation_id>", show_hold)
    add(routes, "DELETE", "/holds/<uuid:reservation_id>", release)
