"""Live pages: what is committed anywhere is on every open page within a second, also while Redis is gone, and an open
page sees nothing any more once its session has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from time import perf_counter

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from booka_core.booking import commands, transitions
from booka_core.booking.types import SYSTEM, ReservationInfo
from booka_core.db.scope import bind_tenant, spawn
from booka_core.identity.commands import add_member, ensure_user
from booka_core.identity.sign_in import begin_session, end_session
from booka_core.jobs import hints
from booka_core.kernel.settings import reset_settings
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon
from booka_core.web import live
from booka_core.web.app import BookaApp
from booka_core.web.cookies import SESSION

# A page has a change within a second; a machine that runs many tests at once is given twice that.
SOON = 2.0
pytestmark = pytest.mark.usefixtures("frozen_clock", "plugins")


async def book(salon: Salon, hour: int) -> ReservationInfo:
    """Book as another process would: nothing of the page's task is known to it."""

    async def work() -> ReservationInfo:
        with bind_tenant(salon.tenant.id):
            return await commands.book(
                Wish.of(service_id=salon.haircut, starts_at=salon.at(hour)),
                customer_id=salon.customer_id,
                actor=SYSTEM,
                source="whatsapp",
            )

    return await spawn(work())


class Page:
    """One open page: counts how often it was rendered, and keeps what it was sent."""

    def __init__(self, salon: Salon) -> None:
        self.stopping = asyncio.Event()
        self.renders = 0
        self.events: asyncio.Queue[bytes] = asyncio.Queue()
        self.task = spawn(self._run(live.follow(salon.tenant.id, stopping=self.stopping, render=self.render)))

    async def render(self) -> str:
        self.renders += 1
        return f"<p>{self.renders}</p>"

    async def _run(self, events: AsyncIterator[bytes]) -> None:
        async with aclosing(events) as stream:  # type: ignore[type-var]
            async for event in stream:
                await self.events.put(event)

    async def next(self, start: bytes, *, within: float) -> float:
        """Seconds until an event with this beginning arrives."""
        began = perf_counter()
        async with asyncio.timeout(within):
            while not (await self.events.get()).startswith(start):
                pass
        return perf_counter() - began

    async def settled(self) -> None:
        """Wait until the subscription stands and whatever its beginning told has been rendered."""
        while True:
            try:
                await self.next(b"data:", within=1)
            except TimeoutError:
                return

    async def close(self) -> None:
        self.stopping.set()
        await asyncio.wait_for(self.task, 2)


OpenPage = Callable[[], Page]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(salon: Salon) -> AsyncIterator[OpenPage]:
    """Opens pages of the salon, and closes them when the test ends."""
    opened: list[Page] = []

    def one() -> Page:
        opened.append(Page(salon))
        return opened[-1]

    yield one
    for page in opened:
        await page.close()
    await hints.close()


async def test_a_page_first_gets_the_present_state_and_then_every_change_at_once(
    salon: Salon, redis: Redis, open_page: OpenPage
) -> None:
    page = open_page()
    await page.next(b"data: <p>1</p>", within=5)
    await page.settled()
    await book(salon, 10)
    await page.next(b"data:", within=SOON)


async def test_without_redis_changes_still_arrive_and_the_page_is_told_that_they_are_slow(
    salon: Salon, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    reset_settings()
    page = open_page()
    await page.next(b"event: beat\ndata: slow", within=8)
    await book(salon, 10)
    await page.next(b"data:", within=SOON + live.POLL_WITHOUT_HINTS)


@pytest.mark.parametrize(("pause", "arrives"), [(0.3, True), (60.0, False)])
async def test_polling_is_what_finds_a_change_whose_hint_was_lost(
    salon: Salon, redis: Redis, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, pause: float, arrives: bool
) -> None:
    """The second case takes polling away: then nothing arrives, so the first proves what it says."""
    monkeypatch.setattr(live, "POLL_WITH_HINTS", pause)
    page = open_page()
    await page.settled()
    for publisher in (hints, transitions):
        monkeypatch.setattr(publisher, "publish", lambda *_: None)
    await book(salon, 10)
    try:
        await page.next(b"data:", within=3)
    except TimeoutError:
        assert not arrives
    else:
        assert arrives


async def test_pages_of_one_tenant_share_one_line_which_ends_with_the_last_of_them(
    redis: Redis, open_page: OpenPage
) -> None:
    pages = [open_page() for _ in range(5)]
    for page in pages:
        await page.next(b"data:", within=5)
    assert len(live._lines) == 1
    for page in pages:
        await page.close()
    assert live._lines == {}


async def test_stopping_the_server_ends_a_stream_at_once(redis: Redis, open_page: OpenPage) -> None:
    page = open_page()
    await page.next(b"data:", within=5)
    began = perf_counter()
    await page.close()
    assert perf_counter() - began < SOON


async def test_a_stream_over_http_carries_the_board_and_ends_with_the_session(web_app: BookaApp, salon: Salon) -> None:
    user = await ensure_user(email="owner@glow.example", name="Owner")
    await add_member(user_id=user.id, role="owner")
    session = await begin_session(user_id=user.id)
    client = web_app.test_client()
    path = f"/admin/t/{salon.tenant.slug}/stream?date={salon.at(10).date()}"
    headers = {"Cookie": f"{SESSION.name}={session.token}", "Accept": "text/html, text/event-stream"}
    async with client.request(path, headers=headers) as connection:
        await connection.send_complete()
        received = ""
        booked = None
        async with asyncio.timeout(10):
            while booked is None or str(booked.id) not in received:
                received += (await connection.receive()).decode()
                if booked is None and "hx-partial" in received:
                    booked = await book(salon, 10)
        assert connection.status_code == 200
        assert connection.headers["Content-Type"].startswith("text/event-stream")

        await end_session(session_id=session.id, user_id=user.id)
        spawn(book(salon, 12))
        async with asyncio.timeout(5):
            rest = b""
            while chunk := await connection.receive():
                rest += chunk
        assert b"12:00" not in rest
