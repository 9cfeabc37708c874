"""A plugin that ranks, one that fails at it, and one that has something against a booking."""

from __future__ import annotations

from types import ModuleType

import pytest

from booka_core.audit.types import COMMAND_LINE
from booka_core.plugins import commands, runtime
from booka_core.testing.plugins import PluginFolder, checking
from booka_core.testing.salon import Salon
from tests.integration.waitlist.waiting import asked, full_day, rules, says, whose, work

RANKING = """
import asyncio
from booka_core.sdk.hookspecs import hookimpl


@hookimpl
async def booka_waitlist_rank(ctx, freed, waiting):
    {body}
"""
LAST_FIRST = "return [someone.entry_id for someone in reversed(waiting)]"


async def first_asked(salon: Salon, folder: PluginFolder, body: str, *, on: bool = True) -> list[str]:
    """Who is asked of two people when a plugin ranks like this."""
    folder.add("ours", hooks=RANKING.replace("{body}", body))
    runtime.load()
    if on:
        await commands.enable("ours", COMMAND_LINE)
    await rules(waitlist_policy="ours")
    day = await full_day(salon)
    people = [await day.waits("Ada"), await day.waits("Obi")]
    await day.free(11)
    return await asked(people)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (LAST_FIRST, ["Obi"]),
        ("return [waiting[1].entry_id]", ["Obi"]),
        ("return []", []),
        ("return None", ["Ada"]),
        ("raise RuntimeError('no idea')", ["Ada"]),
        ("return 'Obi'", ["Ada"]),
        ("await asyncio.sleep(9)", ["Ada"]),
    ],
)
async def test_a_plugin_ranks_and_one_that_cannot_leaves_the_order_as_it_was(
    salon: Salon, frozen_clock: ModuleType, redis: object, plugin_folder: PluginFolder, body: str, expected: list[str]
) -> None:
    assert await first_asked(salon, plugin_folder, body) == expected


async def test_a_plugin_that_is_off_ranks_nobody(
    salon: Salon, frozen_clock: ModuleType, redis: object, plugin_folder: PluginFolder
) -> None:
    assert await first_asked(salon, plugin_folder, LAST_FIRST, on=False) == ["Ada"]


async def test_who_is_refused_by_a_plugin_hears_why_and_the_next_is_asked(
    salon: Salon, frozen_clock: ModuleType, redis: object, plugin_folder: PluginFolder
) -> None:
    runtime.load()
    day = await full_day(salon)
    people = [await day.waits("Ada"), await day.waits("Obi")]
    await day.free(11)
    plugin_folder.add("strict", hooks=checking("return BookingVerdict(decision='refuse', message='Not today.')"))
    runtime.load()
    await commands.enable("strict", COMMAND_LINE)
    told = await says(people[0], accept=True)
    assert (told.outcome, told.message) == ("refused", "Not today.")
    assert await whose(11, salon) == []
    await work()
    assert await asked(people) == ["Obi"]
    await commands.disable("strict", COMMAND_LINE)
    assert (await says(people[1], accept=True)).outcome == "booked"
    assert await whose(11, salon) == [people[1].customer_id]
