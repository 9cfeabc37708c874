"""The whole book against a book on paper, step by step, in zones with odd offsets and across the days on which clocks
change. Each planted fault below must turn the same run red, or the run would prove nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from booka_core.availability import zones
from booka_core.availability.types import Demand
from booka_core.db import lifecycle
from booka_core.jobs import hints
from booka_core.offers import prepare, visits
from booka_core.plugins.discovery import migration_apps
from booka_core.testing import database as databases
from booka_core.testing.servers import Servers
from tests.integration.booking.paper_book import Scene
from tests.integration.booking.paper_shop import Shop, open_shop
from tests.integration.booking.series_machine import SeriesMachine

EXAMPLES = int(os.environ.get("BOOKA_TEST_SOAK", "300"))
STEPS = 10
_EMPTY = "".join(
    f"delete from {table} where tenant_id = '{{tenant}}';"
    for table in (
        *("occupancies", "idempotency_keys", "reservation_logs", "reservations"),
        *("class_sessions", "series", "outbox_events", "jobs"),
    )
)


class Opened:
    """The product, open on a database of its own and on a loop of its own, for tests that are no coroutines."""

    def __init__(self, runner: asyncio.Runner, database: databases.TestDatabase) -> None:
        self.runner = runner
        self.database = database

        self.shops: dict[Scene, Shop] = {}

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    async def fresh_shop(self, scene: Scene) -> Shop:
        """The salon of a scene. It is opened once and emptied for every example, which is much quicker."""
        if scene not in self.shops:
            self.shops[scene] = await open_shop(scene)
        else:
            async with self.database.connect("superuser") as connection:
                await connection.execute(_EMPTY.format(tenant=self.shops[scene].tenant))
        return self.shops[scene]

    def explore(self, *, examples: int) -> None:
        machine = type(
            "Machine", (SeriesMachine,), {"run": staticmethod(self.run), "fresh_shop": staticmethod(self.fresh_shop)}
        )
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=(Phase.generate,),  # ten steps can be read; making them fewer takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.fixture
def opened(postgres_server: Servers, redis_url: str, plugins: None) -> Iterator[Opened]:
    with asyncio.Runner() as runner:
        template = runner.run(databases.ensure_template(postgres_server, redis_url))
        mine = runner.run(
            databases.create_database(postgres_server, template=template, worker="stateful", redis_url=redis_url)
        )
        try:
            with databases.environment(mine.environment):
                runner.run(lifecycle.open_database(apps=migration_apps(), pool=2))
                try:
                    yield Opened(runner, mine)
                finally:
                    runner.run(_close())
        finally:
            runner.run(databases.drop_database(postgres_server, mine))


async def _close() -> None:
    await hints.close()
    await lifecycle.close_database()


@pytest.mark.timeout(0 if EXAMPLES > 1000 else 600)
def test_whatever_happens_the_book_is_the_book_on_paper(opened: Opened) -> None:
    opened.explore(examples=EXAMPLES)


def _planted(opened: Opened, *, told: str) -> None:
    """Enough of the same to find a planted fault, and to be told of it in the words of the book."""
    with pytest.raises(AssertionError, match=told):
        opened.explore(examples=60)


def test_without_the_constraint_and_the_look_before_it_a_time_is_sold_twice(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def drop() -> None:
        async with opened.database.connect("owner") as connection:
            await connection.execute("alter table occupancies drop constraint occupancies_no_overlap")

    async def nobody_is_busy(*_: object, **__: object) -> dict[object, object]:
        return {}

    opened.run(drop())
    monkeypatch.setattr(prepare, "read_busy", nobody_is_busy)
    monkeypatch.setattr(SeriesMachine, "_agree_on_offers", lambda _: None)  # which would be the first to notice
    _planted(opened, told="is taken more than once|is not free|could not be")


def test_arithmetic_that_ignores_clock_changes_is_noticed(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_in_january(name: str) -> timezone:
        offset = datetime(2026, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(name)).utcoffset()
        assert offset is not None
        return timezone(offset)

    with _fresh_zones():
        monkeypatch.setattr(zones, "ZoneInfo", as_in_january)
        _planted(opened, told="is offered and not free|is free and not offered|is not free|is free$")
        monkeypatch.undo()


def test_forgotten_buffers_are_noticed(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_buffers(**parts: Any) -> Demand[Any]:
        return Demand(**{**parts, "before": 0, "after": 0})

    monkeypatch.setattr(visits, "Demand", without_buffers)
    _planted(opened, told="cannot take|is offered and not free|is not free")


@contextmanager
def _fresh_zones() -> Iterator[None]:
    """Nothing learnt about zones before is known inside, and nothing learnt inside is known afterwards."""
    _forget()
    try:
        yield
    finally:
        _forget()


def _forget() -> None:
    for known in vars(zones).values():
        if hasattr(known, "cache_clear"):
            known.cache_clear()
