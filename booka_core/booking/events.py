"""What the booking room announces, the reminders a confirmed booking asks for, and the job that gives it up when nobody
has checked in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.jobs.types import NewJob
from booka_core.kernel import clock
from booka_core.sdk.events import (
    AppointmentApproved,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCompleted,
    AppointmentDeclined,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentRated,
    AppointmentRequested,
    ReminderRequested,
    SlotFreed,
)


def booked(reservation: ReservationInfo) -> AppointmentBooked:
    """The reservation is confirmed."""
    return AppointmentBooked(**_about(reservation))


def requested(reservation: ReservationInfo) -> AppointmentRequested:
    """The reservation waits for a colleague to agree."""
    return AppointmentRequested(**_about(reservation))


def approved(reservation: ReservationInfo) -> AppointmentApproved:
    """A colleague agreed to a request."""
    return AppointmentApproved(**_about(reservation))


def declined(reservation: ReservationInfo, *, reason: str) -> AppointmentDeclined:
    """A colleague did not agree."""
    return AppointmentDeclined(**_about(reservation), reason=reason)


def moved(reservation: ReservationInfo, *, previous: datetime) -> AppointmentMoved:
    """The reservation has another time or other resources."""
    return AppointmentMoved(**_about(reservation), previous_starts_at=previous)


def cancelled(reservation: ReservationInfo, *, reason: str) -> AppointmentCancelled:
    """The reservation no longer takes place."""
    return AppointmentCancelled(**_about(reservation), reason=reason)


def completed(reservation: ReservationInfo) -> AppointmentCompleted:
    """The visit took place."""
    return AppointmentCompleted(**_about(reservation))


def missed(reservation: ReservationInfo, *, released: bool) -> AppointmentMissed:
    """Nobody came."""
    return AppointmentMissed(**_about(reservation), released=released)


def rated(reservation: ReservationInfo, *, rating: int, previous: int | None) -> AppointmentRated:
    """The customer rated the visit."""
    return AppointmentRated(**_about(reservation), rating=rating, previous=previous)


def freed(
    reservation: ReservationInfo,
    *,
    starts_at: datetime | None = None,
    resource_ids: Sequence[UUID] | None = None,
) -> SlotFreed:
    """The time of `reservation` (what it was before the change) can be had again: all of it, or what is named."""
    return SlotFreed(
        reservation_id=reservation.id,
        service_id=reservation.service_id,
        resource_ids=tuple(r.id for r in reservation.resources) if resource_ids is None else tuple(resource_ids),
        starts_at=starts_at or reservation.starts_at,
        ends_at=reservation.ends_at,
    )


def _about(reservation: ReservationInfo) -> dict[str, Any]:
    return {
        "reservation_id": reservation.id,
        "reference": reservation.reference,
        "customer_id": reservation.customer_id,
        "service_id": reservation.service_id,
        "service_name": reservation.service_name,
        "resource_ids": tuple(r.id for r in sorted(reservation.resources, key=lambda r: r.kind != "staff")),
        "starts_at": reservation.starts_at,
        "ends_at": reservation.ends_at,
        "source": reservation.source,
    }


def releases(reservation: ReservationInfo, *, minutes_after: int | None) -> list[NewJob]:
    """The job that gives a booking up `minutes_after` its start unless somebody has checked in by then."""
    if minutes_after is None:
        return []
    at = reservation.starts_at.isoformat()
    return [
        NewJob(
            type="booking.release",
            payload={"reservation_id": str(reservation.id), "starts_at": at},
            scheduled_at=reservation.starts_at + timedelta(minutes=minutes_after),
            dedupe_key=f"release:{reservation.id}:{at}",
        )
    ]


def reminders(reservation: ReservationInfo, *, minutes_before: Sequence[int]) -> list[ReminderRequested]:
    """One request per reminder time that still lies ahead."""
    times = [
        reservation.starts_at - timedelta(minutes=minutes) for minutes in sorted(set(minutes_before), reverse=True)
    ]
    return [
        ReminderRequested(
            reservation_id=reservation.id,
            customer_id=reservation.customer_id,
            starts_at=reservation.starts_at,
            due_at=due,
        )
        for due in times
        if due > clock.now()
    ]
