"""A message is sent once, or somebody is told that nobody knows. No answer of a provider and no crash makes it two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from booka_core.customers.commands import recognise
from booka_core.db.scope import bind_tenant, platform_scope, tenant_scope
from booka_core.jobs.runner import drain
from booka_core.kernel import clock
from booka_core.messaging import commands, deliveries, jobs, queries
from booka_core.messaging.types import ConversationInfo, MessageInfo
from booka_core.plugins import in_use
from booka_core.sdk.messaging import DeliveryUpdate
from booka_core.testing.line import CUSTOMER, Line


@dataclass(frozen=True)
class Chat:
    """A conversation to send into."""

    line: Line
    conversation: ConversationInfo

    async def say(self, text: str = "Your appointment is booked.", **options: Any) -> UUID:
        async with tenant_scope(self.line.tenant.id):
            return await commands.queue_message(conversation_id=self.conversation.id, text=text, **options)

    async def message(self, message_id: UUID) -> MessageInfo:
        with bind_tenant(self.line.tenant.id):
            return next(m for m in await queries.thread(self.conversation.id) if m.id == message_id)

    async def status(self, message_id: UUID) -> str:
        return (await self.message(message_id)).status

    async def announced(self, message_id: UUID) -> list[str]:
        rows = await self.line.rows(
            "select payload->>'status' as s from outbox_events where subject = $1 order by seq", f"message:{message_id}"
        )
        return [row["s"] for row in rows]

    async def hurry(self) -> None:
        """What waits for a later attempt is due now."""
        await self.line.settle()
        async with platform_scope("jobs.dispatch") as tx:
            await tx.execute_query("update jobs set scheduled_at = $1 where status = 'queued'", [clock.now()])
        await self.line.settle()

    async def again(self) -> None:
        """The carrier delivers the send jobs a second time, as after a lost acknowledgement."""
        async with platform_scope("jobs.dispatch") as tx:
            await tx.execute_query(
                """update jobs set status = 'queued', finished_at = null, scheduled_at = $1
                   where type = 'messaging.send'""",
                [clock.now()],
            )
        await drain()


@pytest_asyncio.fixture(loop_scope="session")
async def chat(line: Line) -> AsyncIterator[Chat]:
    with bind_tenant(line.tenant.id):
        customer = await recognise(channel="whatsapp", external_id=CUSTOMER.lstrip("+"), phone=CUSTOMER, name="Ada")
        conversation = await commands.meet(
            connection_id=line.info.id, channel="whatsapp", customer_id=customer.id, address=CUSTOMER.lstrip("+")
        )
    yield Chat(line, conversation)


async def test_a_queued_message_reaches_the_phone_and_its_ticks_come_back(chat: Chat) -> None:
    sent = await chat.say()
    assert await chat.status(sent) == "queued"
    await chat.line.settle()
    assert chat.line.received() == ["Your appointment is booked."]
    assert await chat.status(sent) == "delivered"
    chat.line.evolution.phones.read_all(chat.line.evolution.instance, phone=CUSTOMER)
    await chat.line.settle()
    assert await chat.status(sent) == "read"
    assert await chat.announced(sent) == ["sent", "delivered", "read"]


async def test_a_transaction_that_fails_sends_nothing(chat: Chat) -> None:
    with pytest.raises(RuntimeError):
        async with tenant_scope(chat.line.tenant.id):
            await commands.queue_message(conversation_id=chat.conversation.id, text="never")
            raise RuntimeError
    await chat.line.settle()
    assert chat.line.received() == []


async def test_the_same_dedupe_key_is_one_message(chat: Chat) -> None:
    first = await chat.say(dedupe_key="answer:1")
    assert await chat.say("something else", dedupe_key="answer:1") == first
    await chat.line.settle()
    assert chat.line.received() == ["Your appointment is booked."]


async def test_messages_of_one_conversation_go_out_in_order_even_when_the_first_has_to_wait(chat: Chat) -> None:
    chat.line.evolution.instance.state = "close"
    for number in range(5):
        await chat.say(f"{number}")
    await drain()
    assert chat.line.received() == []
    chat.line.evolution.instance.state = "open"
    await chat.again()
    await chat.line.settle()
    assert chat.line.received() == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("fault", ["accept_then_hang", "accept_then_error"])
async def test_an_unclear_send_is_not_repeated_and_is_resolved_by_what_the_provider_reports(
    chat: Chat, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SEND_TIMEOUT", 3.0)
    chat.line.evolution.world.faults.hold = True
    chat.line.evolution.fail_next_send(fault, seconds=20.0)
    sent = await chat.say()
    await drain()
    assert await chat.status(sent) == "unknown"
    await chat.again()
    assert chat.line.received() == ["Your appointment is booked."], "it went out once"
    assert await chat.announced(sent) == ["unknown"]

    chat.line.evolution.world.faults.hold = False
    chat.line.evolution.sender.release(backwards=True)
    for _ in range(20):  # the provider's reports come by themselves, on a busy machine one after the other
        await chat.hurry()
        if await chat.status(sent) == "delivered":
            break
    assert await chat.status(sent) == "delivered"
    assert chat.line.received() == ["Your appointment is booked."]


async def test_if_an_unclear_send_were_repeated_the_customer_would_read_it_twice(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: treat the unclear answer as one that certainly failed."""
    monkeypatch.setattr(jobs, "SEND_TIMEOUT", 3.0)
    monkeypatch.setattr(deliveries, "doubt", deliveries.postpone)
    chat.line.evolution.world.faults.hold = True
    chat.line.evolution.fail_next_send("accept_then_hang", seconds=20.0)
    await chat.say()
    await drain()
    await chat.again()
    assert len(chat.line.received()) == 2


async def test_a_worker_that_died_while_sending_leaves_a_message_nobody_sends_again(chat: Chat) -> None:
    sent = await chat.say()
    with bind_tenant(chat.line.tenant.id):
        assert await deliveries.begin(sent) is not None  # and here the worker is killed
    await drain()
    assert await chat.status(sent) == "unknown"
    assert chat.line.received() == []
    assert await chat.announced(sent) == ["unknown"]


async def test_without_the_mark_before_the_call_a_dead_worker_means_a_second_message(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a sender that dies after the call and had marked nothing before it."""
    begin = deliveries.begin

    async def unmarked(message_id: UUID) -> Any:
        row = await begin(message_id)
        async with tenant_scope() as tx:
            await tx.execute_query("update messages set status = 'queued' where id = $1", [message_id])
        return row

    async def killed(*_: Any, **__: Any) -> None:
        raise OSError("killed")

    await chat.say()
    monkeypatch.setattr(deliveries, "begin", unmarked)
    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "succeed", killed)
        await drain()
    await chat.again()
    assert len(chat.line.received()) == 2


async def test_a_refused_message_fails_once_and_for_all(chat: Chat) -> None:
    chat.line.evolution.fail_next_send("not_on_whatsapp")
    sent = await chat.say()
    await drain()
    await chat.again()
    message = await chat.message(sent)
    assert message.status == "failed"
    assert "not on WhatsApp" in message.detail
    assert chat.line.received() == []
    assert await chat.announced(sent) == ["failed"]


async def test_what_certainly_did_not_go_out_is_tried_again(chat: Chat) -> None:
    chat.line.evolution.instance.state = "close"
    sent = await chat.say()
    await drain()
    assert await chat.status(sent) == "postponed"
    (job,) = await chat.line.rows("select status, scheduled_at from jobs where type = 'messaging.send'")
    assert job["status"] == "queued"
    assert job["scheduled_at"] > clock.now()
    chat.line.evolution.instance.state = "open"
    await chat.again()
    await chat.line.settle()
    assert chat.line.received() == ["Your appointment is booked."]


async def test_a_message_that_never_goes_out_is_given_up_and_said_so(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "SEND_ATTEMPTS", 1)
    chat.line.evolution.instance.state = "close"
    sent = await chat.say()
    await drain()
    assert await chat.status(sent) == "failed"
    assert await chat.announced(sent) == ["failed"]


async def test_what_only_a_person_can_put_right_is_shown_at_the_connection(chat: Chat) -> None:
    chat.line.evolution.fail_next_send("licence")
    sent = await chat.say()
    await drain()
    assert await chat.status(sent) == "postponed"
    (row,) = await chat.line.rows("select state, state_detail from connections")
    assert row["state"] == "needs_help"
    assert "licence" in row["state_detail"]


async def test_reports_only_move_a_message_forward(chat: Chat) -> None:
    chat.line.evolution.world.faults.hold = True
    sent = await chat.say()
    await drain()
    external_id = (await chat.message(sent)).external_id
    assert external_id is not None
    with bind_tenant(chat.line.tenant.id):
        for status in ("read", "delivered", "sent", "read"):
            assert await deliveries.record_delivery(
                chat.line.info.id,
                DeliveryUpdate(external_id=external_id, status=status),  # type: ignore[arg-type]  # the words above
            )
    assert await chat.status(sent) == "read"
    assert await chat.announced(sent) == ["sent", "read"]


async def test_a_report_that_is_quicker_than_the_answer_is_not_lost(chat: Chat) -> None:
    """The webhook with the ticks is handled while the send is still waiting for its answer."""
    sent = await chat.say()
    with bind_tenant(chat.line.tenant.id):
        await deliveries.begin(sent)
        assert await deliveries.is_one_nameless(chat.line.info.id)
    reported = {"keyId": "3EB0QUICK", "fromMe": True, "status": "DELIVERY_ACK"}
    chat.line.evolution.sender.emit(chat.line.evolution.instance, "messages.update", reported)
    await chat.line.evolution.world.settle()
    await drain()
    with bind_tenant(chat.line.tenant.id):
        await deliveries.succeed(sent, external_id="3EB0QUICK")
    await chat.hurry()
    assert await chat.status(sent) == "delivered"


async def test_a_connection_keeps_its_pace(chat: Chat) -> None:
    async with tenant_scope(chat.line.tenant.id) as tx:
        await tx.execute_query("update connections set settings = settings || '{\"sends_per_second\": 20}'")
    for number in range(4):
        await chat.say(f"{number}")
    before = clock.now()
    await chat.line.settle()
    assert clock.now() - before >= timedelta(seconds=3 / 20)
    assert len(chat.line.received()) == 4


async def test_a_provider_in_use_cannot_be_switched_off(chat: Chat) -> None:
    assert await in_use.reasons(chat.line.tenant.id, "providers") == ["1 connections still use this provider."]
    assert await in_use.reasons(chat.line.tenant.id, "beauty") == []


async def test_secrets_open_only_in_their_own_row(chat: Chat) -> None:
    """A sealed value that is copied to another connection is worthless there."""
    from booka_core.kernel.errors import SealBroken  # noqa: PLC0415 - only here

    line = chat.line
    stored = (await line.rows("select sealed from connections"))[0]["sealed"]
    for secret in line.connection.secrets.values():
        assert secret.encode() not in bytes(stored)
    with bind_tenant(line.tenant.id):
        other = await commands.create_connection(provider="evolution", name="two", settings={}, secrets={})
        async with tenant_scope() as tx:
            await tx.execute_query("update connections set sealed = $1 where id = $2", [stored, other.id])
        with pytest.raises(SealBroken):
            await queries.open_connection(other.id)
