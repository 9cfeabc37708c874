"""A colleague's change of a whole series reaches the customer as one message that speaks for all."""

from __future__ import annotations

from uuid import uuid4

from booka_core.conversation import notices
from booka_core.db.scope import tenant_scope
from booka_core.sdk.events import AppointmentCancelled, AppointmentMoved
from booka_core.series.edits import cancel_series, move_series
from booka_core.testing.salon import Salon
from tests.integration.conversation.conftest import Phone, new_phone
from tests.integration.series.repeating import CUSTOMER, DESK, weekly


async def announce(phone: Phone, told: set[str]) -> list[str]:
    """Deliver what was announced since the last time, twice as a restarted worker may, and read what is said."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            """select id::text, payload from outbox_events where type in ('booking.appointment.moved.v1',
               'booking.appointment.cancelled.v1') and not id::text = any($1) order by seq""",
            [list(told)],
        )
    told.update(row["id"] for row in rows)
    for row in rows:
        event_id = uuid4()
        for _ in range(2):
            if '"booking.appointment.moved.v1"' in row["payload"]:
                await notices.tell_moved(event_id, AppointmentMoved.model_validate_json(row["payload"]))
            else:
                await notices.tell_cancelled(event_id, AppointmentCancelled.model_validate_json(row["payload"]))
    return await phone.replies()


async def test_a_series_that_changes_is_told_once(salon: Salon, frozen_clock, plugins, redis) -> None:
    phone = await new_phone(salon, frozen_clock)
    series = await weekly(salon, weeks=6, customer_id=phone.customer.id)
    first, *others = series.occurrences
    seen: set[str] = set()

    await move_series(reservation_id=first.id, scope="all", starts_at=salon.at(11), actor=DESK, source="admin")
    [told] = await announce(phone, seen)
    assert "We had to move your appointment: Haircut with Ada, now Tuesday 3 March at 11:00" in told
    assert "The same goes for 5 of the appointments that follow in this series." in told

    following = await move_series(
        reservation_id=others[2].id, scope="future", starts_at=salon.at(12, day=24), actor=DESK, source="admin"
    )
    [told] = await announce(phone, seen)
    assert "now Tuesday 24 March at 12:00" in told
    assert "for 2 of the appointments" in told

    await move_series(
        reservation_id=others[0].id, scope="this", starts_at=salon.at(15, day=10), actor=DESK, source="admin"
    )
    [told] = await announce(phone, seen)
    assert "now Tuesday 10 March at 15:00" in told
    assert "The same goes" not in told

    await cancel_series(reservation_id=following.occurrences[1].id, scope="future", actor=DESK, source="admin")
    [told] = await announce(phone, seen)
    assert "has been cancelled (Haircut, Tuesday 31 March at 12:00)" in told
    assert "for 1 of the appointments" in told

    await cancel_series(reservation_id=first.id, scope="all", actor=CUSTOMER, source="whatsapp")
    assert await announce(phone, seen) == [], "what customers do themselves is not told to them"
