"""`booka catalog show`: the whole catalogue of a business, for people and for scripts."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import timedelta

from booka_core.catalog.commands import add_service, change_resource
from booka_core.catalog.hours import add_absence, set_holidays
from booka_core.catalog.queries import shop
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.catalog.terms import add_add_on, set_override
from booka_core.db.scope import bind_tenant
from booka_core.kernel import clock
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon, open_chain

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


async def test_a_catalogue_is_shown_with_everything_that_is_special(database: TestDatabase, salon: Salon) -> None:
    chain = await open_chain(salon, zone="Africa/Accra")
    with bind_tenant(salon.tenant.id):
        await set_holidays(salon.location_id, "NG")
        await change_resource(salon.chair, properties={"basin": True}, capacity=2)
        await add_service(
            name="Colour and cut",
            minutes=90,
            price=2_000_000,
            demands=[DemandSpec(parts=(0, 2)), DemandSpec(kind="chair", properties={"basin": True})],
            rules=ServiceRules(segments=(30, 40, 20)),
        )
        await add_add_on(name="Hair mask", minutes=15, price=300_000, service_id=salon.colour)
        await set_override(salon.haircut, resource_id=salon.ada, minutes=60)
        await add_absence(salon.bola, starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=9))
        expected = await shop()

    status, out, err = await booka(database, "catalog", "show", "-t", salon.tenant.slug)
    assert (status, err) == (0, "")
    for said in (
        "Main street (Africa/Lagos, closed on the public holidays of NG)",
        "Mon 10:00-16:00, Tue 10:00-16:00",
        "takes staff (segments 0 and 2), chair (basin True)",
        "segments [30, 40, 20]",
        "with Ada: 60 min",
        "with Full colour",
        "basin True, 2 at a time",
        "Senior stylist, at Main street and Second street",
        "Colourist, at Main street, 1 absence",
    ):
        assert said in out, out

    status, out, err = await booka(database, "catalog", "show", "-t", salon.tenant.slug, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == expected.model_dump(mode="json")
    assert str(chain.branch) in out


async def test_an_empty_business_and_an_unknown_one(database: TestDatabase, tenant: object) -> None:
    status, out, _ = await booka(database, "catalog", "show", "-t", "glow")
    assert (status, out) == (0, "")
    status, _, err = await booka(database, "catalog", "show", "-t", "nobody")
    assert (status, err) == (1, "booka: There is no such tenant.\n")
