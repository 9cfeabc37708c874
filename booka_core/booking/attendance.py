"""What happens to a reservation after it was booked: a colleague agrees or does not, the customer comes or does not,
somebody else serves, and the customer says how it was. Each verb is one transaction, like those of `commands`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booka_core.booking import events
from booka_core.booking.errors import (
    BadRating,
    NotBegunYet,
    NotCompletedYet,
    ReservationNotFound,
    ReviewTooLong,
    TooEarlyToCheckIn,
)
from booka_core.booking.handover import hand_over, replacements
from booka_core.booking.queries import get_reservation, read_reservation
from booka_core.booking.transitions import advance, locked, record, release_time, require, summary, tell_live_pages
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.booking.writes import lock_resources, write_log
from booka_core.catalog.queries import read_shop
from booka_core.db.scope import Queries, tenant_scope
from booka_core.jobs.commands import enqueue_all
from booka_core.kernel import clock
from booka_core.outbox.commands import emit
from booka_core.pricing.commands import give_back
from booka_core.tenancy.queries import read_tenant

CHECK_IN_HOURS = 12
LONGEST_REVIEW = 1000


async def approve_request(
    *, reservation_id: UUID, actor: Actor, source: str, expected_version: int | None = None
) -> ReservationInfo:
    """Agree to a request: it becomes a reservation. The plugins consented when it was made.

    Raises `ReservationNotFound`, `IllegalTransition`, `StaleVersion`.
    """
    async with tenant_scope() as connection:
        tenant = await read_tenant(connection)
        before = await locked(connection, reservation_id, expected_version=expected_version)
        require("approve", before)
        await advance(connection, before, verb="approve")
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="approve")
        await emit(
            events.approved(after),
            events.booked(after),
            *events.reminders(after, minutes_before=tenant.settings.reminder_minutes),
        )
        catalogue = (await read_shop(connection, tenant.catalog_revision)).catalogue
        found = (catalogue.service(item.service_id) for item in after.items)
        minutes = [one.rules.release_minutes for one in found if one is not None and one.rules.release_minutes]
        await enqueue_all(events.releases(after, minutes_after=min(minutes, default=None)))
        return after


async def decline_request(
    *, reservation_id: UUID, actor: Actor, source: str, reason: str = "", expected_version: int | None = None
) -> ReservationInfo:
    """Do not agree to a request: its time is free again.

    Raises `ReservationNotFound`, `IllegalTransition`, `StaleVersion`.
    """
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id, expected_version=expected_version)
        require("decline", before)
        await advance(connection, before, verb="decline")
        await give_back(connection, reservation_id)
        await release_time(connection, reservation_id)
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="decline", reason=reason)
        await emit(events.declined(after, reason=reason), events.freed(before))
        return after


async def check_in(
    *, reservation_id: UUID, actor: Actor, source: str, expected_version: int | None = None
) -> ReservationInfo:
    """The customer is here.

    Raises `ReservationNotFound`, `IllegalTransition`, `StaleVersion`, `TooEarlyToCheckIn`.
    """
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id, expected_version=expected_version)
        require("check_in", before)
        now = clock.now()
        if now < before.starts_at - timedelta(hours=CHECK_IN_HOURS):
            raise TooEarlyToCheckIn(hours=CHECK_IN_HOURS)
        await advance(connection, before, verb="check_in", checked_in_at=now)
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="check_in")
        return after


async def complete(
    *, reservation_id: UUID, actor: Actor, source: str, expected_version: int | None = None
) -> ReservationInfo:
    """The visit took place. Whoever has checked in may be served before the start.

    Raises `ReservationNotFound`, `IllegalTransition`, `StaleVersion`, `NotBegunYet`.
    """
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id, expected_version=expected_version)
        require("complete", before)
        if before.status == "confirmed":
            _require_begun(before)
        await advance(connection, before, verb="complete")
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="complete")
        await emit(events.completed(after))
        return after


async def mark_no_show(
    *,
    reservation_id: UUID,
    actor: Actor,
    source: str,
    release: bool = False,
    reason: str = "",
    expected_version: int | None = None,
) -> ReservationInfo:
    """Nobody came. With `release`, what is left of the time is free again.

    Raises `ReservationNotFound`, `IllegalTransition`, `StaleVersion`, `NotBegunYet`.
    """
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id, expected_version=expected_version)
        require("no_show", before)
        _require_begun(before)
        await advance(connection, before, verb="no_show")
        released_from = await _release_rest(connection, reservation_id) if release else None
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="no_show", reason=reason)
        await emit(events.missed(after, released=released_from is not None))
        if released_from is not None and released_from < before.ends_at:
            await emit(events.freed(before, starts_at=released_from))
        return after


async def reassign(
    *,
    reservation_id: UUID,
    resource_ids: Sequence[UUID],
    actor: Actor,
    source: str,
    reason: str = "",
    expected_version: int | None = None,
) -> ReservationInfo:
    """Let other people or things serve at the same time. `resource_ids` are all that it takes from now on.

    They have to be able to serve; whether they work at that hour is the colleague's decision. The parts of a visit that
    somebody served are served by who replaces them. Raises `ReservationNotFound`, `IllegalTransition`, `StaleVersion`,
    `NothingToMove`, `WrongResources`, `ResourceNotAble`, `HeldByItsClass`, `SlotTaken`.
    """
    current = await get_reservation(reservation_id)
    require("reassign", current)
    wanted = sorted(set(resource_ids))
    async with tenant_scope() as connection:
        tenant = await read_tenant(connection)
        catalogue = (await read_shop(connection, tenant.catalog_revision)).catalogue
        await lock_resources(connection, [*wanted, *(r.id for r in current.resources)])
        before = await locked(connection, reservation_id, expected_version=expected_version)
        require("reassign", before)
        replaced = replacements(before, wanted, catalogue)
        await hand_over(connection, before, replaced, catalogue)
        await advance(connection, before, verb="reassign")
        after = await read_reservation(connection, reservation_id)
        await record(connection, before, after, actor=actor, source=source, action="reassign", reason=reason)
        if after.status != "pending":
            await emit(events.moved(after, previous=before.starts_at))
        await emit(events.freed(before, resource_ids=list(replaced)))
        return after


async def rate(*, reservation_id: UUID, rating: int, review: str = "", actor: Actor, source: str) -> ReservationInfo:
    """Say how a visit was, 1 to 5; saying it again replaces what was said.

    Raises `ReservationNotFound`, `BadRating`, `ReviewTooLong`, `NotCompletedYet`.
    """
    if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= 5:
        raise BadRating
    review = review.strip()
    if len(review) > LONGEST_REVIEW:
        raise ReviewTooLong(most=LONGEST_REVIEW)
    async with tenant_scope() as connection:
        before = await locked(connection, reservation_id)
        if actor.kind == "customer" and actor.id not in (None, before.customer_id):
            raise ReservationNotFound
        if (before.rating, before.review) == (rating, review):
            return before
        changed, _ = await connection.execute_query(
            """update reservations set rating = $2, review = $3, version = version + 1, updated_at = $4
               where id = $1 and status = 'completed'""",
            [reservation_id, rating, review, clock.now()],
        )
        if not changed:
            raise NotCompletedYet
        after = await read_reservation(connection, reservation_id)
        # What was written is the customer's own and goes when they go; only the figure is history.
        await write_log(
            connection,
            reservation_id,
            actor=actor,
            source=source,
            action="rate",
            before={**summary(before), "rating": before.rating},
            after={**summary(after), "rating": rating},
        )
        tell_live_pages(after)
        await emit(events.rated(after, rating=rating, previous=before.rating))
        return after


def _require_begun(reservation: ReservationInfo) -> None:
    if clock.now() < reservation.starts_at:
        raise NotBegunYet


async def _release_rest(connection: Queries, reservation_id: UUID) -> datetime | None:
    """Give back what lies after the present minute. Returns since when it is free, None when nothing was left."""
    now = clock.now()
    until = now.replace(second=0, microsecond=0)
    if until < now:
        until += timedelta(minutes=1)  # times are sold by the minute
    changed, _ = await connection.execute_query(
        """update occupancies set active = starts_at < $2, ends_at = case when starts_at < $2 then $2 else ends_at end
           where reservation_id = $1 and active and ends_at > $2""",
        [reservation_id, until],
    )
    return until if changed else None
