"""The walk-in queue: who waits at the door without a time, and whose turn it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from quart import Blueprint, Response

from booka_core.booking.errors import CustomerBlocked
from booka_core.catalog.errors import LocationNotFound, ResourceNotFound, ServiceNotFound
from booka_core.customers.errors import CustomerNotFound
from booka_core.offers.errors import BadPartySize, NothingToBook
from booka_core.queue import commands, errors
from booka_core.queue.queries import get_entry, list_queue
from booka_core.queue.types import EntryInfo
from booka_core.sdk.errors import BookaError
from booka_core.sdk.values import Frozen
from booka_core.web.api.answers import answer
from booka_core.web.api.bodies import Accepted, Count, Day, Minutes, Nothing, body, question
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.api.visits import SOURCE, VISIT, actor
from booka_core.web.requests import requires

_TAG = "queue"
_NEXT = {"entry_id": "id"}
_FOLLOWS = {
    "show": Follow("showQueueEntry", _NEXT),
    "call": Follow("callQueueEntry", _NEXT, sends={}),
    "start": Follow("startServing", _NEXT, sends={}),
    "finish": Follow("finishServing", _NEXT, sends={}),
    "leave": Follow("leaveQueue", _NEXT, sends={}),
}


class Joining(Accepted):
    """Who wants what, today; `resource_id` is whom they wish to be served by."""

    customer_id: UUID
    service_id: UUID
    location_id: UUID | None = None
    resource_id: UUID | None = None
    party_size: Count = 1


class Calling(Accepted):
    """Where, and for whom: the first whom `resource_id` can serve."""

    location_id: UUID | None = None
    resource_id: UUID | None = None


class Serving(Accepted):
    """By whom, and for how long."""

    resource_id: UUID | None = None
    minutes: Minutes | None = None


class QueueQuestion(Accepted):
    """Which local day of which location; today and the first one unless told."""

    location_id: UUID | None = None
    day: Day | None = None


class QueueEntry(EntryInfo):
    """Somebody in the queue. Before they are served `resource_id` is whom they wish for, afterwards who served them.

    `wait_minutes` is an estimate, null when their turn will not come before closing. `ahead` counts those before them.
    """

    @classmethod
    def of(cls, found: EntryInfo) -> QueueEntry:
        """Somebody as callers see them."""
        return cls(**dict(found))


class Queue(Frozen):
    """A day of the queue: `entries` in order of their turn, and `ended` those who were served or left."""

    location_id: UUID
    day: date
    zone: str
    entries: tuple[QueueEntry, ...]
    ended: tuple[QueueEntry, ...]


def _step(name: str, given: type[Accepted], *problems: type[BookaError]) -> Operation:
    refusals: tuple[type[BookaError], ...] = (errors.QueueEntryNotFound, errors.IllegalQueueStep, *problems)
    return Operation(name, _TAG, body=given, answers={200: QueueEntry}, problems=refusals)


@Operation("showQueue", _TAG, query=QueueQuestion, answers={200: Queue}, problems=(LocationNotFound, NothingToBook))
@requires("booking.manage", reading=True, credential="token")
async def show() -> Response:
    """Who waits, in order of their turn, and for how long still."""
    asked = question(QueueQuestion)
    found = await list_queue(location_id=asked.location_id, day=asked.day)
    entries, ended = ([QueueEntry.of(one) for one in some] for some in (found.entries, found.ended))
    return answer(
        Queue(location_id=found.location_id, day=found.day, zone=found.zone, entries=tuple(entries), ended=tuple(ended))
    )


@Operation("showQueueEntry", _TAG, answers={200: QueueEntry})
@requires("booking.manage", reading=True, credential="token")
async def show_one(entry_id: UUID) -> Response:
    """One person of the queue."""
    return _told(await get_entry(entry_id))


@Operation(
    "joinQueue",
    _TAG,
    body=Joining,
    answers={201: QueueEntry},
    problems=(
        CustomerBlocked,
        CustomerNotFound,
        ServiceNotFound,
        ResourceNotFound,
        LocationNotFound,
        NothingToBook,
        BadPartySize,
        errors.AlreadyInQueue,
        errors.NotForTheQueue,
    ),
    follows=_FOLLOWS,
)
@requires("booking.manage", credential="token")
async def join() -> Response:
    """Take the next ticket of today."""
    given = await body(Joining)
    found = await commands.join_queue(**dict(given))
    return answer(QueueEntry.of(found), 201, location=f"/api/v1/queue/{found.id}")


@Operation(
    "callNext",
    _TAG,
    body=Calling,
    answers={200: QueueEntry},
    problems=(errors.NobodyWaiting, ResourceNotFound, LocationNotFound, NothingToBook),
)
@requires("booking.manage", credential="token")
async def call_next() -> Response:
    """Call whose turn it is. Two who call at once get two different people."""
    given = await body(Calling)
    return _told(await commands.call_next(location_id=given.location_id, resource_id=given.resource_id))


@_step("callQueueEntry", Nothing)
@requires("booking.manage", credential="token")
async def call(entry_id: UUID) -> Response:
    """Call one person out of turn, or again."""
    await body(Nothing)
    return _told(await commands.call(entry_id))


@_step("skipQueueEntry", Nothing)
@requires("booking.manage", credential="token")
async def skip(entry_id: UUID) -> Response:
    """Send back who was called and did not come: behind all who wait now."""
    await body(Nothing)
    return _told(await commands.skip(entry_id))


@_step("startServing", Serving, errors.FreeOnlyUntil, errors.BusyUntil, errors.NobodyFree, *VISIT)
@requires("booking.manage", credential="token")
async def start(entry_id: UUID) -> Response:
    """Serve somebody from this minute on; their reservation takes the time in the calendar."""
    given = await body(Serving)
    found = await commands.start_serving(
        entry_id=entry_id, actor=actor(), source=SOURCE, resource_id=given.resource_id, minutes=given.minutes
    )
    return _told(found)


@_step("finishServing", Nothing)
@requires("booking.manage", credential="token")
async def finish(entry_id: UUID) -> Response:
    """They have been served; what is left of their time is free again."""
    await body(Nothing)
    return _told(await commands.finish(entry_id=entry_id, actor=actor(), source=SOURCE))


@_step("leaveQueue", Nothing)
@requires("booking.manage", credential="token")
async def leave(entry_id: UUID) -> Response:
    """They do not wait any longer."""
    await body(Nothing)
    return _told(await commands.leave(entry_id))


def _told(found: EntryInfo) -> Response:
    return answer(QueueEntry.of(found))


def add_to(routes: Blueprint) -> None:
    add(routes, "GET", "/queue", show)
    add(routes, "POST", "/queue", join)
    add(routes, "POST", "/queue/call-next", call_next)
    add(routes, "GET", "/queue/<uuid:entry_id>", show_one)
    add(routes, "POST", "/queue/<uuid:entry_id>/call", call)
    add(routes, "POST", "/queue/<uuid:entry_id>/skip", skip)
    add(routes, "POST", "/queue/<uuid:entry_id>/start", start)
    add(routes, "POST", "/queue/<uuid:entry_id>/finish", finish)
    add(routes, "POST", "/queue/<uuid:entry_id>/leave", leave)
