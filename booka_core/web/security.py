"""The edge that every answer passes, errors and static files included: a request id, security headers with a strict
content policy, the request log and its figures. It wraps the ASGI application, so that no view, handler or fault
inside can leave them out. The log has the route, never the path or a body: paths carry tokens.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from prometheus_client import Histogram
from quart import Request

from booka_core.identity.errors import CrossSiteRequest
from booka_core.kernel.logging import get_logger
from booka_core.kernel.metrics import registry
from booka_core.kernel.settings import settings

log = get_logger(__name__)

Scope = Any  # the ASGI messages are Quart's business; this module only adds to them
Message = Any
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE"}
NOTES = "booka"

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
CONTENT_POLICY = "; ".join(f"{what} {where}" for what, where in _POLICY.items())
_HEADERS = (
    ("content-security-policy", CONTENT_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
)
_TRANSPORT = ("strict-transport-security", "max-age=31536000; includeSubDomains")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")

_seconds = Histogram(
    "booka_http_request_seconds",
    "Time from a request's arrival to the end of its answer, by route.",
    ["method", "route", "status"],
    registry=registry,
)


@dataclass(slots=True)
class Notes:
    """What the application tells the edge about one request. `quiet` ones are logged only when they fail."""

    request_id: str
    route: str = "unmatched"
    quiet: bool = False


def notes_of(request: Request) -> Notes:
    """The edge's notes of a request; a request that never passed the edge (a test's own) gets empty ones."""
    found: Any = cast("Any", request.scope).get(NOTES)
    return found if isinstance(found, Notes) else Notes("")


class Edge:
    """The ASGI wrapper around the application."""

    def __init__(self, application: Application) -> None:
        self._application = application
        secure = urlsplit(settings().BOOKA_BASE_URL).scheme == "https"
        chosen = (*_HEADERS, _TRANSPORT) if secure else _HEADERS
        self._headers = [(name.encode(), value.encode()) for name, value in chosen]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        request_id = _request_id(scope["headers"])
        notes = scope[NOTES] = Notes(request_id)
        began = time.perf_counter()
        status = 0

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._with_ours(message["headers"], request_id)
            await send(message)

        # Every request has a task, and so a context, of its own: nothing has to be taken back.
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._application(scope, receive, send_guarded)
        finally:
            self._note(scope["method"], notes, status, time.perf_counter() - began)

    def _with_ours(self, headers: Any, request_id: str) -> list[tuple[bytes, bytes]]:
        kept = [(bytes(name).lower(), bytes(value)) for name, value in headers]
        present = {name for name, _ in kept}
        kept += [header for header in self._headers if header[0] not in present]
        if b"cache-control" not in present:
            kept.append((b"cache-control", b"no-store"))
        kept.append((b"x-request-id", request_id.encode()))
        return kept

    @staticmethod
    def _note(method: str, notes: Notes, status: int, seconds: float) -> None:
        method = method if method in _METHODS else "other"
        _seconds.labels(method, notes.route, status).observe(seconds)
        if status >= 500 or not notes.quiet:
            log.info("web.request", method=method, route=notes.route, status=status, ms=round(seconds * 1000, 1))


def _request_id(headers: Any) -> str:
    """The caller's own id if it looks like one, so that a proxy's log and ours tell of the same request."""
    for name, value in headers:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return bytes(value).decode()
    return secrets.token_hex(12)


def guard_against_cross_site(request: Request) -> None:
    """Refuse a deed that another site's page started with this browser's cookies. Raises `CrossSiteRequest`.

    Browsers say where a request comes from (`Sec-Fetch-Site`); where they do not (plain http to another machine), its
    `Origin` must be ours. A request that says neither is refused as well.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise CrossSiteRequest
        return
    origin = request.headers.get("Origin", "")
    ours = {f"{request.scheme}://{request.host}", _origin(settings().BOOKA_BASE_URL)}
    if origin not in ours:
        raise CrossSiteRequest


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
