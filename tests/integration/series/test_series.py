"""Series against the real database: all of a series or nothing of it, and edits that never lose an appointment."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest

from booka_core.availability import Recurrence
from booka_core.booking import commands as booking
from booka_core.booking.errors import IdempotencyConflict, NothingToMove, NoticeTooShort, StaleVersion
from booka_core.booking.queries import get_reservation, history
from booka_core.catalog.commands import change_service
from booka_core.catalog.rules import Cap, ServiceRules
from booka_core.db.scope import bind_tenant, spawn, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.types import Wish
from booka_core.series import commands as series_commands
from booka_core.series.edits import cancel_series, move_series
from booka_core.series.errors import (
    NotInSeries,
    OccurrenceOver,
    SeriesChanged,
    SeriesCollision,
    SeriesEmpty,
    SeriesNotFound,
    SeriesTooLong,
)
from booka_core.series.queries import get_series, list_series
from booka_core.series.types import SeriesInfo
from booka_core.testing.salon import Salon
from tests.integration.series.repeating import CUSTOMER, DESK, local, rows_of, rules, taken, weekly


async def appointment(salon: Salon, at: datetime) -> None:
    await booking.book(
        Wish.of(service_id=salon.haircut, starts_at=at, resource_id=salon.ada),
        customer_id=salon.customer_id,
        actor=DESK,
        source="admin",
    )


async def test_a_series_is_one_reservation_for_every_date(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=4)
    assert local(series) == ["03-03 10:00", "03-10 10:00", "03-17 10:00", "03-24 10:00"]
    assert [o.series_position for o in series.occurrences] == [1, 2, 3, 4]
    assert {o.series_id for o in series.occurrences} == {series.id}
    assert len({o.reference for o in series.occurrences}) == 4
    assert await list_series(customer_id=salon.customer_id) == (series,)
    assert await get_series(series.id) == series


async def test_a_collision_in_the_seventh_week_leaves_nothing_behind(salon: Salon, frozen_clock, plugins) -> None:
    await rules(window_days=365)
    await appointment(salon, salon.at(10, 15, month=4, day=14))
    with pytest.raises(SeriesCollision) as refused:
        await weekly(salon)
    assert str(refused.value).startswith("Appointment 7 of the series (2026-04-14 10:00) cannot be had (busy).")
    assert [slot.starts_at for slot in refused.value.alternatives] == [
        salon.at(9, month=4, day=14),
        salon.at(9, 15, month=4, day=14),
        salon.at(11, 15, month=4, day=14),
    ]
    assert (await rows_of("series"), await rows_of("reservations")) == (0, 1)
    assert await taken(salon.ada) == [salon.at(10, 15, month=4, day=14)]
    assert await rows_of("outbox_events where type = 'booking.appointment.booked.v1'") == 1


async def test_somebody_faster_in_the_seventh_week_leaves_nothing_behind(
    salon: Salon, frozen_clock, plugins, monkeypatch
) -> None:
    """The time is free when the series is planned and taken when it is written: the constraint decides."""
    write = series_commands.lock_resources

    async def late(connection, resource_ids) -> None:
        async def other() -> None:
            with bind_tenant(salon.tenant.id):
                await appointment(salon, salon.at(10, 15, month=4, day=14))

        await spawn(other())
        await write(connection, resource_ids)

    monkeypatch.setattr(series_commands, "lock_resources", late)
    with pytest.raises(SeriesCollision) as refused:
        await weekly(salon)
    assert refused.value.fields["position"] == 7
    assert (await rows_of("series"), await rows_of("reservations")) == (0, 1)


async def test_dates_that_cannot_be_had_are_left_out_on_request(salon: Salon, frozen_clock, plugins) -> None:
    await rules(window_days=365)
    await appointment(salon, salon.at(10, 15, day=17))
    series = await weekly(salon, weeks=4, skip_taken=True)
    assert local(series) == ["03-03 10:00", "03-10 10:00", "03-24 10:00"]
    assert [o.series_position for o in series.occurrences] == [1, 2, 4]
    assert [(one.position, str(one.local), one.reason) for one in series.left_out] == [
        (3, "2026-03-17 10:00:00", "busy")
    ]


async def test_dates_can_be_excepted(salon: Salon, frozen_clock, plugins) -> None:
    rule = Recurrence(frequency="weekly", count=4, except_dates=(date(2026, 3, 10),))
    series = await weekly(salon, recurrence=rule)
    assert local(series) == ["03-03 10:00", "03-17 10:00", "03-24 10:00"]
    assert [o.series_position for o in series.occurrences] == [1, 3, 4]
    assert series.left_out == ()


async def test_rules_of_several_weekdays_and_months(salon: Salon, frozen_clock, plugins) -> None:
    twice = await weekly(salon, recurrence=Recurrence(frequency="weekly", weekdays=(1, 3), until=date(2026, 3, 12)))
    assert local(twice) == ["03-03 10:00", "03-05 10:00", "03-10 10:00", "03-12 10:00"]
    monthly = await weekly(salon, hour=14, recurrence=Recurrence(frequency="monthly", count=2))
    assert local(monthly) == ["03-03 14:00", "04-03 14:00"]


async def test_rules_that_mean_too_much_or_nothing_are_refused(salon: Salon, frozen_clock, plugins) -> None:
    with pytest.raises(SeriesTooLong, match="at most 104"):
        await weekly(salon, recurrence=Recurrence(frequency="daily", count=105))
    with pytest.raises(SeriesEmpty):
        await weekly(salon, recurrence=Recurrence(frequency="weekly", count=1, except_dates=(date(2026, 3, 3),)))
    with pytest.raises(SeriesNotFound):
        await get_series(new_id())
    assert await rows_of("series") == 0


async def test_a_series_is_bound_by_the_window(salon: Salon, frozen_clock, plugins) -> None:
    await rules(window_days=20)
    with pytest.raises(SeriesCollision) as refused:
        await series_commands.book_series(
            wish=Wish.of(service_id=salon.haircut, starts_at=salon.at(10)),
            recurrence=Recurrence(frequency="weekly", count=5),
            customer_id=salon.customer_id,
            actor=CUSTOMER,
            source="api",
        )
    assert (refused.value.fields["position"], refused.value.fields["reason"]) == (4, "beyond_window")


async def test_the_dates_of_a_series_count_under_its_limits(salon: Salon, frozen_clock, plugins) -> None:
    cap = Cap(per="week", of="customer", most=1)
    await change_service(salon.haircut, rules=ServiceRules(caps=(cap,)))
    rule = Recurrence(frequency="weekly", weekdays=(1, 3), count=4)
    with pytest.raises(SeriesCollision) as refused:
        await weekly(salon, recurrence=rule)
    assert (refused.value.fields["position"], refused.value.fields["reason"]) == (2, "cap_reached")
    assert await rows_of("reservations") == 0
    series = await weekly(salon, recurrence=rule, skip_taken=True)
    assert local(series) == ["03-03 10:00", "03-10 10:00"]
    assert [(one.position, one.reason) for one in series.left_out] == [(2, "cap_reached"), (4, "cap_reached")]
    moved = await move_series(
        reservation_id=series.occurrences[0].id, scope="all", starts_at=salon.at(10, day=4), actor=DESK, source="admin"
    )
    assert local(moved) == ["03-04 10:00", "03-11 10:00"]


async def test_a_series_without_a_wish_keeps_its_person(salon: Salon, frozen_clock, plugins) -> None:
    """Whoever serves first serves every time they are free, though the other one has less to do."""
    await rules(window_days=365)
    free = Wish.of(service_id=salon.haircut, starts_at=salon.at(10))
    series = await weekly(salon, weeks=4, wish=free)
    first = series.occurrences[0].staff
    assert first is not None
    assert {o.staff.id for o in series.occurrences if o.staff} == {first.id}
    other = await weekly(salon, weeks=4, wish=free)
    assert {o.staff.id for o in other.occurrences if o.staff} == {salon.ada, salon.bola} - {first.id}


async def test_the_same_request_gets_the_same_series(salon: Salon, frozen_clock, plugins) -> None:
    await rules(window_days=365)
    await appointment(salon, salon.at(10, 15, day=17))
    first = await weekly(salon, weeks=4, skip_taken=True, idempotency_key="k1")
    again = await weekly(salon, weeks=4, skip_taken=True, idempotency_key="k1")
    assert (again.id, again.occurrences) == (first.id, first.occurrences)
    assert [one.position for one in again.left_out] == [3]
    with pytest.raises(IdempotencyConflict):
        await weekly(salon, weeks=5, skip_taken=True, idempotency_key="k1")
    assert await rows_of("series") == 1


async def test_the_same_request_twice_at_once_makes_one_series(salon: Salon, frozen_clock, plugins) -> None:
    async def ask() -> SeriesInfo:
        with bind_tenant(salon.tenant.id):
            return await weekly(salon, weeks=3, idempotency_key="k2")

    answers = await asyncio.gather(*(spawn(ask()) for _ in range(3)), return_exceptions=True)
    made = {one.id for one in answers if isinstance(one, SeriesInfo)}
    assert len(made) == 1, answers
    assert (await rows_of("series"), await rows_of("reservations")) == (1, 3)


async def test_two_series_over_the_same_weeks_have_one_winner(salon: Salon, frozen_clock, plugins) -> None:
    async def ask() -> str:
        with bind_tenant(salon.tenant.id):
            try:
                return (await weekly(salon, weeks=6)).status
            except SeriesCollision:
                return "collided"

    answers = await asyncio.gather(*(spawn(ask()) for _ in range(4)))
    assert sorted(answers) == ["active", "collided", "collided", "collided"]
    assert len(await taken(salon.ada)) == 6


async def test_a_series_moves_onto_its_own_old_times(salon: Salon, frozen_clock, plugins) -> None:
    """Every week's appointment goes to where the next one was; only the last time is new."""
    series = await weekly(salon, weeks=4)
    first = series.occurrences[0]
    moved = await move_series(
        reservation_id=first.id, scope="all", starts_at=salon.at(10, day=10), actor=DESK, source="admin"
    )
    assert moved.id == series.id
    assert local(moved) == ["03-10 10:00", "03-17 10:00", "03-24 10:00", "03-31 10:00"]
    assert [o.id for o in moved.occurrences] == [o.id for o in series.occurrences]


async def test_half_an_hour_later_overlaps_the_old_time_of_each(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=3)
    moved = await move_series(
        reservation_id=series.occurrences[1].id,
        scope="all",
        starts_at=salon.at(10, 30, day=10),
        actor=DESK,
        source="admin",
    )
    assert local(moved) == ["03-03 10:30", "03-10 10:30", "03-17 10:30"]
    assert {o.staff.id for o in moved.occurrences if o.staff} == {salon.ada}


async def test_a_move_that_collides_moves_nothing(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=4)
    await appointment(salon, salon.at(14, day=17))
    with pytest.raises(SeriesCollision) as refused:
        await move_series(
            reservation_id=series.occurrences[0].id,
            scope="all",
            starts_at=salon.at(14),
            resource_id=salon.ada,
            actor=DESK,
            source="admin",
        )
    assert (refused.value.fields["position"], refused.value.fields["local"]) == (3, "2026-03-17 14:00")
    assert refused.value.alternatives
    assert await get_series(series.id) == series


async def test_other_people_keep_the_times(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=3)
    moved = await move_series(
        reservation_id=series.occurrences[1].id, scope="future", resource_id=salon.bola, actor=DESK, source="admin"
    )
    assert local(moved) == ["03-10 10:00", "03-17 10:00"]
    assert {o.staff.id for o in moved.occurrences if o.staff} == {salon.bola}
    assert moved.wish.items[0].resource_id == salon.bola
    assert await taken(salon.ada) == [salon.at(10)]


async def test_what_has_begun_is_left_alone(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=3)
    frozen_clock.advance(timedelta(days=3))
    with pytest.raises(OccurrenceOver):
        await move_series(
            reservation_id=series.occurrences[0].id, scope="all", starts_at=salon.at(12), actor=DESK, source="admin"
        )
    moved = await move_series(
        reservation_id=series.occurrences[2].id,
        scope="all",
        starts_at=salon.at(12, day=18),
        actor=DESK,
        source="admin",
    )
    assert local(moved) == ["03-03 10:00", "03-11 12:00", "03-18 12:00"]
    cancelled = await cancel_series(reservation_id=series.occurrences[1].id, scope="all", actor=DESK, source="admin")
    assert local(cancelled) == ["03-03 10:00"]


async def test_an_occurrence_moved_by_itself_stays_unless_asked_for(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=4)
    second = series.occurrences[1]
    await move_series(
        reservation_id=second.id, scope="this", starts_at=salon.at(15, day=12), actor=DESK, source="admin"
    )
    kept = await move_series(
        reservation_id=series.occurrences[0].id, scope="all", starts_at=salon.at(11), actor=DESK, source="admin"
    )
    assert local(kept) == ["03-03 11:00", "03-12 15:00", "03-17 11:00", "03-24 11:00"]
    back = await move_series(
        reservation_id=series.occurrences[0].id,
        scope="all",
        starts_at=salon.at(12),
        include_changed=True,
        actor=DESK,
        source="admin",
    )
    assert local(back) == ["03-03 12:00", "03-10 12:00", "03-17 12:00", "03-24 12:00"]


async def test_customers_are_held_to_the_notice_and_nothing_is_cancelled(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=3)
    await rules(cancel_notice_minutes=48 * 60)
    with pytest.raises(NoticeTooShort):
        await cancel_series(
            reservation_id=series.occurrences[2].id, scope="all", actor=CUSTOMER, source="whatsapp", reason="moving"
        )
    assert await get_series(series.id) == series
    left = await cancel_series(
        reservation_id=series.occurrences[1].id, scope="future", actor=CUSTOMER, source="whatsapp", reason="moving"
    )
    assert (left.status, local(left)) == ("ended", ["03-03 10:00"])
    lines = await history(series.occurrences[2].id)
    assert (lines[-1].action, (lines[-1].after or {})["reason"]) == ("cancel", "moving")


async def test_edits_are_refused_with_their_reason(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=2)
    chosen = series.occurrences[0]
    alone = await booking.book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(14)),
        customer_id=salon.customer_id,
        actor=DESK,
        source="admin",
    )
    who = {"actor": DESK, "source": "admin"}
    with pytest.raises(NotInSeries):
        await cancel_series(reservation_id=alone.id, scope="all", **who)
    with pytest.raises(StaleVersion):
        await cancel_series(reservation_id=chosen.id, scope="all", expected_version=chosen.version + 1, **who)
    with pytest.raises(NothingToMove):
        await move_series(reservation_id=chosen.id, scope="all", **who)
    with pytest.raises(NothingToMove):
        await move_series(reservation_id=chosen.id, scope="all", starts_at=chosen.starts_at, **who)
    with pytest.raises(SeriesCollision) as refused:
        await move_series(reservation_id=chosen.id, scope="all", starts_at=salon.at(7), **who)
    assert refused.value.fields["reason"] == "closed"
    assert isinstance(refused.value.__cause__, SlotNotOffered)
    assert await get_series(series.id) == series


async def test_an_edit_worked_out_on_an_older_state_is_refused(
    salon: Salon, frozen_clock, plugins, monkeypatch
) -> None:
    from booka_core.series import edits  # noqa: PLC0415 - only this test reaches inside

    series = await weekly(salon, weeks=3)
    prepare = edits._prepare

    async def slow(*args, **kwargs):
        moves = await prepare(*args, **kwargs)
        await booking.cancel_reservation(reservation_id=series.occurrences[2].id, actor=CUSTOMER, source="whatsapp")
        return moves

    monkeypatch.setattr(edits, "_prepare", slow)
    with pytest.raises(SeriesChanged):
        await move_series(
            reservation_id=series.occurrences[0].id, scope="all", starts_at=salon.at(12), actor=DESK, source="admin"
        )
    assert local(await get_series(series.id)) == ["03-03 10:00", "03-10 10:00"]


async def test_without_the_constraint_a_series_would_run_into_an_appointment(
    salon: Salon, database, frozen_clock, plugins, monkeypatch
) -> None:
    """The twin of the collision above: with the constraint gone, and the look ahead fooled, two have one chair."""
    async with database.connect() as connection:
        await connection.execute("alter table occupancies drop constraint occupancies_no_overlap")
    write = series_commands.lock_resources

    async def late(connection, resource_ids) -> None:
        async def other() -> None:
            with bind_tenant(salon.tenant.id):
                await appointment(salon, salon.at(10, 15, month=4, day=14))

        await spawn(other())
        await write(connection, resource_ids)

    monkeypatch.setattr(series_commands, "lock_resources", late)
    await weekly(salon)
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            """select count(*) as n from occupancies a join occupancies b
               on a.resource_id = b.resource_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
               where a.active and b.active"""
        )
    assert rows[0]["n"] == 1


async def test_each_occurrence_keeps_its_own_history(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=2)
    await move_series(
        reservation_id=series.occurrences[0].id, scope="all", starts_at=salon.at(11), actor=DESK, source="admin"
    )
    for one in series.occurrences:
        assert [line.action for line in await history(one.id)] == ["book", "move"]
        assert (await get_reservation(one.id)).version == one.version + 1
