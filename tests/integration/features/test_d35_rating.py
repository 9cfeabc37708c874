"""D35: a rating and a review after the visit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from booka_core.booking.attendance import complete, rate
from booka_core.booking.commands import book
from booka_core.booking.errors import BadRating, NotCompletedYet, ReservationNotFound, ReviewTooLong
from booka_core.booking.queries import get_reservation
from booka_core.booking.timeline import timeline
from booka_core.booking.types import SYSTEM, Actor, ReservationInfo
from booka_core.db.scope import tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def visited(salon: Salon, frozen_clock: Any) -> ReservationInfo:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10))
    booked = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
    frozen_clock.advance(salon.at(11) - frozen_clock.now())
    return await complete(reservation_id=booked.id, actor=DESK, source="admin")


async def test_a_customer_rates_a_visit_and_may_think_again(salon: Salon, frozen_clock, plugins) -> None:
    visit = await visited(salon, frozen_clock)
    customer = Actor(kind="customer", id=salon.customer_id)
    rated = await rate(reservation_id=visit.id, rating=5, review=" Lovely! ", actor=customer, source="whatsapp")
    assert (rated.rating, rated.review, rated.status) == (5, "Lovely!", "completed")
    frozen_clock.advance(timedelta(days=1))
    again = await rate(reservation_id=visit.id, rating=3, actor=customer, source="whatsapp")
    assert (again.rating, again.review) == (3, "")
    lines = await timeline(visit.id)
    assert [line.sentence for line in lines[-2:]] == [
        "Rated 5 of 5 by the customer (Zainab Musa) on WhatsApp.",
        "Rated 3 of 5 instead of 5 by the customer (Zainab Musa) on WhatsApp.",
    ]
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select payload::text as told from outbox_events where type = 'booking.appointment.rated.v1'"
        )
        logs = await connection.execute_query_dict("select after::text as told from reservation_logs")
    assert len(rows) == 2
    assert not any("Lovely" in row["told"] for row in [*rows, *logs]), "what a person wrote is not kept in history"


async def test_saying_the_same_twice_is_said_once(salon: Salon, frozen_clock, plugins) -> None:
    visit = await visited(salon, frozen_clock)
    for _ in range(2):
        await rate(reservation_id=visit.id, rating=4, review="Fine", actor=SYSTEM, source="web")
    assert [line.action for line in await timeline(visit.id)] == ["book", "complete", "rate"]


@pytest.mark.parametrize("rating", [0, 6, -1, True, 4.5, "5"])
async def test_a_rating_is_one_to_five(salon: Salon, frozen_clock, plugins, rating: Any) -> None:
    visit = await visited(salon, frozen_clock)
    with pytest.raises(BadRating):
        await rate(reservation_id=visit.id, rating=rating, actor=SYSTEM, source="web")
    with pytest.raises(ReviewTooLong):
        await rate(reservation_id=visit.id, rating=5, review="x" * 1001, actor=SYSTEM, source="web")
    assert (await get_reservation(visit.id)).rating is None


async def test_only_a_visit_that_took_place_is_rated_and_only_by_its_customer(
    salon: Salon, frozen_clock, plugins
) -> None:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(14))
    ahead = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
    with pytest.raises(NotCompletedYet):
        await rate(reservation_id=ahead.id, rating=5, actor=SYSTEM, source="web")
    visit = await visited(salon, frozen_clock)
    with pytest.raises(ReservationNotFound):
        await rate(reservation_id=visit.id, rating=1, actor=Actor(kind="customer", id=new_id()), source="web")
