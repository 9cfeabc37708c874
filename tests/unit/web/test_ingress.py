"""One function judges every JSON body: whatever arrives is a value, or a refusal that says why."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from quart import Quart, request
from quart.typing import TestClientProtocol as Client

from booka_core.sdk.errors import BadInput
from booka_core.web import ingress
from booka_core.web.ingress import DEEPEST, MalformedBody, parse


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        None,
        0,
        -12.5,
        "",
        "é 👍 \u2028",
        {"a": [1, {"b": None}]},
        [[1]] * 200,
        {"text": "a \\u0000 that is only written down"},
        10**39,
    ],
)
def test_json_is_read_as_it_is(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value


def nested(depth: int, opened: str = "[", closed: str = "]") -> bytes:
    return (opened * depth + closed * depth).encode()


def test_the_deepest_that_is_allowed_is_read() -> None:
    assert parse(nested(DEEPEST)) is not None
    assert parse((('{"a":' * (DEEPEST - 1)) + "[]" + "}" * (DEEPEST - 1)).encode()) is not None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", ""),
        (b" ", ""),
        (b"{", ""),
        (b"{}x", ""),
        (b"{'a': 1}", ""),
        (b"[1,]", ""),
        (b"\x1f\x8b\x08\x00", "not UTF-8"),
        (b'"\xff"', "not UTF-8"),
        (b'"\xc0\xaf"', "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8"),
        ("{}".encode("utf-16-le"), ""),
        ("{}".encode("utf-32"), "not UTF-8"),
        ('"é"'.encode("latin-1"), "not UTF-8"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b"NaN", "number"),
        (b"[-Infinity]", "number"),
        (b"1e999", "number"),
        (b"1" * 5000, "number"),
        (b"-" + b"9" * 41, "number"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'[{"b": {"\\u0061": 1, "a": 2}}]', "twice"),
        (b'"\\u0000"', "characters"),
        (b'{"\\u0000": 1}', "characters"),
        (b'"\\ud800"', "characters"),
        (b'["\\uDC00\\ud800"]', "characters"),
        (b'"a\nb"', ""),
        (nested(DEEPEST + 1), "deeper"),
        (nested(100_000), "deeper"),
        (nested(500, '{"a":', "}").replace(b"{}", b"1"), ""),
        (b'{"a":' * 40_000, ""),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "deeper"),
    ],
)
def test_anything_else_is_refused_with_its_reason(body: bytes, said: str) -> None:
    with pytest.raises(MalformedBody) as refused:
        parse(body)
    assert said in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=30,
)


ANY = (
    st.binary(max_size=300)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.text('[]{}:,"\\ud019eE.-+ ').map(str.encode)
)


@settings(max_examples=500, deadline=None)
@given(ANY)
def test_any_bytes_end_in_a_storable_value_or_a_refusal(body: bytes) -> None:
    try:
        value = parse(body)
    except MalformedBody:
        return
    stored = json.dumps(value, allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in stored.replace("\\\\", "")
    stored.encode("utf-8")


@pytest_asyncio.fixture(loop_scope="session")
async def client(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """A bare application with one route behind the ingress."""
    app = Quart(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_048_576

    @app.post("/")
    async def read() -> tuple[dict[str, Any], int]:
        try:
            return {"value": await ingress.read_json(request)}, 200
        except BadInput as refused:
            return {"code": refused.code}, 400

    yield app.test_client()


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({"Content-Type": "application/json"}, b"[1]", None),
        ({"Content-Type": "application/json; charset=UTF-8"}, b"[1]", None),
        ({"Content-Type": "application/merge-patch+json"}, b"[1]", None),
        ({"Content-Type": "application/json", "Content-Encoding": "identity"}, b"[1]", None),
        ({"Content-Type": "application/json; charset=utf-16"}, b"[1]", "wrong-media-type"),
        ({"Content-Type": "text/plain"}, b"[1]", "wrong-media-type"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=1", "wrong-media-type"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--", "wrong-media-type"),
        ({}, b"[1]", "wrong-media-type"),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, b"\x1f\x8b", "encoded-body"),
        ({"Content-Type": "application/json", "Content-Encoding": "br, gzip"}, b"x", "encoded-body"),
        ({"Content-Type": "application/json"}, b'"' + b"a" * 1_048_576 + b'"', "body-too-large"),
        ({"Content-Type": "application/json"}, b"{", "malformed-body"),
    ],
)
async def test_what_the_headers_say_is_judged_too(
    client: Client, headers: dict[str, str], body: bytes, code: str | None
) -> None:
    answer = await client.post("/", headers=headers, data=body)
    assert (await answer.get_json()) == ({"value": [1]} if code is None else {"code": code})
