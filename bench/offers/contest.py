"""Both contestants in one process, call by call in turn, on one database.

`python -m bench.offers.contest SECONDS ROUNDS` fills the tables of both with the workloads of the availability
benchmark and prints one line of JSON for each number of people: the best call of every round in milliseconds, and the
digests of the answers. The peer fetches plain rows with asyncpg and sweeps them in Python; Booka is asked as every
channel of the product asks, through its policies, with its catalogue, hours and rules.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import uvloop

from bench.availability.plain import sweep
from bench.availability.workload import Shape, Workload, build, digest, minutes_of
from booka_core import runtime
from booka_core.availability import minute_of
from booka_core.catalog.commands import add_location, add_resource, add_service, set_weekly_hours
from booka_core.db.scope import bind_tenant
from booka_core.kernel.ids import new_id
from booka_core.offers.queries import availability
from booka_core.offers.types import OfferedSlot
from booka_core.tenancy.commands import create_tenant
from booka_core.tenancy.types import TenantSettingsInfo

STAFF = (1, 10, 100)
RULES = TenantSettingsInfo(min_notice_minutes=0, window_days=3650, slot_step=15)
PEER = """
create schema peers;
create table peers.staff (id int primary key, tenant int not null, tz text not null);
create index on peers.staff (tenant);
create table peers.weekly (staff int not null, wd int2 not null, a int2 not null, b int2 not null);
create index on peers.weekly (staff) include (wd, a, b);
create table peers.busy (staff int not null, s int8 not null, e int8 not null, bb int2 not null, ba int2 not null);
create index on peers.busy (staff, s) include (e, bb, ba);
"""


class Peer:
    """Rows as a good programmer fetches them without a product around them: prepared statements, one connection."""

    def __init__(self, connection: asyncpg.Connection, workload: Workload, tenant: int) -> None:
        self._connection, self._workload, self._tenant = connection, workload, tenant

    async def fill(self) -> None:
        first = self._tenant * 1000
        staff = self._workload["staff"]
        people = [(first + person["id"], self._tenant, person["tz"]) for person in staff]
        weekly = [
            (first + person["id"], int(day), minutes_of(start), minutes_of(end))
            for person in staff
            for day, ranges in person["weekly"].items()
            for start, end in ranges
        ]
        busy = [(first + row[0], *row[1:]) for row in self._workload["busy"]]
        for table, rows in (("staff", people), ("weekly", weekly), ("busy", busy)):
            await self._connection.copy_records_to_table(table, schema_name="peers", records=rows)

    async def prepare(self) -> None:
        self._staff = await self._connection.prepare("select id, tz from peers.staff where tenant = $1 order by id")
        self._weekly = await self._connection.prepare(
            "select staff, wd, a, b from peers.weekly where staff = any($1::int[]) order by staff, wd, a"
        )
        self._busy = await self._connection.prepare(
            """select staff, s, e, bb, ba from peers.busy where staff = any($1::int[]) and s >= $2 and s < $3
               order by staff, s"""
        )

    async def starts(self) -> list[int]:
        staff: dict[int, dict[str, Any]] = {}
        for one, zone in await self._staff.fetch(self._tenant):
            staff[one] = {"id": one, "tz": zone, "weekly": {}}
        for one, day, start, end in await self._weekly.fetch(list(staff)):
            staff[one]["weekly"].setdefault(day, []).append((_clock(start), _clock(end)))
        window = self._workload["window"]
        busy = await self._busy.fetch(list(staff), window["from"] - 1440, window["to"])
        return sweep({**self._workload, "staff": list(staff.values())}, busy)


class Booka:
    """The product's own question."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload

    async def fill(self, connection: asyncpg.Connection) -> None:
        workload = self._workload
        service = workload["service"]
        tenant = await create_tenant(
            slug=f"staff-{len(workload['staff'])}",
            name="Bench",
            vertical="beauty",
            zone=workload["tz"],
            locale="en",
            currency="USD",
            country="US",
            settings=RULES,
        )
        self.tenant = tenant.id
        people: dict[int, UUID] = {}
        with bind_tenant(tenant.id):
            place = await add_location(name="Main street", zone=workload["tz"])
            await set_weekly_hours({day: [(0, 1440)] for day in range(7)}, location_id=place)
            self.service = await add_service(
                name="Haircut",
                minutes=service["duration"],
                buffer_before=service["before"],
                buffer_after=service["after"],
                price=1000,
            )
            for person in workload["staff"]:
                one = await add_resource(location_id=place, name=f"P{person['id']}", service_ids=[self.service])
                people[person["id"]] = one
                weekly = {
                    int(day): [(minutes_of(start), minutes_of(end)) for start, end in ranges]
                    for day, ranges in person["weekly"].items()
                }
                await set_weekly_hours(weekly, location_id=place, resource_id=one)
        # Whose reservations they are is not asked by anybody here, so the times stand without them.
        await connection.execute("set session_replication_role = replica")
        await connection.copy_records_to_table(
            "occupancies",
            columns=("id", "tenant_id", "reservation_id", "resource_id", "lane", "starts_at", "ends_at", "active"),
            records=[
                (new_id(), tenant.id, new_id(), people[one], 0, _at(start - before), _at(end + after), True)
                for one, start, end, before, after in workload["busy"]
            ],
        )
        await connection.execute("set session_replication_role = origin")

    async def slots(self) -> list[OfferedSlot]:
        window = self._workload["window"]
        with bind_tenant(self.tenant):
            return await availability(
                service_id=self.service, from_day=date.fromisoformat(window["first_day"]), days=window["days"]
            )


async def contest(seconds: float, rounds: int) -> None:
    await runtime.prepare()
    await runtime.start()
    connection = await asyncpg.connect(os.environ["BENCH_URL"])
    try:
        await connection.execute(PEER)
        sides = []
        for number, staff in enumerate(STAFF, start=1):
            workload = build(Shape(staff))
            peer, booka = Peer(connection, workload, number), Booka(workload)
            await peer.fill()
            await booka.fill(connection)
            sides.append((staff, peer, booka))
        await connection.execute("vacuum analyze")
        for staff, peer, booka in sides:
            await peer.prepare()
            print(json.dumps({"staff": staff, **await _timed(peer, booka, seconds, rounds)}), flush=True)
    finally:
        await connection.close()
        await runtime.stop()


async def _timed(peer: Peer, booka: Booka, seconds: float, rounds: int) -> dict[str, Any]:
    contestants: dict[str, Callable[[], Awaitable[object]]] = {"peer": peer.starts, "booka": booka.slots}
    for _ in range(7):  # statements are prepared and their plans have settled
        starts, slots = await peer.starts(), await booka.slots()
    best: dict[str, list[float]] = {who: [] for who in contestants}
    for _ in range(rounds):
        quickest = dict.fromkeys(contestants, float("inf"))
        until = time.perf_counter() + seconds * len(contestants)
        while time.perf_counter() < until:
            for who, answer in contestants.items():
                began = time.perf_counter()
                await answer()
                quickest[who] = min(quickest[who], time.perf_counter() - began)
        for who, took in quickest.items():
            best[who].append(took * 1e3)
    return {
        "ms": best,
        "digests": {"peer": digest(starts), "booka": digest([minute_of(slot.starts_at) for slot in slots])},
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _at(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


if __name__ == "__main__":
    uvloop.run(contest(float(sys.argv[1]), int(sys.argv[2])))
