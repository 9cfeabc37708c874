"""The peer: the smallest honest endpoint in Quart, which verifies the signature over the raw body, parses, inserts one
row and answers 200.

`peer:batched` waits for a shared commit instead of one of its own, as an endpoint under load would be tuned.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
from typing import Any, cast

import asyncpg
from quart import Quart, Response, request

from bench.webhook.load import SECRET

SCHEMA = """
create schema if not exists peers;
create table if not exists peers.inbound (
  id bigint generated always as identity primary key,
  tenant int not null,
  external_id text not null,
  body jsonb not null,
  received timestamptz not null default now(),
  unique (tenant, external_id)
);
"""
INSERT = "insert into peers.inbound (tenant, external_id, body) values ($1, $2, $3) on conflict do nothing"
INSERT_MANY = """insert into peers.inbound (tenant, external_id, body)
select * from unnest($1::int[], $2::text[], $3::jsonb[]) on conflict do nothing"""

Row = tuple[int, str, str]


class Store:
    """Writes each row by itself."""

    def __init__(self) -> None:
        self.pool: Any = None

    async def open(self) -> None:
        self.pool = await asyncpg.create_pool(os.environ["BENCH_URL"], min_size=10, max_size=10)

    async def close(self) -> None:
        await self.pool.close()

    async def write(self, row: Row) -> None:
        async with self.pool.acquire() as connection:
            await connection.execute(INSERT, *row)


class SharedCommits(Store):
    """Writes all rows that wait by one statement; each caller is told after its commit."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[Row, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await super().open()
        self._writer = asyncio.create_task(self._flush())

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.cancel()
        await super().close()

    async def write(self, row: Row) -> None:
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((row, stored))
        self._wake.set()
        await stored

    async def _flush(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            columns = [list(column) for column in zip(*(row for row, _ in batch), strict=True)]
            async with self.pool.acquire() as connection:
                await connection.execute(INSERT_MANY, *columns)
            for _, stored in batch:
                if not stored.done():  # its caller may have hung up
                    stored.set_result(None)


def bare(store: Store) -> Quart:
    app = Quart(__name__)
    app.before_serving(store.open)
    app.after_serving(store.close)

    @app.post("/webhook/<int:tenant>")
    async def take(tenant: int) -> Response:
        body = cast("bytes", await request.get_data(cache=False))
        expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, request.headers.get("X-Hub-Signature-256", "")):
            return Response(b"", status=403)
        await store.write((tenant, json.loads(body)["data"]["key"]["id"], body.decode()))
        return Response(b"", status=200)

    return app


single = bare(Store())
batched = bare(SharedCommits())
