"""One step in the life of a reservation, as every verb takes it: lock the row, see whether the step is legal, take it
with a guarded update, write it down, and tell the pages that are open. All of it inside the caller's transaction.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.booking.errors import AlreadyCancelled, IllegalTransition, NoticeTooShort, StaleVersion
from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.booking.queries import read_reservation
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.booking.writes import close_empty, write_log
from booka_core.db.scope import Queries, after_commit, current_tenant
from booka_core.jobs.hints import of_tenant, publish
from booka_core.kernel import clock


async def locked(connection: Queries, reservation_id: UUID, *, expected_version: int | None = None) -> ReservationInfo:
    """The reservation, so that everybody else who wants to change it waits.

    Raises `ReservationNotFound`, and `StaleVersion` when it is no longer at `expected_version`.
    """
    found = await read_reservation(connection, reservation_id, lock=True)
    require_version(found, expected_version)
    return found


def require_version(reservation: ReservationInfo, expected: int | None) -> None:
    """Raises `StaleVersion` when the caller decided on an older state."""
    if expected is not None and reservation.version != expected:
        raise StaleVersion


def require(verb: str, reservation: ReservationInfo) -> None:
    """Raises `IllegalTransition` (`AlreadyCancelled`) when the verb does not follow from the status."""
    if reservation.status not in TRANSITIONS[verb].allowed:
        if reservation.status == "cancelled":
            raise AlreadyCancelled(status="cancelled")
        raise IllegalTransition(status=reservation.status)


def require_notice(reservation: ReservationInfo, *, actor: Actor, minutes: int) -> None:
    """Customers are held to the notice limit, and to the start where there is none; colleagues are not.

    Raises `NoticeTooShort`.
    """
    if actor.kind == "customer" and reservation.starts_at - clock.now() < timedelta(minutes=minutes):
        raise NoticeTooShort(minutes=minutes)


async def advance(
    connection: Queries, before: ReservationInfo, *, verb: str, **columns: datetime | UUID | str | int | None
) -> None:
    """The guarded update of one legal transition; `columns` are set with it. Raises `IllegalTransition`."""
    step = TRANSITIONS[verb]
    assignments = "".join(f", {name} = ${position}" for position, name in enumerate(columns, start=5))
    changed, _ = await connection.execute_query(
        f"""update reservations set status = coalesce($2, status), hold_expires_at = null, version = version + 1,
                   updated_at = $3{assignments}
            where id = $1 and status = any($4)""",
        [before.id, step.status, clock.now(), list(step.allowed), *columns.values()],
    )
    if not changed:
        raise IllegalTransition(status=before.status)


async def release_time(connection: Queries, reservation_id: UUID) -> None:
    """Give back all the time a reservation takes; its rows stay and say who it would have been."""
    rows = await connection.execute_query_dict(
        """update occupancies set active = false, expires_at = null where reservation_id = $1
           returning session_id""",
        [reservation_id],
    )
    await close_empty(connection, [row["session_id"] for row in rows if row["session_id"] is not None])


async def record(
    connection: Queries,
    before: ReservationInfo,
    after: ReservationInfo,
    *,
    actor: Actor,
    source: str,
    action: str,
    reason: str = "",
) -> None:
    """Write one line of history with what was and what is."""
    told = {"reason": reason} if reason else {}
    await write_log(
        connection,
        before.id,
        actor=actor,
        source=source,
        action=action,
        before=summary(before),
        after={**summary(after), **told},
    )
    tell_live_pages(after)


def summary(reservation: ReservationInfo) -> dict[str, Any]:
    """What history keeps of a reservation. No names but those of services and colleagues: history outlives people."""
    return {
        "status": reservation.status,
        "starts_at": reservation.starts_at.isoformat(),
        "ends_at": reservation.ends_at.isoformat(),
        "service": reservation.service_name,
        "resources": [{"id": str(r.id), "name": r.name, "kind": r.kind} for r in reservation.resources],
        "party_size": reservation.party_size,
        "price": reservation.price.amount,
        "currency": reservation.price.currency,
    }


def tell_live_pages(reservation: ReservationInfo) -> None:
    """Let open pages know once the transaction is committed."""
    tenant = current_tenant()

    async def hint() -> None:
        publish(of_tenant(tenant), json.dumps({"kind": "reservation", "id": str(reservation.id)}))

    after_commit(hint)
