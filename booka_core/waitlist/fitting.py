"""Who waits, what is free for them, and who of them fits a time. Reads only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.booking.queries import visits
from booka_core.db.scope import tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger
from booka_core.offers.queries import availability
from booka_core.offers.types import OfferedSlot
from booka_core.sdk.errors import BadInput, WrongState
from booka_core.sdk.waitlist import FreedSlot, WaitingCustomer
from booka_core.tenancy.types import TenantInfo
from booka_core.waitlist.queries import ENTRY
from booka_core.waitlist.ranking import ALL_AT_ONCE, FIRST_COME
from booka_core.waitlist.types import EntryInfo
from booka_core.waitlist.writes import wish_of

log = get_logger(__name__)

FAR = timedelta(days=31)
"""How far ahead a look reaches."""
_DAY = timedelta(days=1)
_MOST_WAITING = 500

_WAITING = f"""{ENTRY}
where e.status = 'waiting' and e.wanted_from < $2 and e.wanted_until > $1
  and c.blocked_at is null and c.erased_at is null
  and not exists (select from waitlist_offers o where o.customer_id = e.customer_id and o.status = 'open')
order by e.joined_at, e.id limit {_MOST_WAITING}
"""
_ASKED = """
select distinct o.customer_id, r.starts_at, r.ends_at from waitlist_offers o join reservations r on r.id = o.hold_id
where o.customer_id = any($1) and r.ends_at > $2
"""
_TAGS = "select id, tags from customers where id = any($1)"

Passed = set[tuple[UUID, datetime]]
"""Entries with a start that they cannot have after all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry, and the starts that are free for it. Who was asked about a time is not asked about it again, nor about
    another start that overlaps it.
    """

    entry: EntryInfo
    free: tuple[OfferedSlot, ...]

    def start_in(self, freed: FreedSlot) -> OfferedSlot | None:
        """What they would be offered of a freed time: its own start, or else the first that reaches into it."""
        reaching = [slot for slot in self.free if slot.starts_at < freed.ends_at and slot.ends_at > freed.starts_at]
        exact = (slot for slot in reaching if slot.starts_at == freed.starts_at)
        return next(exact, reaching[0] if reaching else None)

    def without(self, passed: Passed) -> Waiting:
        """The same, without the starts that came to nothing."""
        return Waiting(self.entry, tuple(slot for slot in self.free if (self.entry.id, slot.starts_at) not in passed))

    def seen_as(self, slot: OfferedSlot) -> WaitingCustomer:
        """What a ranking sees of somebody who would be offered `slot`."""
        entry = self.entry
        return WaitingCustomer(
            entry_id=entry.id,
            customer_id=entry.customer_id,
            service_id=entry.service_id,
            resource_id=entry.resource_id,
            party_size=entry.party_size,
            starts_at=slot.starts_at,
            minutes=int((slot.ends_at - slot.starts_at).total_seconds() // 60),
            wanted_from=entry.wanted_from,
            wanted_until=entry.wanted_until,
            joined_at=entry.joined_at,
            alternatives=len(self.free) - 1,
            note=entry.note,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A free time, and everybody who could take some of it, with what each would be offered."""

    freed: FreedSlot
    fitting: tuple[tuple[Waiting, OfferedSlot], ...]

    @property
    def customers(self) -> list[WaitingCustomer]:
        """Who fits, as a ranking sees them."""
        return [one.seen_as(slot) for one, slot in self.fitting]


async def who_waits(tenant: TenantInfo, freed: FreedSlot | None) -> list[Waiting]:
    """Who waits, with what is free for them: around the freed time, or ahead as far as a look reaches.

    Left out are those who are being asked about another time right now.
    """
    now = clock.now()
    around = (max(now, freed.starts_at - _DAY), freed.ends_at) if freed else (now, now + FAR)
    # Only where it matters how many other times somebody has to choose from are those counted.
    counting = tenant.settings.waitlist_policy not in (FIRST_COME, ALL_AT_ONCE)
    first, last = (now, max(now + FAR, around[1])) if counting else around
    async with tenant_scope() as connection:
        entries = [EntryInfo(**row) for row in await connection.execute_query_dict(_WAITING, [around[0], around[1]])]
        rows = await connection.execute_query_dict(_ASKED, [[entry.customer_id for entry in entries], now])
    asked: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for row in rows:
        asked.setdefault(row["customer_id"], []).append((row["starts_at"], row["ends_at"]))
    known: dict[object, list[OfferedSlot]] = {}
    found = []
    for entry in entries:
        begins, ends = max(first, entry.wanted_from), min(last, entry.wanted_until)
        key = (entry.service_id, entry.resource_id, entry.location_id, entry.party_size, begins, ends)
        if key not in known:
            known[key] = await _free(entry, begins, ends, zone=tenant.zone)
        free = tuple(
            slot
            for slot in known[key]
            if entry.wanted_from <= slot.starts_at < entry.wanted_until
            and not any(
                slot.starts_at < end and slot.ends_at > start for start, end in asked.get(entry.customer_id, ())
            )
        )
        if free:
            found.append(Waiting(entry, free))
    return found


async def _free(entry: EntryInfo, begins: datetime, ends: datetime, *, zone: str) -> list[OfferedSlot]:
    """The starts that can be booked for such an entry; none where the wish itself is no longer possible."""
    first = begins.astimezone(ZoneInfo(zone)).date() - _DAY  # at another location it may still be the day before
    try:
        return await availability(wish=wish_of(entry, begins), from_day=first, days=max(0, (ends - begins).days) + 3)
    except (WrongState, BadInput) as fault:
        log.info("waitlist.not_offered", entry=str(entry.id), reason=fault.code)
        return []


def next_place(waiting: Sequence[Waiting], freed: FreedSlot | None, passed: Passed) -> Place | None:
    """The freed time as long as it fits anybody; without one, the first start that is free for who joined first."""
    fresh = [left for one in waiting if (left := one.without(passed)).free]
    if freed is None:
        if not fresh:
            return None
        first = fresh[0].free[0]
        freed = FreedSlot(starts_at=first.starts_at, ends_at=first.ends_at, resource_ids=first.resource_ids)
    fitting = tuple((one, slot) for one in fresh if (slot := one.start_in(freed)) is not None)
    return Place(freed, fitting) if fitting else None


async def described(customers: Sequence[WaitingCustomer]) -> list[WaitingCustomer]:
    """What a plugin is told beyond what the policies of our own need."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(_TAGS, [[someone.customer_id for someone in customers]])
    tags = {row["id"]: json.loads(row["tags"]) for row in rows}
    return [
        someone.model_copy(
            update={"tags": tuple(tags.get(someone.customer_id, ())), "visits": await visits(someone.customer_id)}
        )
        for someone in customers
    ]
