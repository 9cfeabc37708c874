"""Remembers clients from what was booked. Events come at least once, those of one reservation in order: a reservation
is one row that is written over, and the client's figures are taken from the rows, so repeating an event changes
nothing, and a cancelled reservation never counts again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from booka_core.sdk.context import TenantContext
from booka_core.sdk.events import AnyEvent, AppointmentBooked, AppointmentCancelled, AppointmentMoved
from booka_core.sdk.models import new_id

_REMEMBER = """
insert into beauty_counted_visits (id, tenant_id, reservation_id, customer_id, stylist_id, starts_at, counts)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant_id, reservation_id) do update
set stylist_id = excluded.stylist_id, starts_at = excluded.starts_at, counts = excluded.counts
where beauty_counted_visits.counts
"""
_SUM_UP = """
insert into beauty_client_preferences (id, tenant_id, customer_id, visits, last_stylist_id, last_visit_at)
select $1, $2, $3, count(*), (array_agg(stylist_id order by starts_at desc))[1], max(starts_at)
from beauty_counted_visits where customer_id = $3 and counts
on conflict (tenant_id, customer_id) do update
set visits = excluded.visits, last_stylist_id = excluded.last_stylist_id, last_visit_at = excluded.last_visit_at
"""
_LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))"


async def remember(ctx: TenantContext, event: AnyEvent) -> None:
    """Take an event into account; events about anything but appointments are none of ours."""
    if isinstance(event, AppointmentBooked | AppointmentMoved):
        await _count(ctx, event, counts=True)
    elif isinstance(event, AppointmentCancelled):
        await _count(ctx, event, counts=False)


async def _count(
    ctx: TenantContext, event: AppointmentBooked | AppointmentMoved | AppointmentCancelled, *, counts: bool
) -> None:
    assert ctx.tables is not None, "the manifest declares tables"  # noqa: S101 - tells the type checker what is promised
    stylist: UUID | None = event.resource_ids[0] if event.resource_ids else None
    starts_at: datetime = event.starts_at
    async with ctx.tables() as rows:
        # Two reservations of one client may be counted at once; the second has to see the first one's row.
        await rows.execute_query(_LOCK, [f"beauty:{ctx.tenant_id}:{event.customer_id}"])
        await rows.execute_query(
            _REMEMBER,
            [new_id(), ctx.tenant_id, event.reservation_id, event.customer_id, stylist, starts_at, counts],
        )
        await rows.execute_query(_SUM_UP, [new_id(), ctx.tenant_id, event.customer_id])
