"""Health, readiness and figures: who is told what."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest
from redis.asyncio import Redis

from booka_core.jobs import hints
from booka_core.testing.database import TestDatabase, environment
from booka_core.testing.servers import Servers
from booka_core.testing.web import stranger
from booka_core.web import health
from booka_core.web.app import BookaApp, create_app


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "REMEMBERED", 0.0)


async def ready(app: BookaApp) -> tuple[int, dict[str, str]]:
    response = await stranger(app).get("/api/ready")
    body: dict[str, Any] = await response.get_json()
    return response.status_code, body["parts"]


async def beat() -> None:
    for part in ("worker", "dispatcher"):
        await hints.beat(part, "test")


async def test_an_installation_whose_parts_are_all_well_is_ready(web_app: BookaApp) -> None:
    await beat()
    status, parts = await ready(web_app)
    assert parts == dict.fromkeys(("database", "redis", "migrations", "plugins", "worker", "dispatcher"), "ok")
    assert status == 200


async def test_without_workers_it_is_not_ready_and_says_so(web_app: BookaApp) -> None:
    status, parts = await ready(web_app)
    assert status == 503
    assert parts["worker"] == "no worker has reported lately"
    assert parts["database"] == "ok"


async def test_without_redis_it_is_not_ready_but_alive(web_app: BookaApp) -> None:
    with environment({"REDIS_URL": "redis://127.0.0.1:1/0"}):
        status, parts = await ready(web_app)
        assert status == 503
        assert parts["redis"].startswith("does not answer")
        assert parts["database"] == "ok"
        assert (await stranger(web_app).get("/api/health")).status_code == 200


async def test_a_migration_that_waits_makes_it_not_ready(web_app: BookaApp, database: TestDatabase) -> None:
    await beat()
    async with database.connect("owner") as connection:
        await connection.execute("delete from aerich where app = 'core'")
    status, parts = await ready(web_app)
    assert (status, parts["migrations"]) == (503, "run `booka db upgrade`: core")


async def test_a_database_that_takes_nobody_in_is_said_within_seconds_and_without_its_address(
    web_app: BookaApp, database: TestDatabase, postgres_server: Servers
) -> None:
    await beat()
    connection = await asyncpg.connect(postgres_server.url("postgres", "postgres"))
    try:
        await connection.execute(f'alter database "{database.name}" connection limit 0')
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()",
            database.name,
        )
        try:
            status, parts = await ready(web_app)
            page = await stranger(web_app).get("/sign-in", headers={"Cookie": "booka_session_80=x"})
            call = await stranger(web_app).get("/api/v1/me", headers={"Authorization": "Bearer x"})
        finally:
            await connection.execute(f'alter database "{database.name}" connection limit -1')
    finally:
        await connection.close()
    assert status == 503
    assert parts["database"].startswith("does not answer")
    assert database.name not in str(parts)
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert call.status_code == 401


@pytest.mark.parametrize(
    ("headers", "client", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "10.1.2.3", 404),
        ({"X-Forwarded-For": "10.1.2.3"}, "127.0.0.1", 404),
        ({"Forwarded": "for=10.1.2.3"}, "127.0.0.1", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "10.1.2.3", 404),
        ({"Authorization": "Bearer scrape-me"}, "10.1.2.3", 200),
        ({"Authorization": "Bearer scrape-you"}, "10.1.2.3", 404),
        ({"Authorization": "Bearer "}, "10.1.2.3", 404),
    ],
)
async def test_figures_are_for_this_machine_and_for_who_has_the_token(
    app_without_stores: BookaApp, headers: dict[str, str], client: str, status: int
) -> None:
    with environment({"BOOKA_METRICS_TOKEN": "scrape-me"}):
        response = await app_without_stores.test_client().get(
            "/metrics", headers=headers, scope_base={"client": (client, 1)}
        )
    assert response.status_code == status


async def test_an_empty_metrics_token_opens_nothing(app_without_stores: BookaApp) -> None:
    with environment({"BOOKA_METRICS_TOKEN": ""}):
        for given in ("Bearer ", "Bearer", ""):
            response = await app_without_stores.test_client().get(
                "/metrics", headers={"Authorization": given}, scope_base={"client": ("10.1.2.3", 1)}
            )
            assert response.status_code == 404


async def test_the_figures_name_routes_and_no_paths(web_app: BookaApp, redis: Redis) -> None:
    await stranger(web_app).get("/sign-in/some-secret-token")
    await stranger(web_app).call("BREW", "/sign-in")
    figures = await (await stranger(web_app).get("/metrics", scope_base={"client": ("127.0.0.1", 1)})).get_data(
        as_text=True
    )
    assert 'route="/sign-in/<token>"' in figures
    assert "some-secret-token" not in figures
    assert "BREW" not in figures


async def test_a_broken_plugin_is_named_and_does_not_make_the_installation_unready(
    web_app: BookaApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> str:
        return "not running: glitter"

    await beat()
    monkeypatch.setitem(health.PARTS, "plugins", broken)
    status, parts = await ready(create_app())
    assert (status, parts["plugins"]) == (200, "not running: glitter")
