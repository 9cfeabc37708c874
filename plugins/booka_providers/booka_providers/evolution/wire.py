"""Small readers of Evolution's JSON that cannot fail: whatever the shape, the answer has the promised type.
Evolution's versions spell the same thing differently, and a message must never be lost because a field looks unusual.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeGuard

_EARLIEST = datetime(2009, 1, 1, tzinfo=UTC).timestamp()  # the year WhatsApp began
_LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: Any, *, limit: int = 70_000) -> str:
    """`value` if it is a string, shortened to `limit` characters, else an empty one."""
    return value[:limit] if isinstance(value, str) else ""


def items(value: Any) -> list[Any]:
    """A list as it is, an object as a list of one, anything else as an empty list."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def number(value: Any) -> int | None:
    """An integer from a number, from digits, or from the two halves that 64-bit fields arrive as."""
    if isinstance(value, dict):
        high, low = value.get("high"), value.get("low")
        if _whole(high) and _whole(low):
            return (high << 32) + (low & 0xFFFFFFFF)
        return None
    if _whole(value):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return None


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 64


def coordinate(value: Any) -> float | None:
    """A finite number of degrees."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) <= 180:
        return float(value)
    return None


def instant(value: Any, *, fallback: datetime) -> datetime:
    """Epoch seconds as an instant; `fallback` where they are missing or absurd."""
    seconds = number(value)
    if seconds is None or not _EARLIEST <= seconds <= _LATEST:
        return fallback
    return datetime.fromtimestamp(seconds, UTC)
