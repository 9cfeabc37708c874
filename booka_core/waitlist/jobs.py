"""The waitlist's own work in the background: looking who could take what is free, and ending offers that nobody
answered.
"""

from __future__ import annotations

from uuid import UUID

from booka_core.db.scope import platform_scope, register_reason, tenant_scope
from booka_core.jobs import registry
from booka_core.jobs.commands import enqueue_all
from booka_core.jobs.errors import Skip
from booka_core.jobs.types import JobInfo, NewJob
from booka_core.kernel import clock
from booka_core.outbox import consumers
from booka_core.sdk.events import AnyEvent, AppointmentBooked, SlotFreed
from booka_core.sdk.waitlist import FreedSlot
from booka_core.waitlist.offering import EXPIRE, offer_places
from booka_core.waitlist.writes import OFFER, close_offers, freed_by, lock_hold, look_again, release_unwanted

SWEEP = "waitlist.sweep"
SWEEP_SECONDS = 300.0

register_reason("waitlist.sweep", audited=False)

_SOMEBODY = """
select id from waitlist_entries where status = 'waiting' and wanted_from < $2 and wanted_until > $1 limit 1
"""
_TENANTS = """
select distinct e.tenant_id from waitlist_entries e join tenants t on t.id = e.tenant_id
where e.status = 'waiting' and t.status = 'active'
"""
_WANTED_THAT = """
select e.id, o.id as offer_id, o.hold_id from waitlist_entries e
left join waitlist_offers o on o.entry_id = e.id and o.status = 'open'
where e.customer_id = $1 and e.service_id = $2 and e.status in ('waiting', 'offered')
  and e.wanted_from <= $3 and e.wanted_until > $3 and (e.resource_id is null or e.resource_id = any($4))
"""
_GOT_IT = """
update waitlist_entries set status = 'booked', reservation_id = $2 where id = any($1) and status = 'waiting'
"""


async def offer_job(job: JobInfo) -> None:
    """`waitlist.offer`: offer a freed time, or everything that is free."""
    freed = job.payload["freed"]
    if not await offer_places(FreedSlot.model_validate(freed) if freed else None):
        raise Skip("there is nobody to ask now")


async def expire_job(job: JobInfo) -> None:
    """`waitlist.expire`: nobody answered in time, so the next is asked. The hold itself stays good until then."""
    hold_id = UUID(job.payload["hold_id"])
    async with tenant_scope() as connection:
        hold = await lock_hold(connection, hold_id)
        if not await close_offers(connection, hold_id, status="expired", due_at=clock.now()):
            raise Skip("it was answered in time")
        await look_again(freed_by(hold))


async def sweep_job(job: JobInfo) -> None:
    """`waitlist.sweep`: have every business look where somebody waits, also for what new hours opened."""
    async with platform_scope("waitlist.sweep") as connection:
        for row in await connection.execute_query_dict(_TENANTS):
            look = NewJob(type=OFFER, payload={"freed": None}, order_key=OFFER, dedupe_key=f"{SWEEP}:{job.id}")
            await enqueue_all([look], tenant_id=row["tenant_id"])


async def notice_freed(_event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.slot.freed.v1`: look, if there is anybody who waits for about that time."""
    if not isinstance(event, SlotFreed):
        return
    async with tenant_scope() as connection:
        if await connection.execute_query_dict(_SOMEBODY, [event.starts_at, event.ends_at]):
            await look_again(
                FreedSlot(
                    starts_at=event.starts_at,
                    ends_at=event.ends_at,
                    resource_ids=event.resource_ids,
                    service_id=event.service_id,
                )
            )


async def notice_booked(_event_id: UUID, event: AnyEvent) -> None:
    """Consumer of `booking.appointment.booked.v1`: who got what they waited for by another way waits no longer."""
    if not isinstance(event, AppointmentBooked):
        return
    async with tenant_scope() as connection:
        wanted = await connection.execute_query_dict(
            _WANTED_THAT, [event.customer_id, event.service_id, event.starts_at, list(event.resource_ids)]
        )
        kept = [row for row in wanted if row["hold_id"] is not None]
        for row in kept:
            await lock_hold(connection, row["hold_id"])
            await close_offers(connection, row["hold_id"], status="declined", only=row["offer_id"])
        await connection.execute_query(_GOT_IT, [[row["id"] for row in wanted], event.reservation_id])
        for row in kept:
            await release_unwanted(connection, row["hold_id"])


def register() -> None:
    """Make the handlers and the consumers known."""
    registry.register(OFFER, offer_job, timeout=120)
    registry.register(EXPIRE, expire_job)
    registry.register(SWEEP, sweep_job)
    registry.every(SWEEP, seconds=SWEEP_SECONDS)
    consumers.register("waitlist.freed", [SlotFreed.TYPE], notice_freed)
    consumers.register("waitlist.booked", [AppointmentBooked.TYPE], notice_booked)
