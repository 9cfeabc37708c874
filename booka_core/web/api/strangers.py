"""How strangers are let in: one business at a time, so often and no oftener, and without cookies having any meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from quart import Response, current_app, g, request

from booka_core.db.scope import bind_tenant
from booka_core.identity.errors import BusinessSuspended
from booka_core.identity.limits import Limit, Limiter
from booka_core.tenancy.errors import TenantNotFound
from booka_core.tenancy.queries import find_tenant
from booka_core.web.api.operations import View
from booka_core.web.requests import public

LOOKS_BY_CLIENT = Limit("public-looks-client", most=300, seconds=60)
BOOKINGS_BY_CLIENT = Limit("public-bookings-client", most=60, seconds=600)
BOOKINGS_BY_PHONE = Limit("public-bookings-phone", most=12, seconds=600)


_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def for_strangers(*, deed: bool) -> Callable[[View], View]:
    """A view for everybody about the business that the address names. It runs with that business bound."""

    def mark(view: View) -> View:
        @wraps(view)
        async def at_the_business(slug: str, **path: Any) -> Response:
            await take(LOOKS_BY_CLIENT, client())
            if not _SLUG.fullmatch(slug):
                raise TenantNotFound
            g.tenant = await find_tenant(slug)
            if deed and g.tenant.status == "suspended":
                raise BusinessSuspended
            with bind_tenant(g.tenant.id):
                response: Response = await view(**path)
                return response

        opened = public("strangers ask and book; limited per client and phone", credential="token")(at_the_business)
        return cast("View", opened)

    return mark


async def take(limit: Limit, key: str) -> None:
    """Count one attempt. Raises `TooManyAttempts`."""
    await cast("Limiter", current_app.limiter).take(limit, key)  # type: ignore[attr-defined]  # BookaApp has one


def client() -> str:
    """Where the request came from."""
    return request.remote_addr or "unknown"
