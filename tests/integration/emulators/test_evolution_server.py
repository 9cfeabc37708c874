"""The emulated Evolution server behaves like the real one where Booka depends on it: error envelopes, webhook headers,
retries and when they end.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import OctKey

from booka_core.emulators.evolution import deliveries
from booka_core.emulators.server import Emulators
from booka_core.testing.emulators import INSTANCE, EvolutionServer

PHONE = "+2348012345678"
KEY = "0123456789-0123456789-0123456789-01234"


@dataclass
class Receiver:
    """Somebody's webhook: answers what `answers` says, then 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    requests: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)

    def events(self) -> list[str]:
        return [body["event"] for _, body in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            headers = {name.lower(): value for name, value in headers.items()}
            body = json.loads(await reader.readexactly(int(headers["content-length"])))
            self.requests.append((headers, body))
            status = self.answers.pop(0) if self.answers else 200
            writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
        finally:
            writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def receiver(evolution: EvolutionServer) -> AsyncIterator[Receiver]:
    mine = Receiver()
    server = await asyncio.start_server(mine.serve, "127.0.0.1", 0)
    mine.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    evolution.subscribe(mine.url, headers={"X-Booka-Webhook-Token": "t", "jwt_key": KEY})
    yield mine
    server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def api(evolution: EvolutionServer) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"apikey": evolution.instance.token}
    async with httpx.AsyncClient(base_url=evolution.url, headers=headers) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "said"),
    [
        ("POST", f"/message/sendText/{INSTANCE}", {"text": "x", "number": "1"}, {"apikey": "no"}, 401, "Unauthorized"),
        ("POST", f"/message/sendText/{INSTANCE}", {"number": "1"}, {}, 400, [['instance requires property "text"']]),
        ("GET", "/nope", None, {}, 404, ["Cannot GET /nope"]),
        ("POST", "/instance/create", {"instanceName": "new"}, {"apikey": "no"}, 401, "Unauthorized"),
    ],
)
async def test_errors_come_in_one_envelope_whose_message_has_many_shapes(
    api: httpx.AsyncClient, method: str, path: str, body: Any, headers: dict[str, str], status: int, said: Any
) -> None:
    answer = await api.request(method, path, json=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert answer.json()["response"]["message"] == said


async def test_an_instance_is_created_with_the_global_key_and_lives_under_its_own(
    evolution: EvolutionServer, api: httpx.AsyncClient
) -> None:
    wanted = {"instanceName": "salon-2", "integration": "WHATSAPP-BAILEYS", "number": "2348090000000"}
    assert (await api.post("/instance/create", json=wanted)).status_code == 401, "an instance's key opens no others"
    globally = {"apikey": evolution.world.api_key}
    made = await api.post("/instance/create", json=wanted, headers=globally)
    assert made.status_code == 201
    own = {"apikey": made.json()["hash"]}
    await evolution.world.settle()
    state = await api.get("/instance/connectionState/salon-2", headers=own)
    assert state.json() == {"instance": {"instanceName": "salon-2", "state": "open"}}
    again = await api.post("/instance/create", json=wanted, headers=globally)
    assert (again.status_code, again.json()["response"]["message"]) == (403, ['This name "salon-2" is already in use.'])
    seen = await api.get("/instance/fetchInstances", headers=own)
    assert [i["name"] for i in seen.json()] == ["salon-2"]
    assert (await api.get(f"/instance/connectionState/{INSTANCE}", headers=own)).status_code == 401


async def test_a_webhook_set_again_without_headers_keeps_the_old_ones(api: httpx.AsyncClient) -> None:
    hook = {"enabled": True, "url": "http://127.0.0.1:1/x", "events": [], "headers": {"a": "b"}}
    assert (await api.post(f"/webhook/set/{INSTANCE}", json={"webhook": hook})).status_code == 201
    del hook["headers"]
    await api.post(f"/webhook/set/{INSTANCE}", json={"webhook": hook})
    assert (await api.get(f"/webhook/find/{INSTANCE}")).json()["headers"] == {"a": "b"}
    del hook["events"]
    assert (await api.post(f"/webhook/set/{INSTANCE}", json={"webhook": hook})).status_code == 500


async def test_a_webhook_carries_the_static_header_a_token_and_the_account_s_key(
    evolution: EvolutionServer, receiver: Receiver
) -> None:
    evolution.phones.write(evolution.instance, phone=PHONE, name="Ada", text="hi")
    await evolution.world.settle()
    ((headers, body),) = receiver.requests
    assert headers["x-booka-webhook-token"] == "t"
    assert "jwt_key" not in headers
    token = jwt.decode(headers["authorization"].removeprefix("Bearer "), OctKey.import_key(KEY), algorithms=["HS256"])
    assert token.claims["exp"] - token.claims["iat"] == 600
    assert (token.claims["app"], token.claims["action"]) == ("evolution", "webhook")
    assert (body["event"], body["instance"], body["destination"]) == ("messages.upsert", INSTANCE, receiver.url)
    assert body["apikey"] == evolution.instance.token


async def test_it_tries_again_with_the_same_token_until_it_is_taken(
    evolution: EvolutionServer, receiver: Receiver
) -> None:
    receiver.answers = [503, 500, 413, 429, 302]
    evolution.phones.write(evolution.instance, phone=PHONE, text="hi")
    await evolution.world.settle()
    assert len(receiver.requests) == 6
    assert len({headers["authorization"] for headers, _ in receiver.requests}) == 1
    assert len({json.dumps(body) for _, body in receiver.requests}) == 1
    assert evolution.sender.log[-1].delivered


@pytest.mark.parametrize("status", sorted(deliveries.GIVES_UP_ON))
async def test_some_refusals_end_it_at_once(evolution: EvolutionServer, receiver: Receiver, status: int) -> None:
    receiver.answers = [status]
    evolution.phones.write(evolution.instance, phone=PHONE, text="hi")
    await evolution.world.settle()
    assert len(receiver.requests) == 1
    assert evolution.sender.log[-1].given_up


async def test_it_gives_up_after_ten_attempts(evolution: EvolutionServer, receiver: Receiver) -> None:
    receiver.answers = [503] * 20
    evolution.phones.write(evolution.instance, phone=PHONE, text="hi")
    await evolution.world.settle()
    assert len(receiver.requests) == 10
    assert evolution.sender.log[-1].given_up


def test_the_waits_double_up_to_five_minutes_and_last_about_twenty_in_all() -> None:
    waits = [deliveries.wait_after(attempt) for attempt in range(1, 10)]
    for wait, nominal in zip(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300], strict=True):
        assert max(5, nominal * 0.8) <= wait <= nominal * 1.2
    assert 900 < sum(waits) < 1500


async def test_a_sent_message_shows_on_the_phone_and_its_ticks_are_reported(
    evolution: EvolutionServer, receiver: Receiver, api: httpx.AsyncClient
) -> None:
    sent = await api.post(f"/message/sendText/{INSTANCE}", json={"number": "+234 801 234 5678", "text": "Hello"})
    assert sent.status_code == 201
    assert sent.json()["status"] == "PENDING"
    await evolution.world.settle()
    assert evolution.received(PHONE) == ["Hello"]
    assert receiver.events() == ["send.message", "messages.update"]
    assert receiver.requests[-1][1]["data"]["keyId"] == sent.json()["key"]["id"]


async def test_the_control_api_plays_a_customer_and_streams_the_thread(
    evolution: EvolutionServer, receiver: Receiver, api: httpx.AsyncClient
) -> None:
    control = f"/_emulator/evolution/{INSTANCE}"
    lines: list[str] = []

    async def follow() -> None:
        async with api.stream("GET", f"{control}/stream", params={"phone": PHONE}, timeout=10) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            async for line in stream.aiter_lines():
                lines.append(line)
                if '"read"' in line:
                    return

    following = asyncio.create_task(follow())
    await asyncio.sleep(0.1)
    said = {"from": PHONE, "name": "Ada", "text": "anyone?"}
    written = await api.post(f"{control}/customer-message", json=said)
    assert written.status_code == 202
    await api.post(f"/message/sendText/{INSTANCE}", json={"number": PHONE, "text": "Yes!", "delay": 10})
    await asyncio.wait_for(following, 10)
    kinds = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    assert kinds[0] == "message"
    assert {"message", "status", "typing"} == set(kinds)
    thread = (await api.get(f"{control}/thread", params={"phone": PHONE})).json()
    assert [(e["direction"], e["text"], e["status"]) for e in thread] == [
        ("in", "anyone?", "delivered"),
        ("out", "Yes!", "read"),
    ]
    assert thread[0]["id"] == written.json()["id"]


async def test_accounts_survive_a_restart_of_the_emulator(tmp_path: Any) -> None:
    state = tmp_path / "emulators.json"
    before = Emulators(state=state)
    await before.start()
    try:
        async with httpx.AsyncClient(base_url=before.url) as client:
            paired = {"instance": "glow", "name": "Glow", "phone": "+2348099999999"}
            token = (await client.post("/_emulator/evolution/instances", json=paired)).json()["token"]
            assert (await client.post("/_emulator/evolution/instances", json=paired)).json()["token"] == token
    finally:
        await before.stop()
    after = Emulators(state=state)
    await after.start()
    try:
        async with httpx.AsyncClient(base_url=after.url) as client:
            (seen,) = (await client.get("/_emulator/evolution/instances")).json()
            assert seen == {"instance": "glow", "name": "Glow", "phone": "+2348099999999", "state": "open"}
    finally:
        await after.stop()
    assert state.stat().st_mode & 0o077 == 0


async def test_the_mailbox_lists_what_was_sent(emulators: Emulators) -> None:
    import smtplib  # noqa: PLC0415 - only here
    from urllib.parse import urlsplit  # noqa: PLC0415

    url = urlsplit(emulators.mailbox.url)

    def send() -> None:
        with smtplib.SMTP(url.hostname or "", url.port or 0) as client:
            client.sendmail("a@x.example", ["b@y.example"], "From: A <a@x.example>\r\nSubject: Link\r\n\r\nclick\r\n")

    await asyncio.to_thread(send)
    async with httpx.AsyncClient(base_url=emulators.url) as client:
        (mail,) = (await client.get("/_emulator/mail", params={"to": "B@y.example"})).json()
        assert (mail["from"], mail["to"], mail["subject"], mail["text"]) == (
            "A <a@x.example>",
            "b@y.example",
            "Link",
            "click\n",
        )
        assert (await client.get(f"/_emulator/mail/{mail['id']}")).json() == mail
        assert (await client.delete("/_emulator/mail")).status_code == 204
        assert (await client.get("/_emulator/mail")).json() == []
