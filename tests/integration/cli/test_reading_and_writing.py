"""The commands about businesses, reservations and tables, as a script uses them: one JSON document, and a status."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from booka_core.audit.queries import entries
from booka_core.booking.commands import book
from booka_core.booking.types import SYSTEM
from booka_core.db.scope import bind_tenant
from booka_core.identity.queries import members
from booka_core.offers.types import Wish
from booka_core.tenancy.queries import find_tenant
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon

# The servers of a test run forget on purpose, which every started process would refuse.
RUN = """
from booka_core.db import lifecycle
async def accept(): pass
lifecycle.check_database = accept
from booka_core.cli.app import run
run()
"""


async def booka(database: TestDatabase, *arguments: str) -> tuple[int, str, str]:
    """Run a command; returns its status and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN, *arguments,
        env={**os.environ, **database.environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def told(database: TestDatabase, *arguments: str) -> Any:
    status, out, err = await booka(database, *arguments, "--json")
    assert status == 0, err
    assert err == ""
    return json.loads(out)


async def test_a_business_is_added_with_its_first_owner_and_listed(database: TestDatabase) -> None:
    made = await told(
        database, "tenant", "create", "glow", "--name", "Glow Studio", "--zone", "Africa/Lagos",
        "--currency", "NGN", "--locale", "en-NG", "--owner", "Ada@Glow.example",
    )  # fmt: skip
    assert made["slug"] == "glow"
    assert [tenant["name"] for tenant in await told(database, "tenant", "list")] == ["Glow Studio"]
    tenant = await find_tenant("glow")
    assert [(member.email, member.role) for member in await members(tenant.id)] == [("ada@glow.example", "owner")]
    with bind_tenant(tenant.id):
        assert [(entry.actor.kind, entry.action) for entry in await entries()] == [("command", "member.role_set")]


async def test_what_cannot_be_is_one_sentence_and_a_status(database: TestDatabase) -> None:
    for arguments, said in (
        (("tenant", "create", "Glow!", "--name", "G", "--zone", "UTC", "--currency", "EUR"), "short name"),
        (("tenant", "create", "glow", "--name", "G", "--zone", "Moon/Base", "--currency", "EUR"), "Moon/Base"),
        (("tenant", "create", "g", "--name", "G", "--zone", "UTC", "--currency", "EUR", "--owner", "ada"), "e-mail"),
        (("reservation", "list", "--tenant", "nobody"), "no such tenant"),
        (("db", "make", "nothing", "name"), "core"),
    ):
        status, out, err = await booka(database, *arguments)
        assert (status, out) == (1, ""), arguments
        assert said in err, arguments
        assert "Traceback" not in err
    assert await told(database, "tenant", "list") == []


async def test_reservations_are_listed_in_order_for_one_business_and_one_day(
    database: TestDatabase, salon: Salon, plugins: None, frozen_clock: object
) -> None:
    for hour, day in ((15, 3), (10, 3), (11, 4)):
        wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(hour, day=day))
        await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="system")
    every = await told(database, "reservation", "list", "--tenant", "glow")
    assert [one["starts_at"] for one in every] == [
        "2026-03-03T09:00:00Z",
        "2026-03-03T14:00:00Z",
        "2026-03-04T10:00:00Z",
    ]
    assert len(await told(database, "reservation", "list", "-t", "glow", "--day", "2026-03-03")) == 2
    _, lines, _ = await booka(database, "reservation", "list", "-t", "glow", "--day", "2026-03-04")
    assert "11:00-11:45" in lines
    assert "Zainab Musa" in lines


async def test_the_state_of_the_tables_is_told_and_a_missing_migration_is_a_status(database: TestDatabase) -> None:
    found = await told(database, "db", "status")
    assert {files["pending"] == [] for files in found.values()} == {True}
    assert {"core", "beauty"} <= set(found)
    async with database.connect("owner") as connection:
        await connection.execute("delete from aerich where app = 'beauty'")
    status, out, _ = await booka(database, "db", "status", "--json")
    assert status == 1
    assert json.loads(out)["beauty"]["pending"]
    status, out, err = await booka(database, "tenant", "list", "--json")
    assert (status, json.loads(out)) == (0, [])  # a plugin that is behind stops nobody, and is said
    assert "plugin=beauty" in err
