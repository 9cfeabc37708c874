"""D36: a business blocks a customer and lets them back in; reports of spam are counted and never block anybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from booka_core.booking.commands import book, hold_slot
from booka_core.booking.errors import CustomerBlocked
from booka_core.booking.queries import list_reservations
from booka_core.booking.types import Actor
from booka_core.customers.commands import add_customer, recognise
from booka_core.customers.queries import get_customer
from booka_core.customers.standing import block, report_spam, unblock
from booka_core.db.scope import bind_tenant
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon


@pytest.fixture(autouse=True)
def _bound(salon: Salon, frozen_clock: object, plugins: object) -> Iterator[None]:
    with bind_tenant(salon.tenant.id):
        yield


async def test_a_blocked_customer_books_and_holds_nothing_until_unblocked(salon: Salon) -> None:
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10))
    who = {
        "customer_id": salon.customer_id,
        "actor": Actor(kind="customer", id=salon.customer_id, label=""),
        "source": "web",
    }
    await block(salon.customer_id, reason="Never came")

    for verb in (book, hold_slot):
        with pytest.raises(CustomerBlocked):
            await verb(wish, **who)
    assert (await list_reservations()).items == ()

    await unblock(salon.customer_id)
    assert (await book(wish, **who)).status == "confirmed"


async def test_a_blocked_customer_is_known_as_such_until_unblocked() -> None:
    person = await add_customer(name="Tom")
    assert not person.blocked

    blocked = await block(person.id, reason="Did not come\nfour times")

    assert (blocked.blocked, blocked.blocked_reason) == (True, "Did not come four times")
    assert await block(person.id, reason="Shouted") == blocked.model_copy(update={"blocked_reason": "Shouted"})
    assert await unblock(person.id) == person
    assert await unblock(person.id) == person


async def test_a_blocked_customer_who_writes_again_is_still_blocked() -> None:
    person = await recognise(channel="whatsapp", external_id="jid", phone="+2348012345678")
    await block(person.id)

    again = await recognise(channel="whatsapp", external_id="another", phone="+2348012345678", name="Tom")

    assert (again.id, again.blocked) == (person.id, True)


async def test_reports_of_spam_are_counted_and_never_block() -> None:
    person = await add_customer(name="Tom")

    for _ in range(5):
        await report_spam(person.id)

    found = await get_customer(person.id)
    assert (found.spam_reports, found.blocked) == (5, False)
