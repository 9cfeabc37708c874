"""What a dialogue remembers survives the loss of Redis, a stale copy in it, and two messages at once."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from redis.asyncio import Redis

from booka_core.conversation import cache, sessions
from booka_core.conversation.errors import SessionMovedOn, SessionNotFound, UnknownSlot
from booka_core.conversation.types import DialogState
from booka_core.db.scope import tenant_scope
from booka_core.testing.database import environment
from tests.integration.conversation.conftest import Phone

HAIRCUT = "haircut with ada tomorrow at 3pm"


async def test_a_dialogue_goes_on_after_redis_was_emptied(phone: Phone, redis: Redis) -> None:
    await phone.say(HAIRCUT)
    await redis.flushall()
    assert "You are booked" in await phone.say("yes")
    assert await phone.booked() == [("Haircut", "Ada", "2026-03-03 15:00")]


async def test_a_dialogue_goes_on_without_redis(phone: Phone) -> None:
    with environment({"REDIS_URL": "redis://127.0.0.1:1/0"}):
        await phone.say(HAIRCUT)
        assert "You are booked" in await phone.say("yes")


async def test_a_stale_copy_is_noticed_and_the_row_believed(phone: Phone, redis: Redis) -> None:
    await phone.say("haircut with ada")
    [key] = await redis.keys("booka:dialog:*")
    stale = await redis.get(key)
    assert stale is not None
    await phone.say("tomorrow at 3pm")
    await redis.set(key, stale)
    assert "You are booked" in await phone.say("yes"), "the stale copy knows of no draft, the row does"


async def test_a_copy_nobody_can_read_is_left_aside(phone: Phone, redis: Redis) -> None:
    await phone.say(HAIRCUT)
    [key] = await redis.keys("booka:dialog:*")
    await redis.set(key, '{"id": "of another version"}')
    assert "You are booked" in await phone.say("yes")


async def test_a_state_of_another_version_begins_the_dialogue_anew(phone: Phone, redis: Redis) -> None:
    await phone.say(HAIRCUT)
    await phone.rows("update dialog_sessions set state = $1", '{"written": "by a later version"}')
    await redis.flushall()
    assert await phone.say("hello") != ""
    assert "Shall I book it?" in await phone.say("haircut with ada tomorrow at 5pm")


async def test_the_copy_is_read_before_the_row(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    await phone.say("hello")

    async def never(*_: Any) -> None:
        raise AssertionError("the row was read although the copy was there")

    monkeypatch.setattr(sessions, "_open", never)
    session = await sessions.get_session(phone.conversation.id)
    assert session.state.greeted


async def test_a_session_begins_once_and_ends(phone: Phone) -> None:
    conversation = phone.conversation.id
    with pytest.raises(SessionNotFound):
        await sessions.get_session(conversation)
    first = await sessions.start_session(conversation)
    assert (await sessions.start_session(conversation)).id == first.id
    await sessions.end_session(conversation)
    await sessions.end_session(conversation)
    with pytest.raises(SessionNotFound):
        await sessions.get_session(conversation)
    assert (await sessions.start_session(conversation)).id != first.id


async def test_slots_are_filled_in_any_order_and_the_next_one_is_known(phone: Phone) -> None:
    conversation = phone.conversation.id
    await sessions.start_session(conversation)
    assert await sessions.next_step(conversation) == "service"
    await sessions.update_slot(conversation, "day", "2026-03-03")
    await sessions.update_slot(conversation, "time", "15:00")
    assert await sessions.next_step(conversation) == "service"
    await sessions.update_slot(conversation, "service", phone.salon.haircut)
    assert await sessions.next_step(conversation) == "staff"
    await sessions.update_slot(conversation, "anyone", value=True)
    assert await sessions.next_step(conversation) == "confirm"
    with pytest.raises(UnknownSlot):
        await sessions.update_slot(conversation, "shoe_size", 43)
    assert "Shall I book it?" in await phone.say("a haircut please"), "the chat goes on from there"


async def test_of_two_changes_at_once_one_has_to_look_again(phone: Phone) -> None:
    session = await sessions.start_session(phone.conversation.id)
    await sessions.save(session, DialogState(greeted=True))
    with pytest.raises(SessionMovedOn):
        await sessions.save(session, DialogState(misses=2))


async def test_a_dialogue_that_waited_too_long_begins_anew(phone: Phone, frozen_clock: ModuleType) -> None:
    await phone.say(HAIRCUT)
    frozen_clock.advance(sessions.IDLE + timedelta(minutes=1))
    reply = await phone.say("yes")
    assert "booked" not in reply
    assert await phone.booked() == []


async def test_nothing_is_copied_of_a_turn_that_was_rolled_back(phone: Phone, redis: Redis) -> None:
    session = await sessions.start_session(phone.conversation.id)
    with pytest.raises(RuntimeError):
        async with tenant_scope():
            await sessions.save(session, DialogState(misses=2))
            raise RuntimeError
    assert (await sessions.get_session(phone.conversation.id)).state.misses == 0
    copy = await cache.read(phone.salon.tenant.id, phone.conversation.id)
    assert copy is not None
    assert '"misses":0' in copy
