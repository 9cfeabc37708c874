"""What every answer has, whatever it answers."""

from __future__ import annotations

import re

import pytest

from booka_core.kernel import logging
from booka_core.testing.database import environment
from booka_core.testing.web import stranger
from booka_core.web import app as web_app_module
from booka_core.web.app import BookaApp, create_app
from booka_core.web.requests import public

ANSWERS = {
    "a page": ("GET", "/sign-in", 200),
    "a page that is not there": ("GET", "/nowhere", 404),
    "an address that is not there in the API": ("GET", "/api/v1/nowhere", 404),
    "a wrong method": ("DELETE", "/sign-in", 405),
    "a deed from another site": ("POST", "/sign-out", 403),
    "an API call without a token": ("GET", "/api/v1/me", 401),
    "a redirection to the way in": ("GET", "/admin/", 303),
    "a health check": ("GET", "/api/health", 200),
    "a fault of ours": ("GET", "/broken", 500),
    "a method nobody knows": ("BREW", "/sign-in", 405),
}


@pytest.fixture
def app(app_without_stores: BookaApp) -> BookaApp:
    @public("a fault on purpose")
    async def broken() -> str:
        raise ZeroDivisionError("secret detail")

    app_without_stores.add_url_rule("/broken", "broken", broken)
    return app_without_stores


@pytest.mark.parametrize("answer", ANSWERS)
async def test_every_answer_has_the_security_headers_and_a_request_id(app: BookaApp, answer: str) -> None:
    method, path, status = ANSWERS[answer]
    response = await app.test_client().open(path, method=method)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r"[0-9a-f]{24}", response.headers["X-Request-Id"])


async def test_a_fault_says_nothing_but_its_number(app: BookaApp) -> None:
    response = await stranger(app).get("/broken")
    text = await response.get_data(as_text=True)
    assert response.headers["X-Request-Id"] in text
    assert "secret detail" not in text
    assert "ZeroDivisionError" not in text


async def test_the_id_of_a_proxy_is_taken_over_and_nonsense_is_not(app: BookaApp) -> None:
    client = app.test_client()
    for sent, kept in (("edge-0123456789", True), ("short", False), ("x" * 65, False), ("a b c d e f g", False)):
        response = await client.get("/api/health", headers={"X-Request-Id": sent})
        assert (response.headers["X-Request-Id"] == sent) is kept


@pytest.mark.parametrize(("address", "sent"), [("https://booka.example", True), ("http://booka.example", False)])
async def test_browsers_are_told_to_stay_on_https_where_there_is_https(
    app_without_stores: BookaApp, address: str, sent: bool
) -> None:
    with environment({"BOOKA_BASE_URL": address}):
        response = await create_app().test_client().get("/api/health")
    assert ("Strict-Transport-Security" in response.headers) is sent


async def test_a_view_without_a_declaration_cannot_be_reached(app_without_stores: BookaApp) -> None:
    async def forgotten() -> str:
        return "everything"

    app_without_stores.add_url_rule("/forgotten", "forgotten", forgotten)
    response = await stranger(app_without_stores).get("/forgotten")
    assert response.status_code == 404
    assert "everything" not in await response.get_data(as_text=True)


async def test_without_the_door_the_forgotten_view_would_answer(
    app_without_stores: BookaApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten() -> str:
        return "everything"

    app_without_stores.add_url_rule("/forgotten", "forgotten", forgotten)
    monkeypatch.setattr(web_app_module, "declaration_of", lambda _view: public("a hole")(forgotten).booka_declaration)  # type: ignore[attr-defined]
    response = await stranger(app_without_stores).get("/forgotten")
    assert await response.get_data(as_text=True) == "everything"


async def test_the_log_has_the_route_and_never_the_path_or_what_was_sent(
    web_app: BookaApp, capfd: pytest.CaptureFixture[str]
) -> None:
    with environment({"BOOKA_LOG_LEVEL": "INFO"}):
        logging.configure()
    await stranger(web_app).post("/sign-in/very-secret-token", form={"next": "/hidden-place"})
    out, err = capfd.readouterr()
    assert "/sign-in/<token>" in out + err
    assert "very-secret-token" not in out + err
    assert "hidden-place" not in out + err
