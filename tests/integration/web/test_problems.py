"""Which failure is which status, and what it says and does not say."""

from __future__ import annotations

import json
from collections.abc import Iterator

import asyncpg
import pytest
import structlog
from pydantic import BaseModel
from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError
from werkzeug.exceptions import Conflict, RequestTimeout

from booka_core.booking.errors import BookingRefused, ReservationNotFound, SlotTaken
from booka_core.db.errors import DatabaseUnavailable, NoTenantBound
from booka_core.identity.errors import BadToken, NotAllowed, NotSignedIn, TooManyAttempts
from booka_core.jobs.errors import JobNotFound
from booka_core.kernel.errors import EffectInTransaction, MissingSecret
from booka_core.sdk.errors import BadInput, BookaError, NotFound, PluginFault, Upstream, WrongState
from booka_core.sdk.messaging import ForgedRequest, SendRejected
from booka_core.testing.web import stranger
from booka_core.web import ui
from booka_core.web.app import BookaApp
from booka_core.web.ingress import BodyTooLarge, WrongMediaType
from booka_core.web.problems import STATUS, status_of
from booka_core.web.requests import public


@pytest.fixture(autouse=True)
def _plain_log() -> Iterator[None]:
    """Faults are logged with their traceback; drawing it in colour would take most of these tests' time."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()


class Wanted(BaseModel):
    size: int


def invalid() -> Exception:
    try:
        Wanted.model_validate({"size": "<b>huge</b>"})
    except ValueError as error:
        return error
    raise AssertionError


def by_driver(cause: Exception) -> Exception:
    error = OperationalError(cause)
    error.__cause__ = cause
    return error


CASES: list[tuple[Exception, int, str]] = [
    (BadInput(), 400, "bad-input"),
    (NotFound(), 404, "not-found"),
    (ReservationNotFound(), 404, "not-found"),
    (JobNotFound(), 404, "not-found"),
    (NotSignedIn(), 401, "not-signed-in"),
    (BadToken(), 401, "bad-token"),
    (NotAllowed(), 403, "not-allowed"),
    (TooManyAttempts(7), 429, "too-many-attempts"),
    (WrongState(), 409, "wrong-state"),
    (SlotTaken(), 409, "slot-taken"),
    (BookingRefused("A patch test is needed first."), 409, "booking-refused"),
    (BodyTooLarge(limit=5), 413, "body-too-large"),
    (WrongMediaType(), 415, "wrong-media-type"),
    (ForgedRequest(), 401, "forged-request"),
    (Upstream(), 502, "upstream"),
    (SendRejected(), 502, "send-rejected"),
    (MissingSecret("SMTP_URL"), 503, "missing-secret"),
    (DatabaseUnavailable(), 503, "database-unavailable"),
    (PluginFault(), 500, "fault"),
    (NoTenantBound(), 500, "fault"),
    (EffectInTransaction(what="x"), 500, "fault"),
    (BookaError(), 500, "fault"),
    (invalid(), 422, "invalid"),
    (RuntimeError("password=hunter2"), 500, "fault"),
    (ConnectionRefusedError(), 503, "unavailable"),
    (TimeoutError(), 503, "unavailable"),
    (DBConnectionError(), 503, "unavailable"),
    (asyncpg.TooManyConnectionsError(), 503, "unavailable"),
    (asyncpg.CannotConnectNowError(), 503, "unavailable"),
    (asyncpg.ConnectionDoesNotExistError(), 503, "unavailable"),
    (asyncpg.QueryCanceledError(), 503, "unavailable"),
    (asyncpg.DiskFullError(), 503, "unavailable"),
    (asyncpg.InterfaceError("pool is closing"), 503, "unavailable"),
    (by_driver(asyncpg.CharacterNotInRepertoireError()), 400, "bad-value"),
    (by_driver(asyncpg.UndefinedTableError()), 500, "fault"),
    (IntegrityError("Key (phone)=(+2348012345678) already exists"), 409, "conflict"),
    (Conflict(), 409, "conflict"),
    (RequestTimeout(), 408, "request-timeout"),
]


def fail_with(app: BookaApp, error: Exception) -> None:
    @public("a failure on purpose")
    async def fail() -> str:
        raise error

    app.add_url_rule("/api/v1/fail", "fail_api", fail)
    app.add_url_rule("/fail", "fail_page", fail)


@pytest.mark.parametrize(("error", "status", "code"), CASES, ids=lambda value: type(value).__name__)
async def test_each_failure_has_its_status_and_is_a_problem_or_a_page(
    app_without_stores: BookaApp, error: Exception, status: int, code: str
) -> None:
    fail_with(app_without_stores, error)
    answer = await stranger(app_without_stores).get("/api/v1/fail")
    body = json.loads(await answer.get_data())
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (body["status"], body["type"]) == (status, f"urn:booka:problem:{code}")
    assert body["title"]
    assert body["detail"]
    assert ("request_id" in body) is (status >= 500)
    page = await stranger(app_without_stores).get("/fail")
    if isinstance(error, NotSignedIn):
        assert (page.status_code, page.headers["Location"]) == (303, "/sign-in?next=/fail")
    else:
        assert (page.status_code, page.mimetype) == (status, "text/html")
    told = json.dumps(body) + (await page.get_data(as_text=True))
    for secret in ("hunter2", "2348012345678", "Traceback", "<b>huge</b>"):
        assert secret not in told


async def test_what_is_not_there_looks_the_same_whatever_it_is(app_without_stores: BookaApp) -> None:
    answers = set()
    for number, error in enumerate((NotFound(), ReservationNotFound(), JobNotFound("with detail"))):
        fail_with_at(app_without_stores, error, f"/api/v1/missing{number}")
        answers.add(await (await stranger(app_without_stores).get(f"/api/v1/missing{number}")).get_data())
    answers.add(await (await stranger(app_without_stores).get("/api/v1/no/such/route")).get_data())
    assert len(answers) == 1


def fail_with_at(app: BookaApp, error: Exception, path: str) -> None:
    @public("a failure on purpose")
    async def fail() -> str:
        raise error

    app.add_url_rule(path, path, fail)


async def test_a_missing_setting_is_named_so_that_somebody_can_set_it(app_without_stores: BookaApp) -> None:
    fail_with(app_without_stores, MissingSecret("SMTP_URL"))
    body = json.loads(await (await stranger(app_without_stores).get("/api/v1/fail")).get_data())
    assert body["setting"] == "SMTP_URL"
    assert "SMTP_URL" in body["detail"]


async def test_a_refused_request_says_when_to_come_back_and_how_to_sign_in(app_without_stores: BookaApp) -> None:
    fail_with(app_without_stores, TooManyAttempts(7))
    assert (await stranger(app_without_stores).get("/api/v1/fail")).headers["Retry-After"] == "7"
    assert (await stranger(app_without_stores).get("/api/v1/me")).headers["WWW-Authenticate"].startswith("Bearer")


async def test_wrong_values_are_named_one_by_one(app_without_stores: BookaApp) -> None:
    fail_with(app_without_stores, invalid())
    body = json.loads(await (await stranger(app_without_stores).get("/api/v1/fail")).get_data())
    assert [fault["where"] for fault in body["errors"]] == ["size"]


async def test_a_page_that_was_not_built_still_ends_in_an_answer(
    app_without_stores: BookaApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unbuilt() -> dict[str, str]:
        raise ui.AssetsNotBuilt

    monkeypatch.setattr(ui, "manifest", unbuilt)
    answer = await stranger(app_without_stores).get("/sign-in")
    assert answer.status_code == 503
    assert "uv sync" in await answer.get_data(as_text=True)
    assert "Content-Security-Policy" in answer.headers


def test_every_error_of_every_room_has_a_status() -> None:
    kinds = [BookaError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert len(kinds) > 60
    assert {status_of(kind.__new__(kind)) for kind in kinds} <= {
        400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 502, 503,
    }  # fmt: skip
    assert all(issubclass(kind, BookaError) for kind in STATUS)
