"""Whatever a body looks like, its sender gets 200 or a 4xx: broken input is never a failure of ours, and what was
stored can always be handled.
"""

from __future__ import annotations

import json
import random
from collections import Counter

from booka_core.jobs.runner import drain
from booka_core.testing.evolution_bodies import every_body
from booka_core.testing.line import Line

CONTENT_TYPES = ("application/json", "application/json; charset=utf-16", "text/plain", "")


def _bodies() -> list[bytes]:
    whole = json.dumps({"event": "messages.upsert", "instance": "salon-1", "data": {}})
    return [
        b"",
        b"\x00",
        b"null",
        b"0",
        b'"text"',
        b"[]",
        b"{}",
        whole.encode(),
        whole.encode()[:-1],
        whole.encode("utf-16"),
        whole.encode("utf-32"),
        b"\xef\xbb\xbf" + whole.encode(),
        whole.replace("messages", "mess\xe9").encode("latin-1"),
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        b"[" * 50_000,
        b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
        b'{"event": NaN}',
        b'{"event": 1e999}',
        b'{"event": "\\ud800", "instance": "salon-1"}',
        b'{"event": "\\u0000", "instance": "salon-1"}',
        b'{"event": "x", "event": "y", "instance": "salon-1"}',
        b'{"event": {}, "instance": "salon-1"}',
        b'{"event": "messages.upsert", "instance": "salon-1"}',
        b'{"event": "messages.upsert", "instance": "salon-1", "data": "text"}',
        b'{"event": "messages.upsert", "instance": "salon-1", "data": [[[]], 7, {"key": 7}]}',
        b'{"event": "' + b"x" * 5000 + b'", "instance": "salon-1"}',
        b"event=messages.upsert",
        b'{"event": "messages.update", "instance": "salon-1", "data": {"keyId": "'
        + b"k" * 9000
        + b'", "status": "READ"}}',
    ]


async def test_no_body_and_no_content_type_is_a_failure_of_ours(line: Line) -> None:
    seen: Counter[int] = Counter()
    for body in _bodies():
        for content_type in CONTENT_TYPES:
            answer = await line.deliver(body, content_type=content_type)
            seen[answer.status_code] += 1
            assert answer.status_code in {200, 400, 403, 415}, (body[:60], content_type, answer.status_code)
    assert seen[200]
    tally = await drain()
    assert tally.retried == tally.dead == 0


async def test_mutated_webhooks_are_taken_or_refused_and_what_is_taken_can_be_handled(line: Line) -> None:
    chance = random.Random(20261121)  # noqa: S311 - the same mutations in every run
    genuine = [json.dumps({**body, "instance": "salon-1"}).encode() for body in every_body()]
    for _ in range(120):
        body = bytearray(chance.choice(genuine))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(body))
            match chance.randrange(4):
                case 0:
                    body[place] = chance.randrange(256)
                case 1:
                    del body[place : place + chance.randint(1, 20)]
                case 2:
                    body[place:place] = chance.choice(
                        [b'"', b"{", b"[", b"\\", b"null", b"-1e5", b"\\u0000", b"9" * 30]
                    )
                case _:
                    body[place:place] = body[: chance.randint(1, 200)]
        answer = await line.deliver(bytes(body) or b"{")
        assert answer.status_code in {200, 400, 403}, bytes(body)[:80]
    await line.settle()
    assert (
        await line.rows("select last_error from jobs where type = 'channels.receive' and last_error is not null") == []
    )
    assert await line.rows("select kind from inbound_events where handled_at is null") == []
