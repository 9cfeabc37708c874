"""The one function that reads a JSON body and judges it. Whatever arrives (too large, compressed, not UTF-8, nested
without end, numbers that are none, a name given twice, characters that no database stores) ends in a 4xx that says
why, and never in a failure of ours.
"""

from __future__ import annotations

import json
import math
from typing import Any

from quart import Request
from werkzeug.exceptions import RequestEntityTooLarge

from booka_core.kernel.settings import settings
from booka_core.sdk.errors import BadInput

DEEPEST = 64
_BOM = b"\xef\xbb\xbf"


class BodyTooLarge(BadInput):
    """The body is larger than {limit} bytes."""


class EncodedBody(BadInput):
    """The body must not be compressed or otherwise encoded."""


class WrongMediaType(BadInput):
    """The body must be sent as application/json in UTF-8."""


class MalformedBody(BadInput):
    """The body is not acceptable JSON."""


class _Fault(ValueError):
    """Why a body is refused; becomes the detail of `MalformedBody`."""


async def read_json(request: Request) -> Any:
    """The request's JSON value. Raises `BodyTooLarge`, `EncodedBody`, `WrongMediaType` or `MalformedBody`."""
    return parse(await read_body(request))


async def read_body(request: Request) -> bytes:
    """The request's bytes, as far as their headers and number are acceptable."""
    _check_encoding(request)
    _check_media_type(request)
    return await _read(request)


async def read_file(request: Request) -> bytes:
    """The bytes of a file that is sent as it is, whatever it may be. Raises `BodyTooLarge` or `EncodedBody`."""
    _check_encoding(request)
    return await _read(request)


async def _read(request: Request) -> bytes:
    limit = settings().BOOKA_BODY_LIMIT
    if (request.content_length or 0) > limit:
        raise BodyTooLarge(limit=limit)
    try:
        body = await request.get_data(cache=False, as_text=False, parse_form_data=False)
    except RequestEntityTooLarge:
        raise BodyTooLarge(limit=limit) from None
    if len(body) > limit:
        raise BodyTooLarge(limit=limit)
    return body


def _check_encoding(request: Request) -> None:
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise EncodedBody


def _check_media_type(request: Request) -> None:
    media_type = request.mimetype.lower()
    if media_type != "application/json" and not (
        media_type.startswith("application/") and media_type.endswith("+json")
    ):
        raise WrongMediaType
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise WrongMediaType


def parse(body: bytes) -> Any:
    """The value of a JSON text. Raises `MalformedBody`."""
    if body.startswith(_BOM):
        raise MalformedBody("It begins with a byte order mark.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedBody("It is not UTF-8.") from None
    try:
        value = _DECODER.decode(text)
    except _Fault as fault:
        raise MalformedBody(str(fault)) from None
    except RecursionError:
        raise MalformedBody(f"It is nested deeper than {DEEPEST} levels.") from None
    except ValueError:
        raise MalformedBody from None
    # Fewer brackets than levels cannot be too deep, and characters that cannot be stored only come as escapes.
    if body.count(b"{") + body.count(b"[") > DEEPEST:
        _check_depth(value)
    if b"\\u" in body:
        _check_characters(text, value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Fault("It gives a name twice in one object.")
    return members


def _no_constant(_constant: str) -> Any:
    raise _Fault("It holds a number that is none.")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _Fault("It holds a number that is too large.")
    return value


def _whole(digits: str) -> int:
    if len(digits) > 40:
        raise _Fault("It holds a number that is too large.")
    return int(digits)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole, strict=True
)


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            member
            for outer in level
            for member in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(member, dict | list)
        ]
        if not level:
            return
    raise MalformedBody(f"It is nested deeper than {DEEPEST} levels.")


def _check_characters(text: str, value: Any) -> None:
    """Escapes can spell a NUL or half a character, which no UTF-8 text holds and PostgreSQL does not store."""
    if "\\u0000" in text or "\\ud" in text.lower():
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                waiting += [*one.keys(), *one.values()]
            elif isinstance(one, list):
                waiting += one
            elif isinstance(one, str) and ("\x00" in one or not _is_text(one)):
                raise MalformedBody("It holds characters that cannot be stored.")


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
