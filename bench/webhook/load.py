"""The senders. `python -m bench.webhook.load PORT SECONDS` with the target's path and headers as JSON in BENCH_TARGET.

First a closed loop: 32 connections, each sending its next message when the last was answered. Then an open loop: 200
messages a second on the clock whatever the answers do, latency counted from the moment a message was due. No two
messages are alike. Prints one JSON line.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import secrets
import sys
import time
from collections import Counter
from typing import cast

import uvloop

CONNECTIONS = 32
RATE = 200
SECRET = b"bench-app-secret"
_BODY = json.dumps(
    {
        "event": "messages.upsert",
        "instance": "bench",
        "data": {
            "key": {"remoteJid": "CUSTOMER@s.whatsapp.net", "fromMe": False, "id": "MESSAGE"},
            "pushName": "Zainab",
            "status": "DELIVERY_ACK",
            "message": {"conversation": "Hello, do you have time for knotless braids on Saturday after three?"},
            "messageType": "conversation",
            "messageTimestamp": 1795177996,
            "instanceId": "ec7e9bb8-09cc-4d95-9be8-431acb360db0",
            "source": "android",
        },
        "destination": "http://127.0.0.1/webhook",
        "date_time": "2026-11-20T13:33:16.536Z",
        "sender": "2348099999999@s.whatsapp.net",
        "server_url": "http://evolution:8080",
        "apikey": "0DA00F15-4A05-4AB6-AE72-00B39E9F9CED",
    },
    separators=(",", ":"),
)


class Messages:
    """An endless supply of requests, no two alike, each signed as the bare endpoint expects it."""

    def __init__(self, path: str, headers: dict[str, str]) -> None:
        self._run = secrets.token_hex(6).upper()
        self._number = 0
        fixed = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{fixed}"

    def next(self) -> bytes:
        self._number += 1
        customer = 2348000000000 + self._number % 997
        body = _BODY.replace("CUSTOMER", str(customer)).replace("MESSAGE", f"3A{self._run}{self._number:08X}").encode()
        signature = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        head = f"{self._head}X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


class Caller(asyncio.Protocol):
    """One keep-alive connection with at most one request under way."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._answered: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(exc or ConnectionError("the server hung up"))

    def send(self, request: bytes) -> asyncio.Future[int]:
        assert self._transport is not None
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answered

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        length = head.find(b"content-length:")
        size = int(head[length + 15 :].split(b"\r\n", 1)[0]) if length >= 0 else 0
        if len(self._buffer) < end + 4 + size:
            return
        self._buffer = b""
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(int(head.split(b" ", 2)[1]))


async def connect(port: int) -> Caller:
    _, caller = await asyncio.get_running_loop().create_connection(Caller, "127.0.0.1", port)
    return caller


async def closed_loop(port: int, messages: Messages, seconds: float) -> tuple[float, Counter[int]]:
    statuses: Counter[int] = Counter()
    callers = [await connect(port) for _ in range(CONNECTIONS)]
    stop = time.perf_counter() + seconds

    async def call(caller: Caller) -> None:
        while time.perf_counter() < stop:
            statuses[await caller.send(messages.next())] += 1

    began = time.perf_counter()
    await asyncio.gather(*(call(caller) for caller in callers))
    return sum(statuses.values()) / (time.perf_counter() - began), statuses


async def open_loop(port: int, messages: Messages, seconds: float) -> tuple[list[float], Counter[int]]:
    statuses: Counter[int] = Counter()
    latencies: list[float] = []
    idle = [await connect(port) for _ in range(64)]
    under_way: set[asyncio.Task[None]] = set()

    async def call(caller: Caller, request: bytes, due: float) -> None:
        statuses[await caller.send(request)] += 1
        latencies.append((time.perf_counter() - due) * 1e3)
        idle.append(caller)

    first = time.perf_counter() + 0.1
    for number in range(round(RATE * seconds)):
        request, due = messages.next(), first + number / RATE
        while (early := due - time.perf_counter()) > 0:  # noqa: ASYNC110  - a clock, not a condition
            await asyncio.sleep(early if early > 0.001 else 0)
        caller = idle.pop() if idle else await connect(port)
        task = asyncio.create_task(call(caller, request, due))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    return sorted(latencies), statuses


async def main(port: int, seconds: float) -> None:
    target = json.loads(os.environ["BENCH_TARGET"])
    messages = Messages(target["path"], target["headers"])
    _, warm = await closed_loop(port, messages, 1.0)
    rate, closed = await closed_loop(port, messages, seconds)
    latencies, opened = await open_loop(port, messages, max(seconds, 2.0))
    statuses = warm + closed + opened
    print(
        json.dumps(
            {
                "requests_s": rate,
                "p50_at_200_ms": latencies[len(latencies) // 2],
                "p99_at_200_ms": latencies[int(len(latencies) * 0.99)],
                "accepted": statuses[200],
                "refused": sum(count for status, count in statuses.items() if status != 200),
            }
        )
    )


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2])))
