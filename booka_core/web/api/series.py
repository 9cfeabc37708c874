"""Visits that come back: booked in one go, changed one, the following, or all of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictBool, ValidationError
from quart import Blueprint, Response

from booka_core.availability import Recurrence
from booka_core.availability.errors import BadRecurrence, NotAWholeMinute
from booka_core.availability.recurrence import MOST_OCCURRENCES
from booka_core.booking.errors import (
    AlreadyCancelled,
    ApprovalMismatch,
    BookingRefused,
    IllegalTransition,
    NeedsPerson,
    NothingToMove,
    SlotTaken,
)
from booka_core.booking.idempotency import was_replayed
from booka_core.booking.queries import get_reservation
from booka_core.catalog.errors import ResourceNotFound
from booka_core.offers.errors import ClockGap, SlotNotOffered
from booka_core.sdk.values import Frozen
from booka_core.series import edits, errors
from booka_core.series.commands import book_series
from booka_core.series.queries import get_series
from booka_core.series.types import SeriesInfo
from booka_core.web.api.answers import Reservation, answer
from booka_core.web.api.bodies import WHOLE, Accepted, Day, Text, When, body
from booka_core.web.api.headers import expected_version, idempotency_key
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.visits import SOURCE, VISIT, VisitGiven, actor, customer_of, instant_of, wish_of
from booka_core.web.requests import requires

_TAG = "series"

EDIT = (
    errors.NotInSeries,
    errors.OccurrenceOver,
    errors.SeriesChanged,
    IllegalTransition,
    AlreadyCancelled,
)
"""What every edit of a series can meet."""


class RecurrenceGiven(Accepted):
    """How often: every `interval` days, weeks or months, `count` times or until a local date.

    `weekdays` (0 is Monday) are for weeks. `except_dates` are left out.
    """

    frequency: Literal["daily", "weekly", "monthly"]
    interval: Annotated[int, Field(ge=1, le=366), WHOLE] = 1
    weekdays: Annotated[tuple[Annotated[int, Field(ge=0, le=6), WHOLE], ...], Field(max_length=7)] = ()
    count: Annotated[int, Field(ge=1, le=MOST_OCCURRENCES), WHOLE] | None = None
    until: Day | None = None
    except_dates: Annotated[tuple[Day, ...], Field(max_length=366)] = ()

    def rule(self) -> Recurrence:
        """The same as the calendar knows it. Raises `BadRecurrence`."""
        try:
            return Recurrence(**dict(self))
        except ValidationError as fault:
            raise BadRecurrence(fault.errors(include_url=False)[0]["msg"]) from None


class NewSeries(Accepted):
    """A visit and how it repeats. With `skip_taken`, dates that cannot be had are left out and told."""

    visit: VisitGiven
    recurrence: RecurrenceGiven
    skip_taken: StrictBool = False


class SeriesMove(Accepted):
    """Another time for the reservation, and for what `scope` says; `starts_at` is what the reservation itself gets."""

    scope: Literal["this", "future", "all"]
    starts_at: When | None = None
    resource_id: UUID | None = None
    include_changed: StrictBool = False


class SeriesCancellation(Accepted):
    """Cancel this appointment, it and the following, or all that lie ahead."""

    scope: Literal["this", "future", "all"]
    reason: Text = ""


class LeftOut(Frozen):
    """A date of the rule without an appointment; `local` by the wall clock of the location."""

    position: int
    local: datetime
    reason: str


class Series(Frozen):
    """A repeating visit as it stands."""

    id: UUID
    customer_id: UUID
    status: str
    zone: str
    rule: dict[str, Any]
    starts: tuple[datetime, ...]
    occurrences: tuple[Reservation, ...]
    left_out: tuple[LeftOut, ...]
    created_at: datetime

    @classmethod
    def of(cls, found: SeriesInfo) -> Series:
        """A series as callers see it."""
        return cls(
            id=found.id,
            customer_id=found.customer_id,
            status=found.status,
            zone=found.zone,
            rule=found.rule.model_dump(mode="json"),
            starts=found.starts,
            occurrences=tuple(Reservation.of(one) for one in found.occurrences),
            left_out=tuple(LeftOut(**one.model_dump()) for one in found.left_out),
            created_at=found.created_at,
        )


@Operation(
    "createSeries",
    _TAG,
    body=NewSeries,
    answers={201: Series},
    problems=(
        *VISIT,
        errors.SeriesTooLong,
        errors.SeriesEmpty,
        errors.SeriesCollision,
        errors.SeriesInClockGap,
        BadRecurrence,
    ),
    repeatable=True,
    follows={"show": Follow("showSeries", {"series_id": "id"})},
)
@requires("booking.manage", credential="token")
async def create() -> Response:
    """Book all appointments of a series, or none of them."""
    given = await body(NewSeries)
    key = idempotency_key()
    starts_at = await instant_of(given.visit.starts_at, location_id=given.visit.location_id)
    found = await book_series(
        wish=await wish_of(given.visit, starts_at=starts_at),
        recurrence=given.recurrence.rule(),
        customer_id=await customer_of(given.visit, key=key),
        actor=actor(),
        source=SOURCE,
        skip_taken=given.skip_taken,
        idempotency_key=key,
    )
    response = answer(Series.of(found), 201, location=f"/api/v1/series/{found.id}")
    if was_replayed():
        response.headers["Idempotency-Replayed"] = "true"
    return response


@Operation("showSeries", _TAG, answers={200: Series})
@requires("booking.manage", reading=True, credential="token")
async def show(series_id: UUID) -> Response:
    """A series with its appointments in order, cancelled ones too."""
    return answer(Series.of(await get_series(series_id)))


@Operation(
    "moveSeries",
    _TAG,
    body=SeriesMove,
    answers={200: Series},
    problems=(
        *EDIT,
        errors.SeriesCollision,
        errors.SeriesInClockGap,
        NothingToMove,
        SlotTaken,
        SlotNotOffered,
        ClockGap,
        NotAWholeMinute,
        BookingRefused,
        NeedsPerson,
        ApprovalMismatch,
        ResourceNotFound,
    ),
    conditional=True,
)
@requires("booking.manage", credential="token")
async def move(reservation_id: UUID) -> Response:
    """Move one appointment of a series, it and the following, or all. All of them move, or none."""
    current = await get_reservation(reservation_id)
    given = await body(SeriesMove)
    when = given.starts_at
    found = await edits.move_series(
        reservation_id=reservation_id,
        scope=given.scope,
        actor=actor(),
        source=SOURCE,
        starts_at=await instant_of(when, location_id=current.location_id) if when is not None else None,
        resource_id=given.resource_id,
        include_changed=given.include_changed,
        expected_version=expected_version(current.version),
    )
    return answer(Series.of(found))


@Operation("cancelSeries", _TAG, body=SeriesCancellation, answers={200: Series}, problems=EDIT, conditional=True)
@requires("booking.manage", credential="token")
async def cancel(reservation_id: UUID) -> Response:
    """Cancel one appointment of a series, it and the following, or all that lie ahead."""
    current = await get_reservation(reservation_id)
    given = await body(SeriesCancellation)
    found = await edits.cancel_series(
        reservation_id=reservation_id,
        scope=given.scope,
        actor=actor(),
        source=SOURCE,
        reason=given.reason,
        expected_version=expected_version(current.version),
    )
    return answer(Series.of(found))


def add_to(routes: Blueprint) -> None:
    add(routes, "POST", "/series", create)
    add(routes, "GET", "/series/<uuid:series_id>", show)
    add(routes, "POST", "/series/of/<uuid:reservation_id>/move", move)
    add(routes, "POST", "/series/of/<uuid:reservation_id>/cancel", cancel)
