"""What a WhatsApp message says: one content object, possibly wrapped several times, becomes a kind, a text and a few
attributes. Everything that a customer visibly sent has a kind; protocol chatter has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from booka_core.sdk.messaging import MessageKind
from booka_providers.evolution.wire import coordinate, items, mapping, number, text

_WRAPPERS = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "editedMessage",
    "associatedChildMessage",
)
_DEEPEST = 64
_WAID = re.compile(r"waid=(\d{6,15})")
_TEL = re.compile(r"(?im)^(?:item\d+\.)?TEL[^:\n]*:([+\d][\d ().-]{4,24})")


class Content(NamedTuple):
    """A message's content in Booka's words."""

    kind: MessageKind
    text: str = ""
    choice_id: str | None = None
    attributes: dict[str, Any] = {}
    reply_to: str | None = None


def unwrapped(message: Any) -> Mapping[str, Any]:
    """The innermost message object."""
    inner = mapping(message)
    for _ in range(_DEEPEST):
        wrapper = next((name for name in _WRAPPERS if isinstance(inner.get(name), dict)), None)
        if wrapper is None:
            break
        inner = mapping(inner[wrapper].get("message")) or inner[wrapper]
    return inner


def content_of(message: Any, *, message_type: str = "") -> Content | None:
    """What the message says, None for what nobody wrote (protocol messages, key exchanges, unknown kinds)."""
    inner = unwrapped(message)
    if isinstance(inner.get("conversation"), str):
        return Content("text", text(inner["conversation"]))
    names = [message_type] if message_type in inner else []
    for name in [*names, *inner]:
        read = _READERS.get(name)
        body = inner.get(name)
        if read and isinstance(body, dict):
            content = read(body)
            quoted = text(mapping(body.get("contextInfo")).get("stanzaId"), limit=200)
            spoken = text(inner.get("speechToText")) if content.kind == "audio" else ""
            return content._replace(reply_to=quoted or content.reply_to, text=content.text or spoken)
    return None


def _text(body: Mapping[str, Any]) -> Content:
    return Content("text", text(body.get("text")))


def _media(kind: MessageKind) -> Callable[[Mapping[str, Any]], Content]:
    def read(body: Mapping[str, Any]) -> Content:
        found = {
            "mime_type": text(body.get("mimetype"), limit=200) or None,
            "bytes": number(body.get("fileLength")),
            "seconds": number(body.get("seconds")),
            "file_name": text(body.get("fileName"), limit=255) or text(body.get("title"), limit=255) or None,
            "voice": True if kind == "audio" and body.get("ptt") is True else None,
        }
        kept = {name: value for name, value in found.items() if value is not None}
        return Content(kind, text(body.get("caption")), attributes=kept)

    return read


def _location(body: Mapping[str, Any]) -> Content:
    found = {
        "latitude": coordinate(body.get("degreesLatitude")),
        "longitude": coordinate(body.get("degreesLongitude")),
        "name": text(body.get("name"), limit=300) or None,
        "address": text(body.get("address"), limit=500) or None,
    }
    kept = {name: value for name, value in found.items() if value is not None}
    return Content("location", text(body.get("caption")), attributes=kept)


def _contact(body: Mapping[str, Any]) -> Content:
    people = [mapping(one) for one in items(body.get("contacts"))[:20]] or [body]
    found = []
    for person in people:
        card = text(person.get("vcard"), limit=20_000)
        phones = [f"+{digits}" for digits in _WAID.findall(card)] or [p.strip() for p in _TEL.findall(card)]
        found.append({"name": text(person.get("displayName"), limit=200), "phones": phones[:5]})
    return Content("contact", attributes={"contacts": found})


def _choice(label: Any, chosen: Any) -> Content:
    return Content("choice", text(label), choice_id=text(chosen, limit=256) or None)


def _button(body: Mapping[str, Any]) -> Content:
    return _choice(body.get("selectedDisplayText"), body.get("selectedButtonId"))


def _template_button(body: Mapping[str, Any]) -> Content:
    return _choice(body.get("selectedDisplayText"), body.get("selectedId"))


def _list_row(body: Mapping[str, Any]) -> Content:
    return _choice(body.get("title"), mapping(body.get("singleSelectReply")).get("selectedRowId"))


def _native_flow(body: Mapping[str, Any]) -> Content:
    reply = mapping(body.get("nativeFlowResponseMessage"))
    try:
        answers = mapping(json.loads(text(reply.get("paramsJson")) or "{}"))
    except (ValueError, RecursionError):
        answers = {}
    return _choice(mapping(body.get("body")).get("text"), answers.get("id"))


def _reaction(body: Mapping[str, Any]) -> Content:
    target = text(mapping(body.get("key")).get("id"), limit=200)
    return Content("reaction", text(body.get("text"), limit=64), attributes={"target": target})


def _something(body: Mapping[str, Any]) -> Content:
    """A customer sent it on purpose, but Booka has no use for it; a caption or title is better than silence."""
    said = text(body.get("text")) or text(mapping(body.get("body")).get("text")) or text(body.get("name"), limit=500)
    return Content("other", said)


_READERS: dict[str, Callable[[Mapping[str, Any]], Content]] = {
    "extendedTextMessage": _text,
    "imageMessage": _media("image"),
    "videoMessage": _media("video"),
    "ptvMessage": _media("video"),
    "audioMessage": _media("audio"),
    "documentMessage": _media("document"),
    "stickerMessage": _media("sticker"),
    "locationMessage": _location,
    "liveLocationMessage": _location,
    "contactMessage": _contact,
    "contactsArrayMessage": _contact,
    "buttonsResponseMessage": _button,
    "templateButtonReplyMessage": _template_button,
    "listResponseMessage": _list_row,
    "interactiveResponseMessage": _native_flow,
    "reactionMessage": _reaction,
    "orderMessage": _something,
    "productMessage": _something,
    "eventMessage": _something,
    "groupInviteMessage": _something,
    "pollCreationMessage": _something,
    "pollCreationMessageV2": _something,
    "pollCreationMessageV3": _something,
    "interactiveMessage": _something,
    "buttonsMessage": _something,
    "listMessage": _something,
    "templateMessage": _something,
}
