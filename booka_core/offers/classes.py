"""Classes: meetings of one service that several customers share. Which ones meet, and how many seats are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booka_core.db.scope import Queries
from booka_core.offers.occupancy import SEATS

_SESSIONS = f"""
select s.id, s.service_id, s.location_id, s.starts_at, s.ends_at, s.seats, s.scheduled,
       (select count(*) from occupancies o where o.session_id = s.id and o.active and o.lane >= {SEATS}
                                            and (o.expires_at is null or o.expires_at > $4)
                                            and ($5::uuid is null or o.reservation_id is distinct from $5)) as taken,
       (select coalesce(array_agg(distinct o.resource_id), '{{}}') from occupancies o
        where o.session_id = s.id and o.lane < {SEATS}) as resources
from class_sessions s
where s.active and s.service_id = $1 and s.starts_at >= $2 and s.starts_at < $3
order by s.starts_at
"""


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a class and what is left of it."""

    id: UUID
    service_id: UUID
    location_id: UUID
    starts_at: datetime
    ends_at: datetime
    seats: int
    scheduled: bool
    taken: int
    resources: tuple[UUID, ...]

    @property
    def left(self) -> int:
        """Seats nobody has."""
        return max(0, self.seats - self.taken)


async def read_sessions(
    connection: Queries,
    service_id: UUID,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    leaving_out: UUID | None = None,
) -> tuple[Session, ...]:
    """The meetings of a service that begin in [start, end), in order of time."""
    rows = await connection.execute_query_dict(_SESSIONS, [service_id, start, end, now, leaving_out])
    return tuple(_session(row) for row in rows)


def _session(row: dict[str, Any]) -> Session:
    return Session(**{**row, "resources": tuple(UUID(str(one)) for one in row["resources"])})
