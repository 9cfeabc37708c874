"""The web process under a real socket: it starts, serves, and stops at once although a page is open."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
import time

import httpx
import pytest

from booka_core.testing.database import TestDatabase

# The servers of a test run forget on purpose, which a serving process would refuse.
ANY_DATABASE = """
from booka_core.db import lifecycle
async def accept(): pass
lifecycle.check_database = accept
"""
SERVE = ANY_DATABASE + "from booka_core.web.server import serve; serve()"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Process:
    """A web process of this test's own."""

    def __init__(self, database: TestDatabase, *, port: int, code: str = SERVE, **settings: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._code = code
        self._environment = {
            **os.environ, **database.environment, "BOOKA_PORT": str(port), "BOOKA_BASE_URL": self.address, **settings,
        }  # fmt: skip
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Process:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", self._code, env=self._environment, stderr=asyncio.subprocess.PIPE
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
            await self.process.communicate()

    async def answering(self) -> httpx.AsyncClient:
        assert self.process is not None
        client = httpx.AsyncClient(base_url=self.address)
        for _ in range(300):
            if self.process.returncode is not None:
                _, err = await self.process.communicate()
                pytest.fail(err.decode()[-2000:])
            try:
                await client.get("/api/health")
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
            else:
                return client
        pytest.fail("the web process did not answer")

    async def ended(self) -> tuple[int, str]:
        assert self.process is not None
        _, err = await asyncio.wait_for(self.process.communicate(), 15)
        assert self.process.returncode is not None
        return self.process.returncode, err.decode()


async def test_an_open_page_does_not_hold_up_a_stop(database: TestDatabase, redis_url: str) -> None:
    code = f"""{ANY_DATABASE}
import asyncio
from quart import Blueprint, Response, current_app
from booka_core.web import app as web, server
from booka_core.web.requests import public
pages = Blueprint("open_page", __name__)
@pages.get("/open")
@public("a page that stays open")
async def open_page():
    stopping = current_app.stopping
    async def events():
        yield b"data: hello\\n\\n"
        await stopping.wait()
        yield b"data: goodbye\\n\\n"
    return Response(events(), content_type="text/event-stream")
@pages.get("/slow")
@public("a request that takes a second")
async def slow():
    await asyncio.sleep(1)
    return "finished"
real = web.blueprints
web.blueprints = lambda *, demo: [*real(demo=demo), pages]
server.serve()
"""
    async with Process(database, port=free_port(), code=code, REDIS_URL=redis_url) as web:
        client = await web.answering()
        async with client.stream("GET", "/open", timeout=15) as page:
            events = page.aiter_bytes()
            assert await anext(events) == b"data: hello\n\n"
            slow = asyncio.create_task(client.get("/slow", timeout=15))
            await asyncio.sleep(0.3)
            assert web.process is not None
            web.process.send_signal(signal.SIGTERM)
            asked = time.monotonic()
            assert await anext(events) == b"data: goodbye\n\n"
            assert time.monotonic() - asked < 0.8
            assert (await slow).text == "finished"
        status, _ = await web.ended()
        assert time.monotonic() - asked < 5
        assert status == 0
        await client.aclose()


async def test_it_says_nothing_of_itself_on_the_wire(database: TestDatabase, redis_url: str) -> None:
    async with Process(database, port=free_port(), REDIS_URL=redis_url, SMTP_URL="smtp://127.0.0.1:1") as web:
        client = await web.answering()
        answer = await client.get("/api/health")
        assert "server" not in answer.headers
        assert re.fullmatch(r"[0-9a-f]{24}", answer.headers["x-request-id"])
        huge = await client.post("/sign-in", data={"email": "x" * 3_000_000}, headers={"Sec-Fetch-Site": "same-origin"})
        assert huge.status_code == 413
        assert "content-security-policy" in huge.headers
        await client.aclose()


async def test_a_short_secret_key_keeps_it_from_starting(database: TestDatabase, redis_url: str) -> None:
    async with Process(database, port=free_port(), REDIS_URL=redis_url, BOOKA_SECRET_KEY="short") as web:
        status, err = await web.ended()
    assert status != 0
    assert "BOOKA_SECRET_KEY" in err
    assert "at least 32 bytes" in err
