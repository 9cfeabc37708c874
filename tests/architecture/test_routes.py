"""Every route says who may call it, and a route for everybody is a decision made here by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from booka_core.identity.permissions import MATRIX
from booka_core.testing.database import environment
from booka_core.web.app import BookaApp, create_app
from booka_core.web.requests import Declaration, declaration_of

FOR_EVERYBODY = {
    "GET /",
    "GET /api/health",
    "GET /api/ready",
    "GET /sign-in",
    "POST /sign-in",
    "GET /sign-in/<token>",
    "POST /sign-in/<token>",
    "GET /m/<token>",
    "GET /m/<token>/booking.ics",
    "GET /m/<token>/times",
    "GET /m/<token>/move",
    "POST /m/<token>/move",
    "GET /m/<token>/cancel",
    "POST /m/<token>/cancel",
    "POST /m/<token>/rate",
    "GET /api/v1/openapi.json",
    "GET /api/v1/docs",
    "GET /api/v1/public/<slug>/services",
    "GET /api/v1/public/<slug>/availability",
    "GET /api/v1/public/<slug>/challenge",
    "POST /api/v1/public/<slug>/holds",
    "POST /api/v1/public/<slug>/reservations",
    "POST /api/v1/public/<slug>/waitlist",
    "GET /api/v1/manage/<token>",
    "GET /api/v1/manage/<token>/availability",
    "POST /api/v1/manage/<token>/cancel",
    "POST /api/v1/manage/<token>/move",
    "POST /api/v1/manage/<token>/rate",
    "GET /static/<name>",
    "GET /static/dist/<name>",
}
ONLY_IN_THE_DEMONSTRATION = {
    "GET /mail",
    "GET /mail/<mail_id>",
    "GET /phone",
    "GET /phone/stream",
    "POST /phone/send",
    "POST /demo/enter/<slug>",
}
FOR_OTHER_SYSTEMS = {"GET /metrics", "POST /api/webhooks/<provider>/<connection>"}
FOR_ANYBODY_SIGNED_IN = {"GET /admin/", "POST /sign-out", "POST /api/v1/auth/token"}
SAFE = {"GET", "HEAD", "OPTIONS"}


def application(*, demo: bool) -> BookaApp:
    with environment({"BOOKA_DEMO": str(demo)}):
        return create_app()


def routes(app: BookaApp) -> Iterator[tuple[str, str, Declaration | None]]:
    """(method, path, declaration) of everything the application answers."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule.rule, declaration_of(app.view_functions[rule.endpoint])


@pytest.fixture(scope="module")
def app() -> BookaApp:
    return application(demo=True)


def of_kind(app: BookaApp, kind: str) -> set[str]:
    return {f"{method} {path}" for method, path, found in routes(app) if found is not None and found.kind == kind}


def test_every_route_declares_who_may_call_it(app: BookaApp) -> None:
    assert [f"{method} {path}" for method, path, found in routes(app) if found is None] == []


def test_a_route_that_forgets_is_found() -> None:
    planted = application(demo=False)

    async def forgotten() -> str:
        return ""

    planted.add_url_rule("/forgotten", "forgotten", forgotten)
    assert [path for _, path, found in routes(planted) if found is None] == ["/forgotten"]


def test_what_is_open_to_everybody_is_listed_here(app: BookaApp) -> None:
    assert of_kind(app, "public") == FOR_EVERYBODY | ONLY_IN_THE_DEMONSTRATION
    assert of_kind(application(demo=False), "public") == FOR_EVERYBODY
    assert of_kind(app, "machine") == FOR_OTHER_SYSTEMS
    assert of_kind(app, "signed_in") == FOR_ANYBODY_SIGNED_IN


def test_everything_else_asks_for_a_permission_of_the_matrix(app: BookaApp) -> None:
    asked = [found for _, _, found in routes(app) if found is not None and found.kind == "permission"]
    assert len(asked) >= 15
    assert {found.permission for found in asked} <= set(MATRIX)


def test_what_changes_something_never_passes_as_reading(app: BookaApp) -> None:
    wrong = [
        f"{method} {path}"
        for method, path, found in routes(app)
        if found is not None and found.kind == "permission" and found.reading != (method in SAFE)
    ]
    assert wrong == []


def test_the_api_takes_access_tokens_and_pages_take_sessions(app: BookaApp) -> None:
    for _, path, found in routes(app):
        if found is not None and found.kind == "permission":
            assert found.credential == ("token" if path.startswith("/api/v1/") else "session"), path
            assert path.startswith("/api/v1/") or "<tenant>" in path, path


def test_parameters_are_named_after_the_thing_they_identify(app: BookaApp) -> None:
    known = {"tenant", "token", "name", "provider", "connection", "slug"}
    for rule in app.url_map.iter_rules():
        assert {name for name in rule.arguments if not name.endswith("_id")} <= known, rule.rule
