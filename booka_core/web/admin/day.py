"""A day as a grid of people and five-minute rows, computed without I/O so that every placement can be tested.

Guarantees that each booking of the day is somewhere on the grid, whatever the opening hours say and whoever serves it,
and that two bookings of one person never hide each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from booka_core.booking.types import DaySheet, ReservationInfo
from booka_core.web.ui import Formats, hue_step

STEP = 5
ROWS_AN_HOUR = 60 // STEP
DAY_ROWS = 24 * ROWS_AN_HOUR
USUAL_DAY = (9 * ROWS_AN_HOUR, 18 * ROWS_AN_HOUR)
WITHOUT_EFFECT = ("cancelled", "declined", "no_show")
STATUS_WORDS = {
    "held": "On hold",
    "pending": "Requested",
    "confirmed": "Confirmed",
    "checked_in": "Checked in",
    "declined": "Declined",
    "completed": "Completed",
    "cancelled": "Cancelled",
    "expired": "Hold expired",
    "no_show": "No-show",
}

NOBODY = "A customer"
ELSEWHERE = UUID(int=0)


@dataclass(frozen=True)
class Column:
    """One person's column; numbers start at one."""

    number: int
    id: UUID
    name: str
    note: str
    hue: int


@dataclass(frozen=True)
class Hour:
    at: int
    label: str


@dataclass(frozen=True)
class Closed:
    """A stretch in which nobody can be booked with this person."""

    column: int
    at: int
    length: int


@dataclass(frozen=True)
class Booking:
    """One booking on the grid, in rows from the top."""

    id: UUID
    column: int
    at: int
    length: int
    hue: int
    size: str
    status: str
    status_words: str
    name: str
    service: str
    time: str
    summary: str
    href: str
    by_message: bool
    past: bool
    fresh: bool
    lane: str = ""


@dataclass(frozen=True)
class Day:
    """What the template prints."""

    title: str
    rows: int
    columns: list[Column] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    now_at: int | None = None
    opens_drawer: bool = True


def build_day(
    sheet: DaySheet,
    *,
    formats: Formats,
    now: datetime,
    href: Callable[[ReservationInfo], str],
    fresh: Collection[UUID] = (),
    opens_drawer: bool = True,
) -> Day:
    """Place a day's bookings; those in `fresh` have just changed.

    Times are wall-clock times of the business: on the night the clocks change, a row shows the hour on the wall.
    """
    placed = shown(sheet)
    spans = {
        reservation.id: _rows(reservation.starts_at, reservation.ends_at, sheet.day, formats) for reservation in placed
    }
    open_rows = {
        person.id: [_rows(start, end, sheet.day, formats) for start, end in person.open_ranges]
        for person in sheet.staff
    }
    first, last = _frame([*spans.values(), *(rows for ranges in open_rows.values() for rows in ranges)])
    columns = [
        Column(number, person.id, person.name, person.title, hue_step(person.hue, person.name))
        for number, person in enumerate(sheet.staff, start=1)
    ]
    known = {column.id for column in columns}
    if any(known.isdisjoint(resource.id for resource in one.resources) for one in placed):
        columns.append(Column(len(columns) + 1, ELSEWHERE, "Others", "Without staff", hue_step(None, "Others")))
    bookings = [
        _booking(
            reservation,
            column,
            rows=spans[reservation.id],
            first=first,
            formats=formats,
            now=now,
            href=href(reservation),
            fresh=reservation.id in fresh,
        )
        for reservation in placed
        for column in _columns_of(reservation, columns)
    ]
    return Day(
        title=formats.short_day(sheet.day),
        rows=last - first,
        columns=columns,
        hours=[Hour(row - first, formats.clock(row * STEP)) for row in range(first, last, ROWS_AN_HOUR)],
        closed=[
            Closed(column.number, start - first, end - start)
            for column in columns
            if column.id in open_rows
            for start, end in _gaps(open_rows[column.id], first, last)
        ],
        bookings=_lanes(bookings),
        opens_drawer=opens_drawer,
        now_at=_now_row(now, sheet.day, formats, first, last),
    )


def shown(sheet: DaySheet) -> list[ReservationInfo]:
    """The day's bookings in order of time; a hold that ran out was never one."""
    placed = [reservation for reservation in sheet.reservations if reservation.status != "expired"]
    return sorted(placed, key=lambda reservation: (reservation.starts_at, reservation.ends_at))


def _rows(start: datetime, end: datetime, day: date, formats: Formats) -> tuple[int, int]:
    """First row and row after the last, cut at the edges of the day."""
    begins, ends = (_row(formats.local(instant), day) for instant in (start, end))
    return begins, min(max(ends, begins + 1), DAY_ROWS)


def _row(local: datetime, day: date) -> int:
    if local.date() != day:
        return 0 if local.date() < day else DAY_ROWS
    return (local.hour * 60 + local.minute) // STEP


def _frame(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Whole hours around everything there is to show."""
    first = min([start for start, _ in spans], default=USUAL_DAY[0])
    last = max([end for _, end in spans], default=USUAL_DAY[1])
    return first // ROWS_AN_HOUR * ROWS_AN_HOUR, -(-last // ROWS_AN_HOUR) * ROWS_AN_HOUR


def _gaps(ranges: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    gaps, at = [], first
    for start, end in sorted(ranges):
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    if at < last:
        gaps.append((at, last))
    return gaps


def _now_row(now: datetime, day: date, formats: Formats, first: int, last: int) -> int | None:
    local = formats.local(now)
    row = _row(local, day)
    return row - first if local.date() == day and first <= row < last else None


def _columns_of(reservation: ReservationInfo, columns: list[Column]) -> list[Column]:
    taken = {resource.id for resource in reservation.resources}
    return [column for column in columns if column.id in taken] or columns[-1:]


def _booking(
    reservation: ReservationInfo,
    column: Column,
    *,
    rows: tuple[int, int],
    first: int,
    formats: Formats,
    now: datetime,
    href: str,
    fresh: bool,
) -> Booking:
    start, end = rows
    time = formats.span(reservation.starts_at, reservation.ends_at)
    name = reservation.customer_name or NOBODY
    words = STATUS_WORDS.get(reservation.status, reservation.status)
    return Booking(
        id=reservation.id,
        column=column.number,
        at=start - first,
        length=end - start,
        hue=column.hue,
        size="s" if end - start < 8 else "m" if end - start < 11 else "l",
        status=reservation.status,
        status_words=words,
        name=name,
        service=reservation.service_name,
        time=time,
        summary=f"{name}, {reservation.service_name}, {time}, {words.lower()}",
        href=href,
        by_message=reservation.source == "whatsapp",
        past=reservation.ends_at <= now,
        fresh=fresh,
    )


def _lanes(bookings: Sequence[Booking]) -> list[Booking]:
    """A cancelled booking whose time was given to somebody else steps aside, and the other makes room for it."""

    def overlaps(one: Booking, other: Booking) -> bool:
        together = one.at < other.at + other.length and other.at < one.at + one.length
        return together and one.column == other.column and one is not other

    placed = []
    for booking in bookings:
        idle = booking.status in WITHOUT_EFFECT
        if any(overlaps(booking, other) and (other.status in WITHOUT_EFFECT) is not idle for other in bookings):
            placed.append(replace(booking, lane="side" if idle else "beside"))
        else:
            placed.append(booking)
    # Idle ones first, so that where two idle ones meet the live booking is painted over them.
    return sorted(placed, key=lambda booking: (booking.status not in WITHOUT_EFFECT, booking.at))
