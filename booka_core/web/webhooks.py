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
from booka_core.sdk.messaging import ForgedRequest, UnreadableRequest, WebhookRequest, WrongAccount
from booka_core.web import ingress
from booka_core.web.problems import UNAVAILABLE, problem
from booka_core.web.requests import machine

log = get_logger(__name__)

_RETRY_AFTER = {"Retry-After": "5"}
_PATIENCE = 15.0


def blueprint() -> Blueprint:
    """The webhook route."""
    webhooks = Blueprint("webhooks", __name__)

    @webhooks.post("/api/webhooks/<provider>/<connection>")
    @machine("the provider's own proof: a secret path, a secret header and a token")
    async def deliver(provider: str, connection: str) -> ResponseReturnValue:
        body = await ingress.read_body(request)
        ingress.parse(body)
        headers = {name.lower(): value for name, value in request.headers.items()}
        arrived = WebhookRequest(headers=headers, body=body, received_at=clock.now())
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
