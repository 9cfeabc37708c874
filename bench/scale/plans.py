"""Looks at how the database answers what the product sends: as the application role, under the policies, with the plan
made for these values and with the one made for any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import asyncpg

_MODES = ("force_custom_plan", "force_generic_plan")
_WATCHED = {"occupancies", "reservations"}
_WASTE = 4  # rows looked at for each row that was wanted; a day is looked at with the day before it
_SPARE = 200


async def faults_of(address: str, tenant: UUID, statements: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """What is wrong with the plans of a read's statements."""
    faults = []
    connection = await asyncpg.connect(address)
    try:
        async with connection.transaction():
            await connection.execute(f"set local booka.tenant_id = '{tenant}'")
            for number, (query, values) in enumerate(statements):
                if not any(f"from {name}" in query for name in _WATCHED):
                    continue
                for mode in _MODES:
                    plan = await _plan(connection, f"{mode}_{number}", mode, query, values)
                    faults += [f"{fault} ({mode})" for fault in _faults(plan, busy=_reads_busy(query))]
    finally:
        await connection.close()
    return faults


def _reads_busy(query: str) -> bool:
    """Whether it asks who is taken when, which has to be answered from indexes alone."""
    return "from reservations" not in query and "ends_at >" in query


async def _plan(
    connection: asyncpg.Connection, name: str, mode: str, query: str, values: Sequence[str]
) -> dict[str, Any]:
    await connection.execute(f"set local plan_cache_mode = {mode}")
    await connection.execute(f"prepare {name} as {query}")
    given = f"({', '.join(values)})" if values else ""
    told = await connection.fetchval(f"explain (analyze, buffers, format json) execute {name}{given}")
    found: dict[str, Any] = json.loads(told)[0]["Plan"]
    return found


def _faults(plan: dict[str, Any], *, busy: bool) -> Iterator[str]:
    wanted = plan["Actual Rows"] * plan["Actual Loops"]
    for node in _nodes(plan):
        table = node.get("Relation Name")
        if table not in _WATCHED or not node["Actual Loops"]:
            continue
        kind, loops = node["Node Type"], node["Actual Loops"]
        if kind == "Seq Scan":
            yield f"{table} is read from end to end"
        if busy and kind != "Index Only Scan":
            yield f"{table} is read by {kind}"
        if busy and node.get("Heap Fetches"):
            yield f"{node['Heap Fetches']} rows of {table} are looked up beside the index"
        removed = (node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)) * loops
        if removed > _SPARE + _WASTE * max(wanted, node["Actual Rows"] * loops):
            yield f"{removed:.0f} rows of {table} are looked at for nothing"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
