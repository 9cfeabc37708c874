"""What the booking room announces, and the reminders a confirmed booking asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from booka_core.booking.types import ReservationInfo
from booka_core.kernel import clock
from booka_core.sdk.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, ReminderRequested


def booked(reservation: ReservationInfo) -> AppointmentBooked:
    """The reservation is confirmed."""
    return AppointmentBooked(
        reservation_id=reservation.id,
        reference=reservation.reference,
        customer_id=reservation.customer_id,
        service_id=reservation.service_id,
        service_name=reservation.service_name,
        resource_ids=tuple(r.id for r in sorted(reservation.resources, key=lambda r: r.kind != "staff")),
        starts_at=reservation.starts_at,
        ends_at=reservation.ends_at,
        source=reservation.source,
    )


def moved(reservation: ReservationInfo, *, previous: datetime) -> AppointmentMoved:
    """The reservation has another time or other resources."""
    return AppointmentMoved(
        **{k: v for k, v in booked(reservation).model_dump().items() if k != "type"}, previous_starts_at=previous
    )


def cancelled(reservation: ReservationInfo, *, reason: str) -> AppointmentCancelled:
    """The reservation no longer takes place."""
    return AppointmentCancelled(
        **{k: v for k, v in booked(reservation).model_dump().items() if k != "type"}, reason=reason
    )


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
