"""The webhook sender with the habits of the real one: static headers, a token made once per event, doubling waits, a
list of statuses after which it gives up, and nothing left behind when it does. `factor` shortens all waits alike.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from booka_core.emulators.evolution.world import Instance, World
from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger

log = get_logger(__name__)

ATTEMPTS = 10
FIRST_WAIT = 5.0
LONGEST_WAIT = 300.0
JITTER = 0.2
TOKEN_SECONDS = 600
GIVES_UP_ON = frozenset({400, 401, 403, 404, 422})


@dataclass(slots=True)
class Delivery:
    """One event on its way to one webhook, as the control API shows it."""

    instance: str
    event: str
    statuses: list[int | str] = field(default_factory=list)
    delivered: bool = False
    given_up: bool = False


class Sender:
    """Delivers events to the instances' webhooks. `server_url` is what the bodies claim to come from."""

    def __init__(self, world: World, *, server_url: str, factor: float = 1.0) -> None:
        self.log: deque[Delivery] = deque(maxlen=1000)
        self.server_url = server_url
        self._world = world
        self._factor = factor
        self._client = httpx.AsyncClient(timeout=30.0, follow_redirects=True, headers={"User-Agent": "axios/1.7.9"})
        self._held: list[tuple[str, dict[str, Any], dict[str, str], Delivery]] = []

    async def close(self) -> None:
        await self._client.aclose()

    def emit(self, instance: Instance, event: str, data: Any) -> asyncio.Future[bool]:
        """Send an event without waiting for it, as Evolution does. The future tells whether it arrived."""
        arrived: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        hook = instance.webhook
        name = event.upper().replace(".", "_").replace("-", "_")
        if not hook or not hook["enabled"] or (hook["events"] and name not in hook["events"]):
            arrived.set_result(False)
            return arrived
        url = f"{hook['url']}/{event.replace('.', '-')}" if hook["webhookByEvents"] else hook["url"]
        delivery = Delivery(instance.name, event)
        self.log.append(delivery)
        headers = _headers(hook["headers"] or {})
        body = self._body(instance, event, data, url)
        if self._world.faults.hold:
            self._held.append((url, body, headers, delivery))
            arrived.set_result(False)
            return arrived
        for copy in range(max(1, self._world.faults.copies)):
            self._world.spawn(self._deliver(url, body, headers, delivery, None if copy else arrived))
        return arrived

    def release(self, *, backwards: bool = False) -> int:
        """Send what was held back, in the order it happened or the other way round."""
        held, self._held = self._held, []
        for url, body, headers, delivery in reversed(held) if backwards else held:
            for _ in range(max(1, self._world.faults.copies)):
                self._world.spawn(self._deliver(url, body, headers, delivery, None))
        return len(held)

    def _body(self, instance: Instance, event: str, data: Any, url: str) -> dict[str, Any]:
        body = {
            "event": event,
            "instance": instance.name,
            "data": data,
            "destination": url,
            # The real server prints its local time with a false Z; here it happens to be UTC.
            "date_time": clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "server_url": self.server_url,
            "apikey": instance.token,
        }
        if instance.state == "open":
            body["sender"] = instance.jid
        return body

    async def _deliver(
        self,
        url: str,
        body: dict[str, Any],
        headers: dict[str, str],
        delivery: Delivery,
        arrived: asyncio.Future[bool] | None,
    ) -> None:
        try:
            if self._world.faults.delay:
                await asyncio.sleep(self._world.faults.delay)
            delivery.delivered = await self._attempts(url, body, headers, delivery) or delivery.delivered
        finally:
            if arrived is not None and not arrived.done():
                arrived.set_result(delivery.delivered)

    async def _attempts(self, url: str, body: dict[str, Any], headers: dict[str, str], delivery: Delivery) -> bool:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = await self._client.post(url, json=body, headers=headers)
                delivery.statuses.append(answer.status_code)
                if answer.is_success:
                    return True
                if answer.status_code in GIVES_UP_ON:
                    break
            except httpx.HTTPError as failure:
                delivery.statuses.append(type(failure).__name__)
            if attempt < ATTEMPTS:
                await asyncio.sleep(wait_after(attempt) * self._factor)
        delivery.given_up = True
        log.warning("emulator.webhook_given_up", webhook_event=delivery.event, statuses=str(delivery.statuses))
        return False


def wait_after(attempt: int) -> float:
    """Seconds before the next attempt: doubling, capped before the jitter, never under the first wait."""
    wait: float = min(FIRST_WAIT * 2.0 ** (attempt - 1), LONGEST_WAIT)
    jittered: float = wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, hides nothing
    return max(FIRST_WAIT, jittered)


def _headers(configured: dict[str, str]) -> dict[str, str]:
    """The configured headers; `jwt_key` among them is never sent but makes a token, once for all attempts."""
    headers = {name: str(value) for name, value in configured.items() if name.lower() != "jwt_key"}
    key = configured.get("jwt_key")
    if key:
        headers["Authorization"] = f"Bearer {make_token(key)}"
    return headers


def make_token(key: str, *, issued_at: int | None = None) -> str:
    """The short-lived token Evolution makes; it names neither the instance nor the body."""
    now = int(clock.now().timestamp()) if issued_at is None else issued_at
    claims = {"iat": now, "exp": now + TOKEN_SECONDS, "app": "evolution", "action": "webhook"}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(key), algorithms=["HS256"])
