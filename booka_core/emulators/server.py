"""One process with all stand-ins: an HTTP port and an SMTP port on the loopback address. `run` is the process of
`booka emulators`; `Emulators` is the same thing inside another event loop, as tests want it.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from quart import Quart

from booka_core.emulators import mail
from booka_core.emulators.evolution import api, control
from booka_core.emulators.evolution.deliveries import Sender
from booka_core.emulators.evolution.phone import Pace, Phones
from booka_core.emulators.evolution.world import World
from booka_core.kernel.logging import configure
from booka_core.kernel.settings import settings

API_KEY = "emulated-evolution-key"
HTTP_PORT = 8010
SMTP_PORT = 8025


class _Server(uvicorn.Server):
    """uvicorn inside somebody else's event loop: signals are not its business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Emulators:
    """The stand-ins, started and stopped as one. Port 0 takes a free one.

    `factor` scales the waits between webhook attempts (1.0 is what Evolution really waits, about 20 minutes in all);
    `state` is a file that keeps the paired accounts across restarts.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        smtp_port: int = 0,
        api_key: str = API_KEY,
        factor: float = 1.0,
        pace: Pace | None = None,
        state: Path | None = None,
    ) -> None:
        self.api_key = api_key
        self.world = World(api_key=api_key, path=state)
        self.sender = Sender(self.world, server_url="", factor=factor)
        self.phones = Phones(self.world, self.sender, pace or Pace())
        self.mailbox = mail.Mailbox()
        self._host, self._wanted = host, (port, smtp_port)
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._smtp: asyncio.Server | None = None
        self.url = ""

    def application(self) -> Quart:
        """The HTTP side as an application."""
        app = Quart(__name__)
        api.install_errors(app)
        app.register_blueprint(api.blueprint(self.world, self.phones))
        app.register_blueprint(control.blueprint(self.world, self.sender, self.phones))
        app.register_blueprint(mail.blueprint(self.mailbox))
        return app

    async def start(self) -> None:
        """Listen on both ports; `url` and `mailbox.url` say where."""
        port, smtp_port = self._wanted
        bound = socket.create_server((self._host, port), backlog=512)
        self.url = f"http://{self._host}:{bound.getsockname()[1]}"
        self.sender.server_url = self.url
        loop = asyncio.get_running_loop()
        self._smtp = await loop.create_server(self.mailbox.protocol, self._host, smtp_port)
        self.mailbox.url = f"smtp://{self._host}:{self._smtp.sockets[0].getsockname()[1]}"
        config = uvicorn.Config(
            self.application(), lifespan="off", access_log=False, log_config=None, log_level="warning"
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[bound]))
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Close everything; open streams end."""
        await self.world.stop()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        if self._smtp is not None:
            self._smtp.close()
        await self.sender.close()


def run(host: str | None = None, port: int | None = None, smtp_port: int | None = None, *, factor: float = 0.1) -> None:
    """Serve until SIGTERM or Ctrl-C. Addresses left out come from BOOKA_EMULATOR_URL and SMTP_URL."""
    configure()
    chosen = settings()
    web = urlsplit(chosen.BOOKA_EMULATOR_URL or "")
    smtp = urlsplit(chosen.SMTP_URL.get_secret_value() if chosen.SMTP_URL else "")
    chosen.BOOKA_HOME.mkdir(parents=True, exist_ok=True)
    emulators = Emulators(
        host=host or web.hostname or "127.0.0.1",
        port=port or web.port or HTTP_PORT,
        smtp_port=smtp_port or smtp.port or SMTP_PORT,
        factor=factor,
        state=chosen.BOOKA_HOME / "emulators.json",
    )
    asyncio.run(_serve(emulators))


async def _serve(emulators: Emulators) -> None:
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    await emulators.start()
    await ending.wait()
    await emulators.stop()
