"""D17: anybody on the staff: whoever has least to do, whoever comes first, or whose turn it is by weight."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from booka_core.catalog.commands import add_resource, add_service, change_resource, change_service
from booka_core.catalog.rules import ServiceRules


async def test_the_one_with_the_least_to_do_serves(counter, salon) -> None:
    await counter.book(service_id=salon.haircut, starts_at=salon.at(9), resource_id=salon.ada)
    assert (await counter.book(service_id=salon.haircut, starts_at=salon.at(12))).staff.id == salon.bola


async def test_the_one_with_the_first_priority_serves_until_taken(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(assignment="priority"))
    await change_resource(salon.ada, priority=2)
    await change_resource(salon.bola, priority=1)
    served = [(await counter.book(service_id=salon.haircut, starts_at=salon.at(h))).staff.id for h in (9, 11, 13)]
    assert served == [salon.bola] * 3
    assert (await counter.book(service_id=salon.haircut, starts_at=salon.at(9))).staff.id == salon.ada


async def test_turns_are_shared_by_weight_in_the_long_run(counter, salon) -> None:
    fair = await add_service(name="Fair", minutes=15, price=1, rules=ServiceRules(assignment="round_robin"))
    await change_resource(salon.ada, weight=3)
    turns: Counter[object] = Counter()
    for number in range(40):
        start = salon.at(9) + timedelta(minutes=15 * (number % 30), days=number // 30)
        turns[(await counter.book(service_id=fair, starts_at=start)).staff.id] += 1
    assert turns == {salon.ada: 30, salon.bola: 10}


async def test_who_joins_later_gets_their_share_from_then_on(counter, salon) -> None:
    fair = await add_service(name="Fair", minutes=15, price=1, rules=ServiceRules(assignment="round_robin"))
    for number in range(12):
        await counter.book(service_id=fair, starts_at=salon.at(9) + timedelta(minutes=15 * number))
    chidi = await add_resource(location_id=salon.location_id, name="Chidi")
    later = [
        (await counter.book(service_id=fair, starts_at=salon.at(9, day=4) + timedelta(minutes=15 * number))).staff.id
        for number in range(27)
    ]
    assert abs(Counter(later)[chidi] - 9) <= 1


async def test_a_wish_for_somebody_is_kept_in_any_case(counter, salon) -> None:
    await change_service(salon.haircut, rules=ServiceRules(assignment="round_robin"))
    served = [
        (await counter.book(service_id=salon.haircut, starts_at=salon.at(h), resource_id=salon.ada)).staff.id
        for h in (9, 11, 13)
    ]
    assert served == [salon.ada] * 3
    assert (await counter.slots(date(2026, 3, 3), service_id=salon.haircut))[0].resource_ids == (salon.bola,)
