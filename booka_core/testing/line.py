"""A tenant's WhatsApp line from end to end: a customer's phone on the emulated server, real webhooks to the real
application, the database, the jobs, and the way back.

Fixtures:

- `web_url`: the application, served on a free port in the test's own event loop.
- `line`: `tenant` with one Evolution account whose webhooks arrive at `web_url` (`Line`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest_asyncio

if TYPE_CHECKING:
    import httpx

    from booka_core.messaging.types import ConnectionInfo
    from booka_core.sdk.messaging import Connection
    from booka_core.tenancy.types import TenantInfo
    from booka_core.testing.database import TestDatabase
    from booka_core.testing.emulators import EvolutionServer

CUSTOMER = "+2348012345678"
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A tenant, its connection, and the server on whose other side its customers are."""

    tenant: TenantInfo
    info: ConnectionInfo
    connection: Connection
    evolution: EvolutionServer
    url: str
    http: httpx.AsyncClient

    def write(self, text: str, *, phone: str = CUSTOMER, name: str = "Ada O.", **more: Any) -> str:
        """A customer writes; the webhook is on its way. Returns WhatsApp's id of the message."""
        return self.evolution.phones.write(self.evolution.instance, phone=phone, name=name, text=text, **more)

    def received(self, phone: str = CUSTOMER) -> list[str]:
        """What reached the customer's phone."""
        return self.evolution.received(phone)

    async def settle(self) -> None:
        """Wait until every webhook has been taken and no work is due any more."""
        from booka_core.jobs.runner import drain  # noqa: PLC0415 - keeps the pytest plugin light

        for _ in range(_ROUNDS):
            await self.evolution.world.settle()
            tally = await drain()
            if not tally.total and not self.evolution.world.is_busy():
                return

    async def deliver(self, body: dict[str, Any] | bytes, **headers: str) -> httpx.Response:
        """Post a webhook as the server would; header names are given with underscores, None-like "" leaves one out."""
        from booka_core.emulators.evolution.deliveries import make_token  # noqa: PLC0415

        proof = {
            "Content-Type": "application/json",
            "X-Booka-Webhook-Token": self.connection.secrets["webhook_token"],
            "Authorization": f"Bearer {make_token(self.connection.secrets['jwt_key'])}",
        }
        proof.update({name.replace("_", "-").title(): value for name, value in headers.items()})
        if isinstance(body, dict):
            body = json.dumps({**body, "instance": body.get("instance", self.evolution.instance.name)}).encode()
        return await self.http.post(
            self.url, content=body, headers={name: value for name, value in proof.items() if value}
        )

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Rows of this tenant, as the application role sees them."""
        from booka_core.db.scope import tenant_scope  # noqa: PLC0415

        async with tenant_scope(self.tenant.id) as tx:
            return await tx.execute_query_dict(sql, list(values))


@pytest_asyncio.fixture(loop_scope="session")
async def web_url(database: TestDatabase) -> AsyncIterator[str]:  # noqa: ARG001 - the application needs it open
    """The address of the served application."""
    import uvicorn  # noqa: PLC0415 - keeps the pytest plugin light

    from booka_core.plugins import runtime as plugins  # noqa: PLC0415
    from booka_core.web.app import create_app  # noqa: PLC0415

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    plugins.load()
    bound = socket.create_server(("127.0.0.1", 0), backlog=512)
    app = create_app()
    server = Server(uvicorn.Config(app, lifespan="on", access_log=False, log_config=None, log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.005)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    app.stopping.set()
    server.should_exit = True
    await serving


@pytest_asyncio.fixture(loop_scope="session")
async def line(tenant: TenantInfo, web_url: str, evolution: EvolutionServer) -> AsyncIterator[Line]:
    """One paired account of `tenant`; the bot's turn does nothing until a test registers a handler."""
    import httpx  # noqa: PLC0415 - keeps the pytest plugin light

    from booka_core.channels import doors  # noqa: PLC0415
    from booka_core.channels import jobs as channel_jobs  # noqa: PLC0415
    from booka_core.messaging import jobs as messaging_jobs  # noqa: PLC0415
    from booka_core.outbox import jobs as outbox_jobs  # noqa: PLC0415
    from booka_core.testing.database import environment  # noqa: PLC0415

    outbox_jobs.register()
    messaging_jobs.register()
    channel_jobs.register()
    doors.forget()
    async with httpx.AsyncClient(timeout=30.0) as http:
        with environment({"BOOKA_BASE_URL": web_url}):
            info, connection = await connect(tenant.id, evolution)
            url = f"{web_url}/api/webhooks/{info.provider}/{info.webhook_path}"
            yield Line(tenant, info, connection, evolution, url, http)


async def connect(tenant_id: UUID, evolution: EvolutionServer, **settings: Any) -> tuple[ConnectionInfo, Connection]:
    """Add the server's account as a connection of a tenant, and tell the server where to deliver."""
    from booka_core.db.scope import bind_tenant  # noqa: PLC0415 - keeps the pytest plugin light
    from booka_core.messaging import commands, queries  # noqa: PLC0415

    with bind_tenant(tenant_id):
        info = await commands.create_connection(
            provider="evolution",
            name="WhatsApp",
            settings={
                "base_url": evolution.url,
                "instance": evolution.instance.name,
                "sends_per_second": 0,
                **settings,
            },
            secrets={"api_key": evolution.instance.token},
        )
        await commands.subscribe(info.id)
        return await queries.get_connection(info.id), await queries.open_connection(info.id)
