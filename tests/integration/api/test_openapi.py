"""The description of the API: complete, sound, and readable for programs and people."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from booka_core.booking.lifecycle import TRANSITIONS
from booka_core.web.api.openapi import Description
from booka_core.web.api.operations import PREFIX, Operation, operation_of
from booka_core.web.app import BookaApp
from booka_core.web.requests import public

from .conftest import Business, expect_described

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def described(app_without_stores: BookaApp) -> dict[str, Any]:
    return Description(app_without_stores).schema()


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [told for path in described["paths"].values() for method, told in path.items() if method in METHODS]


def test_every_route_of_the_api_is_described(app_without_stores: BookaApp, described: dict[str, Any]) -> None:
    real = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app_without_stores.url_map.iter_rules()
        if rule.rule.startswith(PREFIX + "/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert told == real
    assert len(real) >= 80


def test_a_route_without_a_description_is_found(app_without_stores: BookaApp) -> None:
    async def forgotten() -> str:
        return ""

    app_without_stores.add_url_rule(f"{PREFIX}/forgotten", "forgotten", public("for this test")(forgotten))
    with pytest.raises(AssertionError):
        test_every_route_of_the_api_is_described(app_without_stores, Description(app_without_stores).schema())


def test_every_reference_and_every_link_leads_somewhere(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    shapes = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(re.findall(r'"\$ref": "([^"]+)"', text)) <= shapes
    names = {told["operationId"] for told in operations(described)}
    assert len(names) == len(operations(described))
    assert set(re.findall(r'"operationId": "([^"]+)"', text)) == names


def test_every_operation_says_what_it_is_and_how_it_fails(described: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in described["tags"]}
    for told in operations(described):
        assert told["summary"], told["operationId"]
        assert set(told["tags"]) <= tags
        assert {"500", "503"} <= set(told["responses"])
        for status, answer in told["responses"].items():
            if int(status) >= 400:
                assert "application/problem+json" in answer["content"], (told["operationId"], status)
        assert ("security" in told) == ("401" in told["responses"] and told["operationId"] != "createToken")


def test_what_changes_something_says_so_by_its_headers(described: dict[str, Any]) -> None:
    paths = described["paths"]
    one = f"{PREFIX}/reservations/{{reservation_id}}"
    for verb in ("cancel", "move", "approve", "decline", "check-in", "complete", "no-show", "reassign"):
        told = paths[f"{one}/{verb}"]["post"]
        assert "If-Match" in {given["name"] for given in told["parameters"]}, verb
        assert "stale-version" in told["responses"]["412"]["description"], verb
    create = paths[f"{PREFIX}/reservations"]["post"]
    assert "Idempotency-Key" in {given["name"] for given in create["parameters"]}
    assert {"slot-taken", "slot-in-past", "cap-reached"} <= set(
        re.findall(r"`([a-z-]+)`", create["responses"]["409"]["description"])
    )
    strangers = paths[f"{PREFIX}/public/{{slug}}/reservations"]["post"]
    assert next(given for given in strangers["parameters"] if given["name"] == "Idempotency-Key")["required"]


def test_the_life_cycle_is_told_from_its_own_table(described: dict[str, Any]) -> None:
    told = next(tag["description"] for tag in described["tags"] if tag["name"] == "reservations")
    for verb, step in TRANSITIONS.items():
        assert f"| `{verb}` | {', '.join(step.allowed)} | {step.status or 'as it was'} |" in told


async def test_programs_and_people_can_read_it_without_signing_in(app_without_stores: BookaApp) -> None:
    client = app_without_stores.test_client()
    found = await client.get(f"{PREFIX}/openapi.json")
    assert found.status_code == 200
    assert json.loads(await found.get_data())["openapi"].startswith("3.1")
    page = await client.get(f"{PREFIX}/docs")
    text = await page.get_data(as_text=True)
    assert page.status_code == 200
    assert "/api/v1/reservations/{reservation_id}/check-in" in text
    assert "nobody came" in text
    assert "https://" not in re.sub(r'"https://json-schema[^"]*"', "", text)


async def test_an_answer_that_is_not_described_is_noticed(business: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await business.owner.get(f"{PREFIX}/me")
    view = business.app.view_functions["api.whoAmI"]
    told = operation_of(view)
    assert told is not None
    monkeypatch.setattr(view, "booka_operation", Operation(told.name, told.tag))
    with pytest.raises((AssertionError, KeyError)):
        await expect_described(business.app, "GET", f"{PREFIX}/me", answer)
