"""Attempts are counted in Redis for all processes, and in each process when Redis is gone. Somebody always counts."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
from redis.asyncio import Redis

from booka_core.identity.errors import TooManyAttempts
from booka_core.identity.limits import Limit, Limiter

FIVE = Limit("test", most=5, seconds=60)


async def passed(limiter: Limiter, key: str, tries: int, *, limit: Limit = FIVE) -> int:
    results = await asyncio.gather(*(limiter.take(limit, key) for _ in range(tries)), return_exceptions=True)
    assert all(result is None or isinstance(result, TooManyAttempts) for result in results)
    return sum(result is None for result in results)


async def test_five_of_many_attempts_at_once_pass_over_all_processes(redis: Redis, redis_url: str) -> None:
    one, two = Limiter(redis_url), Limiter(redis_url)
    counts = await asyncio.gather(passed(one, "ada", 40), passed(two, "ada", 40))
    assert sum(counts) == 5
    assert await passed(one, "chidi", 1) == 1
    await one.close()
    await two.close()


async def test_who_is_refused_learns_when_to_come_back_and_is_let_in_then(redis: Redis, redis_url: str) -> None:
    limiter = Limiter(redis_url)
    brief = Limit("brief", most=1, seconds=1)
    await limiter.take(brief, "ada")
    with pytest.raises(TooManyAttempts) as refused:
        await limiter.take(brief, "ada")
    assert refused.value.retry_after == 1
    await asyncio.sleep(1.05)
    await limiter.take(brief, "ada")
    await limiter.close()


async def test_addresses_do_not_reach_redis(redis: Redis, redis_url: str) -> None:
    limiter = Limiter(redis_url)
    await limiter.take(FIVE, "ada@glow.example")
    assert all(b"ada" not in key for key in await redis.keys("*"))
    await limiter.close()


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", None])
async def test_without_redis_each_process_counts_by_itself_at_half_the_rate(address: str | None) -> None:
    limiter = Limiter(address)
    assert await passed(limiter, "ada", 40) == 2
    assert await passed(limiter, "ada", 40) == 0
    await limiter.close()


async def test_a_redis_that_never_answers_costs_one_short_wait_and_no_error() -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    limiter = Limiter(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
    began = time.monotonic()
    assert await passed(limiter, "ada", 20) == 2
    for _ in range(100):
        with pytest.raises(TooManyAttempts):
            await limiter.take(FIVE, "ada")
    assert time.monotonic() - began < 2.0
    await limiter.close()
    silent.close()


async def test_a_flood_of_keys_does_not_grow_the_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booka_core.identity.limits._KEYS_AT_MOST", 100)
    limiter = Limiter(None)
    for number in range(1000):
        await limiter.take(FIVE, str(number))
    assert len(limiter._own) <= 100
