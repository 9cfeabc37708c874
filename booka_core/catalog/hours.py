"""Verbs that say when a place and those who work in it can serve: the hours of the week, single dates, public holidays
and absences. A place's word for a date counts more than the holiday that falls on it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from booka_core.catalog.checks import Ranges, check_ranges, line
from booka_core.catalog.errors import (
    AbsenceNotFound,
    BadAbsence,
    BadHours,
    BadStandIn,
    LocationNotFound,
    ResourceNotFound,
)
from booka_core.catalog.holidays import holidays_of
from booka_core.catalog.revision import note_change
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel.ids import new_id

_OF_DAY = "location_id = $1 and resource_id is not distinct from $2 and day = $3"


async def set_weekly_hours(week: Mapping[int, Ranges], *, location_id: UUID, resource_id: UUID | None = None) -> None:
    """Replace the weekly hours of a resource at a place, or of the place: weekday (0 is Monday) to local minutes.

    A resource with hours at a place can be had there, whichever place it belongs to. The minutes are those of the
    place, or of the resource's own zone if it has one. Raises `BadHours`, `LocationNotFound`, `ResourceNotFound`.
    """
    for weekday, ranges in week.items():
        if not 0 <= weekday <= 6:
            raise BadHours
        check_ranges(ranges)
    async with tenant_scope() as connection:
        await _require(connection, location_id, resource_id)
        await connection.execute_query(
            "delete from working_hours where location_id = $1 and resource_id is not distinct from $2",
            [location_id, resource_id],
        )
        for weekday, ranges in week.items():
            for opens, closes in ranges:
                await connection.execute_query(
                    """insert into working_hours (id, tenant_id, location_id, resource_id, weekday, opens, closes)
                       values ($1, $2, $3, $4, $5, $6, $7)""",
                    [new_id(), current_tenant(), location_id, resource_id, weekday, opens, closes],
                )
        await note_change(connection)


async def set_date_override(
    day: date, ranges: Ranges, *, location_id: UUID, resource_id: UUID | None = None, reason: str = ""
) -> None:
    """Say what holds on one date instead of the weekly hours and of a public holiday; no ranges means closed.

    Raises `BadHours`, `BadName`, `LocationNotFound`, `ResourceNotFound`.
    """
    check_ranges(ranges)
    why = line(reason, most=120, optional=True)
    async with tenant_scope() as connection:
        await _require(connection, location_id, resource_id)
        await connection.execute_query(f"delete from date_overrides where {_OF_DAY}", [location_id, resource_id, day])
        await connection.execute_query(
            """insert into date_overrides (id, tenant_id, location_id, resource_id, day, ranges, reason)
               values ($1, $2, $3, $4, $5, $6, $7)""",
            [new_id(), current_tenant(), location_id, resource_id, day, json.dumps([list(r) for r in ranges]), why],
        )
        await note_change(connection)


async def clear_date_override(day: date, *, location_id: UUID, resource_id: UUID | None = None) -> None:
    """Let the weekly hours, and a public holiday, hold on a date again.

    Raises `LocationNotFound`, `ResourceNotFound`.
    """
    async with tenant_scope() as connection:
        await _require(connection, location_id, resource_id)
        await connection.execute_query(f"delete from date_overrides where {_OF_DAY}", [location_id, resource_id, day])
        await note_change(connection)


async def set_holidays(location_id: UUID, calendar: str) -> None:
    """Close a place on the public holidays of a country (`NG`) or region (`DE-BY`); "" ends that.

    Raises `UnknownHolidayCalendar`, `LocationNotFound`.
    """
    holidays_of(calendar, date(2026, 1, 1), date(2026, 1, 1))
    async with tenant_scope() as connection:
        changed, _ = await connection.execute_query(
            "update locations set holidays = $2 where id = $1", [location_id, calendar]
        )
        if not changed:
            raise LocationNotFound
        await note_change(connection)


async def add_absence(
    resource_id: UUID, *, starts_at: datetime, ends_at: datetime, redirect_to: UUID | None = None, reason: str = ""
) -> UUID:
    """Say that a person or thing is away. Returns the absence's id; absences may overlap.

    Who asks for it meanwhile is sent to `redirect_to`. What is booked already stays as it is.
    Raises `BadAbsence`, `BadName`, `ResourceNotFound`, `BadStandIn`.
    """
    if starts_at.tzinfo is None or ends_at.tzinfo is None or ends_at <= starts_at:
        raise BadAbsence
    why = line(reason, most=120, optional=True)
    absence_id = new_id()
    async with tenant_scope() as connection:
        wanted = [resource_id] if redirect_to is None else [resource_id, redirect_to]
        rows = await connection.execute_query_dict(
            "select id, kind from resources where active and id = any($1)", [wanted]
        )
        kinds = {row["id"]: row["kind"] for row in rows}
        if not kinds.keys() >= set(wanted):
            raise ResourceNotFound
        if redirect_to is not None and (redirect_to == resource_id or len(set(kinds.values())) > 1):
            raise BadStandIn
        await connection.execute_query(
            """insert into absences (id, tenant_id, resource_id, starts_at, ends_at, redirect_to, reason)
               values ($1, $2, $3, $4, $5, $6, $7)""",
            [absence_id, current_tenant(), resource_id, starts_at, ends_at, redirect_to, why],
        )
        await note_change(connection)
    return absence_id


async def remove_absence(absence_id: UUID) -> None:
    """Say that somebody is there after all. Raises `AbsenceNotFound`."""
    async with tenant_scope() as connection:
        removed, _ = await connection.execute_query("delete from absences where id = $1", [absence_id])
        if not removed:
            raise AbsenceNotFound
        await note_change(connection)


async def _require(connection: Queries, location_id: UUID, resource_id: UUID | None) -> None:
    # The lock lets two who write the hours of one place at once do it one after the other.
    if not await connection.execute_query_dict(
        "select 1 from locations where id = $1 for no key update", [location_id]
    ):
        raise LocationNotFound
    if resource_id is not None and not await connection.execute_query_dict(
        "select 1 from resources where id = $1", [resource_id]
    ):
        raise ResourceNotFound
