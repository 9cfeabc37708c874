"""Everything the reservations page shows of one day, built from rows without I/O: figures, the grid or the list, the
latest changes, and the links between days. The page, the live stream and the demonstration print the same board, so
they can never disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from booka_core.booking.types import ChangeInfo, DaySheet, ReservationInfo
from booka_core.tenancy.types import TenantInfo
from booka_core.web.admin.day import NOBODY, Day, build_day, shown
from booka_core.web.ui import Formats, hue_step

COUNTED = ("confirmed", "checked_in", "completed", "no_show")
FEED_LENGTH = 8
FRESH_FOR = timedelta(seconds=6)
ACTIONS = {
    "hold": ("Time held", "On hold", "warn"),
    "held": ("Time held", "On hold", "warn"),
    "confirm": ("Booked", "New", "good"),
    "confirmed": ("Booked", "New", "good"),
    "book": ("Booked", "New", "good"),
    "booked": ("Booked", "New", "good"),
    "request": ("Asked for", "Request", "warn"),
    "approve": ("Agreed to", "New", "good"),
    "decline": ("Declined", "Declined", "bad"),
    "reassign": ("Handed over", "Handed over", "accent"),
    "check_in": ("Is here", "Checked in", "good"),
    "rate": ("Rated", "Rating", ""),
    "cancel": ("Cancelled", "Cancelled", "bad"),
    "cancelled": ("Cancelled", "Cancelled", "bad"),
    "move": ("Moved", "Moved", "accent"),
    "moved": ("Moved", "Moved", "accent"),
    "expire": ("Did not confirm in time", "Hold expired", ""),
    "expired": ("Did not confirm in time", "Hold expired", ""),
    "complete": ("Was here", "Completed", ""),
    "completed": ("Was here", "Completed", ""),
    "no_show": ("Did not come", "No-show", "bad"),
}
SOURCES = {"whatsapp": "on WhatsApp", "web": "on the web page", "api": "through the API", "admin": "at the front desk"}


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the list view."""

    id: UUID
    reference: str
    time: str
    name: str
    service: str
    people: str
    price: str
    status: str
    source: str
    href: str
    fresh: bool


@dataclass(frozen=True)
class FeedItem:
    """One recent change."""

    id: UUID
    name: str
    hue: int
    tag: str
    tone: str
    what: str
    detail: str
    at: str
    at_iso: str
    fresh: bool
    href: str


@dataclass(frozen=True)
class Links:
    """Where the page's controls lead."""

    before: str
    today: str
    after: str
    day_view: str
    list_view: str
    stream: str


@dataclass(frozen=True)
class Board:
    """What the templates print."""

    title: str
    subtitle: str
    view: str
    is_today: bool
    figures: list[Figure]
    day: Day
    links: Links
    rows: list[Row] = field(default_factory=list)
    feed: list[FeedItem] = field(default_factory=list)


def build_board(
    *,
    tenant: TenantInfo,
    sheet: DaySheet,
    changes: Sequence[ChangeInfo],
    now: datetime,
    view: str = "day",
    opens_drawer: bool = True,
) -> Board:
    formats = Formats.of(locale=tenant.locale, zone=tenant.zone)
    today = formats.local(now).date()
    base = f"/admin/t/{tenant.slug}/reservations"

    def href(reservation: ReservationInfo) -> str:
        return f"{base}/{reservation.id}"

    fresh = {change.reservation_id for change in changes if is_fresh(change, now=now)}
    relative = formats.relative_day(sheet.day, today=today)
    return Board(
        title=formats.day(sheet.day) if relative == formats.short_day(sheet.day) else relative,
        subtitle="" if relative == formats.short_day(sheet.day) else formats.day(sheet.day),
        view=view,
        is_today=sheet.day == today,
        figures=figures(sheet, formats=formats, now=now),
        day=build_day(sheet, formats=formats, now=now, href=href, fresh=fresh, opens_drawer=opens_drawer),
        links=_links(base, tenant.slug, sheet.day, view),
        rows=[
            _row(reservation, formats, href(reservation), fresh=reservation.id in fresh) for reservation in shown(sheet)
        ]
        if view == "list"
        else [],
        feed=[
            feed_item(change, base=base, formats=formats, now=now) for change in latest_of_each(changes)[:FEED_LENGTH]
        ],
    )


def figures(sheet: DaySheet, *, formats: Formats, now: datetime) -> list[Figure]:
    """The strip on top. A hold counts as neither booked nor free."""
    counted = [one for one in sheet.reservations if one.status in COUNTED]
    held = sum(1 for one in sheet.reservations if one.status == "held" and one.hold_expires_at is not None)
    cancelled = sum(1 for one in sheet.reservations if one.status == "cancelled")
    by_message = sum(1 for one in counted if one.source == "whatsapp")
    ahead = sum(1 for one in counted if one.ends_at > now)
    return [
        Figure("Bookings", str(len(counted)), f"{ahead} still to come" + (f", {held} on hold" if held else "")),
        Figure("Booked value", formats.money(sheet.booked), f"{by_message} on WhatsApp"),
        Figure("Cancelled", str(cancelled), "their time is free again" if cancelled else "none on this day"),
        Figure("Free hours", _hours(sheet.free_minutes), f"across {_people(len(sheet.staff))}"),
    ]


def latest_of_each(changes: Sequence[ChangeInfo]) -> list[ChangeInfo]:
    """Only the newest change of each reservation: that a time was held before it was booked is history, not news."""
    newest: dict[UUID, ChangeInfo] = {}
    for change in changes:
        newest.setdefault(change.reservation_id, change)
    return list(newest.values())


def is_fresh(change: ChangeInfo, *, now: datetime) -> bool:
    """Whether it happened so recently that the eye should be drawn to it."""
    return timedelta() <= now - change.at < FRESH_FOR


def feed_item(change: ChangeInfo, *, base: str, formats: Formats, now: datetime) -> FeedItem:
    verb, tag, tone = ACTIONS.get(change.action, (change.action.replace("_", " ").capitalize(), "Changed", ""))
    name = change.customer_name or NOBODY
    who = ", ".join(resource.name for resource in change.resources)
    return FeedItem(
        id=change.id,
        name=name,
        hue=hue_step(None, name),
        tag=tag,
        tone=tone,
        what=" ".join(part for part in (verb, SOURCES.get(change.source, "")) if part),
        detail=f"{change.service_name}{f' with {who}' if who else ''} · {formats.moment(change.starts_at)}",
        at=formats.time(change.at),
        at_iso=change.at.isoformat(),
        fresh=is_fresh(change, now=now),
        href=f"{base}/{change.reservation_id}",
    )


def _row(reservation: ReservationInfo, formats: Formats, href: str, *, fresh: bool) -> Row:
    return Row(
        id=reservation.id,
        reference=reservation.reference,
        time=formats.span(reservation.starts_at, reservation.ends_at),
        name=reservation.customer_name or NOBODY,
        service=reservation.service_name,
        people=", ".join(resource.name for resource in reservation.resources),
        price=formats.money(reservation.price),
        status=reservation.status,
        source=reservation.source,
        href=href,
        fresh=fresh,
    )


def _links(base: str, slug: str, day: date, view: str) -> Links:
    kept = f"&view={view}" if view != "day" else ""
    return Links(
        before=f"{base}?date={day - timedelta(days=1)}{kept}",
        today=f"{base}?{kept.lstrip('&')}" if kept else base,
        after=f"{base}?date={day + timedelta(days=1)}{kept}",
        day_view=f"{base}?date={day}",
        list_view=f"{base}?date={day}&view=list",
        stream=f"/admin/t/{slug}/stream?date={day}&view={view}",
    )


def _hours(minutes: int) -> str:
    hours = minutes / 60
    return f"{hours:.0f}" if minutes % 60 == 0 or hours >= 10 else f"{hours:.1f}"


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{count} people"
