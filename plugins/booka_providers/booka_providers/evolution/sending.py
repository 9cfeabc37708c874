"""Sending through Evolution, and what its answers mean for a second try.

Evolution has no idempotency: a repeated request is a second message on the customer's phone. So only what certainly
did not reach it may be tried again, a time-out or an error of its own counts as unknown, and what only a person can
put right is said to be so.
"""

from __future__ import annotations

from typing import Any, NoReturn
from urllib.parse import quote

import httpx

from booka_core.sdk.messaging import (
    Connection,
    ConnectionUpdate,
    OperatorNeeded,
    OutboundMessage,
    SendAmbiguous,
    SendPostponed,
    SendReceipt,
    SendRejected,
)
from booka_providers.evolution.proof import TOKEN_HEADER
from booka_providers.evolution.reading import connection_update
from booka_providers.evolution.wire import mapping, text

EVENTS = (
    "MESSAGES_UPSERT",
    "MESSAGES_EDITED",
    "MESSAGES_UPDATE",
    "MESSAGES_DELETE",
    "SEND_MESSAGE",
    "CONNECTION_UPDATE",
    "QRCODE_UPDATED",
    "STATUS_INSTANCE",
    "LOGOUT_INSTANCE",
    "REMOVE_INSTANCE",
)
_NOT_CONNECTED = "connection closed"


async def send(message: OutboundMessage, connection: Connection, *, http: httpx.AsyncClient) -> SendReceipt:
    """Hand over one text message."""
    body: dict[str, Any] = {"number": message.to.removeprefix("+"), "text": message.text}
    if message.reply_to:
        body["quoted"] = {"key": {"id": message.reply_to}}
    typing = connection.settings.get("typing_ms", 0)
    if isinstance(typing, int) and 0 < typing <= 5000:
        body["delay"] = typing  # Evolution shows "typing" and answers only after it
    answer = await _call(connection, "POST", "message/sendText", body, http=http)
    if answer.status_code not in {200, 201}:
        await _explain(answer, connection, http=http)
    external_id = text(mapping(mapping(_json(answer)).get("key")).get("id"), limit=200)
    if not external_id:
        raise SendAmbiguous("Evolution accepted the message without naming it.")
    return SendReceipt(external_id=external_id)


async def subscribe(connection: Connection, *, webhook_url: str, http: httpx.AsyncClient) -> ConnectionUpdate | None:
    """Point the instance's webhook at `webhook_url`, with the secrets that `proof` will ask for."""
    headers = {
        TOKEN_HEADER: connection.secrets.get("webhook_token", ""),
        "jwt_key": connection.secrets.get("jwt_key", ""),
    }
    webhook = {
        "enabled": True,
        "url": webhook_url,
        "byEvents": False,
        "base64": False,
        "headers": {name: value for name, value in headers.items() if value},
        "events": list(EVENTS),
    }
    answer = await _call(connection, "POST", "webhook/set", {"webhook": webhook}, http=http)
    if answer.status_code not in {200, 201}:
        raise OperatorNeeded(f"Evolution answered {answer.status_code} to the webhook's address: {_reason(answer)}")
    return connection_update(await _state(connection, http=http))


async def _call(
    connection: Connection, method: str, path: str, body: dict[str, Any] | None, *, http: httpx.AsyncClient
) -> httpx.Response:
    base, instance = connection.settings.get("base_url"), connection.settings.get("instance")
    if not isinstance(base, str) or not isinstance(instance, str) or not base or not instance:
        raise OperatorNeeded("The connection has no base_url or no instance.")
    key = connection.secrets.get("api_key", "")
    if not key:
        raise OperatorNeeded("The connection has no api_key.")
    try:
        return await http.request(
            method, f"{base.rstrip('/')}/{path}/{quote(instance, safe='')}", json=body, headers={"apikey": key}
        )
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        raise OperatorNeeded("The connection's base_url or api_key cannot be used.") from None
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        raise SendPostponed("Evolution cannot be reached.") from None
    except httpx.HTTPError as failure:
        raise SendAmbiguous(f"Evolution did not answer ({type(failure).__name__}).") from None


async def _explain(answer: httpx.Response, connection: Connection, *, http: httpx.AsyncClient) -> NoReturn:
    """Raise what an answer other than success means."""
    status, reason = answer.status_code, _reason(answer)
    said = f"Evolution answered {status}: {reason}"
    if mapping(_json(answer)).get("code") == "LICENSE_REQUIRED":
        raise OperatorNeeded("The Evolution server has no licence yet; activate it in its manager.")
    if status in {401, 403, 404} or 300 <= status < 400:
        raise OperatorNeeded(said)
    if status == 429:
        raise SendPostponed(said)
    if _NOT_CONNECTED in reason.lower() and not await _is_connected(connection, http=http):
        raise SendPostponed("The WhatsApp account is not connected.")
    if status == 408 or status >= 500 or "timed out" in reason.lower() or "connection closed" in reason.lower():
        raise SendAmbiguous(said)
    raise SendRejected(said)


async def _is_connected(connection: Connection, *, http: httpx.AsyncClient) -> bool:
    """Whether the account is online. In doubt it is, so that an unclear failure stays unclear."""
    return await _state(connection, http=http) not in {"close", "connecting"}


async def _state(connection: Connection, *, http: httpx.AsyncClient) -> str:
    try:
        answer = await _call(connection, "GET", "instance/connectionState", None, http=http)
    except (OperatorNeeded, SendPostponed, SendAmbiguous):
        return ""
    return text(mapping(mapping(_json(answer)).get("instance")).get("state"), limit=40)


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None


def _reason(answer: httpx.Response) -> str:
    """Evolution's words, which come as a string, or as lists of strings, of lists or of objects."""
    body = mapping(_json(answer))
    message = mapping(body.get("response")).get("message", body.get("message", body.get("error")))
    return "; ".join(_flattened(message))[:300]


def _flattened(message: Any, depth: int = 0) -> list[str]:
    if isinstance(message, str):
        return [message]
    if isinstance(message, list) and depth < 5:
        return [part for member in message for part in _flattened(member, depth + 1)]
    if isinstance(message, dict):
        # The number itself stays out: reasons end up in logs.
        return ["the recipient is not on WhatsApp" if message.get("exists") is False else "unexplained"]
    return []
