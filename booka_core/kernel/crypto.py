"""Secrets at rest and in hand: AES-256-GCM sealing bound to a place, random tokens, and constant-time comparison.

A sealed value opens only with the same key and the same `aad` (the place it was made for), so that a ciphertext copied
to another row is worthless. The format is `v1 | nonce(12) | ciphertext+tag`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from booka_core.kernel.errors import SealBroken, WeakSecret
from booka_core.kernel.settings import settings

_VERSION = b"\x01"
_MINIMUM = 32


def derived_key(purpose: str) -> bytes:
    """32 bytes for one purpose, derived from BOOKA_SECRET_KEY. Raises `MissingSecret` or `WeakSecret`."""
    master = settings().require("BOOKA_SECRET_KEY").encode()
    if len(master) < _MINIMUM:
        raise WeakSecret(name="BOOKA_SECRET_KEY", minimum=_MINIMUM)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"booka", info=purpose.encode()).derive(master)


def seal(plain: bytes, *, aad: str) -> bytes:
    """Encrypt `plain` for the place named by `aad`."""
    nonce = secrets.token_bytes(12)
    return _VERSION + nonce + AESGCM(derived_key("seal")).encrypt(nonce, plain, aad.encode())


def unseal(sealed: bytes, *, aad: str) -> bytes:
    """Decrypt what `seal` made for the same place. Raises `SealBroken`."""
    sealed = bytes(sealed)
    if sealed[:1] != _VERSION:
        raise SealBroken
    try:
        return AESGCM(derived_key("seal")).decrypt(sealed[1:13], sealed[13:], aad.encode())
    except InvalidTag:
        raise SealBroken from None


def token() -> str:
    """A secret of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(value: str) -> bytes:
    """What is stored of a token: SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(value.encode()).digest()


def same(one: str | bytes, other: str | bytes) -> bool:
    """Compare two secrets in constant time."""
    left = one.encode() if isinstance(one, str) else one
    right = other.encode() if isinstance(other, str) else other
    return hmac.compare_digest(left, right)
