"""A customer's reservation in the words of a page. Built from rows without I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booka_core.links.types import Closed, ManagedReservation
from booka_core.offers.types import OfferedSlot
from booka_core.web.ui import Formats

DAYS = 7
_WHY = {
    "ended": "",
    "begun": "It has begun, so it can no longer be changed here. Please ask {business}.",
    "too_late": "It is too late to change it here: that had to be done by {until}. Please ask {business}.",
    "not_confirmed": "It is only held for you so far, and can be changed once it is confirmed.",
    "suspended": "{business} takes no changes here at the moment. Please ask there.",
}
DONE = {
    "moved": "It has been moved. This is the new time.",
    "cancelled": "It has been cancelled. Thank you for letting us know.",
    "rated": "Thank you for telling us how it was.",
}


@dataclass(frozen=True)
class Item:
    """One service of a visit."""

    name: str
    time: str
    extras: str


@dataclass(frozen=True)
class Visit:
    """What the template prints."""

    business: str
    reference: str
    status: str
    service: str
    day: str
    time: str
    duration: str
    zone: str
    people: str
    place: str
    address: str
    price: str
    for_whom: str
    party: str
    note: str
    items: list[Item]
    can_move: bool
    can_cancel: bool
    can_rate: bool
    in_calendar: bool
    why_closed: str
    until: str
    rating: int | None
    review: str
    version: int


@dataclass(frozen=True)
class Time:
    """One start that can be chosen."""

    label: str
    value: str


@dataclass(frozen=True)
class DayOfTimes:
    """One day and what can be had on it."""

    name: str
    iso: str
    times: list[Time]


@dataclass(frozen=True)
class Times:
    """A week of starts, with the ways to the weeks around it."""

    days: list[DayOfTimes]
    zone: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Move:
    """A new time, before it is taken. `who` says so when somebody else would serve."""

    at: str
    day: str
    time: str
    zone: str
    who: str


def build_visit(managed: ManagedReservation) -> Visit:
    """The page of one reservation."""
    formats = Formats.of(locale=managed.locale, zone=managed.zone)
    one = managed.reservation
    day = formats.local(one.starts_at).date()
    several = len(one.items) > 1 or any(item.add_ons for item in one.items)
    nights = (formats.local(one.ends_at).date() - day).days
    return Visit(
        business=managed.business,
        reference=one.reference,
        status=one.status,
        service=one.service_name,
        day=formats.day(day),
        time=formats.span(one.starts_at, one.ends_at)
        if not nights
        else f"{formats.moment(one.starts_at)} \N{EN DASH} {formats.moment(one.ends_at)}",
        duration=formats.duration(one.ends_at - one.starts_at) if not nights else "",
        zone=zone_name(managed.zone, one.starts_at),
        people=", ".join(resource.name for resource in one.resources if resource.kind == "staff"),
        place=managed.place,
        address=managed.address,
        price=formats.money(one.price) if one.price.amount else "",
        for_whom=one.attendee_name or "",
        party=str(one.party_size) if one.party_size > 1 else "",
        note=one.note,
        items=[
            Item(
                name=item.name,
                time=formats.span(item.starts_at, item.ends_at),
                extras=", ".join(extra.name for extra in item.add_ons),
            )
            for item in one.items
        ]
        if several
        else [],
        can_move=not managed.move_closed,
        can_cancel=not managed.cancel_closed,
        can_rate=not managed.rate_closed,
        in_calendar=one.status in ("pending", "confirmed") and managed.cancel_closed != "begun",
        why_closed=_why(managed, formats),
        until=formats.moment(managed.changeable_until) if managed.notice_minutes else "",
        rating=one.rating,
        review=one.review,
        version=one.version,
    )


def build_times(
    managed: ManagedReservation, slots: Sequence[OfferedSlot], *, first: date, today: date, address: str
) -> Times:
    """The starts of a week, by local day. The present time of the reservation is not among them."""
    formats = Formats.of(locale=managed.locale, zone=managed.zone)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    by_day: dict[date, list[Time]] = {day: [] for day in days}
    for slot in slots:
        local = formats.local(slot.starts_at)
        if local.date() in by_day and slot.starts_at != managed.reservation.starts_at:
            by_day[local.date()].append(Time(formats.time(slot.starts_at), slot.starts_at.isoformat()))
    earlier = max(today, first - timedelta(days=DAYS))
    return Times(
        days=[
            DayOfTimes(name=formats.relative_day(day, today=today), iso=day.isoformat(), times=times)
            for day, times in by_day.items()
            if times
        ],
        zone=zone_name(managed.zone, managed.reservation.starts_at),
        earlier=f"{address}/times?from={earlier}" if first > today else "",
        later=f"{address}/times?from={first + timedelta(days=DAYS)}",
    )


def build_move(managed: ManagedReservation, slot: OfferedSlot) -> Move:
    """The question whether the reservation shall be moved there, and what else would change by it."""
    formats = Formats.of(locale=managed.locale, zone=managed.zone)
    own = [one for one in managed.reservation.resources if one.kind == "staff" and one.id not in slot.resource_ids]
    away = ", ".join(one.name for one in own)
    return Move(
        at=slot.starts_at.isoformat(),
        day=formats.day(formats.local(slot.starts_at).date()),
        time=formats.time(slot.starts_at),
        zone=zone_name(managed.zone, slot.starts_at),
        who=f"{away} is not free then, so a colleague will serve you." if away else "",
    )


def zone_name(zone: str, at: datetime) -> str:
    """The zone as people know it: its city, and how far from UTC it is at that moment."""
    offset = at.astimezone(ZoneInfo(zone)).strftime("%z")
    return f"{zone.rsplit('/', maxsplit=1)[-1].replace('_', ' ')} time, UTC{offset[:3]}:{offset[3:5]}"


def _why(managed: ManagedReservation, formats: Formats) -> str:
    closed: Closed = managed.cancel_closed or managed.move_closed
    if not closed:
        return ""
    return _WHY[closed].format(business=managed.business, until=formats.moment(managed.changeable_until))
