"""Classes: meetings of one service whose seats several customers share, scheduled or opened by their first guest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field
from quart import Blueprint, Response

from booka_core.booking import classes, errors
from booka_core.catalog.errors import ServiceNotFound
from booka_core.catalog.queries import catalogue
from booka_core.kernel import clock
from booka_core.offers.classes import Session
from booka_core.offers.errors import SlotNotOffered
from booka_core.sdk.values import Frozen
from booka_core.web.api.answers import Items, answer, done
from booka_core.web.api.bodies import WHOLE, Accepted, Instant, When, body, question
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.visits import WISH, instant_of
from booka_core.web.requests import requires

_TAG = "classes"
_AHEAD = timedelta(days=31)


class ClassesQuestion(Accepted):
    """Which meetings: of one service, from `from` (now) until `to` (a month later)."""

    service_id: UUID
    starts_from: Instant | None = Field(default=None, alias="from")
    starts_until: Instant | None = Field(default=None, alias="to")


class NewMeeting(Accepted):
    """A meeting to be scheduled; `seats` are the service's own unless told."""

    service_id: UUID
    starts_at: When
    location_id: UUID | None = None
    resource_id: UUID | None = None
    seats: Annotated[int, Field(ge=1, le=500), WHOLE] | None = None


class Meeting(Frozen):
    """One meeting of a class, and how many seats are left."""

    id: UUID
    service_id: UUID
    location_id: UUID
    starts_at: datetime
    ends_at: datetime
    seats: int
    seats_left: int
    scheduled: bool
    resource_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, found: Session) -> Meeting:
        """A meeting as callers see it."""
        return cls(
            id=found.id,
            service_id=found.service_id,
            location_id=found.location_id,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            seats=found.seats,
            seats_left=found.left,
            scheduled=found.scheduled,
            resource_ids=found.resources,
        )


@Operation("listClasses", _TAG, query=ClassesQuestion, answers={200: Items[Meeting]}, problems=(ServiceNotFound,))
@requires("catalogue.read", reading=True, credential="token")
async def list_them() -> Response:
    """The meetings of a class, in order of time."""
    asked = question(ClassesQuestion)
    if (await catalogue()).service(asked.service_id) is None:
        raise ServiceNotFound
    start = asked.starts_from or clock.now()
    end = asked.starts_until or start + _AHEAD
    found = await classes.list_classes(service_id=asked.service_id, start=start, end=end)
    return answer(Items[Meeting](items=tuple(Meeting.of(one) for one in found)))


@Operation(
    "scheduleClass",
    _TAG,
    body=NewMeeting,
    answers={201: Meeting},
    problems=(*WISH, errors.NotAClass, errors.SlotTaken, SlotNotOffered),
    follows={
        "show": Follow("showClass", {"session_id": "id"}),
        "cancel": Follow("cancelClass", {"session_id": "id"}),
    },
)
@requires("booking.manage", credential="token")
async def schedule() -> Response:
    """Fix a meeting of a class. It stays on the timetable though nobody has come yet."""
    given = await body(NewMeeting)
    found = await classes.schedule_class(
        service_id=given.service_id,
        starts_at=await instant_of(given.starts_at, location_id=given.location_id),
        location_id=given.location_id,
        resource_id=given.resource_id,
        seats=given.seats,
    )
    return answer(Meeting.of(found), 201, location=f"/api/v1/classes/{found.id}")


@Operation("showClass", _TAG, answers={200: Meeting})
@requires("catalogue.read", reading=True, credential="token")
async def show(session_id: UUID) -> Response:
    """One meeting."""
    return answer(Meeting.of(await classes.get_class(session_id)))


@Operation("cancelClass", _TAG, answers={204: None}, problems=(errors.ClassHasGuests,))
@requires("booking.manage", credential="token")
async def cancel(session_id: UUID) -> Response:
    """Take a meeting that has no guests off the timetable."""
    await classes.unschedule_class(session_id)
    return done()


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/classes", list_them)
    add(routes, "POST", "/classes", schedule)
    add(routes, "GET", "/classes/<uuid:session_id>", show)
    add(routes, "DELETE", "/classes/<uuid:session_id>", cancel)
