"""Offers free time to those who wait for it: a hold, an offer, and a job that ends it. It runs in the background, one
at a time for each business; where it ever does not, the indexes of the database still let nobody be asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from booka_core.booking.commands import cancel_reservation, hold_slot
from booka_core.booking.types import SYSTEM, ReservationInfo
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.jobs.commands import enqueue
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.kernel.logging import get_logger
from booka_core.outbox.commands import emit
from booka_core.plugins.facade import hooks
from booka_core.sdk.errors import BadInput, WrongState
from booka_core.sdk.events import WaitlistPlaceOffered
from booka_core.sdk.waitlist import FreedSlot, WaitingCustomer
from booka_core.tenancy.queries import get_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.waitlist import ranking
from booka_core.waitlist.fitting import Passed, Place, described, next_place, who_waits
from booka_core.waitlist.types import EntryInfo
from booka_core.waitlist.writes import look_again, wish_of

log = get_logger(__name__)

EXPIRE = "waitlist.expire"
AT_ONCE = 10
"""The most people who are asked in one look; the next one goes on."""
_MOST_PLACES = 50

_OVER = "update waitlist_entries set status = 'expired' where status = 'waiting' and wanted_until <= $1"
_OFFER = """
insert into waitlist_offers (id, tenant_id, entry_id, hold_id, customer_id, starts_at, status, rank, offered_at,
                             expires_at, answered_at)
select $1, $2, e.id, $4, e.customer_id, $5, 'open', $6, $7, $8, null
from waitlist_entries e where e.id = $3 and e.status = 'waiting'
on conflict (tenant_id, entry_id) where status = 'open' do nothing returning id
"""


async def offer_places(freed: FreedSlot | None = None) -> int:
    """Offer a freed time, or without one everything that is free and waited for. Returns how many were asked.

    Inside the quiet hours nobody is asked; another look is taken when they end. Not to be called inside a scope.
    """
    tenant = await get_tenant()
    rules = tenant.settings
    later = ranking.quiet_until(clock.now(), tenant.zone, begins=rules.quiet_from, ends=rules.quiet_until)
    if later is not None:
        async with tenant_scope():
            await look_again(at=later)
        return 0
    async with tenant_scope() as connection:
        await connection.execute_query(_OVER, [clock.now()])
    asked, passed = 0, Passed()
    waiting = await who_waits(tenant, freed)
    for _ in range(_MOST_PLACES):
        place = next_place(waiting, freed, passed)
        if place is None:
            return asked
        if made := await _offer(tenant, place, passed):
            asked += made
            if asked >= AT_ONCE:
                break
            waiting = await who_waits(tenant, freed)
    if asked:  # otherwise another look would find the same
        async with tenant_scope():
            await look_again(freed)
    return asked


async def _offer(tenant: TenantInfo, place: Place, passed: Passed) -> int:
    """Hold the time for the first in order who can have it, and ask them. Returns how many were asked."""
    ranked = await _ranked(tenant, place)
    entries = {one.entry.id: one.entry for one, _slot in place.fitting}
    for someone in ranked:
        entry = entries[someone.entry_id]
        ahead = int((someone.starts_at - clock.now()).total_seconds() // 60)
        if ahead < 1:
            continue
        try:
            hold = await hold_slot(
                wish_of(entry, someone.starts_at),
                customer_id=someone.customer_id,
                actor=SYSTEM,
                source="system",
                minutes=min(tenant.settings.waitlist_minutes, ahead),
            )
        except (WrongState, BadInput) as fault:  # taken meanwhile, or not for this customer
            log.info("waitlist.passed_over", entry=str(entry.id), reason=fault.code)
            passed.add((entry.id, someone.starts_at))
            continue
        alike = _alike(entry, hold, place) if tenant.settings.waitlist_policy == ranking.ALL_AT_ONCE else []
        if made := await _ask([entry, *alike], hold):
            return made
    passed.update((someone.entry_id, someone.starts_at) for someone in place.customers)
    return 0


async def _ranked(tenant: TenantInfo, place: Place) -> list[WaitingCustomer]:
    """Everybody who fits, in the order of the business's policy."""
    policy = tenant.settings.waitlist_policy
    waiting = ranking.as_they_joined(place.customers)
    if policy == ranking.BEST_FIT:
        return ranking.by_fit(place.freed, waiting)
    if policy in ranking.BUILT_IN:
        return waiting
    order = await hooks().waitlist_rank(tenant.id, policy, freed=place.freed, waiting=await described(waiting))
    return waiting if order is None else ranking.in_given_order(order, waiting)


def _alike(first: EntryInfo, hold: ReservationInfo, place: Place) -> list[EntryInfo]:
    """Who else would be content with exactly what is held, in the order in which they joined."""
    people = {resource.id for resource in hold.resources}
    alike: dict[UUID, EntryInfo] = {}
    for one, _slot in place.fitting:
        entry = one.entry
        if (
            entry.customer_id != first.customer_id
            and (entry.service_id, entry.party_size) == (first.service_id, first.party_size)
            and entry.location_id in (None, hold.location_id)
            and (entry.resource_id is None or entry.resource_id in people)
            and any(slot.starts_at == hold.starts_at for slot in one.free)
        ):
            alike.setdefault(entry.customer_id, entry)
    return list(alike.values())[: AT_ONCE - 1]


async def _ask(entries: Sequence[EntryInfo], hold: ReservationInfo) -> int:
    """Write the offers of one hold, and have the customers told. Who no longer waits is left out; without anybody the
    hold is given back.
    """
    now = clock.now()
    until = hold.hold_expires_at or now
    async with tenant_scope() as connection:
        made = 0
        for entry in entries:
            offer_id = new_id()
            values = [offer_id, current_tenant(), entry.id, hold.id, hold.starts_at, made, now, until]
            if await connection.execute_query_dict(_OFFER, values):
                await _tell(connection, entry, offer_id, hold)
                made += 1
        if made:
            await enqueue(EXPIRE, {"hold_id": str(hold.id)}, scheduled_at=until)
        else:
            await cancel_reservation(
                reservation_id=hold.id, actor=SYSTEM, source="system", reason="nobody waits for it any more"
            )
    return made


async def _tell(connection: Queries, entry: EntryInfo, offer_id: UUID, hold: ReservationInfo) -> None:
    await connection.execute_query("update waitlist_entries set status = 'offered' where id = $1", [entry.id])
    await emit(
        WaitlistPlaceOffered(
            entry_id=entry.id,
            offer_id=offer_id,
            customer_id=entry.customer_id,
            reservation_id=hold.id,
            service_id=hold.service_id,
            starts_at=hold.starts_at,
            expires_at=hold.hold_expires_at or hold.starts_at,
        )
    )
