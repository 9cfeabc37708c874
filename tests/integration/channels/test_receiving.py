"""What customers write arrives once, in order, as rows of the right tenant, whatever the road does to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from booka_core.channels import statements, turns
from booka_core.channels.jobs import FORGET
from booka_core.db.scope import bind_tenant, platform_scope, tenant_scope
from booka_core.jobs.commands import enqueue
from booka_core.jobs.runner import drain
from booka_core.kernel import clock
from booka_core.messaging import queries
from booka_core.messaging.commands import hand_back, mark_handled, queue_message
from booka_core.plugins import catalogue
from booka_core.plugins.errors import PluginNotEffective, UnknownProvider
from booka_core.testing.database import TestDatabase
from booka_core.testing.evolution_bodies import KINDS, envelope, message
from booka_core.testing.line import CUSTOMER, Line

OTHER = "+2348055555555"
AT_SALON = {"instance": "salon-1"}
MESSAGES = "select direction, kind, text, status, external_id, handled_at from messages order by sent_at, id"


@pytest_asyncio.fixture(loop_scope="session")
async def bot() -> AsyncIterator[list[str]]:
    """A bot that notes what it was asked, in order, and repeats it to the customer."""
    heard: list[str] = []

    async def echo(*, conversation_id: UUID, attempt: int) -> None:
        for one in await queries.unhandled(conversation_id):
            async with tenant_scope():
                heard.append(one.text)
                await mark_handled([one.id])
                await queue_message(
                    conversation_id=conversation_id, text=f"You said: {one.text}", dedupe_key=f"answer:{one.id}"
                )

    turns.register(echo)
    yield heard
    turns.register(_silent)


@pytest_asyncio.fixture(loop_scope="session")
async def overlap() -> AsyncIterator[list[int]]:
    """A slow bot; the list holds, for each turn, how many turns were under way."""
    under_way: set[object] = set()
    seen: list[int] = []

    async def slowly(*, conversation_id: UUID, attempt: int) -> None:
        turn = object()
        under_way.add(turn)
        seen.append(len(under_way))
        await asyncio.sleep(0.05)
        under_way.discard(turn)

    turns.register(slowly)
    yield seen
    turns.register(_silent)


def hello(number: int = 1) -> dict[str, Any]:
    """A customer's message, the same one for the same number."""
    return envelope("messages.upsert", message({"conversation": "hello"}, "conversation", number=number)) | AT_SALON


async def hurry() -> None:
    """What waits for a later attempt is due now."""
    async with platform_scope("jobs.dispatch") as tx:
        await tx.execute_query("update jobs set scheduled_at = $1 where status = 'queued'", [clock.now()])


async def _silent(*, conversation_id: UUID, attempt: int) -> None:
    return


async def test_a_message_becomes_a_row_and_the_answer_reaches_the_phone(line: Line, bot: list[str]) -> None:
    line.write("Hello there")
    await line.settle()

    assert line.received() == ["You said: Hello there"]
    (came, went) = await line.rows(MESSAGES + ", created_at")
    assert (came["direction"], came["text"], came["status"]) == ("in", "Hello there", "received")
    assert came["handled_at"] is not None
    assert (went["direction"], went["status"]) == ("out", "delivered")
    (customer,) = await line.rows("select name, phone from customers")
    assert customer == {"name": "Ada O.", "phone": CUSTOMER}
    assert [e.status for e in line.evolution.thread(CUSTOMER)] == ["delivered", "delivered"]


async def test_a_webhook_delivered_many_times_has_one_effect(line: Line, bot: list[str]) -> None:
    line.evolution.world.faults.copies = 7
    line.write("once, please")
    await line.settle()

    assert bot == ["once, please"]
    assert len(await line.rows("select id from inbound_events where kind = 'messages.upsert'")) == 1
    assert line.received() == ["You said: once, please"]


async def test_without_the_unique_key_a_repeated_webhook_is_handled_twice(
    line: Line, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the constraint, and nothing else, is what makes a repetition harmless."""
    guard = "on conflict (tenant_id, connection_id, dedupe_key) do nothing"
    assert guard in statements.STORE
    monkeypatch.setattr(statements, "STORE", statements.STORE.replace(guard, ""))
    async with database.connect("owner") as owner:
        (name,) = await owner.fetchrow(
            "select conname from pg_constraint where conrelid = 'inbound_events'::regclass and contype = 'u'"
        )
        await owner.execute(f'alter table inbound_events drop constraint "{name}"')
    for _ in range(2):
        assert (await line.deliver(hello())).status_code == 200
    assert len(await line.rows("select id from inbound_events")) == 2


async def test_the_messages_of_one_customer_are_handled_in_the_order_they_came(line: Line, bot: list[str]) -> None:
    said = [f"message {n}" for n in range(12)]
    for number, text in enumerate(said):
        body = envelope(
            "messages.upsert",
            message({"conversation": text}, "conversation", number=number, messageTimestamp=1795177996 + number),
        )
        assert (await line.deliver(body | AT_SALON)).status_code == 200
    await line.settle()
    assert bot == said


async def test_two_turns_of_one_customer_never_overlap(line: Line, overlap: list[int]) -> None:
    for number in range(4):
        assert (await line.deliver(hello(number))).status_code == 200
    await line.settle()
    assert len(overlap) == 4
    assert max(overlap) == 1


async def test_without_the_order_key_turns_of_one_customer_overlap(
    line: Line, overlap: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the order key is what keeps them apart."""
    order = "'in:' || connection_id || ':' || order_key"
    assert order in statements.STORE
    monkeypatch.setattr(statements, "STORE", statements.STORE.replace(order, "null::text"))
    for number in range(4):
        assert (await line.deliver(hello(number))).status_code == 200
    await line.settle()
    assert max(overlap) > 1


async def test_customers_do_not_wait_for_each_other(line: Line, bot: list[str]) -> None:
    line.write("from Ada")
    line.write("from Bola", phone=OTHER, name="Bola")
    await line.settle()
    assert sorted(bot) == ["from Ada", "from Bola"]
    assert line.received(OTHER) == ["You said: from Bola"]
    assert len(await line.rows("select id from conversations")) == 2


async def test_every_kind_of_message_is_written_down(line: Line) -> None:
    expected = []
    for number, (content, message_type, kind, text, choice, _attributes) in enumerate(KINDS.values()):
        fields = {"number": number, "messageTimestamp": 1795177996 + number}
        body = envelope("messages.upsert", message(content, message_type, **fields))
        assert (await line.deliver(body | AT_SALON)).status_code == 200
        expected.append({"kind": kind, "text": text, "choice_id": choice})
    await line.settle()
    assert await line.rows("select kind, text, choice_id from messages order by sent_at") == expected


async def test_a_privacy_id_and_a_phone_number_are_one_customer_with_one_conversation(line: Line) -> None:
    line.write("first, with both", privacy_id="69385314111689")
    await line.settle()
    body = envelope(
        "messages.upsert",
        message({"conversation": "then the privacy id alone"}, "conversation", key={"remoteJid": "69385314111689@lid"}),
    )
    await line.deliver(body | AT_SALON)
    await line.settle()
    assert len(await line.rows("select id from customers")) == 1
    assert len(await line.rows("select id from conversations")) == 1
    assert len(await line.rows("select id from messages")) == 2


async def test_groups_broadcasts_and_newsletters_are_stored_and_ignored(line: Line, bot: list[str]) -> None:
    for number, jid in enumerate(["120363@g.us", "status@broadcast", "99@broadcast", "1@newsletter"]):
        body = envelope(
            "messages.upsert",
            message({"conversation": "hi all"}, "conversation", number=number, key={"remoteJid": jid}),
        )
        assert (await line.deliver(body | AT_SALON)).status_code == 200
    await line.settle()
    assert bot == []
    assert await line.rows("select id from messages") == []
    assert [r["outcome"] for r in await line.rows("select outcome from inbound_events")] == ["ignored"] * 4


async def test_when_the_owner_answers_by_phone_the_bot_falls_silent_until_it_is_handed_back(
    line: Line, bot: list[str]
) -> None:
    line.write("is anybody there?")
    await line.settle()
    line.evolution.phones.write_as_owner(line.evolution.instance, phone=CUSTOMER, text="Yes, Folake here")
    await line.settle()
    line.write("great, thanks")
    await line.settle()
    assert bot == ["is anybody there?"]
    (conversation,) = await line.rows("select id, state from conversations")
    assert conversation["state"] == "human"
    rows = await line.rows("select text, author from messages where author = 'person'")
    assert rows == [{"text": "Yes, Folake here", "author": "person"}]

    with bind_tenant(line.tenant.id):
        await hand_back(conversation["id"])
    line.write("book me in")
    await line.settle()
    assert bot[-1] == "book me in"
    assert "great, thanks" not in bot, "the bot does not come back to what a person dealt with"
    assert len(await line.rows("select id from messages where text = 'great, thanks'")) == 1


async def test_an_edit_before_the_turn_changes_the_words_and_a_deletion_takes_them_back(line: Line) -> None:
    first, second = line.write("at three"), line.write("forget this")
    await line.settle()
    for event, data in (
        ("messages.edited", {"key": {"id": first}, "type": 14, "editedMessage": {"conversation": "at four"}}),
        ("messages.delete", {"id": second, "remoteJid": "2348012345678@s.whatsapp.net", "fromMe": False}),
    ):
        line.evolution.sender.emit(line.evolution.instance, event, data)
    await line.settle()
    with bind_tenant(line.tenant.id):
        (conversation,) = await queries.conversations()
        assert [m.text for m in await queries.unhandled(conversation.id)] == ["at four"]


async def test_what_arrives_for_a_suspended_business_is_stored_and_visibly_skipped(line: Line, bot: list[str]) -> None:
    async with platform_scope("tenancy.list") as tx:
        await tx.execute_query("update tenants set status = 'suspended' where id = $1", [line.tenant.id])
    assert (await line.deliver(hello())).status_code == 200
    assert (await drain()).skipped == 1
    assert [e["outcome"] for e in await line.rows("select outcome from inbound_events")] == [
        "skipped: the business is suspended"
    ]
    assert bot == []


async def test_what_arrives_for_a_switched_off_plugin_is_stored_and_visibly_skipped(
    line: Line, bot: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def switched_off(_tenant: UUID, slug: str) -> None:
        raise PluginNotEffective(slug=slug)

    monkeypatch.setattr(catalogue, "provider_for", switched_off)
    assert (await line.deliver(hello())).status_code == 200
    assert (await drain()).skipped == 1
    assert [e["outcome"] for e in await line.rows("select outcome from inbound_events")] == [
        "skipped: the provider's plugin is switched off"
    ]
    assert bot == []


async def test_a_turn_that_fails_is_taken_again_and_nothing_is_written_twice(line: Line) -> None:
    attempts: list[int] = []

    async def fails_once(*, conversation_id: UUID, attempt: int) -> None:
        attempts.append(len(await queries.unhandled(conversation_id)))
        if len(attempts) == 1:
            raise RuntimeError

    turns.register(fails_once)
    try:
        assert (await line.deliver(hello())).status_code == 200
        await line.settle()
        await hurry()
        await line.settle()
    finally:
        turns.register(_silent)
    assert attempts == [1, 1]
    assert len(await line.rows("select id from messages")) == 1
    (event,) = await line.rows("select outcome from inbound_events")
    assert event["outcome"] == "message (text)"


async def test_an_event_whose_provider_is_broken_waits_for_it(
    line: Line, bot: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_tenant: UUID, slug: str) -> None:
        raise UnknownProvider(slug=slug)

    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "provider_for", broken)
        assert (await line.deliver(hello())).status_code == 200
        assert (await drain()).retried == 1
    await hurry()
    await line.settle()
    assert bot == ["hello"]


async def test_old_events_are_forgotten_and_their_messages_stay(line: Line, bot: list[str]) -> None:
    line.write("hello")
    await line.settle()
    async with platform_scope("channels.retention") as tx:
        await tx.execute_query("update inbound_events set handled_at = handled_at - interval '31 days'")
        await enqueue(FORGET, {})
    line.write("and today")
    await line.settle()
    assert [
        e["outcome"] for e in await line.rows("select outcome from inbound_events where kind = 'messages.upsert'")
    ] == ["message (text)"]
    assert len(await line.rows("select id from messages where direction = 'in'")) == 2


async def test_the_account_going_offline_is_noted(line: Line) -> None:
    line.evolution.phones.connect(line.evolution.instance, "close", 401)
    await line.settle()
    (row,) = await line.rows("select state, state_detail from connections")
    assert row == {"state": "logged_out", "state_detail": "close (401)"}


async def test_nothing_secret_is_stored(line: Line) -> None:
    line.write("hello")
    await line.settle()
    stored = str(await line.rows("select payload::text as p from inbound_events"))
    for secret in (*line.connection.secrets.values(), line.info.webhook_path):
        assert secret not in stored
