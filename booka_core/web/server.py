"""The web process: opens the database, refuses an unsafe one, starts the composition root, and serves. On the way out
live streams are told first, so that an open page never holds up a restart; requests under way are finished.
"""

from __future__ import annotations

import asyncio
import socket
from types import FrameType

import uvicorn

from booka_core.db.scope import spawn
from booka_core.identity import tokens
from booka_core.kernel import logging
from booka_core.kernel.errors import MissingSecret
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.web.app import BookaApp, create_app

log = get_logger(__name__)

GRACE = 20
"""Seconds that requests under way may still take after a stop was asked for."""


class Server(uvicorn.Server):
    """uvicorn's server, which sets the application's `stopping` before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, app: BookaApp) -> None:
        super().__init__(config)
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal arrived: it may have interrupted the loop anywhere, so the event is set from inside the loop."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._app.stopping.set)
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.stopping.set()
        await super().shutdown(sockets)
        self._captured_signals.clear()  # a stop that was asked for and went well is not a death by signal


async def open_everything() -> None:
    """Everything before the first request. Raises `WeakSecret` and whatever stops the composition root."""
    from booka_core import runtime  # noqa: PLC0415 - loads every room and plugin, which only a serving process wants

    try:
        tokens.check_key()
    except MissingSecret as missing:
        log.warning("web.feature_off", setting=missing.name, feature="access tokens")
    await runtime.start("web")
    if settings().BOOKA_DEMO:
        from booka_core.runtime.demo_accounts import pair_accounts  # noqa: PLC0415 - only the demonstration pays

        spawn(pair_accounts())


async def close_everything() -> None:
    """Give back what `open_everything` took."""
    from booka_core import runtime  # noqa: PLC0415

    await runtime.stop()


def serve() -> None:
    """Serve until told to stop. Blocks. What keeps the process from starting is raised as it is."""
    logging.configure()
    chosen = settings()
    app = create_app()
    config = uvicorn.Config(
        app,
        host=chosen.BOOKA_HOST,
        port=chosen.BOOKA_PORT,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,  # believed from FORWARDED_ALLOW_IPS only, which is this machine unless set
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE,
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(Server(config, app)))


async def _serve(server: Server) -> None:
    await open_everything()
    try:
        await server.serve()
    finally:
        await close_everything()
