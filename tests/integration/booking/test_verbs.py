"""The verbs of booking, against the real database: what they write, what they refuse, and what is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from booka_core.booking import commands, moves, queries
from booka_core.booking.approval import approve_reservation
from booka_core.booking.errors import (
    AlreadyCancelled,
    ApprovalMismatch,
    BadIntake,
    HoldExpired,
    IdempotencyConflict,
    IllegalTransition,
    NoticeTooShort,
    ReservationNotFound,
    SlotTaken,
)
from booka_core.booking.types import SYSTEM, Actor, Approval, ReservationInfo
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers import queries as offers
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.types import Wish
from booka_core.tenancy.commands import change_settings, create_tenant
from booka_core.testing.salon import Salon

CUSTOMER = Actor(kind="customer", label="Zainab")


WISHED = {"service_id", "starts_at", "resource_id", "party_size", "intake", "note"}


def asked(salon: Salon, changed: dict[str, object]) -> tuple[Wish, dict[str, object]]:
    """A haircut at ten, unless something else is said, and by whom it is asked for."""
    wish: dict[str, object] = {"service_id": salon.haircut, "starts_at": salon.at(10)}
    wish |= {name: value for name, value in changed.items() if name in WISHED}
    rest: dict[str, object] = {"customer_id": salon.customer_id, "actor": CUSTOMER, "source": "whatsapp"}
    rest |= {name: value for name, value in changed.items() if name not in WISHED}
    return Wish.of(**wish), rest  # type: ignore[arg-type]


async def hold(salon: Salon, **changed: object) -> ReservationInfo:
    wish, rest = asked(salon, changed)
    return await commands.hold_slot(wish, **rest)  # type: ignore[arg-type]


async def book(salon: Salon, **changed: object) -> ReservationInfo:
    wish, rest = asked(salon, changed)
    return await commands.book(wish, **rest)  # type: ignore[arg-type]


async def confirm(reservation: ReservationInfo) -> ReservationInfo:
    return await commands.confirm_reservation(
        reservation_id=reservation.id,
        approval=await approve_reservation(reservation.id),
        actor=CUSTOMER,
        source="whatsapp",
    )


async def events_of(reservation: ReservationInfo) -> list[str]:
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select type from outbox_events where subject = $1 order by seq", [f"reservation:{reservation.id}"]
        )
    return [row["type"] for row in rows]


async def test_a_hold_becomes_a_reservation_with_its_events_and_history(salon: Salon, frozen_clock, plugins) -> None:
    held = await hold(salon)
    assert held.status == "held"
    assert held.hold_expires_at == frozen_clock.now() + timedelta(minutes=10)
    assert await events_of(held) == []

    booked = await confirm(held)

    assert booked.status == "confirmed"
    assert booked.hold_expires_at is None
    assert booked.price.amount == 1_200_000
    assert (booked.ends_at - booked.starts_at) == timedelta(minutes=45)
    assert booked.version == held.version + 1
    # 10:00 in Lagos tomorrow is a day less one hour away: only the two-hour reminder still lies ahead.
    assert await events_of(booked) == ["booking.appointment.booked.v1", "booking.reminder.requested.v1"]
    lines = await queries.history(booked.id)
    assert [(line.action, line.actor_kind, line.source) for line in lines] == [
        ("hold", "customer", "whatsapp"),
        ("confirm", "customer", "whatsapp"),
    ]
    assert lines[1].before is not None
    assert lines[1].before["status"] == "held"


async def test_a_held_time_is_not_offered_to_anybody_else(salon: Salon, frozen_clock, plugins) -> None:
    await hold(salon, resource_id=salon.ada)
    with pytest.raises(SlotTaken):
        await hold(salon, resource_id=salon.ada)
    starts = [
        slot.starts_at
        for slot in await offers.availability(
            service_id=salon.haircut, resource_id=salon.ada, from_day=salon.at(10).date(), days=1
        )
    ]
    assert salon.at(10) not in starts
    assert salon.at(9) in starts
    assert salon.at(9, 15) not in starts, "45 minutes and 5 after would run into the held time"


async def test_anybody_able_serves_when_nobody_is_named(salon: Salon, frozen_clock, plugins) -> None:
    first = await book(salon)
    second = await book(salon)
    assert {first.staff.id, second.staff.id} == {salon.ada, salon.bola}
    with pytest.raises(SlotTaken):
        await book(salon)


async def test_a_service_takes_its_person_and_its_chair(salon: Salon, frozen_clock, plugins) -> None:
    booked = await book(salon, service_id=salon.colour, starts_at=salon.at(11))
    assert {resource.id for resource in booked.resources} == {salon.bola, salon.chair}
    # Bola is busy from 10:50 to 12:15, buffers inside.
    for start, free in [
        (salon.at(10), True),
        (salon.at(10, 15), False),
        (salon.at(12), False),
        (salon.at(12, 15), True),
    ]:
        check = await offers.check_time(service_id=salon.haircut, resource_id=salon.bola, starts_at=start)
        assert check.free is free, start


@pytest.mark.parametrize(
    ("hour", "minute", "day", "reason"),
    [
        (8, 0, 3, "closed"),
        (17, 30, 3, "closed"),
        (10, 0, 8, "closed"),
        (10, 7, 3, "off_grid"),
        (9, 0, 2, "past"),
        (10, 15, 2, "too_soon"),
    ],
)
async def test_a_time_that_is_not_offered_is_refused_with_its_reason(
    salon: Salon, frozen_clock, plugins, hour, minute, day, reason
) -> None:
    with pytest.raises(SlotNotOffered) as refused:
        await hold(salon, starts_at=salon.at(hour, minute, day=day))
    assert refused.value.fields["reason"] == reason


async def test_nothing_is_offered_beyond_the_window(salon: Salon, frozen_clock, plugins) -> None:
    with pytest.raises(SlotNotOffered) as refused:
        await hold(salon, starts_at=salon.at(10, month=7, day=1))
    assert refused.value.fields["reason"] == "beyond_window"


async def test_alternatives_are_the_nearest_free_times(salon: Salon, frozen_clock, plugins) -> None:
    await book(salon, resource_id=salon.ada)
    near = await offers.alternatives(service_id=salon.haircut, resource_id=salon.ada, wanted=salon.at(10), count=3)
    assert [slot.starts_at for slot in near] == [salon.at(9), salon.at(11), salon.at(11, 15)]


async def test_an_expired_hold_makes_way_for_the_next_customer(salon: Salon, frozen_clock, plugins) -> None:
    old = await hold(salon, resource_id=salon.ada)
    frozen_clock.advance(timedelta(minutes=11))
    new = await hold(salon, resource_id=salon.ada)
    assert (await queries.get_reservation(old.id)).status == "expired"
    assert new.status == "held"
    with pytest.raises(HoldExpired):
        await confirm(old)
    assert (await confirm(new)).status == "confirmed"


async def test_a_hold_that_ran_out_is_still_good_while_nobody_wants_the_time(salon, frozen_clock, plugins) -> None:
    held = await hold(salon)
    frozen_clock.advance(timedelta(minutes=30))
    assert (await confirm(held)).status == "confirmed"


async def test_confirming_twice_changes_nothing(salon: Salon, frozen_clock, plugins) -> None:
    held = await hold(salon)
    approval = await approve_reservation(held.id)
    once = await commands.confirm_reservation(
        reservation_id=held.id, approval=approval, actor=CUSTOMER, source="whatsapp"
    )
    twice = await commands.confirm_reservation(
        reservation_id=held.id, approval=approval, actor=CUSTOMER, source="whatsapp"
    )
    assert once == twice
    assert (await events_of(once)).count("booking.appointment.booked.v1") == 1


async def test_consent_to_one_booking_is_worth_nothing_for_another(salon: Salon, frozen_clock, plugins) -> None:
    held, other = await hold(salon), await hold(salon, starts_at=salon.at(14))
    with pytest.raises(ApprovalMismatch):
        await commands.confirm_reservation(
            reservation_id=held.id, approval=await approve_reservation(other.id), actor=CUSTOMER, source="whatsapp"
        )
    assert (await queries.get_reservation(held.id)).status == "held"


async def test_cancelling_gives_the_time_back_and_says_why(salon: Salon, frozen_clock, plugins) -> None:
    booked = await book(salon, resource_id=salon.ada)
    gone = await commands.cancel_reservation(reservation_id=booked.id, actor=CUSTOMER, source="whatsapp", reason="ill")
    assert gone.status == "cancelled"
    assert (await events_of(booked))[-2:] == ["booking.appointment.cancelled.v1", "booking.slot.freed.v1"]
    assert (await queries.history(booked.id))[-1].after["reason"] == "ill"
    assert (await book(salon, resource_id=salon.ada)).status == "confirmed"
    with pytest.raises(AlreadyCancelled):
        await commands.cancel_reservation(reservation_id=booked.id, actor=CUSTOMER, source="whatsapp")


async def test_a_dropped_hold_announces_only_that_its_time_is_free(salon: Salon, frozen_clock, plugins) -> None:
    held = await hold(salon)
    await commands.cancel_reservation(reservation_id=held.id, actor=CUSTOMER, source="whatsapp")
    assert await events_of(held) == ["booking.slot.freed.v1"]


async def test_customers_are_held_to_the_notice_limit_and_colleagues_are_not(salon, frozen_clock, plugins) -> None:
    await change_settings(salon.tenant.settings.model_copy(update={"cancel_notice_minutes": 60 * 48}))
    booked = await book(salon)
    with pytest.raises(NoticeTooShort, match="2880 minutes"):
        await commands.cancel_reservation(reservation_id=booked.id, actor=CUSTOMER, source="whatsapp")
    gone = await commands.cancel_reservation(reservation_id=booked.id, actor=Actor(kind="user"), source="admin")
    assert gone.status == "cancelled"


async def move(reservation: ReservationInfo, starts_at, **changed: object) -> ReservationInfo:
    approval = await moves.approve_move(reservation_id=reservation.id, starts_at=starts_at, **changed)
    return await moves.move_reservation(
        reservation_id=reservation.id, starts_at=starts_at, approval=approval, actor=CUSTOMER, source="admin", **changed
    )


async def test_a_move_keeps_the_person_and_frees_the_old_time(salon: Salon, frozen_clock, plugins) -> None:
    booked = await book(salon, resource_id=salon.bola)
    moved = await move(booked, salon.at(10, 15))
    assert moved.starts_at == salon.at(10, 15)
    assert moved.staff.id == salon.bola
    assert (await events_of(booked))[-4:] == [
        "booking.appointment.moved.v1",
        "booking.slot.freed.v1",
        "booking.reminder.requested.v1",
        "booking.reminder.requested.v1",
    ]
    free = await offers.check_time(service_id=salon.haircut, resource_id=salon.bola, starts_at=salon.at(9, 15))
    assert free.free


async def test_a_move_onto_a_taken_time_changes_nothing(salon: Salon, frozen_clock, plugins) -> None:
    await book(salon, resource_id=salon.ada, starts_at=salon.at(14))
    booked = await book(salon, resource_id=salon.ada)
    with pytest.raises(SlotTaken):
        await move(booked, salon.at(14), resource_id=salon.ada)
    assert (await queries.get_reservation(booked.id)).starts_at == salon.at(10)


async def test_a_cancelled_reservation_can_not_be_confirmed_or_moved(salon: Salon, frozen_clock, plugins) -> None:
    booked = await book(salon)
    await commands.cancel_reservation(reservation_id=booked.id, actor=SYSTEM, source="admin")
    with pytest.raises(IllegalTransition):
        await commands.confirm_reservation(
            reservation_id=booked.id, approval=Approval(fingerprint=""), actor=SYSTEM, source="admin"
        )
    with pytest.raises(IllegalTransition):
        await move(booked, salon.at(14))


async def test_the_same_request_twice_makes_one_reservation(salon: Salon, frozen_clock, plugins) -> None:
    once = await book(salon, idempotency_key="k-1")
    twice = await book(salon, idempotency_key="k-1")
    assert once == twice
    with pytest.raises(IdempotencyConflict):
        await book(salon, idempotency_key="k-1", starts_at=salon.at(14))


async def test_an_answer_that_does_not_fit_its_question_is_refused(salon: Salon, frozen_clock, plugins) -> None:
    with pytest.raises(BadIntake):
        await hold(salon, intake={"hair_length": 7})
    assert (await queries.list_reservations()).items == ()


async def test_the_hold_job_gives_back_only_what_ran_out(salon: Salon, frozen_clock, plugins) -> None:
    held, answered = await hold(salon), await hold(salon, starts_at=salon.at(14))
    await confirm(answered)
    assert not await commands.expire_hold(held.id)
    frozen_clock.advance(timedelta(minutes=11))
    assert await commands.expire_hold(held.id)
    assert not await commands.expire_hold(answered.id)
    assert (await queries.get_reservation(held.id)).status == "expired"


async def test_another_tenants_reservation_does_not_exist(salon: Salon, frozen_clock, plugins) -> None:
    booked = await book(salon)

    async def look_as_another() -> None:
        other = await create_tenant(
            slug="other", name="Other", vertical="beauty", zone="Europe/Paris", locale="fr-FR", currency="EUR"
        )
        with bind_tenant(other.id):
            await queries.get_reservation(booked.id)

    with pytest.raises(ReservationNotFound):
        await spawn(look_as_another())


async def test_an_unknown_reservation_is_not_found(salon: Salon, plugins) -> None:
    with pytest.raises(ReservationNotFound):
        await queries.get_reservation(new_id())


async def test_the_day_sheet_shows_the_day_as_the_salon_sees_it(salon: Salon, frozen_clock, plugins) -> None:
    booked = await book(salon, resource_id=salon.ada)
    dropped = await book(salon, resource_id=salon.bola, starts_at=salon.at(12))
    await commands.cancel_reservation(reservation_id=dropped.id, actor=SYSTEM, source="admin")
    sheet = await queries.day_sheet(salon.at(10).date())
    assert [r.id for r in sheet.reservations] == [booked.id, dropped.id]
    assert sheet.booked.amount == booked.price.amount
    assert [person.name for person in sheet.staff] == ["Ada", "Bola"]
    assert sheet.staff[0].open_ranges == ((salon.at(9), salon.at(18)),)
    assert sheet.free_minutes == 2 * 540 - 45


async def test_pages_of_reservations_neither_repeat_nor_miss_any(salon: Salon, frozen_clock, plugins) -> None:
    made = [await book(salon, resource_id=salon.ada, starts_at=salon.at(hour)) for hour in (9, 11, 13, 15)]
    first = await queries.list_reservations(limit=3)
    second = await queries.list_reservations(limit=3, cursor=first.next_cursor)
    assert [r.id for r in (*first.items, *second.items)] == [r.id for r in made]
    assert second.next_cursor is None
