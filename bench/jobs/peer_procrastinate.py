"""procrastinate, a job queue on PostgreSQL, with its table analysed: never analysed it is several times slower.

`python -m bench.jobs.peer_procrastinate N` makes its tables anew and writes N jobs.
"""

from __future__ import annotations

import asyncio
import os
import sys

import procrastinate
import psycopg
from procrastinate.types import JSONDict

from bench.jobs.mark import mark

ADDRESS = os.environ.get("BENCH_PROCRASTINATE_URL", "")
app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=ADDRESS, min_size=1, max_size=14))


@app.task(name="peer.noop", queue="bench")
async def noop(number: int) -> None:
    mark(number)


def numbers(first: int, end: int) -> list[JSONDict]:
    return [{"number": number} for number in range(first, end)]


async def send(jobs: int) -> None:
    async with await psycopg.AsyncConnection.connect(ADDRESS, autocommit=True) as connection:
        await connection.execute("drop schema public cascade")
        await connection.execute("create schema public")
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for first in range(0, jobs, 1000):
            await noop.batch_defer_async(*numbers(first, min(first + 1000, jobs)))
    async with await psycopg.AsyncConnection.connect(ADDRESS, autocommit=True) as connection:
        await connection.execute("vacuum analyze")


if __name__ == "__main__":
    asyncio.run(send(int(sys.argv[1])))
