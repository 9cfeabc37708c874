"""Translates stored Evolution events. It never raises: what cannot be understood is left out, because an event that
blocks its conversation for ever is worse than one that is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from booka_core.sdk.messaging import (
    ConnectionUpdate,
    DeliveryUpdate,
    Inbound,
    InboundEnvelope,
    InboundMessage,
    MessageRevised,
)
from booka_providers.evolution.contents import content_of, unwrapped
from booka_providers.evolution.people import address_of, customer_of
from booka_providers.evolution.wire import instant, mapping, number, text

_LOGGED_OUT = frozenset({401, 402, 403, 406})  # no reconnection without a person scanning a new code
_EDITED = frozenset({14, "14", "MESSAGE_EDIT"})
_REVOKED = frozenset({0, "0", "REVOKE"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_DELIVERY: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    # DELETED is left out: some versions report it for every state they do not know.
    "SERVER_ACK": "sent",
    "SENT": "sent",
    "DELIVERY_ACK": "delivered",
    "DELIVERED": "delivered",
    "READ": "read",
    "PLAYED": "read",
    "ERROR": "failed",
    "FAILED": "failed",
}


def normalise(envelope: InboundEnvelope) -> list[Inbound]:
    """What the envelope means; empty for groups, broadcasts, history and everything unknown."""
    read = _EVENTS.get(envelope.kind)
    if read is None:
        return []
    data = mapping(envelope.payload.get("data"))
    found = read(data, _received_at(envelope))
    return [found] if found is not None else []


def _received_at(envelope: InboundEnvelope) -> datetime:
    try:
        stored = datetime.fromisoformat(text(envelope.payload.get("received_at"), limit=40))
    except ValueError:
        return _EPOCH
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def _upserted(data: Mapping[str, Any], received_at: datetime) -> Inbound | None:
    """A customer's message, or one typed on the business's own phone."""
    key = mapping(data.get("key"))
    sender, external_id = customer_of(key, push_name=data.get("pushName")), text(key.get("id"), limit=200)
    if sender is None or not external_id:
        return None
    protocol = mapping(unwrapped(data.get("message")).get("protocolMessage"))
    if protocol:
        return _revised(protocol, received_at)
    content = content_of(data.get("message"), message_type=text(data.get("messageType"), limit=100))
    if content is None:
        return None
    quoted = text(mapping(data.get("contextInfo")).get("stanzaId"), limit=200)
    return InboundMessage(
        external_id=external_id,
        sender=sender,
        kind=content.kind,
        direction="echo" if key.get("fromMe") is True else "in",
        text=content.text,
        choice_id=content.choice_id,
        reply_to=quoted or content.reply_to,
        sent_at=instant(data.get("messageTimestamp"), fallback=received_at),
        attributes=content.attributes,
    )


def _sent(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    """A message that went out through the API, very likely ours."""
    key = mapping(data.get("key"))
    external_id, to = text(key.get("id"), limit=200), address_of(key)
    if not external_id or not to:
        return None
    content = content_of(data.get("message"), message_type=text(data.get("messageType"), limit=100))
    said = content.text if content is not None and content.kind == "text" else None
    return DeliveryUpdate(external_id=external_id, status="sent", to=to, text=said)


def _updated(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    key = mapping(data.get("key"))
    status = _DELIVERY.get(text(data.get("status"), limit=40).upper())
    external_id = text(data.get("keyId"), limit=200) or text(key.get("id"), limit=200)
    from_us = data.get("fromMe", key.get("fromMe", True))
    if status is None or not external_id or from_us is False:
        return None
    return DeliveryUpdate(external_id=external_id, status=status)


def _revised(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    """A protocol message: an edit or a deletion by its type, anything else is none of our business."""
    external_id = text(mapping(data.get("key")).get("id"), limit=200)
    kind = data.get("type")
    if not external_id or isinstance(kind, bool | list | dict):
        return None
    if kind in _EDITED and isinstance(data.get("editedMessage"), dict):
        content = content_of(data["editedMessage"])
        return MessageRevised(external_id=external_id, text=content.text) if content is not None else None
    if kind in _REVOKED:
        return MessageRevised(external_id=external_id, text=None)
    return None


def _deleted(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    key = mapping(data.get("key")) or data
    external_id = text(key.get("id"), limit=200)
    if not external_id or not address_of(key):
        return None
    if key.get("fromMe") is True:
        return DeliveryUpdate(external_id=external_id, status="deleted")
    return MessageRevised(external_id=external_id, text=None)


def _connection(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    return connection_update(text(data.get("state"), limit=40), number(data.get("statusReason")))


def connection_update(state: str, reason: int | None = None) -> ConnectionUpdate | None:
    """What Evolution's word for a connection's state means."""
    if state == "open":
        return ConnectionUpdate(state="open")
    if state == "connecting":
        return ConnectionUpdate(state="connecting")
    if state in {"close", "refused"}:
        return _closed(reason, state)
    return None


def _status(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    if text(data.get("status"), limit=40) != "closed":
        return None
    return _closed(number(data.get("disconnectionReasonCode")), "closed")


def _closed(reason: int | None, word: str) -> ConnectionUpdate:
    detail = f"{word} ({reason})" if reason is not None else word
    return ConnectionUpdate(state="logged_out" if reason in _LOGGED_OUT else "closed", detail=detail)


def _logged_out(_data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    return ConnectionUpdate(state="logged_out", detail="logged out on the Evolution server")


def _pairing(data: Mapping[str, Any], _received_at: datetime) -> Inbound | None:
    if number(data.get("statusCode")) == 500:
        return ConnectionUpdate(state="closed", detail="pairing was not completed in time")
    return ConnectionUpdate(state="connecting", detail="waiting for the pairing code to be scanned")


_EVENTS: dict[str, Callable[[Mapping[str, Any], datetime], Inbound | None]] = {
    "messages.upsert": _upserted,
    "messages.edited": _revised,
    "messages.update": _updated,
    "messages.delete": _deleted,
    "send.message": _sent,
    "send.message.update": _revised,
    "connection.update": _connection,
    "status.instance": _status,
    "logout.instance": _logged_out,
    "remove.instance": _logged_out,
    "qrcode.updated": _pairing,
}
