"""What is taken: the occupancies of some resources in a stretch of time, as the arithmetic wants them.

Cost: an index-only read per resource that grows with what lies in the stretch, never with the past. What lasts longer
than a day is in an index of its own, so that everything else can be found by its start alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from booka_core.availability import Intervals
from booka_core.catalog.types import Catalogue
from booka_core.db.scope import Queries
from booka_core.offers.visits import Unit

_BUSY = """
select resource_id, lane, starts_at, ends_at from occupancies
where active and resource_id = any($1) and starts_at >= $2::timestamptz - interval '1 day' and starts_at < $3 and ends_at > $2
  and (expires_at is null or expires_at > $4) and (reservation_id is null or reservation_id <> all($5::uuid[]))
  and ends_at - starts_at <= interval '1 day'
union all
select resource_id, lane, starts_at, ends_at from occupancies
where active and resource_id = any($1) and starts_at < $3 and ends_at > $2 and ends_at - starts_at > interval '1 day'
  and (expires_at is null or expires_at > $4) and (reservation_id is null or reservation_id <> all($5::uuid[]))
"""
SEATS = 1000
"""The first lane for guests of classes; lanes below are the resource's own."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


async def read_busy(
    connection: Queries,
    resources: Sequence[UUID],
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    catalogue: Catalogue,
    leaving_out: Sequence[UUID] = (),
) -> dict[Unit, Intervals]:
    """The busy intervals of every resource (by lane where it has several) that touch [start, end).

    Holds that ran out count as free, and so does the reservations of `leaving_out`, which make way.
    """
    shared = {resource.id for resource in catalogue.resources if resource.capacity > 1}
    _, rows = await connection.execute_query(_BUSY, [list(resources), start, end, now, list(leaving_out)])
    columns: dict[Unit, tuple[list[int], list[int]]] = {}
    for resource, lane, starts_at, ends_at in rows:
        if lane >= SEATS:
            continue  # a guest of a class, whose people and rooms are taken in their own lanes
        unit: Unit = (resource, lane) if resource in shared else resource
        starts, ends = columns.setdefault(unit, ([], []))
        starts.append((starts_at - _EPOCH) // _MINUTE)
        ends.append(-((_EPOCH - ends_at) // _MINUTE))
    return {unit: Intervals(starts, ends) for unit, (starts, ends) in columns.items()}


def load_of(busy: Mapping[Unit, Intervals]) -> dict[Unit, int]:
    """How many minutes each unit is taken."""
    return {unit: sum(end - start for start, end in intervals) for unit, intervals in busy.items()}
