"""Live pages: server-sent events that follow one tenant's bookings. A hint through Redis says that something changed,
and the page's parts are rendered anew from the database; a hint carries no content, so it cannot be wrong, and when
hints fail, polling finds the change. The first message of a connection is the present state, so a reconnect needs no
replay. Beats tell the page whether it is really live.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

from quart import Response
from redis.exceptions import RedisError

from booka_core.booking.queries import recent_changes
from booka_core.db.scope import bind_tenant, spawn
from booka_core.jobs import hints
from booka_core.kernel.errors import MissingSecret
from booka_core.kernel.logging import get_logger
from booka_core.sdk.errors import BookaError
from booka_core.web.problems import UNAVAILABLE

log = get_logger(__name__)

BEAT = 5.0
GAP = 0.1
REFRESH = 60.0
POLL_WITH_HINTS = 5.0
POLL_WITHOUT_HINTS = 1.0
RETRY = b"retry: 1000\n\n"

Render = Callable[[], Awaitable[str]]


class Watcher:
    """One open page's view of its tenant: `changed` is set whenever it should be rendered anew."""

    def __init__(self, line: Line) -> None:
        self.changed = asyncio.Event()
        self._line = line

    @property
    def state(self) -> str:
        """`ok`, or `slow` while changes are found by polling alone."""
        return "ok" if self._line.hinted else "slow"


class Line:
    """What one process listens to for one tenant, shared by all of that tenant's open pages."""

    def __init__(self, tenant_id: UUID) -> None:
        self.tenant_id = tenant_id
        self.watchers: set[Watcher] = set()
        self.hinted = True
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        self._tasks = [spawn(self._listen()), spawn(self._poll())]

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher.changed.set()

    async def _listen(self) -> None:
        with contextlib.suppress(MissingSecret):  # without Redis there is only polling
            async for _ in hints.listen(hints.of_tenant(self.tenant_id)):
                self._tell()

    async def _poll(self) -> None:
        seen: UUID | None = None
        while True:
            self.hinted = await _hints_work()
            with contextlib.suppress(*UNAVAILABLE, BookaError):
                with bind_tenant(self.tenant_id):
                    newest = await recent_changes(limit=1)
                latest = newest[0].id if newest else None
                if latest != seen:
                    seen = latest
                    self._tell()
            await asyncio.sleep(POLL_WITH_HINTS if self.hinted else POLL_WITHOUT_HINTS)


async def _hints_work() -> bool:
    try:
        await hints.alive("worker")
    except (RedisError, OSError, MissingSecret):
        return False
    return True


_lines: dict[tuple[asyncio.AbstractEventLoop, UUID], Line] = {}


@contextlib.asynccontextmanager
async def watch(tenant_id: UUID) -> AsyncIterator[Watcher]:
    """Follow a tenant for as long as the block runs."""
    key = (asyncio.get_running_loop(), tenant_id)
    line = _lines.get(key)
    if line is None:
        line = _lines[key] = Line(tenant_id)
        line.open()
    watcher = Watcher(line)
    line.watchers.add(watcher)
    try:
        yield watcher
    finally:
        line.watchers.discard(watcher)
        if not line.watchers:
            line.close()
            _lines.pop(key, None)


async def follow(tenant_id: UUID, *, stopping: asyncio.Event, render: Render) -> AsyncIterator[bytes]:
    """The stream of one page: the present state, then every change, with beats between. It ends when the server stops
    or when `render` raises `StreamEnded`."""
    async with watch(tenant_id) as watcher:
        yield RETRY
        watcher.changed.set()
        loop = asyncio.get_running_loop()
        rendered_at = loop.time()
        while not stopping.is_set():
            if watcher.changed.is_set() or loop.time() - rendered_at >= REFRESH:
                watcher.changed.clear()
                try:
                    yield message(await render())
                    rendered_at = loop.time()
                    await first_of(stopping, timeout=GAP)  # what changes meanwhile is one more rendering, not many
                except StreamEnded:
                    return
                except UNAVAILABLE as error:
                    log.warning("live.render_postponed", error=type(error).__name__)
                    yield beat("slow")
                    watcher.changed.set()
                    await first_of(stopping, timeout=POLL_WITHOUT_HINTS)
                    continue
            yield beat(watcher.state)
            await first_of(watcher.changed, stopping, timeout=BEAT)


class StreamEnded(BookaError):
    """This stream is over."""


async def first_of(*events: asyncio.Event, timeout: float) -> None:  # noqa: ASYNC109 - a wait that ends is the point
    """Wait until one of the events is set, or for `timeout` seconds."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


def message(html: str) -> bytes:
    """A fragment as one unnamed event."""
    return ("".join(f"data: {line}\n" for line in html.splitlines()) + "\n").encode()


def beat(state: str) -> bytes:
    """A sign of life: `ok`, or `slow` while updates come later than they should."""
    return f"event: beat\ndata: {state}\n\n".encode()


def streaming(events: AsyncIterator[bytes]) -> Response:
    """An answer that lasts as long as its events."""
    response = Response(events, content_type="text/event-stream; charset=utf-8")
    response.timeout = None
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response
