"""How long people in the queue still wait. The line is played through: each gets the first time from now on at which
somebody who can serve them is there and free, between the booked appointments and after everybody in front.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.availability import (
    ServiceTiming,
    Slot,
    SlotQuery,
    assign,
    clashes,
    day_window,
    find_slots,
    instant,
    minute_of,
)
from booka_core.availability.types import Minutes
from booka_core.catalog.queries import read_shop
from booka_core.catalog.types import Catalogue, LocationInfo
from booka_core.db.scope import current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.offers.hours import open_times
from booka_core.offers.occupancy import read_busy
from booka_core.offers.types import Wish
from booka_core.offers.visits import Unit, Visit, resource_of, shapes, units_of
from booka_core.queue.types import EntryInfo
from booka_core.sdk.errors import BookaError
from booka_core.tenancy.queries import read_tenant

_LOOK_AHEAD = 90  # minutes searched at a time: most people's turn comes soon


@dataclass(slots=True)
class _Floor:
    """Who is there for the rest of the day, and what they are taken for; what is foreseen is added as it goes."""

    catalogue: Catalogue
    location: LocationInfo
    now: int
    closes: int
    open_ranges: Mapping[Unit, Sequence[Minutes]]
    busy: dict[Unit, list[Minutes]]

    def take(self, entry: EntryInfo) -> int | None:
        """The minute at which somebody's turn comes, and their time is taken; None when it does not come today."""
        found = [(slot.starts_at, visit, slot) for visit in self._shapes(entry) if (slot := self._first(visit))]
        if not found:
            return None
        starts_at, visit, slot = min(found, key=lambda one: one[0])
        start = minute_of(starts_at)
        timing = ServiceTiming(duration=visit.minutes, step=1)
        chosen = assign(slot.by_demand, clash=clashes(visit.demands, timing))
        for unit, demand in zip(chosen or (), visit.demands, strict=False):
            parts = demand.parts or ((0, visit.minutes),)
            for index, (offset, minutes) in enumerate(parts):
                before = (demand.before or 0) if index == 0 else 0
                after = (demand.after or 0) if index == len(parts) - 1 else 0
                self.busy.setdefault(unit, []).append((start + offset - before, start + offset + minutes + after))
        return start

    def _shapes(self, entry: EntryInfo) -> list[Visit]:
        wish = Wish.of(
            service_id=entry.service_id,
            starts_at=instant(self.now),
            resource_id=entry.resource_id,
            party_size=entry.party_size,
        )
        try:
            return shapes(self.catalogue, wish, location=self.location, stand_ins={})
        except BookaError:  # what they wait for is no longer given, or not by whom they wish
            return []

    def _first(self, visit: Visit) -> Slot[Unit] | None:
        start = self.now
        while start < self.closes:
            end = min(start + _LOOK_AHEAD, self.closes)
            query: SlotQuery[Unit] = SlotQuery(
                timing=ServiceTiming(duration=visit.minutes, step=1),
                zone=self.location.zone,
                demands=visit.demands,
                open_ranges=self.open_ranges,
                busy=self.busy,
                window_from=start,
                window_to=end,
            )
            if slots := find_slots(query):
                return slots[0]
            start = end
        return None


async def waits(entries: Sequence[EntryInfo], location: LocationInfo) -> tuple[EntryInfo, ...]:
    """The same people of today's queue, in order; those who wait or were called know how long and behind how many."""
    if all(entry.status == "serving" for entry in entries):
        return tuple(entries)
    floor = await _floor(location)
    told: list[EntryInfo] = []
    ahead = 0
    for entry in entries:
        if entry.status == "serving":
            told.append(entry)
            continue
        turn = floor.take(entry)
        wait = None if turn is None else turn - floor.now
        told.append(entry.model_copy(update={"ahead": ahead, "wait_minutes": wait}))
        ahead += 1
    return tuple(told)


async def _floor(location: LocationInfo) -> _Floor:
    now = clock.now()
    minute = minute_of(now) + (1 if now.second or now.microsecond else 0)
    async with tenant_scope() as connection:
        revision = (await read_tenant(connection)).catalog_revision
        shop = await read_shop(connection, revision)
        here = [one for one in shop.catalogue.resources if one.works_at(location.id)]
        ids: list[UUID] = [one.id for one in here]
        today = now.astimezone(ZoneInfo(location.zone)).date()
        _, closes = day_window(location.zone, today, 1)
        taken = await read_busy(
            connection,
            ids,
            start=instant(minute) - timedelta(days=1),
            end=instant(closes) + timedelta(days=1),
            now=now,
            catalogue=shop.catalogue,
        )
    times = open_times(shop, ids, location=location, first=today, days=1, kept_as=(current_tenant(), revision))
    units = [unit for one in here for unit in units_of(one)]
    return _Floor(
        catalogue=shop.catalogue,
        location=location,
        now=minute,
        closes=closes,
        open_ranges={unit: times.ranges[resource_of(unit)] for unit in units},
        busy={unit: list(taken.get(unit, ())) for unit in units},
    )
