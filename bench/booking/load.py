"""The load: callers in a closed loop, each asking for 45 minutes (and 10 of buffer) of one of 2,000 people.

spread    people and hours drawn at random over seven years: callers hardly ever meet
hot       one person, starts on quarter hours of twelve days: nearly every attempt overlaps another
stampede  all callers wait for each other, then ask at once for a quarter hour of the same fresh two hours of one person

A contestant is a coroutine `book(staff, start) -> bool`. What the database saw (deadlocks, overlaps) is counted by the
caller in the database, not believed from here.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

FIRST = datetime(2027, 6, 1, tzinfo=UTC)
STAFF = 2000
STAFF_PER_TENANT = 20
LENGTH = timedelta(minutes=45)
BUFFER = timedelta(minutes=10)
SHAPES = {"spread": 8, "hot": 16, "stampede": 16}

Book = Callable[[int, datetime], Awaitable[bool]]


@dataclass
class Tally:
    """What the callers saw."""

    booked: int = 0
    refused: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    processor: float = 0.0

    def as_json(self) -> str:
        times = sorted(self.milliseconds)
        return json.dumps(
            {
                "attempts_s": len(times) / self.wall,
                "booked_s": self.booked / self.wall,
                "p50_ms": times[len(times) // 2],
                "p99_ms": times[int(len(times) * 0.99)],
                "client_cpu_ms": self.processor / len(times) * 1e3,
                "errors": self.errors,
            }
        )


async def drive(shape: str, *, seconds: float, book: Book, clients: int | None = None) -> Tally:
    tally = Tally()
    callers = clients or SHAPES[shape]
    gate = Gate(callers)
    stop = time.perf_counter() + seconds

    async def caller(number: int) -> None:
        draw = random.Random(number)
        turn = 0
        while True:
            if shape == "stampede":
                if not await gate.together(lambda: time.perf_counter() < stop):
                    return
            elif time.perf_counter() >= stop:
                return
            turn += 1
            staff, start = _wish(shape, draw, turn)
            began = time.perf_counter()
            try:
                if await book(staff, start):
                    tally.booked += 1
                else:
                    tally.refused += 1
            except Exception as error:  # noqa: BLE001  - counted by name; any of them is a fault of the contestant
                name = type(error).__name__
                tally.errors[name] = tally.errors.get(name, 0) + 1
            tally.milliseconds.append((time.perf_counter() - began) * 1e3)

    began, busy = time.perf_counter(), time.process_time()
    await asyncio.gather(*(caller(number) for number in range(callers)))
    tally.wall, tally.processor = time.perf_counter() - began, time.process_time() - busy
    return tally


def _wish(shape: str, draw: random.Random, turn: int) -> tuple[int, datetime]:
    if shape == "stampede":
        quarter = timedelta(days=turn // STAFF, minutes=15 * draw.randrange(8))
        return turn % STAFF + 1, FIRST + quarter
    if shape == "hot":
        return 1, FIRST + timedelta(minutes=15 * draw.randrange(1200))
    return draw.randrange(1, STAFF + 1), FIRST + timedelta(hours=draw.randrange(60_000))


class Gate:
    """Lets all callers pass at the same moment, and asks one question once for all of them."""

    def __init__(self, callers: int) -> None:
        self._callers = callers
        self._waiting = 0
        self._open: asyncio.Future[bool] | None = None

    async def together(self, go_on: Callable[[], bool]) -> bool:
        if self._open is None:
            self._open = asyncio.get_running_loop().create_future()
        here = self._open
        self._waiting += 1
        if self._waiting == self._callers:
            self._waiting = 0
            self._open = None
            here.set_result(go_on())
        return await here
