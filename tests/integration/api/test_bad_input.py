"""Whatever a program sends, the answer is a 4xx that says what is wrong, on every route with a body or a query."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booka_core.kernel.ids import new_id
from booka_core.testing.web import Visitor
from booka_core.web.api.operations import operation_of
from booka_core.web.app import BookaApp

from .conftest import Business
from .test_booking_over_http import API, booked, told

JSON = {"Content-Type": "application/json"}
SENT = {"Sec-Fetch-Site": "same-origin", "Idempotency-Key": "one"}

BODIES: dict[str, tuple[bytes, dict[str, str]]] = {
    "nothing": (b"", JSON),
    "half an object": (b'{"a":', JSON),
    "text": (b"hello", JSON),
    "a list": (b"[]", JSON),
    "a number": (b"1", JSON),
    "null": (b"null", JSON),
    "a text value": (b'"x"', JSON),
    "latin-1": ('{"reason": "é"}'.encode("latin-1"), JSON),
    "UTF-16": ('{"reason": "x"}'.encode("utf-16"), JSON),
    "UTF-32": ('{"reason": "x"}'.encode("utf-32"), JSON),
    "overlong UTF-8": (b'{"reason": "\xc0\xaf"}', JSON),
    "a byte order mark": (b"\xef\xbb\xbf{}", JSON),
    "NUL in a text": (b'{"reason": "\\u0000"}', JSON),
    "a lone surrogate": (b'{"reason": "\\ud800"}', JSON),
    "not a number": (b'{"starts_at": NaN}', JSON),
    "infinity": (b'{"starts_at": Infinity}', JSON),
    "a huge number": (b'{"party_size": 1e999}', JSON),
    "a name given twice": (b'{"reason": "a", "reason": "b"}', JSON),
    "very deep lists": (b"[" * 50_000 + b"]" * 50_000, JSON),
    "very deep objects": (b'{"a":' * 40_000 + b"1" + b"}" * 40_000, JSON),
    "too large": (b'{"reason": "' + b"x" * 1_100_000 + b'"}', JSON),
    "compressed": (gzip.compress(b"{}"), {**JSON, "Content-Encoding": "gzip"}),
    "compressed and silent about it": (gzip.compress(b"{}"), JSON),
    "a form": (b"reason=x", {"Content-Type": "application/x-www-form-urlencoded"}),
    "a text": (b"{}", {"Content-Type": "text/plain"}),
    "no type at all": (b"{}", {}),
    "another charset": (b"{}", {"Content-Type": "application/json; charset=utf-16"}),
    "an unknown member": (b'{"__proto__": 1}', JSON),
}


async def json_routes(app: BookaApp, business: Business) -> AsyncIterator[tuple[str, str, Visitor]]:
    """Every route of the API that takes a body, on a thing that exists."""
    reservation = await booked(business)
    real = {
        "reservation_id": UUID(reservation["id"]),
        "customer_id": business.salon.customer_id,
        "slug": business.salon.tenant.slug,
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        told = operation_of(app.view_functions[rule.endpoint])
        if told is None or told.body is None:
            continue
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
            values = {name: real.get(name) or ("x" * 68 if name == "token" else new_id()) for name in rule.arguments}
            path = adapter.build(rule.endpoint, values, method=method)
            yield method, path.split("?")[0], business.owner


async def test_a_body_that_is_no_good_is_refused_by_every_route_with_a_reason(business: Business) -> None:
    wrong, seen = [], set()
    async for method, path, program in json_routes(business.app, business):
        seen.add(path)
        for what, (body, headers) in BODIES.items():
            answer = await program.call(method, path, data=body, headers={**headers, **SENT})
            found = json.loads(await answer.get_data())
            refused = 400 <= answer.status_code < 500 and answer.mimetype == "application/problem+json"
            if not (refused and found["detail"]):
                wrong.append((path, what, answer.status_code, found))
    assert wrong == []
    assert len(seen) >= 35


WRONG_VALUES: list[dict[str, Any]] = [
    {"service_id": "haircut"},
    {"service_id": "01900000-0000-7000-8000-000000000000"},
    {"service_id": 1},
    {"starts_at": "2026-03-03"},
    {"starts_at": 1772442000},
    {"starts_at": "0001-01-01T00:00:00Z"},
    {"starts_at": "9999-12-31T23:59:59-12:00"},
    {"starts_at": "tomorrow"},
    {"starts_at": 1e30},
    {"resource_id": "01900000-0000-7000-8000-000000000000"},
    {"customer": None},
    {"customer": {"name": ""}},
    {"customer": {"name": "x" * 121}},
    {"customer": {"name": "a\x07b"}},
    {"customer": {"name": "Ada", "phone": "call me"}},
    {"customer": {"name": "Ada", "phone": "+" + "9" * 38}},
    {"customer": {"name": "Ada", "external_id": "é"}},
    {"customer": {"name": "Ada"}, "customer_id": "01900000-0000-7000-8000-000000000000"},
    {"customer": None, "customer_id": "01900000-0000-7000-8000-000000000000"},
    {"party_size": 0},
    {"party_size": 10**30},
    {"note": "x" * 501},
    {"price": 1},
    {"status": "confirmed"},
    {"tenant_id": "01900000-0000-7000-8000-000000000000"},
]


async def test_values_that_make_no_sense_are_refused_and_nothing_is_written(business: Business) -> None:
    wrong = []
    for path in ("reservations", "holds"):
        for changed in WRONG_VALUES:
            body = {name: value for name, value in business.booking(**changed).items() if value is not None}
            answer = await business.owner.post(f"{API}/{path}", json=body)
            if not 400 <= answer.status_code < 500:
                wrong.append((path, changed, answer.status_code))
    assert wrong == []
    assert (await told(await business.owner.get(f"{API}/reservations"), 200))["items"] == []


QUERIES = """
availability?
availability?service_id=x
availability?service_id={service}&days=0
availability?service_id={service}&days=999
availability?service_id={service}&from=2026-02-30
availability?service_id={service}&from=9999-12-31
availability?service_id={service}&from=0001-01-01
availability?service_id={service}&service_id={service}
availability?service_id={service}&evil=1
availability?service_id=01900000-0000-7000-8000-000000000000
reservations?limit=0
reservations?limit=1000
reservations?limit=x
reservations?cursor=!!
reservations?cursor=bm9wZQ
reservations?cursor=aW5mfDAxOTAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA
reservations?day=yesterday
reservations?day=2026-03-03%00
reservations?status=confirmd
reservations?customer_id=1
reservations?q=%ff
"""


async def test_a_question_that_makes_no_sense_is_refused(business: Business) -> None:
    wrong = []
    for query in QUERIES.split():
        answer = await business.owner.get(f"{API}/{query.format(service=business.salon.haircut)}")
        if not (400 <= answer.status_code < 500 and answer.mimetype == "application/problem+json"):
            wrong.append((query, answer.status_code))
    assert wrong == []


async def test_a_key_that_is_none_is_refused(business: Business) -> None:
    for key in ("", " ", "x" * 256, "é", "a\tb"):
        headers = {"Idempotency-Key": key}
        answer = await business.owner.post(f"{API}/reservations", json=business.booking(), headers=headers)
        assert answer.status_code == 400, key


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
async def test_no_body_of_any_shape_is_a_fault_of_ours(business: Business, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*business.booking(), "resource_id", "party_size", "note", "intake", "hold_id"]))
    body = business.booking(**{name: data.draw(ANY_JSON)})
    path = data.draw(st.sampled_from(["reservations", "holds"]))
    text = json.dumps(body).encode()
    answer = await business.owner.post(f"{API}/{path}", data=text, headers=JSON)
    assert answer.status_code < 500, (body, await answer.get_data())
