"""The link with which a customer manages one reservation without an account. It is a signature and nothing is stored:
whoever holds it may see, move and cancel that reservation, and learns nothing of any other.

A token is `version | tenant | reservation | mac`, 51 bytes, so that base64 has no spare bits and each link has one
spelling. Whatever is wrong with a token is one and the same `BadManageLink`.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from uuid import UUID

from booka_core.db.scope import current_tenant
from booka_core.kernel.crypto import derived_key, same
from booka_core.kernel.settings import settings
from booka_core.links.errors import BadManageLink

_PURPOSE = "manage-links"
_VERSION = b"\x01"
_MAC = 18
_BYTES = 51
_LENGTH = 68


def manage_token(reservation_id: UUID) -> str:
    """The token of one reservation of the bound tenant; always the same one. Raises `MissingSecret`, `WeakSecret`."""
    said = _VERSION + current_tenant().bytes + reservation_id.bytes
    return base64.urlsafe_b64encode(said + _mac(said)).decode()


def manage_address(reservation_id: UUID) -> str:
    """The whole address of the page, to be sent to the customer. Raises `MissingSecret`, `WeakSecret`."""
    return f"{settings().BOOKA_BASE_URL.rstrip('/')}/m/{manage_token(reservation_id)}"


def open_manage_link(token: str) -> tuple[UUID, UUID]:
    """The tenant and the reservation that a token was made for. Raises `BadManageLink`, `MissingSecret`."""
    if len(token) != _LENGTH or not token.isascii():
        raise BadManageLink
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise BadManageLink from None
    if base64.urlsafe_b64encode(raw).decode() != token:
        raise BadManageLink  # another spelling of the same bytes
    said, mac = raw[:-_MAC], raw[-_MAC:]
    if len(raw) != _BYTES or not same(mac, _mac(said)) or said[:1] != _VERSION:
        raise BadManageLink
    return UUID(bytes=said[1:17]), UUID(bytes=said[17:])


def _mac(said: bytes) -> bytes:
    return hmac.digest(derived_key(_PURPOSE), said, "sha256")[:_MAC]
