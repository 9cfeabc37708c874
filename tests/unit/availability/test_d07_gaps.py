"""D7: starts that would leave a gap too short for anybody are withheld, as long as somebody leaves none."""

from __future__ import annotations

from dataclasses import replace

from booka_core.availability import Demand, Refusal, ServiceTiming, explain_start, find_slots

from .shop import between, clocks, lagos, monday

CUT = ServiceTiming(duration=60, step=15, gap=60)
HOURS = {"ada": between("09:00-12:00")}


def test_between_two_edges_only_flush_starts_and_those_with_room_for_another_are_offered() -> None:
    query = monday(CUT, Demand(["ada"]), open_ranges=HOURS)
    assert clocks(query) == ["09:00", "10:00", "11:00"]
    report = explain_start(query, lagos("09:15"))
    assert report.check == (False, "leaves_gap", ())
    assert len(clocks(replace(query, timing=CUT.model_copy(update={"gap": 0})))) == 9


def test_a_gap_beside_a_neighbour_is_measured_to_the_buffer() -> None:
    timing = ServiceTiming(duration=60, buffer_after=15, step=15, gap=30)
    query = monday(timing, Demand(["ada"]), open_ranges=HOURS, busy={"ada": between("11:00-12:00")})
    # 09:00 leaves 45 minutes until eleven; 09:15 and 09:30 leave less than 30 somewhere; 09:45 runs up to it.
    assert clocks(query) == ["09:00", "09:45"]


def test_one_colleague_who_leaves_no_gap_is_enough() -> None:
    query = monday(
        CUT,
        Demand(["ada", "bola"]),
        open_ranges={"ada": between("09:00-12:00"), "bola": between("09:30-12:30")},
    )
    found = {clock: slot.resource_ids for clock, slot in zip(clocks(query), find_slots(query), strict=True)}
    assert found == {
        "09:00": ("ada",),
        "09:30": ("bola",),
        "10:00": ("ada",),
        "10:30": ("bola",),
        "11:00": ("ada",),
        "11:30": ("bola",),
    }


def test_a_stretch_that_the_same_visit_fills_is_no_gap() -> None:
    """Wash 30, then cut 60: the wash fills what lies before the cut, though thirty minutes would be a gap."""
    visit = ServiceTiming(duration=90, step=15, gap=60)
    wash, cut = Demand(["ada"], parts=((0, 30),)), Demand(["ada"], parts=((30, 60),))
    query = monday(visit, wash, cut, open_ranges={"ada": between("09:00-12:00")})
    assert clocks(query) == ["09:00", "10:30"]
    exact = monday(visit, wash, cut, open_ranges={"ada": between("09:00-10:30")})
    assert clocks(exact) == ["09:00"]
    for start in ("09:00", "10:30"):
        assert explain_start(query, lagos(start)).check.free
    assert explain_start(query, lagos("09:30")).check.reason == "leaves_gap"
    # Somebody else cannot fill it: where only Bola washes, Ada's half hour before the cut stays empty.
    bola = monday(
        visit,
        replace(wash, candidates=["bola"]),
        cut,
        open_ranges={"ada": between("09:00-12:00"), "bola": between("07:30-17:00")},
    )
    assert clocks(bola) == ["08:30", "09:30", "10:30"]


def test_the_wait_inside_a_service_is_no_gap() -> None:
    colour = ServiceTiming(duration=90, step=15, gap=60)
    query = monday(colour, Demand(["ada"], parts=((0, 30), (70, 20))), open_ranges={"ada": between("09:00-10:30")})
    assert clocks(query) == ["09:00"]


def test_reasons_are_told_in_the_order_a_person_asks() -> None:
    timing = ServiceTiming(duration=60, step=15, gap=60, min_notice=30, window=400)
    query = monday(
        timing,
        Demand(["ada"]),
        open_ranges=HOURS,
        busy={"ada": between("11:30-12:00")},
        now=lagos("08:00"),
        refused=[
            Refusal(*between("10:00-10:10")[0], "cap_reached"),
            Refusal(*between("10:05-10:20")[0], "outside_dates"),
        ],
        why_closed={
            "ada": [Refusal(*between("12:30-14:00")[0], "absent"), Refusal(*between("12:00-13:00")[0], "holiday")]
        },
    )
    asked = {
        "07:59": "past",
        "08:15": "too_soon",
        "15:00": "beyond_window",
        "10:00": "cap_reached",
        "10:05": "outside_dates",
        "08:30": "closed",
        "12:00": "absent",
        "11:15": "holiday",
        "10:45": "busy",
        "09:15": "leaves_gap",
        "09:00": "free",
    }
    assert {clock: explain_start(query, lagos(clock)).check.reason for clock in asked} == asked
