"""Who is meant by WhatsApp's addresses. A chat is addressed by phone number or by a privacy id (LID), which of the
two depends on Evolution's version, and the phone may be missing altogether: it is never required here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from booka_core.sdk.messaging import Sender
from booka_providers.evolution.wire import text

_PHONE = "@s.whatsapp.net"
_LID = "@lid"
_NOT_A_PERSON = ("@g.us", "@broadcast", "@newsletter")
_CANDIDATES = ("remoteJid", "remoteJidAlt", "senderPn", "previousRemoteJid")
_OWN_NAME = "Você"  # what Evolution writes, in every language, for messages of the account itself


def is_private_chat(jid: str) -> bool:
    """Whether the address is one person's chat; groups, broadcasts, status posts and newsletters are not."""
    return bool(jid) and not jid.endswith(_NOT_A_PERSON)


def customer_of(key: Mapping[str, Any], *, push_name: Any = None) -> Sender | None:
    """The customer of a private chat, None for everything else.

    The external id is the phone number's digits when they are known and the privacy id otherwise; the other one is
    an alternative, so that both lead to one customer as soon as a message carries both.
    """
    digits, lid = _known(key)
    ids = [known for known in (digits, lid) if known]
    if not ids:
        return None
    name = text(push_name, limit=200).strip()
    return Sender(
        external_id=ids[0],
        alternate_ids=tuple(ids[1:]),
        phone=f"+{digits}" if 7 <= len(digits) <= 15 else None,
        name=name if name and not (name == _OWN_NAME and key.get("fromMe") is True) else None,
    )


def address_of(key: Mapping[str, Any]) -> str:
    """The external id of a chat as `customer_of` gives it, empty when it is not a person's."""
    digits, lid = _known(key)
    return digits or lid


def _known(key: Mapping[str, Any]) -> tuple[str, str]:
    """The phone number's digits and the privacy id of a private chat, each empty when it is not known."""
    if not is_private_chat(text(key.get("remoteJid"))):
        return "", ""
    addresses = [text(key.get(name), limit=200) for name in _CANDIDATES if name in key]
    digits = next((_digits(a) for a in addresses if a.endswith(_PHONE) and _digits(a)), "")
    return digits, next((_user(a) + _LID for a in addresses if a.endswith(_LID) and _user(a)), "")


def _user(jid: str) -> str:
    """The part before the server, without the device number."""
    return jid.partition("@")[0].partition(":")[0]


def _digits(jid: str) -> str:
    user = _user(jid)
    return user if user.isascii() and user.isdigit() and len(user) <= 20 else ""
