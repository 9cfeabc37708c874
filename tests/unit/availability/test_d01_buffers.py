"""D1: time before and after a service is kept free, per service of a visit."""

from __future__ import annotations

import pytest

from booka_core.availability import Demand, ServiceTiming, assign, clashes, explain_start, find_slots
from booka_core.availability.claims import Claim

from .shop import between, clocks, lagos, monday

CUT = ServiceTiming(duration=60, buffer_before=10, buffer_after=20, step=10)


def test_buffers_keep_the_neighbours_at_a_distance() -> None:
    query = monday(CUT, Demand(["ada"]), busy={"ada": between("09:00-12:00", "13:40-17:00")})
    assert clocks(query) == ["12:10", "12:20"]
    without = ServiceTiming(duration=60, step=10)
    assert clocks(monday(without, Demand(["ada"]), busy=query.busy)) == ["12:00", "12:10", "12:20", "12:30", "12:40"]


def test_a_demand_with_buffers_of_its_own_keeps_those_instead() -> None:
    busy = {"ada": between("09:00-12:00", "13:40-17:00"), "chair": between("09:00-12:00", "13:40-17:00")}
    assert clocks(monday(CUT, Demand(["chair"], before=0, after=40), busy=busy)) == ["12:00"]
    both = monday(CUT, Demand(["ada"]), Demand(["chair"], before=0, after=20), busy=busy)
    assert clocks(both) == ["12:10", "12:20"]
    assert explain_start(both, lagos("12:00")).by_demand[0][0][1].blocked_by == tuple(between("09:00-12:00"))


# Two services of a visit: 30 minutes, then 30 more.
VISIT = ServiceTiming(duration=60, step=30)
FIRST, SECOND = ((0, 30),), ((30, 30),)


def test_one_person_gives_two_services_in_a_row() -> None:
    query = monday(VISIT, Demand(["ada"], parts=FIRST), Demand(["ada"], parts=SECOND))
    assert clocks(query)[0] == "09:00"
    assert assign(find_slots(query)[0].by_demand, clash=clashes(query.demands, VISIT)) == ("ada", "ada")


@pytest.mark.parametrize(("after", "before"), [(1, 0), (0, 1), (5, 5), (45, 0)])
def test_whatever_buffers_lie_between_them(after: int, before: int) -> None:
    """Buffers lie round a visit: they keep other customers away, and not the one who stays."""
    both = [Demand(["ada"], parts=FIRST, after=after), Demand(["ada"], parts=SECOND, before=before)]
    assert clocks(monday(VISIT, *both))[0] == "09:00"
    helped = [both[0], Demand(["bola", "ada"], parts=SECOND, before=before)]
    query = monday(VISIT, *helped)
    assert assign(find_slots(query)[0].by_demand, clash=clashes(helped, VISIT)) == ("ada", "ada")


@pytest.mark.parametrize(("after", "reason"), [(60, "busy"), (30, "free")])
def test_a_buffer_that_reaches_past_the_visit_still_keeps_others_away(after: int, reason: str) -> None:
    busy = {"ada": between("10:15-11:00")}
    query = monday(VISIT, Demand(["ada"], parts=FIRST, after=after), Demand(["ada"], parts=SECOND), busy=busy)
    assert explain_start(query, lagos("09:00")).check.reason == reason


def test_one_person_never_gives_two_services_at_once() -> None:
    alone = [Demand(["ada"], parts=FIRST), Demand(["ada"], parts=((29, 31),))]
    assert clocks(monday(VISIT, *alone)) == []
    assert explain_start(monday(VISIT, *alone), lagos("09:00")).check.reason == "busy"
    helped = [alone[0], Demand(["ada", "bola"], parts=((29, 31),))]
    assert assign(find_slots(monday(VISIT, *helped))[0].by_demand, clash=clashes(helped, VISIT)) == ("ada", "bola")


def test_a_search_that_forgets_who_clashes_would_need_one_person_twice_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    query = monday(VISIT, Demand(["ada"], parts=FIRST), Demand(["ada"], parts=((29, 31),)))
    assert clocks(query) == []
    monkeypatch.setattr(Claim, "clashes", lambda *_: False)
    assert clocks(query) != []


def test_whoever_serves_the_visit_already_is_preferred_and_the_head_of_the_list_before() -> None:
    clash = clashes([Demand([], parts=FIRST), Demand([], parts=SECOND)], VISIT)
    assert assign([["ada", "bola"], ["bola", "ada"]], clash=clash) == ("ada", "ada")
    assert assign([["ada", "bola"], ["bola", "ada"]], clash=clash, together=False) == ("ada", "bola")
    assert assign([["ada"], ["bola", "chidi"]], clash=clash) == ("ada", "bola")
    assert assign([["ada", "bola"], ["bola", "ada"]]) == ("ada", "bola")  # nothing said: one of their own for each
    assert assign([["ada"], ["ada"]]) is None


def test_a_party_of_six_with_two_services_each_is_placed_or_refused_at_once() -> None:
    """Guests begin together; five people cannot serve six of them, and six can serve them twice."""
    demands = [Demand([], parts=part) for _ in range(6) for part in (FIRST, SECOND)]
    clash = clashes(demands, VISIT)
    assert assign([list("abcde")] * 12, clash=clash) is None
    found = assign([list("abcdef")] * 12, clash=clash)
    assert found is not None
    assert [found[2 * guest] for guest in range(6)] == [found[2 * guest + 1] for guest in range(6)] == list("abcdef")
    assert assign([[f"person {number}" for number in range(100)]] * 12, clash=clash) is not None
