"""D28: a walk-in, ordered queue without times."""

from __future__ import annotations

from datetime import timedelta

from booka_core.booking.commands import book
from booka_core.booking.queries import get_reservation
from booka_core.booking.types import Actor
from booka_core.customers.commands import add_customer
from booka_core.offers.types import Wish
from booka_core.queue.commands import call_next, finish, join_queue, leave, skip, start_serving
from booka_core.queue.queries import list_queue
from booka_core.queue.types import EntryInfo
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def comes(salon: Salon, name: str, **more: object) -> EntryInfo:
    customer = await add_customer(name=name)
    asked: dict[str, object] = {"customer_id": customer.id, "service_id": salon.haircut, **more}
    return await join_queue(**asked)  # type: ignore[arg-type]


async def line() -> list[tuple[str | None, str, int | None]]:
    return [(e.customer_name, e.status, e.wait_minutes) for e in (await list_queue()).entries]


async def test_a_morning_at_the_barber(salon: Salon, frozen_clock, plugins) -> None:
    for name in ("Amaka", "Chidi", "Efe", "Funke"):
        await comes(salon, name)
    # Ada and Bola are free: two can begin at once, the next when a haircut of 45 minutes and 5 after is over.
    assert await line() == [
        ("Amaka", "waiting", 0),
        ("Chidi", "waiting", 0),
        ("Efe", "waiting", 50),
        ("Funke", "waiting", 50),
    ]
    assert [entry.ahead for entry in (await list_queue()).entries] == [0, 1, 2, 3]

    amaka = await call_next(resource_id=salon.ada)
    amaka = await start_serving(entry_id=amaka.id, actor=DESK, source="admin", resource_id=salon.ada)
    chidi = await call_next(resource_id=salon.bola)
    await skip(chidi.id)  # he went out for a call
    efe = await call_next(resource_id=salon.bola)
    await start_serving(entry_id=efe.id, actor=DESK, source="admin", resource_id=salon.bola)
    assert await line() == [
        ("Amaka", "serving", None),
        ("Efe", "serving", None),
        ("Funke", "waiting", 50),
        ("Chidi", "waiting", 50),
    ]

    frozen_clock.advance(timedelta(minutes=30))
    await finish(entry_id=amaka.id, actor=DESK, source="admin")
    assert await line() == [("Efe", "serving", None), ("Funke", "waiting", 0), ("Chidi", "waiting", 20)]
    sheet = await list_queue()
    assert [(e.customer_name, e.status) for e in sheet.ended] == [("Amaka", "served")]
    assert amaka.reservation_id is not None
    visit = await get_reservation(amaka.reservation_id)
    assert (visit.status, visit.customer_name, visit.service_name) == ("completed", "Amaka", "Haircut")

    await leave(next(e.id for e in sheet.entries if e.customer_name == "Funke"))
    assert await line() == [("Efe", "serving", None), ("Chidi", "waiting", 0)]


async def test_the_estimate_knows_the_booked_appointments_and_the_wishes(salon: Salon, frozen_clock, plugins) -> None:
    for who, minute in ((salon.ada, 30), (salon.bola, 0)):
        await book(
            Wish.of(
                service_id=salon.haircut, starts_at=salon.at(11 if minute == 0 else 10, minute, day=2), resource_id=who
            ),
            customer_id=salon.customer_id,
            actor=DESK,
            source="admin",
        )
    # It is 10:00. Ada is free until 10:30, which is too short; Bola until 11:00.
    await comes(salon, "Anybody will do")
    await comes(salon, "Ada, please", resource_id=salon.ada)
    await comes(salon, "Anybody again")
    assert await line() == [
        ("Anybody will do", "waiting", 0),  # Bola, now
        ("Ada, please", "waiting", 80),  # Ada, after 11:20
        ("Anybody again", "waiting", 110),  # Bola, after 11:50
    ]


async def test_whose_turn_will_not_come_before_closing_is_told_so(salon: Salon, frozen_clock, plugins) -> None:
    frozen_clock.advance(timedelta(hours=7))  # 17:00; the salon closes at 18:00
    for name in ("One", "Two", "Three"):
        await comes(salon, name)
    assert await line() == [("One", "waiting", 0), ("Two", "waiting", 0), ("Three", "waiting", None)]
