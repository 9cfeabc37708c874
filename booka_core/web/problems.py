"""How failures look over HTTP: `application/problem+json` (RFC 9457) below /api, a page everywhere else. This is the
one place that knows which error is which status.

What a caller did wrong is a 4xx, what we cannot do at present is a 503, and a fault of ours says nothing but the
request's id. "Not found" says nothing at all beyond itself, so that a thing of another tenant looks like no thing.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import asyncpg
from pydantic import ValidationError
from quart import Quart, Response, g, redirect, render_template, request
from quart.typing import ResponseTypes
from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from booka_core.booking.errors import IdempotencyConflict, SlotTaken, StaleVersion
from booka_core.db.errors import DatabaseNotConfigured, DatabaseUnavailable, NoTenantBound, ScopeClosed, TenantMismatch
from booka_core.identity.errors import BadToken, CrossSiteRequest, NotAllowed, NotSignedIn, TooManyAttempts
from booka_core.kernel.errors import EffectInTransaction, MissingSecret, WeakSecret
from booka_core.kernel.logging import get_logger
from booka_core.links.errors import BadManageLink
from booka_core.offers.errors import SlotNotOffered
from booka_core.sdk.errors import BadInput, BookaError, NotFound, PluginFault, Upstream, WrongState
from booka_core.sdk.messaging import ForgedRequest, WrongAccount
from booka_core.series.errors import SeriesCollision
from booka_core.web.ingress import BodyTooLarge, EncodedBody, WrongMediaType
from booka_core.web.requests import sign_in_address
from booka_core.web.ui import AssetsNotBuilt

log = get_logger(__name__)

STATUS: dict[type[BookaError], int] = {
    BookaError: 500,
    BadInput: 400,
    NotFound: 404,
    NotSignedIn: 401,
    BadToken: 401,
    NotAllowed: 403,
    BadManageLink: 403,
    CrossSiteRequest: 403,
    TooManyAttempts: 429,
    BodyTooLarge: 413,
    EncodedBody: 415,
    WrongMediaType: 415,
    ForgedRequest: 401,
    WrongAccount: 403,
    WrongState: 409,
    StaleVersion: 412,
    IdempotencyConflict: 422,
    Upstream: 502,
    AssetsNotBuilt: 503,
    PluginFault: 500,
    MissingSecret: 503,
    DatabaseUnavailable: 503,
    DatabaseNotConfigured: 503,
    # These are mistakes of ours, whatever family they belong to.
    NoTenantBound: 500,
    ScopeClosed: 500,
    TenantMismatch: 500,
    EffectInTransaction: 500,
    WeakSecret: 500,
}
"""The status of an error is that of its nearest class here."""

UNAVAILABLE = (
    ConnectionError,
    TimeoutError,
    DBConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
)
"""What the database's absence, overload or a long wait looks like from here."""

_WHAT_TO_DO = {
    400: "Go back and check what you entered.",
    401: "Sign in and try again.",
    403: "Ask an owner of the business if you need this.",
    404: "Check the address, or start again from the first page.",
    409: "Reload the page to see the present state.",
    412: "Reload the page to see the present state.",
    413: "Send something smaller.",
    429: "Wait a moment and try again.",
    500: "Try again. If it happens again, tell us the number below.",
    502: "Try again in a moment.",
    503: "Try again in a moment.",
}
_RETRY_AFTER = 5


def status_for(kind: type[BookaError]) -> int:
    """The HTTP status of a kind of error."""
    return next(STATUS[family] for family in kind.__mro__ if family in STATUS)


def status_of(error: BookaError) -> int:
    """The HTTP status of an error."""
    return status_for(type(error))


def wants_json() -> bool:
    """Whether this request is answered with problem+json rather than a page."""
    return request.path.startswith(("/api/", "/metrics"))


async def problem(
    status: int, *, code: str, detail: str, headers: dict[str, str] | None = None, **extra: Any
) -> Response:
    """An answer that says what is wrong. `extra` members are added to the JSON form."""
    title = HTTPStatus(status).phrase
    if wants_json():
        body = {"type": f"urn:booka:problem:{code}", "title": title, "status": status, "detail": detail, **extra}
        if status >= 500:
            body["request_id"] = g.request_id
        response = Response(json.dumps(body), status=status, content_type="application/problem+json")
    else:
        response = await _page(status, title=title, detail=detail)
    response.headers.update(headers or {})
    return response


async def _page(status: int, *, title: str, detail: str) -> Response:
    request_id = g.request_id if status >= 500 else ""
    try:
        page = await render_template(
            "problem.html",
            status=status,
            title=title,
            detail=detail,
            request_id=request_id,
            what_to_do=_WHAT_TO_DO.get(status, ""),
        )
    except AssetsNotBuilt as unbuilt:  # no page can be shown then, not even this one
        text = f"{status} {title}\n\n{detail}\n\n{unbuilt}\n{request_id}\n"
        return Response(text, status=status, content_type="text/plain; charset=utf-8")
    return Response(page, status=status, content_type="text/html; charset=utf-8")


async def _known(error: BookaError) -> ResponseTypes:
    status = status_of(error)
    if status == 500:
        return await _fault(error)
    if isinstance(error, NotFound):
        return await problem(404, code="not-found", detail="There is no such thing here.")
    if isinstance(error, NotSignedIn) and not wants_json():
        return _to_sign_in()
    headers, extra = _particulars(error)
    return await problem(status, code=error.code, detail=str(error), headers=headers, **extra)


def _particulars(error: BookaError) -> tuple[dict[str, str], dict[str, Any]]:
    match error:
        case NotSignedIn() | BadToken():
            return {"WWW-Authenticate": 'Bearer realm="booka"'}, {}
        case TooManyAttempts():
            return {"Retry-After": str(error.retry_after)}, {}
        case MissingSecret():
            return {}, {"setting": error.name}
        case SlotTaken() | SlotNotOffered() | SeriesCollision():
            return {}, _instead(error)
        case DatabaseUnavailable():
            return {"Retry-After": str(_RETRY_AFTER)}, {}
        case _:
            return {}, {}


def _instead(error: BookaError) -> dict[str, Any]:
    """What can be had instead of a time that cannot, and which appointment of a series it was."""
    nearest = error.alternatives if isinstance(error, SeriesCollision) else error.fields.get("alternatives", ())
    told: dict[str, Any] = {"alternatives": [slot.model_dump(mode="json") for slot in nearest]}
    if "position" in error.fields:
        told["position"] = error.fields["position"]
    return told


def _to_sign_in() -> ResponseTypes:
    address = sign_in_address()
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    if request.method in ("GET", "HEAD") and "text/event-stream" not in request.headers.get("Accept", ""):
        return redirect(address, 303)
    return Response("Please sign in first.", status=401, content_type="text/plain; charset=utf-8")


async def _invalid(error: ValidationError) -> ResponseTypes:
    faults = [
        {"where": ".".join(str(step) for step in fault["loc"]), "what": fault["msg"]}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return await problem(422, code="invalid", detail="Some values are not acceptable.", errors=faults)


async def _http(error: HTTPException) -> ResponseTypes:
    status = error.code or 500
    if status == 404:
        return await problem(404, code="not-found", detail="There is no such thing here.")
    if status >= 500:
        return await _fault(error)
    if status in (301, 302, 303, 307, 308):
        return error.get_response()
    allow = error.get_headers()
    headers = {name: value for name, value in allow if name in ("Allow", "Retry-After")}
    detail = HTTPStatus(status).description or HTTPStatus(status).phrase
    return await problem(
        status, code=HTTPStatus(status).phrase.lower().replace(" ", "-"), detail=detail, headers=headers
    )


async def _unavailable(error: Exception) -> ResponseTypes:
    log.warning("web.unavailable", error=type(error).__name__)
    return await problem(
        503,
        code="unavailable",
        detail="This is not possible for the moment. Nothing was changed.",
        headers={"Retry-After": str(_RETRY_AFTER)},
    )


async def _refused_statement(error: OperationalError) -> ResponseTypes:
    """Tortoise has one name for a value that cannot be stored and for a statement of ours that is wrong."""
    if isinstance(error.__cause__, asyncpg.DataError):
        return await _unreadable_value(error.__cause__)
    return await _fault(error)


async def _unreadable_value(error: Exception) -> ResponseTypes:
    log.warning("web.unreadable_value", error=type(error).__name__)
    return await problem(400, code="bad-value", detail="A value cannot be stored.")


async def _conflict(error: Exception) -> ResponseTypes:
    log.warning("web.conflict", error=type(error).__name__)
    return await problem(409, code="conflict", detail="This contradicts what is already stored.")


async def _fault(error: BaseException) -> ResponseTypes:
    original = getattr(error, "original_exception", None) or error
    log.error("web.fault", error=type(original).__name__, exc_info=original)
    return await problem(500, code="fault", detail="Something went wrong on our side. It has been written down.")


def install(app: Quart) -> None:
    """Make the application answer every failure in these forms."""
    app.register_error_handler(BookaError, _known)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(HTTPException, _http)
    for kind in UNAVAILABLE:
        app.register_error_handler(kind, _unavailable)
    app.register_error_handler(asyncpg.DataError, _unreadable_value)
    app.register_error_handler(OperationalError, _refused_statement)
    app.register_error_handler(IntegrityError, _conflict)
    app.register_error_handler(asyncpg.IntegrityConstraintViolationError, _conflict)
    app.register_error_handler(Exception, _fault)
