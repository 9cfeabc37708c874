"""D26: recurring series, with "this / future / all" edits."""

from __future__ import annotations

import pytest

from booka_core.booking.commands import book
from booka_core.booking.errors import SlotTaken
from booka_core.offers.types import Wish
from booka_core.series.edits import cancel_series, move_series
from booka_core.series.queries import get_series
from booka_core.testing.salon import Salon
from tests.integration.series.repeating import CUSTOMER, DESK, local, weekly


async def test_this_one_moves_and_the_others_stay(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=4)
    edited = await move_series(
        reservation_id=series.occurrences[1].id,
        scope="this",
        starts_at=salon.at(16, day=11),
        actor=CUSTOMER,
        source="whatsapp",
    )
    assert edited.id == series.id
    assert local(edited) == ["03-03 10:00", "03-11 16:00", "03-17 10:00", "03-24 10:00"]


async def test_this_and_the_following_go_on_as_a_series_of_their_own(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=5)
    following = await move_series(
        reservation_id=series.occurrences[2].id,
        scope="future",
        starts_at=salon.at(11, 30, day=19),  # Thursdays at half past eleven instead of Tuesdays at ten
        actor=DESK,
        source="admin",
    )
    assert following.id != series.id
    assert local(following) == ["03-19 11:30", "03-26 11:30", "04-02 11:30"]
    assert [o.series_position for o in following.occurrences] == [1, 2, 3]
    assert [o.id for o in following.occurrences] == [o.id for o in series.occurrences[2:]]
    before = await get_series(series.id)
    assert (before.status, local(before), before.rule.count) == ("ended", ["03-03 10:00", "03-10 10:00"], 2)

    # The new series is edited like any other, and what came before is not touched by it.
    last = await move_series(
        reservation_id=following.occurrences[2].id, scope="all", starts_at=salon.at(9, month=4, day=3), actor=DESK,
        source="admin",
    )  # fmt: skip
    assert local(last) == ["03-20 09:00", "03-27 09:00", "04-03 09:00"]
    assert local(await get_series(series.id)) == ["03-03 10:00", "03-10 10:00"]


async def test_all_of_them_move_in_one_step(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=6)
    edited = await move_series(
        reservation_id=series.occurrences[3].id,
        scope="all",
        starts_at=salon.at(9, day=25),
        actor=DESK,
        source="admin",
    )
    assert local(edited) == [f"{day} 09:00" for day in ("03-04", "03-11", "03-18", "03-25", "04-01", "04-08")]
    assert edited.id == series.id


async def test_this_the_following_or_all_are_cancelled(salon: Salon, frozen_clock, plugins) -> None:
    series = await weekly(salon, weeks=5)
    one = await cancel_series(reservation_id=series.occurrences[1].id, scope="this", actor=CUSTOMER, source="whatsapp")
    assert (one.status, local(one)) == ("active", ["03-03 10:00", "03-17 10:00", "03-24 10:00", "03-31 10:00"])
    some = await cancel_series(
        reservation_id=series.occurrences[3].id, scope="future", actor=CUSTOMER, source="whatsapp"
    )
    assert (some.status, local(some)) == ("ended", ["03-03 10:00", "03-17 10:00"])
    none = await cancel_series(reservation_id=series.occurrences[2].id, scope="all", actor=CUSTOMER, source="whatsapp")
    assert (none.status, local(none)) == ("cancelled", [])
    assert len(local(none, "cancelled")) == 5


async def test_the_time_of_a_series_is_taken_and_given_back(salon: Salon, frozen_clock, plugins) -> None:
    async def ada_on_the_tenth() -> str:
        made = await book(
            Wish.of(service_id=salon.haircut, starts_at=salon.at(10, day=10), resource_id=salon.ada),
            customer_id=salon.customer_id,
            actor=DESK,
            source="admin",
        )
        return made.status

    series = await weekly(salon, weeks=3)
    with pytest.raises(SlotTaken):
        await ada_on_the_tenth()
    await move_series(
        reservation_id=series.occurrences[0].id, scope="all", starts_at=salon.at(14), actor=DESK, source="admin"
    )
    assert await ada_on_the_tenth() == "confirmed"
