"""Webhook bodies as Evolution sends them, written down from its wire format: one of every kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OctKey

from booka_core.sdk.messaging import Connection, WebhookRequest

RECEIVED = datetime(2026, 11, 20, 12, 33, 16, tzinfo=UTC)
PHONE = "2348012345678@s.whatsapp.net"
LID = "69385314111689@lid"
OWN = "2348099999999@s.whatsapp.net"
TOKEN = "header-secret-0123456789-0123456789-0123456"  # noqa: S105 - opens nothing
JWT_KEY = "jwt-secret-0123456789-0123456789-0123456789"
API_KEY = "0DA00F15-4A05-4AB6-AE72-00B39E9F9CED"
CONNECTION = Connection(
    id=UUID(int=7),
    tenant_id=UUID(int=8),
    provider="evolution",
    name="Salon",
    settings={"base_url": "http://evolution.invalid:8080", "instance": "tenant-42"},
    secrets={"api_key": API_KEY, "webhook_token": TOKEN, "jwt_key": JWT_KEY},
)


def bearer(key: str = JWT_KEY, *, issued: int | None = None, alg: str = "HS256", **claims: Any) -> str:
    """A token as Evolution makes it; a claim given as None is left out."""
    now = int(RECEIVED.timestamp()) if issued is None else issued
    all_claims = {"iat": now, "exp": now + 600, "app": "evolution", "action": "webhook"} | claims
    kept = {name: value for name, value in all_claims.items() if value is not None}
    return jwt.encode({"alg": alg}, kept, OctKey.import_key(key), algorithms=[alg])


def request(body: dict[str, Any] | bytes, **headers: str) -> WebhookRequest:
    """A genuine request around `body`; header names are given with underscores."""
    proof = {"x-booka-webhook-token": TOKEN, "authorization": f"Bearer {bearer()}", "content-type": "application/json"}
    proof |= {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return WebhookRequest(headers=proof, body=raw, received_at=RECEIVED)


def envelope(event: str, data: Any, **extra: Any) -> dict[str, Any]:
    """The body around one event's data."""
    return {
        "event": event,
        "instance": "tenant-42",
        "data": data,
        "destination": f"https://booka.example/api/webhooks/evolution/{TOKEN[::-1]}",
        "date_time": "2026-11-20T13:33:16.536Z",
        "sender": OWN,
        "server_url": "http://evo:8080",
        "apikey": API_KEY,
    } | extra


def message(content: dict[str, Any], kind: str, *, number: int = 1, **fields: Any) -> dict[str, Any]:
    """An upserted message of a customer; `key` members may be overridden with `key={...}`."""
    key = {"remoteJid": PHONE, "fromMe": False, "id": f"3A5F0C9E1B2D4A6F{number:04X}"} | fields.pop("key", {})
    return {
        "key": key,
        "pushName": "Ada O.",
        "status": "DELIVERY_ACK",
        "message": {**content, "messageContextInfo": {"deviceListMetadataVersion": 2}},
        "messageType": kind,
        "messageTimestamp": 1795177996,
        "instanceId": "ec7e9bb8-09cc-4d95-9be8-431acb360db0",
        "source": "android",
    } | fields


LONG = {"low": 81920, "high": 0, "unsigned": True}
BYTES = {"0": 97, "1": 98, "2": 255}

# name: (content, messageType, expected kind, text, choice, attributes)
KINDS: dict[str, tuple[dict[str, Any], str, str, str, str | None, dict[str, Any]]] = {
    "text": ({"conversation": "Hi, tomorrow at 3?"}, "conversation", "text", "Hi, tomorrow at 3?", None, {}),
    "extended text": ({"extendedTextMessage": {"text": "Yes"}}, "extendedTextMessage", "text", "Yes", None, {}),
    "image": (
        {
            "imageMessage": {"mimetype": "image/jpeg", "caption": "like this", "fileLength": LONG, "mediaKey": BYTES},
            "base64": "/9j/4AAQSk",
            "mediaUrl": "https://s3.example/evo/x.jpg?X-Amz-Signature=abc",
        },
        "imageMessage",
        "image",
        "like this",
        None,
        {"mime_type": "image/jpeg", "bytes": 81920},
    ),
    "video": (
        {"videoMessage": {"mimetype": "video/mp4", "seconds": 9, "jpegThumbnail": BYTES}},
        "videoMessage",
        "video",
        "",
        None,
        {"mime_type": "video/mp4", "seconds": 9},
    ),
    "round video": ({"ptvMessage": {"seconds": 3}}, "ptvMessage", "video", "", None, {"seconds": 3}),
    "voice note": (
        {"audioMessage": {"mimetype": "audio/ogg; codecs=opus", "seconds": 4, "ptt": True, "waveform": BYTES}},
        "audioMessage",
        "audio",
        "",
        None,
        {"mime_type": "audio/ogg; codecs=opus", "seconds": 4, "voice": True},
    ),
    "transcribed voice note": (
        {"audioMessage": {"seconds": 4, "ptt": True}, "speechToText": "a haircut please"},
        "audioMessage",
        "audio",
        "a haircut please",
        None,
        {"seconds": 4, "voice": True},
    ),
    "document": (
        {"documentMessage": {"mimetype": "application/pdf", "title": "f", "fileName": "form.pdf", "caption": "signed"}},
        "documentMessage",
        "document",
        "signed",
        None,
        {"mime_type": "application/pdf", "file_name": "form.pdf"},
    ),
    "sticker": (
        {"stickerMessage": {"mimetype": "image/webp"}},
        "stickerMessage",
        "sticker",
        "",
        None,
        {"mime_type": "image/webp"},
    ),
    "location": (
        {
            "locationMessage": {
                "degreesLatitude": 6.4541,
                "degreesLongitude": 3.3947,
                "name": "Home",
                "address": "12 Marina",
            }
        },
        "locationMessage",
        "location",
        "",
        None,
        {"latitude": 6.4541, "longitude": 3.3947, "name": "Home", "address": "12 Marina"},
    ),
    "live location": (
        {"liveLocationMessage": {"degreesLatitude": 6, "degreesLongitude": -3.5, "caption": "on my way"}},
        "liveLocationMessage",
        "location",
        "on my way",
        None,
        {"latitude": 6.0, "longitude": -3.5},
    ),
    "contact": (
        {
            "contactMessage": {
                "displayName": "Tunde",
                "vcard": "BEGIN:VCARD\nitem1.TEL;waid=2348011111111:+234 801\nEND:VCARD",
            }
        },
        "contactMessage",
        "contact",
        "",
        None,
        {"contacts": [{"name": "Tunde", "phones": ["+2348011111111"]}]},
    ),
    "contacts": (
        {
            "contactsArrayMessage": {
                "contacts": [{"displayName": "A", "vcard": "TEL:+1 202 555 0100"}, {"displayName": "B"}]
            }
        },
        "contactsArrayMessage",
        "contact",
        "",
        None,
        {"contacts": [{"name": "A", "phones": ["+1 202 555 0100"]}, {"name": "B", "phones": []}]},
    ),
    "button": (
        {"buttonsResponseMessage": {"selectedButtonId": "confirm:yes", "selectedDisplayText": "Yes", "type": 1}},
        "buttonsResponseMessage",
        "choice",
        "Yes",
        "confirm:yes",
        {},
    ),
    "template button": (
        {"templateButtonReplyMessage": {"selectedId": "go", "selectedDisplayText": "Go", "selectedIndex": 0}},
        "templateButtonReplyMessage",
        "choice",
        "Go",
        "go",
        {},
    ),
    "list row": (
        {"listResponseMessage": {"title": "Haircut", "singleSelectReply": {"selectedRowId": "svc:cut"}}},
        "listResponseMessage",
        "choice",
        "Haircut",
        "svc:cut",
        {},
    ),
    "native flow": (
        {
            "interactiveResponseMessage": {
                "body": {"text": "Yes"},
                "nativeFlowResponseMessage": {"name": "quick_reply", "paramsJson": '{"id":"confirm:yes"}'},
            }
        },
        "interactiveResponseMessage",
        "choice",
        "Yes",
        "confirm:yes",
        {},
    ),
    "reaction": (
        {"reactionMessage": {"key": {"id": "3EB0", "fromMe": True}, "text": "👍", "senderTimestampMs": LONG}},
        "reactionMessage",
        "reaction",
        "👍",
        None,
        {"target": "3EB0"},
    ),
    "disappearing": (
        {"ephemeralMessage": {"message": {"extendedTextMessage": {"text": "open sunday?"}}}},
        "ephemeralMessage",
        "text",
        "open sunday?",
        None,
        {},
    ),
    "view once, twice wrapped": (
        {"ephemeralMessage": {"message": {"viewOnceMessageV2": {"message": {"imageMessage": {"caption": "once"}}}}}},
        "ephemeralMessage",
        "image",
        "once",
        None,
        {},
    ),
    "document with caption": (
        {"documentWithCaptionMessage": {"message": {"documentMessage": {"fileName": "a.pdf", "caption": "c"}}}},
        "documentWithCaptionMessage",
        "document",
        "c",
        None,
        {"file_name": "a.pdf"},
    ),
    "title of a list from the cloud channel": (
        {"conversation": "Haircut"},
        "interactiveMessage",
        "text",
        "Haircut",
        None,
        {},
    ),
    "order": ({"orderMessage": {"itemCount": 1}}, "orderMessage", "other", "", None, {}),
}

OTHER_EVENTS: dict[str, Any] = {
    "messages.update": {"messageId": "c1", "keyId": "3EB0FCA6", "remoteJid": PHONE, "fromMe": True, "status": "READ"},
    "messages.edited": {
        "key": {"id": "3A5F", "remoteJid": PHONE, "fromMe": False},
        "type": 14,
        "editedMessage": {"conversation": "at 4 instead"},
        "timestampMs": LONG,
    },
    "messages.delete": {"id": "3A60", "remoteJid": PHONE, "fromMe": False},
    "send.message": message({"conversation": "Booked!"}, "conversation", key={"fromMe": True, "id": "3EB0FCA6"}),
    "connection.update": {"instance": "tenant-42", "state": "close", "statusReason": 401},
    "status.instance": {"instance": "tenant-42", "status": "closed", "disconnectionReasonCode": 403},
    "qrcode.updated": {
        "qrcode": {"instance": "tenant-42", "pairingCode": "ABCD1234", "code": "2@secret", "base64": "data:"}
    },
    "logout.instance": None,
    "contacts.upsert": [{"remoteJid": PHONE, "pushName": "Ada", "profilePicUrl": None}],
    "presence.update": {"id": PHONE, "presences": {}},
}


def every_body() -> list[dict[str, Any]]:
    """One body of every kind and event."""
    messages = [
        envelope("messages.upsert", message(content, kind, number=number))
        for number, (content, kind, *_) in enumerate(KINDS.values(), 1)
    ]
    return messages + [envelope(event, data) for event, data in OTHER_EVENTS.items()]
