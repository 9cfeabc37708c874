"""Caps: how much of something may be booked in a local day, week or month, by whom.

The same count is asked twice: before, to offer no start that a cap forbids, and inside the booking's transaction, under
a lock on the service, where it is the truth. Services without caps cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.availability import day_window, instant
from booka_core.availability.types import Refusal
from booka_core.catalog.rules import Cap
from booka_core.db.scope import Queries

_DAY = timedelta(days=1)
_COUNTED = "('held', 'pending', 'confirmed', 'checked_in', 'completed', 'no_show')"

_BOOKED = f"""
select (r.starts_at at time zone $4)::date as day, sum(of_it.bookings)::bigint as bookings,
       coalesce(sum(of_it.minutes), 0)::bigint as minutes
from reservations r, lateral (
  select 1 as bookings, extract(epoch from r.ends_at - r.starts_at) / 60 as minutes where r.items = '[]'
  union all
  select count(*), sum(extract(epoch from (i ->> 'ends_at')::timestamptz - (i ->> 'starts_at')::timestamptz) / 60)
  from jsonb_array_elements(r.items) as i where i ->> 'service_id' = $1::uuid::text
) as of_it
where r.starts_at >= $2 and r.starts_at < $3
  and (r.service_id = $1 or r.items @> jsonb_build_array(jsonb_build_object('service_id', $1::uuid::text)))
  and r.status in {_COUNTED} and (r.hold_expires_at is null or r.hold_expires_at > $5)
  and r.id <> all($6::uuid[]) and {{whose}}
group by 1
"""
_ALL = "$7::text is null"
_OF_RESOURCE = """exists (select from occupancies o where o.reservation_id = r.id and o.active
                          and o.resource_id = $7::uuid)"""
_OF_CUSTOMER = "r.customer_id = $7::uuid"
_OF_GROUP = "exists (select from customers c where c.id = r.customer_id and c.tags @> jsonb_build_array($7::text))"
_WHOSE = {"service": _ALL, "resource": _OF_RESOURCE, "customer": _OF_CUSTOMER, "group": _OF_GROUP}


@dataclass(frozen=True, slots=True)
class Limits:
    """The starts that caps forbid, for everybody and for single resources."""

    refused: list[Refusal] = field(default_factory=list)
    refused_by: dict[UUID, list[Refusal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counting:
    """What all counts of one question share. `leaving_out` are reservations that are about to move."""

    zone: str
    first: date
    days: int
    now: datetime
    customer_id: UUID | None
    tags: frozenset[str]
    leaving_out: tuple[UUID, ...] = ()


async def read_limits(
    connection: Queries,
    wanted: Sequence[tuple[UUID, int, tuple[Cap, ...]]],
    resources: Iterable[UUID],
    counting: Counting,
) -> Limits:
    """What the caps of some services, each with the minutes wanted of it, leave of some local days."""
    found = Limits()
    people = list(resources)
    for service_id, caps in {service: caps for service, _, caps in wanted}.items():
        lengths = [minutes for one, minutes, _ in wanted if one == service_id]
        for cap in caps:
            if cap.of == "resource":
                for resource in people:
                    spans = await _spent(connection, service_id, cap, counting, lengths, subject=str(resource))
                    if spans:
                        found.refused_by.setdefault(resource, []).extend(spans)
            elif (subject := _subject(cap, counting)) is not None:
                found.refused.extend(await _spent(connection, service_id, cap, counting, lengths, subject=subject))
    return found


def _subject(cap: Cap, counting: Counting) -> str | None:
    """Whom a cap counts: "" for everybody, None when it does not concern this customer."""
    if cap.of == "service":
        return ""
    if cap.of == "group":
        return cap.tag if cap.tag in counting.tags else None
    return str(counting.customer_id) if counting.customer_id else None


async def _spent(
    connection: Queries, service_id: UUID, cap: Cap, counting: Counting, lengths: Sequence[int], *, subject: str
) -> list[Refusal]:
    """The periods in which the cap would be passed by what is wanted, as spans of starts."""
    periods = list(_periods(cap, counting.first, counting.days))
    if not periods:
        return []
    begins, _ = day_window(counting.zone, periods[0][0], 1)
    last = periods[-1]
    _, ends = day_window(counting.zone, last[0], last[1])
    rows: list[dict[str, Any]] = await connection.execute_query_dict(
        _BOOKED.format(whose=_WHOSE[cap.of]),
        [
            service_id, instant(begins), instant(ends), counting.zone, counting.now, list(counting.leaving_out),
            subject or None,
        ],
    )  # fmt: skip
    spans = []
    for first, days in periods:
        inside = [row for row in rows if first <= row["day"] < first + _DAY * days]
        too_many = cap.most is not None and sum(row["bookings"] for row in inside) + len(lengths) > cap.most
        taken = sum(row["minutes"] for row in inside)
        too_long = cap.minutes is not None and taken + sum(lengths) > cap.minutes
        if too_many or too_long:
            spans.append(Refusal(*day_window(counting.zone, first, days), "cap_reached"))
    return spans


def _periods(cap: Cap, first: date, days: int) -> Iterable[tuple[date, int]]:
    """The whole days, ISO weeks or months that touch some days: the first date and the number of days of each."""
    last = first + _DAY * (days - 1)
    day = first
    if cap.per == "week":
        day -= _DAY * day.weekday()
    elif cap.per == "month":
        day = day.replace(day=1)
    while day <= last:
        if cap.per == "day":
            length = 1
        elif cap.per == "week":
            length = 7
        else:
            length = ((day.replace(day=28) + _DAY * 4).replace(day=1) - day).days
        yield day, length
        day += _DAY * length
