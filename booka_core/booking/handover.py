"""Who replaces whom when other people or things serve a reservation, and the hand-over of their time. The time itself
stays: each part of the visit that somebody served is served by who replaces them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booka_core.booking.errors import HeldByItsClass, NothingToMove, ResourceNotAble, SlotTaken, WrongResources
from booka_core.booking.types import ReservationInfo
from booka_core.booking.writes import expire_overlapping
from booka_core.catalog.types import Catalogue, ServiceInfo
from booka_core.db.scope import Queries, current_tenant
from booka_core.kernel.ids import new_id


def replacements(before: ReservationInfo, wanted: Sequence[UUID], catalogue: Catalogue) -> dict[UUID, UUID]:
    """Who replaces whom. Those that stay are not in it."""
    if before.session_id is not None:
        raise HeldByItsClass
    has = {resource.id: resource.kind for resource in before.resources}
    known = {resource.id: resource for resource in catalogue.resources}
    if not set(wanted) <= known.keys() | has.keys():
        raise ResourceNotAble(name="That person or thing")
    kinds = Counter(has.values())
    if Counter(known[one].kind if one in known else has[one] for one in wanted) != kinds:
        raise WrongResources(wanted=", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    leaving = sorted((kind, one) for one, kind in has.items() if one not in wanted)
    coming = sorted((known[one].kind, one) for one in wanted if one not in has)
    if not leaving:
        raise NothingToMove
    replaced = {old: new for (_, old), (_, new) in zip(leaving, coming, strict=True)}
    for old, new in replaced.items():
        for service in _services_of(before, old, catalogue):
            if not any(new == one.id for spec in service.demands for one in catalogue.candidates(service, spec)):
                raise ResourceNotAble(name=known[new].name)
    return replaced


def _services_of(before: ReservationInfo, resource_id: UUID, catalogue: Catalogue) -> list[ServiceInfo]:
    """The services of the visit that a resource takes part in."""
    ids = [item.service_id for item in before.items if not item.resource_ids or resource_id in item.resource_ids]
    found = (catalogue.service(service_id) for service_id in ids or [before.service_id])
    return [service for service in found if service is not None]


async def hand_over(
    connection: Queries, before: ReservationInfo, replaced: Mapping[UUID, UUID], catalogue: Catalogue
) -> None:
    """Move the occupancies of those who leave to those who come, one lane of each. Raises `SlotTaken`."""
    rows = await connection.execute_query_dict(
        """delete from occupancies where reservation_id = $1 and active and resource_id = any($2)
           returning resource_id, starts_at, ends_at, expires_at""",
        [before.id, list(replaced)],
    )
    if rows:
        begins, ends = min(row["starts_at"] for row in rows), max(row["ends_at"] for row in rows)
        await expire_overlapping(connection, list(replaced.values()), begins=begins, ends=ends)
    for row in sorted(rows, key=lambda row: (row["starts_at"], row["resource_id"])):
        resource = catalogue.resource(replaced[row["resource_id"]])
        lanes = resource.capacity if resource is not None else 1
        taken = [before.id, replaced[row["resource_id"]], row["starts_at"], row["ends_at"], row["expires_at"]]
        if not await _take_a_lane(connection, taken, lanes=lanes):
            raise SlotTaken
    items = [
        item.model_copy(update={"resource_ids": tuple(replaced.get(one, one) for one in item.resource_ids)})
        for item in before.items
    ]
    await connection.execute_query(
        "update reservations set items = $2 where id = $1 and items <> '[]'",
        [before.id, json.dumps([item.model_dump(mode="json") for item in items])],
    )


async def _take_a_lane(connection: Queries, taken: Sequence[UUID | datetime | None], *, lanes: int) -> bool:
    for lane in range(lanes):
        made = await connection.execute_query_dict(
            """insert into occupancies (id, tenant_id, reservation_id, session_id, resource_id, lane,
                                        starts_at, ends_at, active, expires_at)
               values ($1, $2, $4, null, $5, $3, $6, $7, true, $8) on conflict do nothing returning id""",
            [new_id(), current_tenant(), lane, *taken],
        )
        if made:
            return True
    return False
