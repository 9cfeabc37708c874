"""`POST /api/webhooks/<provider>/<connection>`: where messaging providers deliver.

What the answer means to the sender:

- 200: stored; nothing of ours can lose it any more. A repetition is answered the same and has no second effect.
- 401: the request carries no proof, or a wrong one. 403: it is genuine, but speaks for another account.
- 404: we never gave this address out. 400, 413, 415: the body is not what a provider sends.
- 503 with Retry-After: we cannot take it at the moment, whatever the reason (the database is away, a secret of ours is
  missing, an address of ours whose data is still being restored). Senders give a message up for good on a 4xx, so
  nothing that is our fault ever gets one.
"""

from __future__ import annotations

import asyncio

from quart import Blueprint, Response, request
from quart.typing import ResponseReturnValue

from booka_core.channels import intake
from booka_core.channels.errors import DoorNotReady, UnknownDoor
from booka_core.kernel import clock
from booka_core.kernel.errors import MissingSecret
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.sdk.messaging import ForgedRequest, UnreadableRequest, WebhookRequest, WrongAccount
from booka_core.web import ingress
from booka_core.web.problems import UNAVAILABLE, problem
from booka_core.web.requests import machine
from booka_core.web.security import NOTES, Application, Message, Notes, Receive, Scope, Send

log = get_logger(__name__)

_RETRY_AFTER = {"Retry-After": "5"}
_PATIENCE = 12.0
_PREFIX = "/api/webhooks/"
ROUTE = "/api/webhooks/<provider>/<connection>"


def blueprint() -> Blueprint:
    """The webhook route."""
    webhooks = Blueprint("webhooks", __name__)

    @webhooks.post(ROUTE)
    @machine("the provider's own proof: a secret path, a secret header and a token")
    async def deliver(provider: str, connection: str) -> ResponseReturnValue:
        body = await ingress.read_body(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        arrived = WebhookRequest(headers=headers, body=body, received_at=clock.now(), value=ingress.parse(body))
        try:
            async with asyncio.timeout(_PATIENCE):
                await intake.accept(provider, connection, arrived)
        except (UnknownDoor, UnreadableRequest):
            raise
        except WrongAccount as refusal:
            return await problem(403, code=refusal.code, detail=refusal.message)
        except ForgedRequest as refusal:
            return await problem(401, code=refusal.code, detail=refusal.message)
        except MissingSecret as missing:
            log.warning("web.webhook_not_taken", provider=provider, setting=missing.name)
            return await problem(
                503, code=missing.code, detail=str(missing), headers=_RETRY_AFTER, setting=missing.name
            )
        except (DoorNotReady, *UNAVAILABLE) as failure:
            log.warning("web.webhook_not_taken", provider=provider, reason=type(failure).__name__)
        except Exception as failure:
            log.exception("web.webhook_not_taken", provider=provider, reason=type(failure).__name__)
        else:
            return Response(b"", status=200)
        return await problem(
            503, code="unavailable", detail="This cannot be taken at the moment.", headers=_RETRY_AFTER
        )

    return webhooks


class QuickLane:
    """The same, in front of the framework: it says yes to a plain delivery and leaves every no, and everything unusual,
    to the route above. The framework costs a delivery more than proving and storing it together.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = _address(scope)
        if address is None:
            await self._application(scope, receive, send)
            return
        first = await _first(receive)
        if first is not None and await _is_taken(scope, first, *address):
            notes = scope.get(NOTES)
            if isinstance(notes, Notes):
                notes.route, notes.quiet = ROUTE, True
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._application(scope, _again(first, receive), send)


def _address(scope: Scope) -> tuple[str, str] | None:
    """Provider and path of a delivery, None for any other request."""
    if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith(_PREFIX):
        return None
    provider, _, path = scope["path"][len(_PREFIX) :].partition("/")
    return (provider, path) if path and "/" not in path else None


async def _first(receive: Receive) -> Message | None:
    """The first part of the body, None when it is slow to come: the route knows how long to wait and what to say."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await receive()
    except TimeoutError:
        return None


async def _is_taken(scope: Scope, first: Message, provider: str, path: str) -> bool:
    body = first.get("body", b"")
    if first["type"] != "http.request" or first.get("more_body") or len(body) > settings().BOOKA_BODY_LIMIT:
        return False
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if headers.get("content-type") != "application/json" or "content-encoding" in headers:
        return False
    try:
        arrived = WebhookRequest(headers=headers, body=body, received_at=clock.now(), value=ingress.parse(body))
        async with asyncio.timeout(_PATIENCE):
            await intake.accept(provider, path, arrived)
    except Exception:  # noqa: BLE001 - the route tries once more, and says what is wrong
        return False
    return True


def _again(first: Message | None, receive: Receive) -> Receive:
    """A `receive` that begins with what was read already."""
    waiting = [first] if first is not None else []

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
