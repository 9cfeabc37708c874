"""A reservation's history as people read it: one sentence per change, in the zone of the place. It is told from the log
alone, which outlives both the reservation and the person; a customer's name is looked up when it is read, and is gone
when they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.numbers import format_currency, get_currency_precision

from booka_core.booking.errors import ReservationNotFound
from booka_core.booking.queries import history
from booka_core.booking.types import LogEntry, TimelineLine
from booka_core.db.scope import tenant_scope

_SOURCES = {
    "whatsapp": "on WhatsApp",
    "web": "on the web page",
    "api": "through the API",
    "admin": "at the front desk",
    "cli": "on the command line",
    "demo": "in the demonstration",
}
_DEEDS = {
    "hold": "Held",
    "book": "Booked",
    "confirm": "Confirmed",
    "request": "Requested",
    "approve": "Approved",
    "decline": "Declined",
    "cancel": "Cancelled",
    "expire": "The hold ran out",
    "move": "Moved",
    "reassign": "Handed over",
    "check_in": "Checked in",
    "complete": "Completed",
    "no_show": "Marked as a no-show",
    "rate": "Rated",
    "attach": "A file was added",
}
_BEGINNINGS = ("hold", "book", "request", "confirm")


@dataclass(frozen=True, slots=True)
class _About:
    """What the log does not say: where it was, and the customer's name as long as there is one."""

    zone: ZoneInfo
    customer: str | None


async def timeline(reservation_id: UUID) -> tuple[TimelineLine, ...]:
    """Every change of a reservation, oldest first, also when it or its customer is gone.

    Raises `ReservationNotFound` where nothing was ever written about it.
    """
    entries = await history(reservation_id)
    if not entries:
        raise ReservationNotFound
    about = await _about(reservation_id)
    return tuple(_line(entry, about) for entry in entries)


async def _about(reservation_id: UUID) -> _About:
    """The zone is that of the reservation's place; once that is gone, of the first place or the business."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            """with gone as (select distinct actor_id from reservation_logs
                             where reservation_id = $1 and actor_kind = 'customer' and actor_id is not null limit 1),
                    r as (select location_id, customer_id from reservations where id = $1)
               select coalesce((select l.zone from locations l join r on l.id = r.location_id),
                               (select zone from locations order by name, id limit 1),
                               (select zone from tenants)) as zone,
                      (select c.name from customers c where c.erased_at is null
                       and c.id = coalesce((select customer_id from r), (select actor_id from gone))) as customer""",
            [reservation_id],
        )
    return _About(zone=ZoneInfo(rows[0]["zone"]), customer=rows[0]["customer"])


def _line(entry: LogEntry, about: _About) -> TimelineLine:
    who = _who(entry, about)
    source = _SOURCES.get(entry.source, "")
    deed = _DEEDS.get(entry.action, entry.action.replace("_", " ").capitalize())
    more = _DETAILS[entry.action](entry, about.zone) if entry.action in _DETAILS else ""
    sentence = " ".join(part for part in (deed, more) if part)
    if entry.action != "expire":
        sentence = " ".join(part for part in (sentence, f"by {who}", source) if part)
    sentence = ", ".join([sentence, *_changes(entry)])
    reason = str((entry.after or {}).get("reason") or "").strip()
    return TimelineLine(
        at=entry.at,
        who=who,
        source=entry.source,
        action=entry.action,
        sentence=f"{sentence}: {reason}" if reason else f"{sentence}.",
    )


def _who(entry: LogEntry, about: _About) -> str:
    if entry.actor_kind == "customer":
        return f"the customer ({about.customer})" if about.customer else "the customer"
    if entry.actor_kind == "user":
        return entry.actor_label or "a colleague"
    return entry.actor_label or "Booka"


def _begun(entry: LogEntry, zone: ZoneInfo) -> str:
    after = entry.after or {}
    begins, ends = _instant(after.get("starts_at")), _instant(after.get("ends_at"))
    if begins is None:
        return ""
    until = f" to {_clock(ends, zone, same_day_as=begins)}" if ends is not None else ""
    service = f"{after['service']}, " if after.get("service") else ""
    people = ", ".join(_names(after))
    return f"{service}{_moment(begins, zone, near=entry.at)}{until}" + (f", with {people}," if people else "")


def _moved(entry: LogEntry, zone: ZoneInfo) -> str:
    was, begins = _instant((entry.before or {}).get("starts_at")), _instant((entry.after or {}).get("starts_at"))
    if was is None or begins is None:
        return f"to {_moment(begins, zone, near=entry.at)}" if begins is not None else ""
    return f"from {_moment(was, zone, near=entry.at)} to {_clock(begins, zone, same_day_as=was)}"


def _handed_over(entry: LogEntry, _zone: ZoneInfo) -> str:
    old, new = _names(entry.before or {}), _names(entry.after or {})
    left, came = [name for name in old if name not in new], [name for name in new if name not in old]
    return f"from {', '.join(left)} to {', '.join(came)}" if left and came else ""


def _rated(entry: LogEntry, _zone: ZoneInfo) -> str:
    old = (entry.before or {}).get("rating")
    return f"{(entry.after or {}).get('rating')} of 5" + (f" instead of {old}" if old is not None else "")


def _attached(entry: LogEntry, _zone: ZoneInfo) -> str:
    kind, question = str((entry.after or {}).get("media_type", "")), (entry.after or {}).get("question")
    what = "a picture" if kind.startswith("image/") else "a document"
    return f"({what} for {question})" if question else f"({what})"


_DETAILS: dict[str, Callable[[LogEntry, ZoneInfo], str]] = {
    **dict.fromkeys(_BEGINNINGS, _begun),
    "move": _moved,
    "reassign": _handed_over,
    "rate": _rated,
    "attach": _attached,
}
"""What a deed's own word leaves open."""


def _changes(entry: LogEntry) -> list[str]:
    """What else is different afterwards, besides time and status."""
    before, after = entry.before or {}, entry.after or {}
    told = []
    if entry.action != "reassign" and _names(before) != _names(after) and _names(before) and _names(after):
        came = ", ".join(_names(after))
        told.append(f"with {came} instead of {', '.join(_names(before))}")
    for key, words in (("party_size", "for {new} instead of {old} people"), ("service", "{new} instead of {old}")):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old != new:
            told.append(words.format(new=new, old=old))
    old, new = before.get("price"), after.get("price")
    if isinstance(old, int) and isinstance(new, int) and old != new:
        currency = str(after.get("currency", ""))
        told.append(f"{_money(new, currency)} instead of {_money(old, currency)}")
    return told


def _names(side: Mapping[str, Any]) -> list[str]:
    """Of people and things, as they were called then."""
    listed = side.get("resources") or []
    return [str(one["name"]) for one in listed if isinstance(one, dict) and one.get("name")]


def _instant(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _moment(at: datetime, zone: ZoneInfo, *, near: datetime) -> str:
    """Tue 3 Mar 10:00, with the year where it is not the one in which it is told."""
    local = at.astimezone(zone)
    year = f" {local.year}" if local.year != near.astimezone(zone).year else ""
    return f"{local:%a} {local.day} {local:%b}{year} {_time(local)}"


def _clock(at: datetime, zone: ZoneInfo, *, same_day_as: datetime) -> str:
    """The time alone on the same day, else the whole moment."""
    local = at.astimezone(zone)
    if local.date() == same_day_as.astimezone(zone).date():
        return _time(local)
    return _moment(at, zone, near=same_day_as)


def _time(local: datetime) -> str:
    """The time of day; where the clock shows it twice that night, which of the two."""
    other = local.replace(fold=1 - local.fold).utcoffset()
    twice = other != local.utcoffset() and local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]  # zones have offsets
    return f"{local:%H:%M} {local:%Z}" if twice else f"{local:%H:%M}"


def _money(amount: int, currency: str) -> str:
    if not currency:
        return str(amount)
    return str(format_currency(amount / 10 ** get_currency_precision(currency), currency, locale="en"))
