"""D19: the same colleague serves when a visit is moved; another one takes over with a reason."""

from __future__ import annotations

import pytest

from booka_core.booking.attendance import reassign
from booka_core.booking.commands import book
from booka_core.booking.errors import NothingToMove, ResourceNotAble, SlotTaken, StaleVersion, WrongResources
from booka_core.booking.moves import approve_move, move_reservation
from booka_core.booking.queries import get_reservation
from booka_core.booking.timeline import timeline
from booka_core.booking.types import SYSTEM, Actor, ReservationInfo
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def haircut(salon: Salon, hour: int = 10, *, by: object = None) -> ReservationInfo:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(hour), resource_id=by or salon.ada)  # type: ignore[arg-type]
    return await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")


async def test_a_moved_visit_keeps_its_stylist(salon: Salon, frozen_clock, plugins) -> None:
    # Bola has less to do that day, so anybody new at two o'clock would get her.
    booked = await haircut(salon)
    await haircut(salon, 16)
    approval = await approve_move(reservation_id=booked.id, starts_at=salon.at(14))
    moved = await move_reservation(
        reservation_id=booked.id, starts_at=salon.at(14), approval=approval, actor=DESK, source="admin"
    )
    assert moved.staff is not None
    assert moved.staff.id == salon.ada


async def test_a_colleague_takes_over_and_says_why(salon: Salon, frozen_clock, plugins) -> None:
    booked = await haircut(salon)
    after = await reassign(
        reservation_id=booked.id, resource_ids=[salon.bola], actor=DESK, source="admin", reason="Ada is ill"
    )
    assert after.staff is not None
    assert (after.staff.id, after.starts_at, after.version) == (salon.bola, booked.starts_at, booked.version + 1)
    line = (await timeline(booked.id))[-1]
    assert line.sentence == "Handed over from Ada to Bola by Ngozi at the front desk: Ada is ill"
    # Ada's time is free again, Bola's is not.
    assert (await haircut(salon, by=salon.ada)).status == "confirmed"
    with pytest.raises(SlotTaken):
        await haircut(salon, by=salon.bola)


async def test_a_busy_colleague_cannot_take_over_and_nothing_changes(salon: Salon, frozen_clock, plugins) -> None:
    booked = await haircut(salon)
    await haircut(salon, by=salon.bola)
    with pytest.raises(SlotTaken):
        await reassign(reservation_id=booked.id, resource_ids=[salon.bola], actor=DESK, source="admin")
    after = await get_reservation(booked.id)
    assert (after.staff, after.version) == (booked.staff, booked.version)
    assert len(await timeline(booked.id)) == 1


async def test_only_who_can_serve_may_take_over(salon: Salon, frozen_clock, plugins) -> None:
    wish = Wish.of(service_id=salon.braids, starts_at=salon.at(10))
    booked = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
    cases = [
        ([salon.bola], ResourceNotAble),  # Bola does no braids
        ([salon.ada, salon.bola], WrongResources),
        ([salon.chair], WrongResources),
        ([salon.customer_id], ResourceNotAble),
        ([], WrongResources),
        ([salon.ada], NothingToMove),
    ]
    for wanted, error in cases:
        with pytest.raises(error):
            await reassign(reservation_id=booked.id, resource_ids=wanted, actor=DESK, source="admin")
    with pytest.raises(StaleVersion):
        await reassign(
            reservation_id=booked.id, resource_ids=[salon.ada], actor=DESK, source="admin", expected_version=7
        )
