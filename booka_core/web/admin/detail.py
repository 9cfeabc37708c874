"""One reservation with its history, in the words of a page. Built from rows without I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from booka_core.booking.types import LogEntry, ReservationInfo
from booka_core.tenancy.types import TenantInfo
from booka_core.web.admin.board import ACTIONS, SOURCES
from booka_core.web.admin.day import NOBODY
from booka_core.web.ui import Formats

CANCELLABLE = ("held", "pending", "confirmed")


@dataclass(frozen=True)
class HistoryLine:
    """One change: what, when, by whom."""

    what: str
    who: str
    detail: str
    tone: str
    at: str
    at_iso: str


@dataclass(frozen=True)
class Detail:
    """What the template prints."""

    name: str
    reference: str
    status: str
    source: str
    service: str
    day: str
    time: str
    duration: str
    people: str
    price: str
    phone: str
    hold_until: str
    note: str
    can_cancel: bool
    cancel_href: str
    day_href: str
    history: list[HistoryLine] = field(default_factory=list)


def build_detail(
    reservation: ReservationInfo,
    history: Sequence[LogEntry],
    *,
    tenant: TenantInfo,
    phone: str | None,
) -> Detail:
    formats = Formats.of(locale=tenant.locale, zone=tenant.zone)
    base = f"/admin/t/{tenant.slug}/reservations"
    day = formats.local(reservation.starts_at).date()
    held = reservation.status == "held" and reservation.hold_expires_at is not None
    return Detail(
        name=reservation.customer_name or NOBODY,
        reference=reservation.reference,
        status=reservation.status,
        source=reservation.source,
        service=reservation.service_name,
        day=formats.day(day),
        time=formats.span(reservation.starts_at, reservation.ends_at),
        duration=formats.duration(reservation.ends_at - reservation.starts_at),
        people=", ".join(resource.name for resource in reservation.resources),
        price=formats.money(reservation.price),
        phone=phone or "",
        hold_until=formats.time(reservation.hold_expires_at) if held and reservation.hold_expires_at else "",
        note=reservation.note,
        can_cancel=reservation.status in CANCELLABLE,
        cancel_href=f"{base}/{reservation.id}/cancel",
        day_href=f"{base}?date={day}",
        history=[_line(entry, formats) for entry in reversed(history)],
    )


def _line(entry: LogEntry, formats: Formats) -> HistoryLine:
    what, _, tone = ACTIONS.get(entry.action, (entry.action.replace("_", " ").capitalize(), "", ""))
    source = SOURCES.get(entry.source, "")
    who = entry.actor_label or {"customer": "The customer", "user": "A colleague", "system": "Booka"}.get(
        entry.actor_kind, entry.actor_kind
    )
    return HistoryLine(
        what=what,
        who=f"{who} {source}".strip(),
        detail=_changes(entry.before, entry.after, formats),
        tone=tone,
        at=formats.moment(entry.at),
        at_iso=entry.at.isoformat(),
    )


def _changes(before: dict[str, Any] | None, after: dict[str, Any] | None, formats: Formats) -> str:
    """What a reader wants to know of a change: the new time, or why."""
    told = []
    if before and after and before.get("starts_at") != after.get("starts_at"):
        told.append(f"{_moment(before.get('starts_at'), formats)} → {_moment(after.get('starts_at'), formats)}")
    if after and after.get("reason"):
        told.append(str(after["reason"]))
    return ", ".join(told)


def _moment(text: Any, formats: Formats) -> str:
    try:
        return formats.moment(datetime.fromisoformat(str(text)))
    except ValueError:
        return "?"
