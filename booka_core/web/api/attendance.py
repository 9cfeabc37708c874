"""What becomes of a reservation after it was made: who agrees, who came, who serves instead, how it was, what happened
to it so far, and the files that belong to it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool
from quart import Blueprint, Response, request

from booka_core.booking import attachments, attendance, errors
from booka_core.booking.timeline import timeline
from booka_core.booking.types import AttachmentInfo, ReservationInfo
from booka_core.catalog.errors import ResourceNotFound
from booka_core.identity.errors import NotAllowed
from booka_core.sdk.errors import BookaError
from booka_core.sdk.values import Frozen
from booka_core.web.api.answers import Items, Reservation, answer, told
from booka_core.web.api.bodies import WHOLE, Accepted, Nothing, Reasoned, Story, Text, body, question
from booka_core.web.api.headers import expected_version
from booka_core.web.api.operations import Operation, add
from booka_core.web.api.reservations import CHANGE
from booka_core.web.api.visits import SOURCE, actor, mine
from booka_core.web.ingress import read_file
from booka_core.web.requests import own_resource, requires


class Absence(Accepted):
    """Nobody came. With `release`, the rest of the time is free again."""

    release: StrictBool = False
    reason: Text = ""


class Reassignment(Accepted):
    """Everybody and everything that serves from now on."""

    resource_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]
    reason: Text = ""


class RatingGiven(Accepted):
    """How it was, from 1 to 5."""

    rating: Annotated[int, Field(ge=1, le=5), WHOLE]
    review: Story = ""


class FileNamed(Accepted):
    """What a file is called, and which question it answers."""

    name: Annotated[str, Field(min_length=1, max_length=160)]
    question: Annotated[str, Field(max_length=80)] = ""


class Change(Frozen):
    """One line of a reservation's history; `sentence` says all of it."""

    at: datetime
    who: str
    source: str
    action: str
    sentence: str


class Attachment(Frozen):
    """A file that came with a reservation; `size` in bytes."""

    id: UUID
    question: str
    name: str
    media_type: str
    size: int
    created_at: datetime

    @classmethod
    def of(cls, found: AttachmentInfo) -> Attachment:
        return cls(**found.model_dump(exclude={"reservation_id"}))


def _deed(name: str, given: type[Accepted], *problems: type[BookaError]) -> Operation:
    return Operation(
        name,
        "reservations",
        body=given,
        answers={200: Reservation},
        problems=(*CHANGE, *problems),
        versioned=True,
        conditional=True,
    )


async def _plainly(verb: Callable[..., Awaitable[ReservationInfo]], reservation_id: UUID) -> Response:
    """A deed that needs no more than to be done."""
    found = await mine(reservation_id)
    await body(Nothing)
    after = await verb(
        reservation_id=reservation_id,
        actor=actor(),
        source=SOURCE,
        expected_version=expected_version(found.version),
    )
    return told(after)


@_deed("approveReservation", Nothing)
@requires("booking.manage", narrows=True, credential="token")
async def approve(reservation_id: UUID) -> Response:
    """Agree to a request: it is booked."""
    return await _plainly(attendance.approve_request, reservation_id)


@_deed("declineReservation", Reasoned)
@requires("booking.manage", narrows=True, credential="token")
async def decline(reservation_id: UUID) -> Response:
    """Do not agree to a request: its time is free again."""
    found = await mine(reservation_id)
    given = await body(Reasoned)
    after = await attendance.decline_request(
        reservation_id=reservation_id,
        actor=actor(),
        source=SOURCE,
        reason=given.reason,
        expected_version=expected_version(found.version),
    )
    return told(after)


@_deed("checkIn", Nothing, errors.TooEarlyToCheckIn)
@requires("booking.manage", narrows=True, credential="token")
async def check_in(reservation_id: UUID) -> Response:
    """The customer is here."""
    return await _plainly(attendance.check_in, reservation_id)


@_deed("completeReservation", Nothing, errors.NotBegunYet)
@requires("booking.manage", narrows=True, credential="token")
async def complete(reservation_id: UUID) -> Response:
    """It took place."""
    return await _plainly(attendance.complete, reservation_id)


@_deed("markNoShow", Absence, errors.NotBegunYet)
@requires("booking.manage", narrows=True, credential="token")
async def no_show(reservation_id: UUID) -> Response:
    """Nobody came."""
    found = await mine(reservation_id)
    given = await body(Absence)
    after = await attendance.mark_no_show(
        reservation_id=reservation_id,
        actor=actor(),
        source=SOURCE,
        release=given.release,
        reason=given.reason,
        expected_version=expected_version(found.version),
    )
    return told(after)


@_deed(
    "reassignReservation",
    Reassignment,
    errors.NothingToMove,
    errors.WrongResources,
    errors.ResourceNotAble,
    errors.HeldByItsClass,
    errors.SlotTaken,
    ResourceNotFound,
)
@requires("booking.manage", narrows=True, credential="token")
async def reassign(reservation_id: UUID) -> Response:
    """Let other people or things serve at the same time. Who is limited to themselves cannot hand a customer over."""
    found = await mine(reservation_id)
    given = await body(Reassignment)
    if own_resource() is not None:
        raise NotAllowed
    after = await attendance.reassign(
        reservation_id=reservation_id,
        resource_ids=given.resource_ids,
        actor=actor(),
        source=SOURCE,
        reason=given.reason,
        expected_version=expected_version(found.version),
    )
    return told(after)


@Operation(
    "rateReservation",
    "reservations",
    body=RatingGiven,
    answers={200: Reservation},
    problems=(errors.BadRating, errors.ReviewTooLong, errors.NotCompletedYet),
    versioned=True,
)
@requires("booking.manage", narrows=True, credential="token")
async def rate(reservation_id: UUID) -> Response:
    """Write down how the customer found it; saying it again replaces what was said."""
    await mine(reservation_id)
    given = await body(RatingGiven)
    after = await attendance.rate(
        reservation_id=reservation_id, rating=given.rating, review=given.review, actor=actor(), source=SOURCE
    )
    return told(after)


@Operation("showTimeline", "reservations", answers={200: Items[Change]})
@requires("booking.manage", reading=True, narrows=True, credential="token")
async def show_timeline(reservation_id: UUID) -> Response:
    """Everything that happened to a reservation, oldest first."""
    await mine(reservation_id)
    return answer(Items[Change](items=tuple(Change(**line.model_dump()) for line in await timeline(reservation_id))))


@Operation("listAttachments", "reservations", answers={200: Items[Attachment]})
@requires("booking.manage", reading=True, narrows=True, credential="token")
async def list_files(reservation_id: UUID) -> Response:
    """The files that came with a reservation."""
    await mine(reservation_id)
    found = await attachments.list_attachments(reservation_id)
    return answer(Items[Attachment](items=tuple(Attachment.of(one) for one in found)))


@Operation(
    "addAttachment",
    "reservations",
    query=FileNamed,
    file=True,
    answers={201: Attachment},
    problems=(
        errors.IllegalTransition,
        errors.AttachmentTooLarge,
        errors.AttachmentNotAllowed,
        errors.BadAttachmentName,
        errors.TooManyAttachments,
    ),
)
@requires("booking.manage", narrows=True, credential="token")
async def add_file(reservation_id: UUID) -> Response:
    """Keep a file (PNG, JPEG, WebP, HEIC or PDF) with a reservation; the body is the file."""
    await mine(reservation_id)
    named = question(FileNamed)
    found = await attachments.add_attachment(
        reservation_id=reservation_id,
        question=named.question,
        name=named.name,
        content=await read_file(request),
        media_type=request.mimetype,
        actor=actor(),
        source=SOURCE,
    )
    where = f"/api/v1/reservations/{reservation_id}/attachments/{found.id}"
    return answer(Attachment.of(found), 201, location=where)


@Operation(
    "readAttachment",
    "reservations",
    answers={200: None},
    media=("image/png", "image/jpeg", "image/webp", "image/heic", "application/pdf"),
    problems=(errors.AttachmentNotFound,),
)
@requires("booking.manage", reading=True, narrows=True, credential="token")
async def read(reservation_id: UUID, attachment_id: UUID) -> Response:
    """A file itself."""
    await mine(reservation_id)
    found, content = await attachments.read_attachment(attachment_id, reservation_id=reservation_id)
    # Never shown in place: what a stranger sent must not run in the address of the business.
    return Response(content, content_type=found.media_type, headers={"Content-Disposition": "attachment"})


def add_to(routes: Blueprint) -> None:
    one = "/reservations/<uuid:reservation_id>"
    add(routes, "POST", f"{one}/approve", approve)
    add(routes, "POST", f"{one}/decline", decline)
    add(routes, "POST", f"{one}/check-in", check_in)
    add(routes, "POST", f"{one}/complete", complete)
    add(routes, "POST", f"{one}/no-show", no_show)
    add(routes, "POST", f"{one}/reassign", reassign)
    add(routes, "POST", f"{one}/rate", rate)
    add(routes, "GET", f"{one}/timeline", show_timeline)
    add(routes, "GET", f"{one}/attachments", list_files)
    add(routes, "POST", f"{one}/attachments", add_file)
    add(routes, "GET", f"{one}/attachments/<uuid:attachment_id>", read)
