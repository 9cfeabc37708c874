"""D36: a business blocks a customer and lets them back in; reports of spam are counted and never block anybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from booka_core.customers.commands import add_customer, recognise
from booka_core.customers.queries import get_customer
from booka_core.customers.standing import block, report_spam, unblock
from booka_core.db.scope import bind_tenant
from booka_core.tenancy.types import TenantInfo


@pytest.fixture(autouse=True)
def _bound(tenant: TenantInfo) -> Iterator[None]:
    with bind_tenant(tenant.id):
        yield


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
