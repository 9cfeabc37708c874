"""Reads of the walk-in queue of the bound tenant."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.catalog.errors import LocationNotFound
from booka_core.catalog.queries import catalogue
from booka_core.catalog.types import LocationInfo
from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.offers.errors import NothingToBook
from booka_core.queue.errors import QueueEntryNotFound
from booka_core.queue.estimates import waits
from booka_core.queue.lifecycle import PRESENT
from booka_core.queue.types import EntryInfo, QueueInfo

_SELECT = """
select q.id, q.location_id, q.service_id, s.name as service_name, q.customer_id, c.name as customer_name,
       q.resource_id, r.name as resource_name, q.day, q.ticket, q.status, q.party_size, q.reservation_id, q.joined_at,
       q.called_at, q.finished_at
from queue_entries q join services s on s.id = q.service_id join customers c on c.id = q.customer_id
     left join resources r on r.id = q.resource_id
"""

LINE = "coalesce(q.called_at, q.joined_at), q.called_at is not null, q.ticket"
"""The order of those who wait: by ticket, and who was skipped behind all who waited at that moment."""

_BUSY = """
select min(starts_at) filter (where starts_at > $2) as free_until,
       max(ends_at) filter (where starts_at <= $2) as busy_until
from occupancies
where active and resource_id = $1 and ends_at > $2 and (expires_at is null or expires_at > $2)
"""


async def get_entry(entry_id: UUID) -> EntryInfo:
    """One person of the queue. Raises `QueueEntryNotFound`."""
    async with tenant_scope() as connection:
        return await read_entry(connection, entry_id)


async def read_entry(connection: Queries, entry_id: UUID, *, lock: bool = False) -> EntryInfo:
    """One person of the queue as an open scope sees it; `lock` makes others wait who want to change it."""
    ending = "for no key update of q" if lock else ""
    rows = await connection.execute_query_dict(f"{_SELECT} where q.id = $1 {ending}", [entry_id])
    if not rows:
        raise QueueEntryNotFound
    return EntryInfo(**rows[0])


async def list_queue(*, location_id: UUID | None = None, day: date | None = None) -> QueueInfo:
    """A local day of a location's queue (the first location and today, unless told), with how long each still waits.

    Raises `LocationNotFound`, `NothingToBook`.
    """
    location = await place(location_id)
    today = local_day(location)
    wanted = day or today
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"""{_SELECT} where q.location_id = $1 and q.day = $2
            order by q.status <> 'serving', q.status <> 'called', {LINE}""",
            [location.id, wanted],
        )
    found = tuple(EntryInfo(**row) for row in rows)
    present = tuple(entry for entry in found if entry.status in PRESENT)
    if wanted == today:
        present = await waits(present, location)
    return QueueInfo(
        location_id=location.id,
        day=wanted,
        zone=location.zone,
        entries=present,
        ended=tuple(sorted((e for e in found if e.status not in PRESENT), key=lambda e: e.ticket)),
    )


async def place(location_id: UUID | None) -> LocationInfo:
    """The location asked for, or the first one. Raises `LocationNotFound`, `NothingToBook`."""
    places = (await catalogue()).locations
    if location_id is None:
        if not places:
            raise NothingToBook
        return places[0]
    found = next((one for one in places if one.id == location_id), None)
    if found is None:
        raise LocationNotFound
    return found


def local_day(location: LocationInfo) -> date:
    """Today where the queue stands."""
    return clock.now().astimezone(ZoneInfo(location.zone)).date()


async def free_between(resource_id: UUID, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Until when a resource is busy at an instant (None: it is free), and when it is taken next (None: never)."""
    async with tenant_scope() as connection:
        row = (await connection.execute_query_dict(_BUSY, [resource_id, at]))[0]
    return row["busy_until"], row["free_until"]
