"""What the sender of a webhook is told. A 4xx makes Evolution drop a message for good, so only what is really the
sender's fault gets one.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from booka_core.channels import doors, intake
from booka_core.channels import ledger as ledgers
from booka_core.channels.ledger import Ledger
from booka_core.db import lifecycle
from booka_core.db.scope import tenant_scope
from booka_core.emulators.evolution.deliveries import make_token
from booka_core.kernel import clock
from booka_core.kernel.settings import reset_settings
from booka_core.messaging import paths
from booka_core.plugins import catalogue
from booka_core.plugins.errors import UnknownProvider
from booka_core.sdk.messaging import InboundEnvelope, MessagingProvider, UnreadableRequest, WebhookRequest
from booka_core.testing.evolution_bodies import envelope, message
from booka_core.testing.line import Line, connect

EVENTS = "select count(*) as n from inbound_events"


def hello(number: int = 1, **extra: Any) -> dict[str, Any]:
    body = envelope("messages.upsert", message({"conversation": "hello"}, "conversation", number=number))
    return {**body, "instance": "salon-1", **extra}


async def stored(line: Line) -> int:
    return int((await line.rows(EVENTS))[0]["n"])


def ago(line: Line, **past: float) -> str:
    issued = clock.now() - timedelta(**past)
    return f"Bearer {make_token(line.connection.secrets['jwt_key'], issued_at=int(issued.timestamp()))}"


async def test_200_means_that_event_and_job_are_in_the_database(line: Line) -> None:
    answer = await line.deliver(hello())
    assert (answer.status_code, answer.content) == (200, b"")
    (event,) = await line.rows("select id, kind, handled_at from inbound_events")
    (job,) = await line.rows("select id, type, status from jobs where type = 'channels.receive'")
    assert event["handled_at"] is None
    assert (job["id"], job["status"]) == (event["id"], "queued")


@pytest.mark.parametrize(
    "headers",
    [
        {"x_booka_webhook_token": ""},
        {"x_booka_webhook_token": "wrong"},
        {"authorization": ""},
        {"authorization": "Bearer nonsense"},
        {"x_booka_webhook_token": "", "authorization": ""},
    ],
)
async def test_a_forged_request_is_refused_and_leaves_nothing(line: Line, headers: dict[str, str]) -> None:
    answer = await line.deliver(hello(), **headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert await stored(line) == 0


async def test_if_the_proof_were_not_checked_a_forged_request_would_be_stored(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(type(catalogue.provider("evolution")), "authenticate", lambda *_: None)
    assert (await line.deliver(hello(), x_booka_webhook_token="wrong")).status_code == 200
    assert await stored(line) == 1


async def test_a_retry_after_twenty_minutes_still_counts_and_one_after_an_hour_does_not(line: Line) -> None:
    assert (await line.deliver(hello(1), authorization=ago(line, minutes=25))).status_code == 200
    assert (await line.deliver(hello(2), authorization=ago(line, minutes=39))).status_code == 200
    assert (await line.deliver(hello(3), authorization=ago(line, minutes=61))).status_code == 401
    assert await stored(line) == 2


async def test_another_accounts_event_is_refused_with_403(line: Line) -> None:
    assert (await line.deliver(hello(instance="somebody-else"))).status_code == 403
    assert await stored(line) == 0


async def test_one_tenants_secrets_do_not_open_another_tenants_door(line: Line, other_tenant: Any) -> None:
    info, _ = await connect(other_tenant.id, line.evolution)
    other = line.url.replace(line.info.webhook_path, info.webhook_path)
    headers = {"X-Booka-Webhook-Token": line.connection.secrets["webhook_token"], "Authorization": ago(line)}
    answer = await line.http.post(other, json=hello(), headers=headers)
    assert answer.status_code == 401
    async with tenant_scope(other_tenant.id) as tx:
        assert await tx.execute_query_dict("select id from inbound_events") == []


async def test_an_address_we_never_gave_out_is_unknown_and_one_we_did_is_only_not_ready(line: Line) -> None:
    async def post(path: str) -> int:
        return (await line.http.post(line.url.replace(line.info.webhook_path, path), json=hello())).status_code

    for never in ("x", "a" * 43, paths.new_path()[:-1] + "!", line.info.webhook_path[::-1]):
        assert await post(never) == 404
    assert await post(paths.new_path()) == 503, "made here, but its data is not back yet"
    assert (await line.http.post(line.url.replace("/evolution/", "/smtp/"), json=hello())).status_code == 404


async def test_a_delivery_that_is_unusual_but_good_is_taken_as_well(line: Line) -> None:
    """It does not fit the quick lane: another spelling of the media type, a body in many parts, one of unknown size."""
    assert (await line.deliver(hello(1), content_type="application/json; charset=UTF-8")).status_code == 200
    long = envelope("messages.upsert", message({"conversation": "x" * 500_000}, "conversation", number=2))
    assert (await line.deliver({**long, "instance": "salon-1"})).status_code == 200

    async def parts() -> AsyncIterator[bytes]:
        whole = json.dumps(hello(3)).encode()
        for start in range(0, len(whole), 100):
            yield whole[start : start + 100]

    headers = {"X-Booka-Webhook-Token": line.connection.secrets["webhook_token"], "Authorization": ago(line)}
    answer = await line.http.post(line.url, content=parts(), headers={**headers, "Content-Type": "application/json"})
    assert answer.status_code == 200
    assert await stored(line) == 3


async def test_a_body_that_no_provider_sends_is_refused_with_a_reason(line: Line) -> None:
    cases: list[tuple[bytes, int]] = [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"event": "messages.upsert", "instance": "salon-1", "event": "x"}', 400),
        (b"\xff\xfe{\x00}\x00", 400),
        (b"[" * 70_000 + b"]" * 70_000, 400),
        (json.dumps(hello()).replace("hello", "\\u0000").encode(), 400),
        (json.dumps(hello()).replace('"hello"', '"\\ud800"').encode(), 400),
        (json.dumps(hello()).encode("utf-16"), 400),
        (b'{"x": "' + b"a" * 1_100_000 + b'"}', 413),
    ]
    for body, status in cases:
        answer = await line.deliver(body)
        assert answer.status_code == status, body[:60]
        assert answer.json()["status"] == status
    assert (await line.deliver(hello(), content_type="text/plain")).status_code == 415
    assert (await line.deliver(hello(), content_encoding="gzip")).status_code == 415
    assert await stored(line) == 0


async def test_while_the_database_is_away_the_answer_is_later_and_never_no(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: Any, **__: Any) -> Any:
        raise ConnectionRefusedError

    for place, name in ((doors, "look_up"), (ledgers, "_insert")):
        doors.forget()
        with monkeypatch.context() as patch:
            patch.setattr(place, name, unreachable)
            answer = await line.deliver(hello())
        assert answer.status_code == 503, name
        assert int(answer.headers["retry-after"]) > 0
    assert (await line.deliver(hello())).status_code == 200


async def test_a_closed_database_is_answered_with_503_and_the_senders_retry_arrives(line: Line) -> None:
    """With the real pools closed; the emulated server keeps trying as the real one does."""
    await lifecycle.close_database()
    try:
        doors.forget()
        assert (await line.deliver(hello(1))).status_code == 503
        line.write("sent while the database was away")
        await asyncio.sleep(0.05)
    finally:
        await _reopen()
    await line.settle()
    assert [r["text"] for r in await line.rows("select text from messages")] == ["sent while the database was away"]


async def _reopen() -> None:
    from booka_core.plugins.discovery import migration_apps  # noqa: PLC0415 - only here

    await lifecycle.open_database(apps=migration_apps(), pool=4)


async def test_a_missing_secret_of_ours_is_named_and_answered_with_503(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors.forget()
    with monkeypatch.context() as patch:
        patch.delenv("BOOKA_SECRET_KEY")
        reset_settings()
        answer = await line.deliver(hello())
    reset_settings()
    assert answer.status_code == 503
    assert answer.json()["setting"] == "BOOKA_SECRET_KEY"
    assert "retry-after" in answer.headers


async def test_a_provider_that_is_not_loaded_is_our_fault(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(slug: str) -> MessagingProvider:
        raise UnknownProvider(slug=slug)

    doors.forget()
    monkeypatch.setattr(catalogue, "provider", gone)
    assert (await line.deliver(hello())).status_code == 503


async def test_a_hundred_at_once_are_all_stored_in_few_commits(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []
    insert = ledgers._insert

    async def counted(tenant_id: Any, batch: Any) -> Any:
        commits.append(len(batch))
        return await insert(tenant_id, batch)

    monkeypatch.setattr(ledgers, "_insert", counted)
    await asyncio.gather(*(store(line, f"burst-{n}") for n in range(100)))
    assert await stored(line) == 100
    assert len(commits) < 20
    order = await line.rows("select e.dedupe_key from jobs j join inbound_events e on e.id = j.id order by j.seq")
    assert [row["dedupe_key"] for row in order] == [f"burst-{n}" for n in range(100)]


async def test_a_caller_that_hangs_up_loses_nothing_for_itself_or_the_others(line: Line) -> None:
    callers = [asyncio.create_task(store(line, f"caller-{n}")) for n in range(10)]
    await asyncio.sleep(0)
    callers[4].cancel()
    ended = await asyncio.gather(*callers, return_exceptions=True)
    assert isinstance(ended[4], asyncio.CancelledError)
    assert [one for n, one in enumerate(ended) if n != 4] == [1] * 9
    assert await stored(line) == 10


async def test_one_event_that_cannot_be_stored_does_not_take_the_others_along(line: Line) -> None:
    bad = InboundEnvelope(kind="x", dedupe_key="bad", order_key=None, payload={"text": "\u0000"})
    own = Ledger()
    good = [
        own.store(line.tenant.id, line.connection.id, [plain(f"good-{n}")], received_at=clock.now()) for n in range(5)
    ]
    ended = await asyncio.gather(
        *good, own.store(line.tenant.id, line.connection.id, [bad], received_at=clock.now()), return_exceptions=True
    )
    assert ended[:5] == [1] * 5
    assert isinstance(ended[5], UnreadableRequest)
    assert await stored(line) == 5


def plain(key: str) -> InboundEnvelope:
    return InboundEnvelope(kind="test", dedupe_key=key, order_key=None, payload={})


async def store(line: Line, key: str) -> int:
    return await ledgers.ledger.store(line.tenant.id, line.connection.id, [plain(key)], received_at=clock.now())


async def test_an_empty_batch_is_accepted_without_a_row(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(catalogue.provider("evolution")), "receive", lambda *_: [])
    headers = {"x-booka-webhook-token": line.connection.secrets["webhook_token"], "authorization": ago(line)}
    request = WebhookRequest(headers=headers, body=b"{}", received_at=clock.now())
    assert (await intake.accept("evolution", line.info.webhook_path, request)).events == 0
