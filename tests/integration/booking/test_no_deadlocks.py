"""A few seconds of everything at once: bookings, holds, answers, moves, classes, series and hand-overs by forty hands
in one small salon. Nobody deadlocks, nothing fails but for a reason that a customer understands, and the book adds up.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from booka_core.availability import Recurrence
from booka_core.booking import attendance, commands, moves
from booka_core.booking.approval import approve_reservation
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import Cap, DemandSpec, ServiceRules
from booka_core.customers.commands import add_customer
from booka_core.offers.types import Wish, WishItem
from booka_core.pricing.price_list import add_promotion
from booka_core.pricing.types import PromotionTerms
from booka_core.sdk.errors import BookaError
from booka_core.series import commands as series
from booka_core.series import edits
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

HANDS, SECONDS, ENOUGH = 40, 5.0, 200  # a busy machine takes longer for as much
DESK = Actor(kind="user", label="Desk")
CUSTOMER = Actor(kind="customer")

OVERLAPS = """
select count(*) from occupancies a join occupancies b
  on a.resource_id = b.resource_id and a.lane = b.lane and a.id < b.id
  and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
where a.active and b.active
"""
# What a reservation takes follows from its services: a plan of each is in `needs`.
ODD_ONES = """
with needs (name, kinds) as (values ('Haircut', array['staff']), ('Full colour', array['chair', 'staff']),
                                    ('Wash', array['basin', 'staff']), ('Capped', array['staff']),
                                    ('Turns', array['staff']), ('Knotless braids', array['staff']),
                                    ('Wash + Haircut', array['basin', 'staff']))
select r.reference, r.status, r.service_name, n.kinds, took.kinds as took
from reservations r left join needs n on n.name = r.service_name, lateral (
  select coalesce(array_agg(distinct x.kind order by x.kind) filter (where o.active), '{}') as kinds,
         bool_and(o.starts_at <= r.starts_at or x.kind <> 'staff') as early,
         max(o.ends_at) filter (where o.active) >= r.ends_at as late
  from occupancies o join resources x on x.id = o.resource_id where o.reservation_id = r.id) as took
where r.session_id is null and (
  case when r.status in ('held', 'pending', 'confirmed', 'checked_in', 'completed')
       then took.kinds::text[] is distinct from n.kinds or not took.late
       else took.kinds <> '{}' end)
"""
SEATS = """
select s.id, s.active, s.seats, count(*) filter (where o.active and o.lane >= 1000) as guests,
       count(distinct o.resource_id) filter (where o.active and o.lane < 1000) as people,
       (select coalesce(sum(r.party_size), 0) from reservations r
        where r.session_id = s.id and r.status in ('held', 'confirmed')) as booked
from class_sessions s left join occupancies o on o.session_id = s.id group by s.id
"""
LOGS = """
select r.reference, r.status, l.action from reservations r, lateral (
  select action from reservation_logs l where l.reservation_id = r.id and action not in ('move', 'reassign')
  order by l.action in ('hold', 'book'), l.at desc, l.id desc limit 1) as l
where not case r.status when 'held' then l.action = 'hold' when 'confirmed' then l.action in ('book', 'confirm')
                        when 'cancelled' then l.action = 'cancel' when 'expired' then l.action = 'expire' else false end
"""
VOUCHERS = """
select p.uses_left + (select count(*) from redemptions d where d.promotion_id = p.id and d.active) as all_of_them,
       (select count(*) from redemptions d join reservations r on r.id = d.reservation_id
        where d.active and r.status not in ('held', 'confirmed')) as of_nobody
from promotions p
"""
CAPPED = """
select count(*) as n from reservations where service_name = 'Capped' and status in ('held', 'confirmed')
group by (starts_at at time zone 'Africa/Lagos')::date
"""


@dataclass
class Soak:
    """The salon, everything that was booked in it, and what every attempt came to."""

    salon: Salon
    services: dict[str, UUID]
    customers: list[UUID]
    known: list[ReservationInfo] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    surprises: list[BaseException] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - a test's dice

    def wish(self) -> Wish:
        kind = self.dice.choice(["haircut", "colour", "wash", "capped", "turns", "yoga", "dance", "visit"])
        starts_at = self.at()
        if kind == "visit":
            items = (WishItem(service_id=self.services["wash"]), WishItem(service_id=self.salon.haircut))
            return Wish(items=items, starts_at=starts_at)
        service = {"haircut": self.salon.haircut, "colour": self.salon.colour, **self.services}[kind]
        voucher = "WELCOME" if self.dice.random() < 0.5 else None
        return Wish.of(service_id=service, starts_at=starts_at, voucher=voucher)

    def at(self) -> datetime:
        return self.salon.at(self.dice.choice([9, 10, 11]), self.dice.choice([0, 30]), day=self.dice.choice([3, 4, 5]))

    def one(self) -> ReservationInfo:
        return self.dice.choice(self.known[-60:])

    def customer(self) -> UUID:
        return self.dice.choice(self.customers)

    async def book(self) -> None:
        made = await commands.book(self.wish(), customer_id=self.customer(), actor=CUSTOMER, source="web")
        self.known.append(made)

    async def hold(self) -> None:
        minutes = self.dice.choice([-1, 10])  # some have run out when they begin, so that others reclaim them
        made = await commands.hold_slot(
            self.wish(), customer_id=self.customer(), actor=CUSTOMER, source="web", minutes=minutes
        )
        self.known.append(made)
        self.held.append(made.id)

    async def confirm(self) -> None:
        one = self.one()
        approval = await approve_reservation(one.id)
        await commands.confirm_reservation(reservation_id=one.id, approval=approval, actor=CUSTOMER, source="web")

    async def cancel(self) -> None:
        one = self.one()
        self.known.remove(one)
        await commands.cancel_reservation(reservation_id=one.id, actor=CUSTOMER, source="web")

    async def expire(self) -> None:
        await commands.expire_hold(self.one().id)

    async def move(self) -> None:
        one, at = self.one(), self.at()
        approval = await moves.approve_move(reservation_id=one.id, starts_at=at)
        await moves.move_reservation(
            reservation_id=one.id, starts_at=at, approval=approval, actor=CUSTOMER, source="web"
        )

    async def reassign(self) -> None:
        one = self.one()
        other = {self.salon.ada: self.salon.bola, self.salon.bola: self.salon.ada}
        people = [other.get(r.id, r.id) for r in one.resources]
        await attendance.reassign(reservation_id=one.id, resource_ids=people, actor=DESK, source="admin")

    async def repeat(self) -> None:
        made = await series.book_series(
            wish=self.wish(),
            recurrence=Recurrence(frequency="daily", count=2),
            customer_id=self.customer(),
            actor=CUSTOMER,
            source="web",
            skip_taken=True,
        )
        self.known.extend(made.occurrences)

    async def change_series(self) -> None:
        chosen = next((one for one in reversed(self.known) if one.series_id is not None), None)
        if chosen is None:
            return
        if self.dice.random() < 0.5:
            await edits.cancel_series(reservation_id=chosen.id, scope="all", actor=CUSTOMER, source="web")
        else:
            at = chosen.starts_at + timedelta(minutes=self.dice.choice([-60, 30, 60]))
            await edits.move_series(reservation_id=chosen.id, scope="all", starts_at=at, actor=CUSTOMER, source="web")

    async def work(self, until: float) -> None:
        deeds: list[Callable[[], Awaitable[None]]] = [
            *[self.book] * 4, *[self.hold] * 3, self.confirm, *[self.cancel] * 3, self.expire, *[self.move] * 3,
            self.reassign, self.repeat, self.change_series,
        ]  # fmt: skip
        while time.monotonic() < until or (self.outcomes.total() < ENOUGH and time.monotonic() < until + 60):
            deed = self.dice.choice(deeds) if self.known else self.book
            try:
                await deed()
                self.outcomes[f"{deed.__name__}: done"] += 1
            except BookaError as refused:
                self.outcomes[f"{deed.__name__}: {type(refused).__name__}"] += 1
            except Exception as surprise:  # noqa: BLE001 - what the test is about
                self.surprises.append(surprise)


@pytest.fixture
async def soak(salon: Salon, frozen_clock: Any, plugins: Any) -> Soak:
    for number in (1, 2):
        await add_resource(location_id=salon.location_id, name=f"Basin {number}", kind="basin")
    await add_resource(location_id=salon.location_id, name="Hall", kind="hall", capacity=2)
    cap = (Cap(per="day", most=3), Cap(per="day", of="customer", most=2))
    services = {
        "wash": await add_service(name="Wash", minutes=30, price=500, demands=["staff", "basin"]),
        "capped": await add_service(
            name="Capped", minutes=30, price=500, rules=ServiceRules(caps=cap, active_per_customer=3)
        ),
        "turns": await add_service(name="Turns", minutes=30, price=500, rules=ServiceRules(assignment="round_robin")),
        "yoga": await add_service(name="Yoga", minutes=60, price=500, rules=ServiceRules(seats=3)),
        "dance": await add_service(
            name="Dance",
            minutes=60,
            price=500,
            demands=["staff", DemandSpec(kind="hall")],
            rules=ServiceRules(seats=2, assignment="round_robin"),
        ),
    }
    await add_promotion(PromotionTerms(name="Welcome", code="WELCOME", basis_points=1000, uses_left=500))
    customers = [(await add_customer(name=f"Customer {number}")).id for number in range(10)]
    return Soak(salon, services, customers)


async def test_forty_hands_at_once_neither_deadlock_nor_spoil_the_book(soak: Soak, database: TestDatabase) -> None:
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(soak.work(until) for _ in range(HANDS)))
    assert soak.surprises == [], Counter(repr(one)[:300] for one in soak.surprises)
    assert soak.outcomes["book: done"] > 0, soak.outcomes
    for one in soak.held:  # as the jobs of holds do, whoever has reclaimed their time by then
        await commands.expire_hold(one)
    await _adds_up(database)


async def _adds_up(database: TestDatabase) -> None:
    async with database.connect("owner") as connection:
        assert await connection.fetchval(OVERLAPS) == 0
        assert [dict(row) for row in await connection.fetch(ODD_ONES)] == []
        for meeting in await connection.fetch(SEATS):
            assert meeting["guests"] == meeting["booked"] <= meeting["seats"], dict(meeting)
            assert meeting["active"] == (meeting["guests"] > 0) == (meeting["people"] > 0), dict(meeting)
        assert [dict(row) for row in await connection.fetch(LOGS)] == []
        assert [tuple(row) for row in await connection.fetch(VOUCHERS)] == [(500, 0)]
        assert all(row["n"] <= 3 for row in await connection.fetch(CAPPED))
