"""The figures of this process for Prometheus. They say how much is booked and by which route, so they are not for
everybody: a scraper on the same machine may read them, any other needs `Authorization: Bearer $BOOKA_METRICS_TOKEN`.
A request that came through a proxy counts as from elsewhere, even if the proxy runs on this machine.
"""

from __future__ import annotations

import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from quart import Blueprint, Request, Response, request

from booka_core.jobs.queries import measure
from booka_core.kernel.crypto import same
from booka_core.kernel.logging import get_logger
from booka_core.kernel.metrics import registry
from booka_core.kernel.settings import settings
from booka_core.sdk.errors import NotFound
from booka_core.web.requests import machine

log = get_logger(__name__)

_PROXY_MARKS = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-Ip", "Via")


def may_scrape(asking: Request) -> bool:
    """Whether this request may read the figures."""
    token = settings().BOOKA_METRICS_TOKEN
    given = asking.headers.get("Authorization", "")
    if token is not None and token.get_secret_value() and same(given, f"Bearer {token.get_secret_value()}"):
        return True
    if any(mark in asking.headers for mark in _PROXY_MARKS):
        return False
    try:
        return ipaddress.ip_address(asking.remote_addr or "").is_loopback
    except ValueError:
        return False


def blueprint() -> Blueprint:
    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    @machine("from this machine without a proxy, or with the metrics token")
    async def metrics() -> Response:
        if not may_scrape(request):
            raise NotFound
        try:
            await measure()
        except Exception as error:  # noqa: BLE001 - without a database the other figures matter all the more
            log.warning("web.jobs_not_measured", error=type(error).__name__)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return routes
