"""When everybody at a location can serve: weekly hours, exceptions, public holidays and absences, in the zones they
were written in. What is worked out for a catalogue revision is kept, because most questions are about a few days.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.availability import DateOverride, WeeklyHours, day_window, intersect_ranges, minute_of, open_ranges
from booka_core.availability.types import Minutes, Reason, Refusal
from booka_core.catalog.holidays import holidays_of
from booka_core.catalog.types import AbsenceInfo, LocationInfo, Shop, Timetable

_DAY = timedelta(days=1)
_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The open ranges of every resource asked about, and why some of them are shut."""

    ranges: dict[UUID, list[Minutes]]
    why_closed: dict[UUID, list[Refusal]] = field(default_factory=dict)


_kept: OrderedDict[tuple[UUID, int, UUID, date, int], dict[UUID | None, list[Minutes]]] = OrderedDict()


def open_times(
    shop: Shop,
    resources: Sequence[UUID],
    *,
    location: LocationInfo,
    first: date,
    days: int,
    kept_as: tuple[UUID, int] | None = None,
) -> OpenTimes:
    """When each resource can serve at a location on `days` local days from `first`.

    Its own hours within the location's; without hours of its own, the location's; never while it is away. `kept_as` is
    the tenant and catalogue revision that `shop` belongs to.
    """
    known: dict[UUID | None, list[Minutes]] = {}
    if kept_as is not None:
        known = _known((*kept_as, location.id, first, days))
    closed = _holidays(location, shop.timetable, first=first, days=days)
    if None not in known:
        known[None] = _house(shop.timetable, location, closed=closed, first=first, days=days)
    house = known[None]
    for resource in resources:
        if resource not in known:
            known[resource] = _own(shop, resource, location=location, house=house, first=first, days=days)
    found = OpenTimes({resource: known[resource] for resource in resources})
    _explain(found, shop.timetable, resources, location=location, closed=closed)
    return found


def closed_days(
    shop: Shop, location: LocationInfo, resource: UUID | None, *, first: date, days: int
) -> dict[date, Reason]:
    """The local dates on which a location (or with `resource` one of its people or things) says it is closed, and why.
    What is closed on a weekday as a matter of course is not among them.
    """
    found: dict[date, Reason] = {}
    if resource is None:
        holidays = _holidays(location, shop.timetable, first=first, days=days)
        found = {day: "holiday" for day in holidays if first <= day < first + _DAY * days}
    for row in shop.timetable.between(first, first + _DAY * (days - 1)):
        if row.resource_id == resource and row.location_id == location.id and not row.ranges:
            found[row.day] = "closed"
    return found


def away(timetable: Timetable, resource: UUID) -> list[AbsenceInfo]:
    """When a resource is away, in order of time."""
    return [absence for absence in timetable.absences if absence.resource_id == resource]


def without(ranges: Sequence[Minutes], gaps: Sequence[Minutes]) -> list[Minutes]:
    """Sorted ranges with some stretches taken out."""
    left = list(ranges)
    for begins, ends in gaps:
        cut: list[Minutes] = []
        for start, end in left:
            if ends <= start or end <= begins:
                cut.append((start, end))
                continue
            if start < begins:
                cut.append((start, begins))
            if ends < end:
                cut.append((ends, end))
        left = cut
    return left


def span(starts_at: datetime, ends_at: datetime) -> Minutes:
    """Two instants as minutes that cover them whole."""
    end = minute_of(ends_at)
    return minute_of(starts_at), end + (1 if ends_at.second or ends_at.microsecond else 0)


def local_day_of(at: datetime, zone: str) -> Minutes:
    """The local day that holds an instant, in minutes."""
    return day_window(zone, at.astimezone(ZoneInfo(zone)).date(), 1)


def _known(key: tuple[UUID, int, UUID, date, int]) -> dict[UUID | None, list[Minutes]]:
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = {}
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _house(
    timetable: Timetable, location: LocationInfo, *, closed: Mapping[date, str], first: date, days: int
) -> list[Minutes]:
    week = _week(timetable, location.id, None)
    exceptions = _exceptions(timetable, location.id, None, first=first, days=days)
    exceptions += [DateOverride(date=day) for day in closed]
    return open_ranges(WeeklyHours.of(week), exceptions, zone=location.zone, first_day=first, days=days)


def _own(
    shop: Shop, resource: UUID, *, location: LocationInfo, house: list[Minutes], first: date, days: int
) -> list[Minutes]:
    timetable = shop.timetable
    week = _week(timetable, location.id, resource)
    exceptions = _exceptions(timetable, location.id, resource, first=first, days=days)
    ranges = house
    if week or exceptions:
        found = shop.catalogue.resource(resource)
        zone = found.zone if found is not None and found.zone else location.zone
        # The days of somebody's own zone reach over the edges of the location's.
        own = open_ranges(
            WeeklyHours.of(week or _week(timetable, location.id, None)),
            exceptions,
            zone=zone,
            first_day=first - _DAY,
            days=days + 2,
        )
        ranges = intersect_ranges(own, house)
    return without(ranges, [span(absence.starts_at, absence.ends_at) for absence in away(timetable, resource)])


def _week(timetable: Timetable, location: UUID, resource: UUID | None) -> dict[int, list[Minutes]]:
    week: dict[int, list[Minutes]] = {}
    for row in timetable.hours:
        if row.resource_id == resource and row.location_id == location:
            week.setdefault(row.weekday, []).append((row.opens, row.closes))
    return week


def _exceptions(
    timetable: Timetable, location: UUID, resource: UUID | None, *, first: date, days: int
) -> list[DateOverride]:
    return [
        DateOverride(date=row.day, ranges=row.ranges)
        for row in timetable.between(first - 2 * _DAY, first + _DAY * (days + 1))
        if row.resource_id == resource and row.location_id == location
    ]


def _holidays(location: LocationInfo, timetable: Timetable, *, first: date, days: int) -> dict[date, str]:
    """The public holidays on which the location has not said what it does."""
    if not location.holidays:
        return {}
    found = holidays_of(location.holidays, first - _DAY, first + _DAY * days)
    decided = {row.day for row in timetable.overrides if row.resource_id is None and row.location_id == location.id}
    return {day: name for day, name in found.items() if day not in decided}


def _explain(
    found: OpenTimes,
    timetable: Timetable,
    resources: Sequence[UUID],
    *,
    location: LocationInfo,
    closed: Mapping[date, str],
) -> None:
    shut = [Refusal(*day_window(location.zone, day, 1), "holiday") for day in closed]
    for resource in resources:
        absent = [Refusal(*span(one.starts_at, one.ends_at), "absent") for one in away(timetable, resource)]
        if shut or absent:
            found.why_closed[resource] = [*shut, *absent]
