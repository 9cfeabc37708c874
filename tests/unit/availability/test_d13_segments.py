"""D13: a service in segments, colour 30 + wait 40 + cut 20, gives the stylist to others in the wait, the chair not."""

from __future__ import annotations

import pytest

from booka_core.availability import Demand, ServiceTiming, busy_by_resource, explain_start, find_slots

from .shop import between, clocks, lagos, monday

COLOUR = ServiceTiming(duration=90, step=10)
STYLIST = Demand(["ada"], parts=((0, 30), (70, 20)))
CHAIR = Demand(["chair one", "chair two"], kind="chair")
# Ada colours from ten o'clock: her time is taken twice, that of the first chair throughout.
BUSY = {"ada": between("10:00-10:30", "11:10-11:30"), "chair one": between("10:00-11:30")}


def offered(minutes: int, *demands: Demand[str]) -> list[str]:
    return clocks(monday(ServiceTiming(duration=minutes, step=10), *demands, busy=BUSY))


def test_forty_minutes_with_the_stylist_fit_into_the_wait_and_forty_one_do_not() -> None:
    assert "10:30" in offered(40, Demand(["ada"]))
    assert not {"10:00", "10:10", "10:20", "10:30", "10:40"} & set(offered(41, Demand(["ada"])))


def test_the_chair_is_taken_through_the_wait() -> None:
    assert "10:30" not in offered(40, Demand(["ada"]), Demand(["chair one"], kind="chair"))
    assert "10:30" in offered(40, Demand(["ada"]), CHAIR)


def test_two_colours_of_one_stylist_interlock_when_there_are_two_chairs() -> None:
    query = monday(COLOUR, STYLIST, CHAIR, busy=BUSY)
    starts = clocks(query)
    assert "10:30" in starts  # colours 10:30 to 11:00 and cuts 11:40 to 12:00, round the first customer's cut
    assert "10:20" not in starts
    assert {slot.by_demand[1] for slot in find_slots(query) if lagos("10:00") <= _minute(slot) < lagos("11:30")} == {
        ("chair two",)
    }
    assert "10:30" not in clocks(monday(COLOUR, STYLIST, Demand(["chair one"]), busy=BUSY))


def test_buffers_lie_round_the_service_and_not_round_its_segments() -> None:
    timing = ServiceTiming(duration=90, step=10, buffer_before=10, buffer_after=10)
    busy = {"ada": between("09:40-10:20")}
    assert "09:10" in clocks(monday(timing, STYLIST, busy=busy))  # 09:10-09:40, then 10:20-10:40
    report = explain_start(monday(timing, STYLIST, busy={"ada": between("10:40-11:00")}), lagos("09:10"))
    assert report.check.reason == "busy"


@pytest.mark.parametrize("parts", [((70, 20), (0, 30)), ((0, 30), (70, 20))])
def test_the_order_in_which_segments_are_given_does_not_matter(parts: tuple[tuple[int, int], ...]) -> None:
    timing = ServiceTiming(duration=90, step=10, buffer_before=10, buffer_after=10)
    assert "09:10" in clocks(monday(timing, Demand(["ada"], parts=parts), busy={"ada": between("09:40-10:20")}))


def test_a_device_for_two_stands_in_the_question_once_for_each_lane() -> None:
    rows = [("dryer", 0, *between("09:00-17:00")[0]), ("dryer", 1, *between("09:00-16:00")[0])]
    busy = busy_by_resource(rows)
    assert set(busy) == {("dryer", 0), ("dryer", 1)}
    query = monday(ServiceTiming(duration=60, step=60), Demand([("dryer", 0), ("dryer", 1)]), busy=busy)  # type: ignore[list-item, arg-type]
    assert clocks(query) == ["16:00"]
    assert [slot.resource_ids for slot in find_slots(query)] == [(("dryer", 1),)]
    assert busy_by_resource(iter(())) == {}


def _minute(slot: object) -> int:
    return int(slot.starts_at.timestamp()) // 60  # type: ignore[attr-defined]
