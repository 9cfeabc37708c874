"""One reservation as a calendar file (RFC 5545). Instants are written in UTC, so that no calendar needs to know our
time zones and a change of the clocks moves nothing. Text is escaped and folded, so that nobody's name can add a line.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from booka_core.kernel import clock
from booka_core.kernel.settings import settings
from booka_core.links.types import ManagedReservation

MEDIA_TYPE = "text/calendar; charset=utf-8"
_OCTETS = 73  # the limit is 75 with the line's end; a folded line begins with a blank
_STATUS = {"held": "TENTATIVE", "pending": "TENTATIVE", "cancelled": "CANCELLED", "declined": "CANCELLED"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def calendar_file(managed: ManagedReservation, *, address: str) -> str:
    """The file; `address` is that of the page on which the reservation is managed.

    A file made after a change replaces the earlier one in the calendar: it has the same UID and a higher SEQUENCE.
    """
    one = managed.reservation
    with_whom = f" with {one.staff.name}" if one.staff is not None else ""
    place = ", ".join(part for part in (managed.business, managed.address or managed.place) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Booka//Booka//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{one.id}@{urlsplit(settings().BOOKA_BASE_URL).hostname or 'booka'}",
        f"DTSTAMP:{_utc(clock.now())}",
        f"DTSTART:{_utc(one.starts_at)}",
        f"DTEND:{_utc(one.ends_at)}",
        f"SEQUENCE:{one.version}",
        f"STATUS:{_STATUS.get(one.status, 'CONFIRMED')}",
        f"SUMMARY:{_text(f'{one.service_name}{with_whom}, {managed.business}')}",
        f"LOCATION:{_text(place)}",
        f"DESCRIPTION:{_text(f'Reference {one.reference}. To see, move or cancel it: {address}')}",
        f"URL:{_text(address)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    plain = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets; no character is cut in two."""
    parts, current, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            parts.append(current)
            current, size = " ", 1
        current, size = current + letter, size + octets
    return [*parts, current]
