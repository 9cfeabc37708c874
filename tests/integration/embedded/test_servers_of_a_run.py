"""The servers the tests run on: one pair per run, a database per test, nothing left behind."""

import asyncpg
import pytest
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError

from booka_core.testing.servers import Servers


async def test_the_three_roles_have_the_rights_they_need_and_no_more(postgres_server: Servers) -> None:
    rights = {}
    for role in ("booka_owner", "booka_app", "booka_system"):
        connection = await asyncpg.connect(postgres_server.url(role, "booka"))
        rights[role] = await connection.fetchrow(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,"
            " has_schema_privilege('public', 'CREATE') AS creates FROM pg_roles WHERE rolname = current_user"
        )
        await connection.close()
    assert {role: tuple(row) for role, row in rights.items()} == {
        "booka_owner": (False, True, False, False, True),
        "booka_app": (False, False, False, False, False),
        "booka_system": (False, True, False, False, False),
    }


async def test_text_is_folded_and_searched_by_unicode_rules(postgres_server: Servers) -> None:
    connection = await asyncpg.connect(postgres_server.url("booka_app", "booka"))
    try:
        assert await connection.fetchval("SELECT lower('ЖАННА ÉLODIE')") == "жанна élodie"
        assert await connection.fetchval("SELECT similarity('Жанна', 'Жана')") > 0.4
    finally:
        await connection.close()


async def test_a_wrong_password_is_refused(postgres_server: Servers) -> None:
    address = postgres_server.url("booka_app", "booka").replace(postgres_server.passwords["booka_app"], "guess")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(address)


async def test_redis_asks_for_a_password(redis_server: Servers) -> None:
    own = redis_server.redis_url()
    stranger = Redis.from_url("redis://" + own.partition("@")[2])
    with pytest.raises(AuthenticationError):
        await stranger.ping()
    await stranger.aclose()


async def test_redis_keeps_nothing_on_disk(redis: Redis) -> None:
    settings = await redis.config_get("save", "appendonly")
    assert sorted(value if isinstance(value, str) else value.decode() for value in settings.values()) == ["", "no"]


async def test_an_emptied_redis_per_test(redis: Redis) -> None:
    assert await redis.dbsize() == 0
    await redis.set("left", "behind")
