"""From a genuine webhook body to envelopes that may be stored: the account is the right one, every fact has a key
that is the same on every repetition, and keys of the account, pairing codes and bytes of media are gone.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from booka_core.sdk.messaging import Connection, InboundEnvelope, UnreadableRequest, WebhookRequest, WrongAccount
from booka_providers.evolution.people import address_of
from booka_providers.evolution.wire import items, mapping, text

_SECRETS = frozenset(
    # The account's keys, the address that lets anyone deliver webhooks, codes that would pair a stranger's device, and
    # links that open a customer's media to whoever has them.
    {
        "apikey",
        "api_key",
        "token",
        "hash",
        "destination",
        "server_url",
        "code",
        "pairingCode",
        "mediaUrl",
        "headers",
    }
)
_BYTES = frozenset(
    {
        "base64",
        "buffer",
        "jpegThumbnail",
        "thumbnail",
        "pngThumbnail",
        "mediaKey",
        "fileSha256",
        "fileEncSha256",
        "thumbnailSha256",
        "thumbnailEncSha256",
        "waveform",
        "scansSidecar",
        "midQualityFileSha256",
        "midQualityFileEncSha256",
        "streamingSidecar",
        "firstScanSidecar",
        "messageSecret",
        "recipientKeyHash",
        "senderKeyHash",
        "axolotlSenderKeyDistributionMessage",
    }
)
_DEPTH = 64
_LONGEST_KEY = 200
_WITH_A_MESSAGE = frozenset({"messages.upsert", "send.message"})
_REVISIONS = frozenset({"messages.edited", "send.message.update"})


def receive(request: WebhookRequest, connection: Connection) -> list[InboundEnvelope]:
    """Envelopes of one body. Raises `UnreadableRequest`, or `WrongAccount` when it speaks for another instance."""
    body = request.value if isinstance(request.value, dict) else _parsed(request.body)
    event, instance = body.get("event"), body.get("instance")
    if not isinstance(event, str) or not 0 < len(event) <= 64:
        raise UnreadableRequest("The body names no event.")
    if not isinstance(instance, str) or instance != connection.settings.get("instance"):
        raise WrongAccount("The body names another instance.")
    parts = items(body.get("data")) if event.startswith(("messages.", "send.message")) else [body.get("data")]
    common = {
        "event": event,
        "instance": instance,
        "sender": text(body.get("sender"), limit=100),
        "received_at": request.received_at.isoformat(),
    }
    return [
        InboundEnvelope(
            kind=event,
            dedupe_key=_dedupe_key(event, instance, part, text(body.get("date_time"), limit=40)),
            order_key=_order_key(event, mapping(part)),
            payload={**common, "data": cleaned(part)},
        )
        for part in parts
    ]


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        raise UnreadableRequest("The body is not JSON.") from None
    if not isinstance(parsed, dict):
        raise UnreadableRequest("The body is not an object.")
    return parsed


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _dedupe_key(event: str, instance: str, part: Any, date_time: str) -> str:
    data = mapping(part)
    key = mapping(data.get("key"))
    if event in _WITH_A_MESSAGE and text(key.get("id")):
        return _bounded(instance, event, text(key.get("id")))
    if event == "messages.update" and (text(data.get("keyId")) or text(key.get("id"))):
        return _bounded(instance, event, text(data.get("keyId")) or text(key.get("id")), text(data.get("status")))
    if event == "messages.delete" and (text(key.get("id")) or text(data.get("id"))):
        return _bounded(instance, event, text(key.get("id")) or text(data.get("id")))
    # No id of its own: a repetition is the same body to the letter, so its content is its name.
    content = json.dumps([part, date_time], sort_keys=True, separators=(",", ":"), default=str)
    return _bounded(instance, event, hashlib.sha256(content.encode("utf-8", "replace")).hexdigest())


def _bounded(*parts: str) -> str:
    joined = "|".join(parts).replace("\x00", "")
    if len(joined) <= _LONGEST_KEY:
        return joined
    return "sha256|" + hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()


def _order_key(event: str, data: Mapping[str, Any]) -> str | None:
    """What customers write and revise is handled in order per chat; reports about our own messages need no order."""
    if event == "messages.upsert" or event in _REVISIONS or event == "messages.delete":
        return address_of(mapping(data.get("key")) or data) or None
    if event in {"connection.update", "status.instance", "logout.instance", "remove.instance"}:
        return "connection"
    return None


def cleaned(value: Any, depth: int = 0) -> Any:
    """`value` without secrets and bytes, at most 64 levels deep, storable as PostgreSQL `jsonb`."""
    if isinstance(value, str):
        return value if value.isascii() and "\x00" not in value else _storable(value)
    if isinstance(value, dict):
        if depth >= _DEPTH or _is_bytes(value):
            return None
        return {
            _storable(name): cleaned(member, depth + 1)
            for name, member in value.items()
            if name not in _SECRETS and name not in _BYTES
        }
    if isinstance(value, list):
        return [cleaned(member, depth + 1) for member in value] if depth < _DEPTH else None
    return value


def _storable(words: str) -> str:
    return words.replace("\x00", "").encode("utf-8", "replace").decode()


def _is_bytes(value: dict[str, Any]) -> bool:
    """Bytes arrive as a map from index to value, or as a serialised Buffer."""
    if value.get("type") == "Buffer" and isinstance(value.get("data"), list):
        return True
    return "0" in value and all(name.isascii() and name.isdigit() for name in value)
