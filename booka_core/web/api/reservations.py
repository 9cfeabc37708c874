"""Reservations over the API. A staff member sees and changes what is assigned to them and nothing else: the rest of the
business answers like things that do not exist.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import cast
from uuid import UUID

from quart import Blueprint, Response, g

from booka_core.booking import commands, queries
from booka_core.booking.approval import approve_reservation
from booka_core.booking.errors import ReservationNotFound, SlotNotOffered, SlotTaken
from booka_core.booking.offers import alternatives
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.customers.commands import parse_phone, recognise
from booka_core.customers.queries import get_customer
from booka_core.identity.errors import NotAllowed
from booka_core.identity.types import Person
from booka_core.kernel.ids import new_id
from booka_core.web.api.answers import Items, Reservation, answer
from booka_core.web.api.bodies import (
    Cancellation,
    CustomerGiven,
    HoldConfirmed,
    Move,
    NewHold,
    NewReservation,
    ReservationsQuestion,
    body,
    idempotency_key,
    question,
    reservation_or_hold,
)
from booka_core.web.requests import own_resource, requires

SOURCE = "api"


@requires("booking.manage", reading=True, narrows=True, credential="token")
async def list_them() -> Response:
    """GET /reservations: in order of their start, a page at a time."""
    asked = question(ReservationsQuestion)
    page = await queries.list_reservations(
        day=asked.day,
        customer_id=asked.customer_id,
        status=asked.status,
        cursor=asked.cursor,
        limit=asked.limit,
        resource_id=own_resource(),
    )
    return answer(Items(items=tuple(Reservation.of(one) for one in page.items), next_cursor=page.next_cursor))


@requires("booking.manage", reading=True, narrows=True, credential="token")
async def show(reservation_id: UUID) -> Response:
    """GET /reservations/<reservation_id>."""
    return answer(Reservation.of(await _mine(reservation_id)))


@requires("booking.manage", narrows=True, credential="token")
async def create() -> Response:
    """POST /reservations: book a time at once, or confirm a hold. With an Idempotency-Key it is safe to repeat."""
    wanted = await reservation_or_hold()
    if isinstance(wanted, HoldConfirmed):
        await _mine(wanted.hold_id)
        approval = await approve_reservation(wanted.hold_id)
        made = await commands.confirm_reservation(
            reservation_id=wanted.hold_id, approval=approval, actor=_actor(), source=SOURCE
        )
    else:
        key = idempotency_key()
        made = await _or_alternatives(
            wanted,
            commands.book(
                service_id=wanted.service_id,
                starts_at=wanted.starts_at,
                resource_id=_assigned(wanted.resource_id, choosing=True),
                customer_id=await _customer(wanted, key),
                party_size=wanted.party_size,
                intake=dict(wanted.intake),
                note=wanted.note,
                actor=_actor(),
                source=SOURCE,
                idempotency_key=key,
            ),
        )
    return _created(made)


@requires("booking.manage", narrows=True, credential="token")
async def hold() -> Response:
    """POST /holds: keep a time for a few minutes; `POST /reservations` with its id as `hold_id` confirms it."""
    wanted = await body(NewHold)
    key = idempotency_key()
    made = await _or_alternatives(
        wanted,
        commands.hold_slot(
            service_id=wanted.service_id,
            starts_at=wanted.starts_at,
            resource_id=_assigned(wanted.resource_id, choosing=True),
            customer_id=await _customer(wanted, key),
            party_size=wanted.party_size,
            intake=dict(wanted.intake),
            note=wanted.note,
            actor=_actor(),
            source=SOURCE,
            idempotency_key=key,
        ),
    )
    return _created(made)


@requires("booking.manage", narrows=True, credential="token")
async def cancel(reservation_id: UUID) -> Response:
    """POST /reservations/<reservation_id>/cancel."""
    await _mine(reservation_id)
    given = await body(Cancellation)
    done = await commands.cancel_reservation(
        reservation_id=reservation_id, actor=_actor(), source=SOURCE, reason=given.reason
    )
    return answer(Reservation.of(done))


@requires("booking.manage", narrows=True, credential="token")
async def move(reservation_id: UUID) -> Response:
    """POST /reservations/<reservation_id>/move: another time, and with resource_id another person."""
    await _mine(reservation_id)
    wanted = await body(Move)
    resource_id = _assigned(wanted.resource_id, choosing=False)
    approval = await commands.approve_move(
        reservation_id=reservation_id, starts_at=wanted.starts_at, resource_id=resource_id
    )
    done = await commands.move_reservation(
        reservation_id=reservation_id,
        starts_at=wanted.starts_at,
        resource_id=resource_id,
        approval=approval,
        actor=_actor(),
        source=SOURCE,
    )
    return answer(Reservation.of(done))


async def _mine(reservation_id: UUID) -> ReservationInfo:
    """The reservation, unless it does not exist for this person."""
    found = await queries.get_reservation(reservation_id)
    own = own_resource()
    if own is not None and own not in {resource.id for resource in found.resources}:
        raise ReservationNotFound
    return found


def _assigned(resource_id: UUID | None, *, choosing: bool) -> UUID | None:
    """Whom a booking is to be with. Who is limited to themselves books with themselves and cannot hand over."""
    own = own_resource()
    if own is None:
        return resource_id
    if resource_id not in (None, own):
        raise NotAllowed
    return own if choosing else resource_id


async def _or_alternatives(wanted: NewReservation | NewHold, booking: Awaitable[ReservationInfo]) -> ReservationInfo:
    """Book, or say which free times are nearest to the one that cannot be had."""
    try:
        return await booking
    except (SlotTaken, SlotNotOffered) as refused:
        refused.fields["alternatives"] = await alternatives(
            service_id=wanted.service_id,
            wanted=wanted.starts_at,
            resource_id=_assigned(wanted.resource_id, choosing=True),
        )
        raise


async def _customer(wanted: NewReservation | NewHold, key: str | None) -> UUID:
    if wanted.customer_id is not None:
        return (await get_customer(wanted.customer_id)).id
    given = cast("CustomerGiven", wanted.customer)  # the body has either
    phone = parse_phone(given.phone, country=g.tenant.country or None) if given.phone else None
    # Without a number of the caller's or a phone, a repeated request is still the same person: its key says so.
    known_as = given.external_id or phone or f"request:{key or new_id()}"
    return (await recognise(channel="api", external_id=known_as, phone=phone, name=given.name)).id


def _actor() -> Actor:
    person = cast("Person", g.person)
    return Actor(kind="user", id=person.user_id, label=person.name)


def _created(made: ReservationInfo) -> Response:
    return answer(Reservation.of(made), 201, location=f"/api/v1/reservations/{made.id}")


def add_to(routes: Blueprint) -> None:
    routes.get("/reservations")(list_them)
    routes.post("/reservations")(create)
    routes.get("/reservations/<uuid:reservation_id>")(show)
    routes.post("/reservations/<uuid:reservation_id>/cancel")(cancel)
    routes.post("/reservations/<uuid:reservation_id>/move")(move)
    routes.post("/holds")(hold)
