"""The same as the page behind a manage link, for programs: one reservation, whoever holds its link, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import Field
from quart import Blueprint, Response, g

from booka_core.availability.errors import NotAWholeMinute
from booka_core.booking import errors
from booka_core.db.scope import bind_tenant
from booka_core.kernel import clock
from booka_core.kernel.errors import MissingSecret
from booka_core.links import self_service
from booka_core.links.errors import BadManageLink, NoLongerOpen, TakesNoChanges
from booka_core.links.manage import open_manage_link
from booka_core.links.types import ManagedReservation
from booka_core.offers.errors import ClockGap, SlotNotOffered
from booka_core.sdk.values import Frozen
from booka_core.tenancy.queries import get_tenant
from booka_core.web.api.answers import Items, answer
from booka_core.web.api.attendance import RatingGiven
from booka_core.web.api.bodies import Accepted, Day, Reasoned, When, body, question
from booka_core.web.api.catalogue import Slot
from booka_core.web.api.headers import entity_tag, expected_version, is_known
from booka_core.web.api.operations import Operation, add
from booka_core.web.api.public import PublicBooking
from booka_core.web.api.strangers import LOOKS_BY_CLIENT, client, take
from booka_core.web.api.visits import instant_of
from booka_core.web.requests import public

SOURCE = "web"
_TAG = "manage"


class Managed(Frozen):
    """One's own reservation, and what can still be done with it: empty, or why not.

    `changeable_until` is the last instant for it, and `notice_minutes` how long that is before the start.
    """

    business: str
    zone: str
    place: str
    address: str
    reservation: PublicBooking
    notice_minutes: int
    changeable_until: datetime
    move_closed: str
    cancel_closed: str
    rate_closed: str

    @classmethod
    def of(cls, found: ManagedReservation) -> Self:
        """What the holder of the link sees."""
        kept = {name: getattr(found, name) for name in cls.model_fields if name != "reservation"}
        return cls(**kept, reservation=PublicBooking.of(found.reservation))


class TimesQuestion(Accepted):
    """On which local days; from today unless told."""

    from_day: Day | None = Field(default=None, alias="from")
    days: Annotated[int, Field(ge=1, le=31)] = 7


class NewTime(Accepted):
    """Another time: an instant, or a local time at the location."""

    starts_at: When


_REFUSALS = (BadManageLink, MissingSecret)
_CHANGES = (
    *_REFUSALS,
    NoLongerOpen,
    TakesNoChanges,
    errors.IllegalTransition,
    errors.NoticeTooShort,
)


@Operation("showManaged", _TAG, answers={200: Managed, 304: None}, problems=_REFUSALS, versioned=True, limited=True)
@public("the signed link is the proof", credential="token")
async def show(token: str) -> Response:
    """One's own reservation, and what can still be done with it."""
    await _let_in(token)
    found = await self_service.managed(token)
    if is_known(found.reservation.version):
        return Response(status=304, headers={"ETag": entity_tag(found.reservation.version)})
    return _told(token, found)


@Operation(
    "listManagedTimes",
    _TAG,
    query=TimesQuestion,
    answers={200: Items[Slot]},
    problems=(*_REFUSALS, NoLongerOpen),
    limited=True,
)
@public("the signed link is the proof", credential="token")
async def times(token: str) -> Response:
    """The starts to which one's reservation can be moved."""
    await _let_in(token)
    asked = question(TimesQuestion)
    zone = ZoneInfo((await self_service.managed(token)).zone)
    first = asked.from_day or clock.now().astimezone(zone).date()
    found = await self_service.managed_times(token, from_day=first, days=asked.days)
    return answer(Items[Slot](items=tuple(Slot.of(slot, zone) for slot in found)))


@Operation(
    "cancelManaged",
    _TAG,
    body=Reasoned,
    answers={200: Managed},
    problems=_CHANGES,
    versioned=True,
    conditional=True,
    limited=True,
)
@public("the signed link is the proof", credential="token")
async def cancel(token: str) -> Response:
    """Cancel one's reservation, as long as the business's notice allows it."""
    await _let_in(token)
    given = await body(Reasoned)
    current = await self_service.managed(token)
    found = await self_service.cancel_managed(
        token,
        reason=given.reason,
        source=SOURCE,
        expected_version=expected_version(current.reservation.version),
    )
    return _told(token, found)


@Operation(
    "moveManaged",
    _TAG,
    body=NewTime,
    answers={200: Managed},
    problems=(
        *_CHANGES,
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
    limited=True,
)
@public("the signed link is the proof", credential="token")
async def move(token: str) -> Response:
    """Give one's reservation another time."""
    await _let_in(token)
    given = await body(NewTime)
    current = await self_service.managed(token)
    expected = expected_version(current.reservation.version)
    with bind_tenant(g.tenant.id):
        starts_at = await instant_of(given.starts_at, location_id=current.reservation.location_id)
    found = await self_service.move_managed(token, starts_at=starts_at, source=SOURCE, expected_version=expected)
    return _told(token, found)


@Operation(
    "rateManaged",
    _TAG,
    body=RatingGiven,
    answers={200: Managed},
    problems=(*_REFUSALS, TakesNoChanges, errors.BadRating, errors.ReviewTooLong, errors.NotCompletedYet),
    versioned=True,
    limited=True,
)
@public("the signed link is the proof", credential="token")
async def rate(token: str) -> Response:
    """Say how it was, from 1 to 5."""
    await _let_in(token)
    given = await body(RatingGiven)
    return _told(token, await self_service.rate_managed(token, rating=given.rating, review=given.review, source=SOURCE))


async def _let_in(token: str) -> None:
    """Find the business of the link. Raises `BadManageLink`, `TooManyAttempts`."""
    await take(LOOKS_BY_CLIENT, client())
    tenant_id, _ = open_manage_link(token)
    g.tenant = await get_tenant(tenant_id)


def _told(token: str, found: ManagedReservation) -> Response:
    tenant_id, _ = open_manage_link(token)
    with bind_tenant(tenant_id):
        response = answer(Managed.of(found))
    response.headers["ETag"] = entity_tag(found.reservation.version)
    return response


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/manage/<token>", show)
    add(routes, "GET", "/manage/<token>/availability", times)
    add(routes, "POST", "/manage/<token>/cancel", cancel)
    add(routes, "POST", "/manage/<token>/move", move)
    add(routes, "POST", "/manage/<token>/rate", rate)
