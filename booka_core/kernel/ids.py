"""Identifiers: UUIDv7 for rows, and short references that a person can read aloud."""

from __future__ import annotations

import secrets

from booka_core.sdk.models import new_id

__all__ = ["new_id", "new_reference"]

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U: read aloud and typed back without mistakes


def new_reference(length: int = 6) -> str:
    """A random code such as `K7Q2MX`; unique only together with its tenant, enforced by the database."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
