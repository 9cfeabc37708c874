"""What is taken: the occupancies of some resources in a stretch of time, as the arithmetic wants them.

Cost: an index-only read per resource that grows with what lies in the stretch, never with the past. What lasts longer
than a day is in an index of its own, so that everything else can be found by its start alone. The minutes come as
packed columns, because decoding tens of thousands of timestamps would cost ten times the search.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booka_core.availability import Intervals
from booka_core.catalog.types import Catalogue
from booka_core.db.scope import Queries
from booka_core.offers.visits import Unit

SEATS = 1000
"""The first lane for guests of classes; lanes below are the resource's own."""

_STARTS = "string_agg(int4send(floor(date_part('epoch', starts_at) / 60)::int), '')"
_ENDS = "string_agg(int4send(ceil(date_part('epoch', ends_at) / 60)::int), '')"
_TAKEN = """active and (expires_at is null or expires_at > $4)
            and (reservation_id is null or reservation_id <> all($5::uuid[]))"""
# A pair is compared because only the index by time can answer that; the constraint's own index would be walked from the
# beginning. A day is 24 hours where it is taken from an instant; the condition of the index for long ones says '1 day'.
_SHORT = """(resource_id, starts_at) >= (r, $2::timestamptz - interval '24 hours')
            and (resource_id, starts_at) < (r, $3::timestamptz) and ends_at > $2"""
_LONG = """(resource_id, ends_at) > (r, $2::timestamptz) and (resource_id, ends_at) < (r, 'infinity'::timestamptz)
           and starts_at < $2::timestamptz - interval '24 hours' and ends_at - starts_at > interval '1 day'"""
_PLAIN = f"""
select r, 0 as lane, short.*, long.* from unnest($1::uuid[]) as r,
  lateral (select {_STARTS} as starts, {_ENDS} as ends from occupancies
           where lane = 0 and {_SHORT} and {_TAKEN}) as short,
  lateral (select {_STARTS} as long_starts, {_ENDS} as long_ends from occupancies
           where lane = 0 and {_LONG} and {_TAKEN}) as long
"""
_SHARED = f"""
select r, taken.* from unnest($1::uuid[]) as r, lateral (
  select lane, {_STARTS} as starts, {_ENDS} as ends, null::bytea, null::bytea from (
    select lane, starts_at, ends_at from occupancies where lane < {SEATS} and {_SHORT} and {_TAKEN}
    union all
    select lane, starts_at, ends_at from occupancies where lane < {SEATS} and {_LONG} and {_TAKEN}
  ) as both_kinds group by lane) as taken
"""


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

    Holds that ran out count as free, and so do the reservations of `leaving_out`, which make way.
    """
    several = {resource.id for resource in catalogue.resources if resource.capacity > 1}
    plain = [resource for resource in resources if resource not in several]
    shared = [resource for resource in resources if resource in several]
    found: dict[Unit, Intervals] = {}
    for statement, asked in ((_PLAIN, plain), (_SHARED, shared)):
        if not asked:
            continue
        _, rows = await connection.execute_query(statement, [asked, start, end, now, list(leaving_out)])
        for resource, lane, starts, ends, long_starts, long_ends in rows:
            if starts or long_starts:
                unit: Unit = resource if statement is _PLAIN else (resource, lane)
                found[unit] = Intervals(_minutes(starts) + _minutes(long_starts), _minutes(ends) + _minutes(long_ends))
    return found


def _minutes(packed: bytes | None) -> list[int]:
    """Four-byte integers in network order: a month of a hundred people is 45,000 of them."""
    numbers = array("i", packed or b"")
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tolist()


def load_of(busy: Mapping[Unit, Intervals]) -> dict[Unit, int]:
    """How many minutes each unit is taken."""
    return {unit: sum(end - start for start, end in intervals) for unit, intervals in busy.items()}
