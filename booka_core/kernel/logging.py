"""Logs are events with fields. Every sink passes one redactor: fields whose names promise something private are
replaced, and what looks like a phone number, a mail address or a token inside any other text is masked.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, cast

import structlog

from booka_core.kernel.settings import settings

_PRIVATE = frozenset(
    {"text", "body", "payload", "html", "subject", "name", "customer_name", "phone", "email", "to", "from_", "sender"}
    | {"token", "secret", "password", "authorization", "cookie", "apikey", "api_key", "intake", "answers", "note"}
)
_MASKS = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<mail>"),
    (re.compile(r"\+?\d[\d\s().-]{7,}\d(?=\b|@)"), "<number>"),
    (re.compile(r"\b[A-Za-z0-9_-]{40,}\b"), "<token>"),
    (re.compile(r"(?i)\b(postgres(?:ql)?|redis|smtp|amqp)(s?)://[^@\s]+@"), r"\1\2://<credentials>@"),
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_UNTOUCHED = frozenset({"event", "level", "timestamp", "room"})


def redact_text(text: str) -> str:
    """Mask what looks private inside free text; identifiers stay readable."""
    kept: list[str] = []

    def stash(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x00{len(kept) - 1}\x00"

    text = _UUID.sub(stash, text)
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m.group(1))], text)


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The structlog processor that every record passes."""
    for key, value in event.items():
        if key in _PRIVATE:
            event[key] = "<redacted>"
        elif isinstance(value, str) and key not in _UNTOUCHED:
            event[key] = redact_text(value)
    return event


class _RedactingFormatter(logging.Formatter):
    """Records of other libraries take the same way out."""

    def format(self, record: logging.LogRecord) -> str:
        return redact_text(super().format(record))


def configure() -> None:
    """Set up logging for this process, once, at its start."""
    chosen = settings()
    level = logging.getLevelNamesMapping().get(chosen.BOOKA_LOG_LEVEL.upper(), logging.INFO)
    render: Any = (
        structlog.processors.JSONRenderer()
        if chosen.BOOKA_LOG_JSON
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_RedactingFormatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))


def _to_stderr(*_names: Any) -> structlog.PrintLogger:
    """Wherever the process's errors go at that moment."""
    return structlog.PrintLogger(sys.stderr)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose events carry `room=name`."""
    return cast("structlog.stdlib.BoundLogger", structlog.get_logger(room=name))
