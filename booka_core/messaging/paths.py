"""The last part of a webhook's address: unguessable, and recognisable as ours even when nothing else is known of it,
so that a delivery that comes while data is being moved or restored is answered "later" instead of "never".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from booka_core.kernel import crypto
from booka_core.kernel.settings import settings

_RANDOM = 24
_PROOF = 8


def new_path() -> str:
    """192 random bits and 64 that prove who drew them."""
    drawn = secrets.token_bytes(_RANDOM)
    return _text(drawn + _proof(drawn))


def is_ours(path: str) -> bool:
    """Whether `new_path` of this installation made it."""
    try:
        raw = base64.urlsafe_b64decode(path + "=" * (-len(path) % 4))
    except ValueError:
        return False
    if len(raw) != _RANDOM + _PROOF or _text(raw) != path:
        return False
    return hmac.compare_digest(raw[_RANDOM:], _proof(raw[:_RANDOM]))


def directory_key(path: str) -> str:
    """What the directory stores of it: reading the directory does not tell where to deliver."""
    return crypto.token_hash(path).hex()


def url(provider: str, path: str) -> str:
    """The full address, for the provider."""
    return f"{settings().BOOKA_BASE_URL.rstrip('/')}/api/webhooks/{provider}/{path}"


def _proof(drawn: bytes) -> bytes:
    return hmac.digest(crypto.derived_key("webhook-path"), drawn, hashlib.sha256)[:_PROOF]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
