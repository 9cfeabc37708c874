"""Headers that make a call safe: Idempotency-Key for one that may arrive twice, If-Match for one that was decided on
what the caller has read, If-None-Match for one who only asks whether anything has changed.
"""

from __future__ import annotations

import re

from quart import request

from booka_core.booking.errors import StaleVersion
from booka_core.sdk.errors import BadInput

_KEY = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,254}")
_ANY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')


class BadIdempotencyKey(BadInput):
    """An Idempotency-Key has 1 to 255 printable ASCII characters."""


class KeyMissing(BadInput):
    """This request needs an Idempotency-Key, so that it can be repeated without booking twice."""


class BadEntityTag(BadInput):
    """If-Match and If-None-Match take * or entity tags such as "v3"."""


def idempotency_key() -> str | None:
    """The Idempotency-Key of this request, if it has one. Raises `BadIdempotencyKey`."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise BadIdempotencyKey
    return key


def needed_key() -> str:
    """The Idempotency-Key of a request that cannot do without. Raises `KeyMissing` and `BadIdempotencyKey`."""
    key = idempotency_key()
    if key is None:
        raise KeyMissing
    return key


def entity_tag(version: int) -> str:
    """The ETag of a version."""
    return f'"v{version}"'


def expected_version(current: int) -> int | None:
    """The version this request was decided on, None when it does not say. `current` is what was just read.

    Raises `StaleVersion` when none of the tags can be the present one, and `BadEntityTag`.
    """
    tags = _tags("If-Match")
    if tags is None or tags == ["*"]:
        return None
    # A weak tag never matches here: RFC 9110, 13.1.1.
    if entity_tag(current) not in tags:
        raise StaleVersion
    return current


def is_known(version: int) -> bool:
    """Whether the caller has this version already. Raises `BadEntityTag`."""
    tags = _tags("If-None-Match")
    return tags is not None and (tags == ["*"] or entity_tag(version) in {tag.removeprefix("W/") for tag in tags})


def _tags(name: str) -> list[str] | None:
    given = request.headers.get(name)
    if given is None:
        return None
    tags = [tag.strip() for tag in given.split(",")]
    if tags != ["*"] and not all(_ANY_TAG.fullmatch(tag) for tag in tags):
        raise BadEntityTag
    return tags
