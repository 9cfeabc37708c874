"""Reads of series of the bound tenant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from booka_core.availability import Recurrence
from booka_core.booking.queries import list_reservations
from booka_core.db.scope import Queries, tenant_scope
from booka_core.offers.types import Wish
from booka_core.series.errors import SeriesNotFound
from booka_core.series.plans import MOST
from booka_core.series.types import SeriesInfo, Stroke, Together

_SELECT = "select s.id, s.customer_id, s.rule, s.wish, s.zone, s.status, s.created_at from series s"


async def get_series(series_id: UUID) -> SeriesInfo:
    """One series with its occurrences in order, cancelled ones too. Raises `SeriesNotFound`."""
    async with tenant_scope() as connection:
        return await read_series(connection, series_id)


async def read_series(connection: Queries, series_id: UUID, *, lock: bool = False) -> SeriesInfo:
    """One series as an open scope sees it; `lock` makes others wait who want to change it."""
    ending = "for no key update of s" if lock else ""
    rows = await connection.execute_query_dict(f"{_SELECT} where s.id = $1 {ending}", [series_id])
    if not rows:
        raise SeriesNotFound
    return await _info(rows[0])


async def list_series(*, customer_id: UUID) -> tuple[SeriesInfo, ...]:
    """The series of a customer, newest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"{_SELECT} where s.customer_id = $1 order by s.id desc", [customer_id]
        )
        return tuple([await _info(row) for row in rows])


async def changed_together(reservation_id: UUID, action: Literal["move", "cancel"]) -> Together | None:
    """With how many others of its series a reservation was last changed; None when it was changed by itself."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            """select r.version, s.rule -> 'stroke' as stroke from reservations r join series s on s.id = r.series_id
               where r.id = $1""",
            [reservation_id],
        )
    if not rows or rows[0]["stroke"] is None:
        return None
    stroke = Stroke.model_validate_json(rows[0]["stroke"])
    if stroke.action != action or stroke.versions.get(reservation_id) != rows[0]["version"]:
        return None
    return Together(is_first=stroke.first == reservation_id, others=len(stroke.versions) - 1)


def rule_column(rule: Recurrence, starts: Sequence[datetime]) -> str:
    """What the column `rule` holds: how it repeats, and the local time that each position is meant for.

    The times are kept beside the rule because an edit may give dates that no rule describes.
    """
    return json.dumps({"recurrence": rule.model_dump(mode="json"), "starts": [start.isoformat() for start in starts]})


async def _info(row: dict[str, Any]) -> SeriesInfo:
    kept = json.loads(row["rule"])
    found = (await list_reservations(series_id=row["id"], limit=MOST)).items
    return SeriesInfo(
        id=row["id"],
        customer_id=row["customer_id"],
        rule=Recurrence.model_validate(kept["recurrence"]),
        starts=tuple(datetime.fromisoformat(start) for start in kept["starts"]),
        wish=Wish.model_validate_json(row["wish"]),
        zone=row["zone"],
        status=row["status"],
        created_at=row["created_at"],
        occurrences=tuple(sorted(found, key=lambda one: (one.series_position or 0, one.id))),
    )
