"""Clients are remembered right, however often an event comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from booka_core.sdk.events import AnyEvent, AppointmentBooked, AppointmentCancelled, AppointmentMoved, ReminderDue
from booka_core.testing import tenants
from booka_core.testing.tenants import TenantInfo, installed_plugins

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLIENT, ADA, BOLA = uuid4(), uuid4(), uuid4()


@pytest_asyncio.fixture(loop_scope="session")
async def salon(tenant: TenantInfo) -> AsyncIterator[TenantInfo]:
    """A salon with the plugin on, as every salon has it."""
    with installed_plugins():
        yield tenant


def facts(reservation: UUID, *, stylist: UUID, day: int) -> dict[str, Any]:
    start = MONDAY + timedelta(days=day)
    return {
        "reservation_id": reservation,
        "reference": "K7QM2",
        "customer_id": CLIENT,
        "service_id": uuid4(),
        "service_name": "Haircut",
        "resource_ids": (stylist,),
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "source": "whatsapp",
    }


def booked(reservation: UUID, *, stylist: UUID, day: int) -> AppointmentBooked:
    return AppointmentBooked(**facts(reservation, stylist=stylist, day=day))


async def deliver(salon: TenantInfo, *events: AnyEvent) -> None:
    await tenants.deliver(salon.id, "beauty", *events)


async def remembered(salon: TenantInfo) -> tuple[int, UUID | None, datetime | None] | None:
    found = await tenants.rows(
        salon.id,
        "select visits, last_stylist_id, last_visit_at from beauty_client_preferences where customer_id = $1",
        [CLIENT],
    )
    return (found[0]["visits"], found[0]["last_stylist_id"], found[0]["last_visit_at"]) if found else None


async def test_visits_are_counted_with_the_latest_stylist(salon: TenantInfo) -> None:
    await deliver(salon, booked(uuid4(), stylist=BOLA, day=7), booked(uuid4(), stylist=ADA, day=1))
    assert await remembered(salon) == (2, BOLA, MONDAY + timedelta(days=7))


async def test_an_event_that_comes_twice_counts_once(salon: TenantInfo) -> None:
    event = booked(uuid4(), stylist=ADA, day=1)
    await deliver(salon, event, event, event)
    assert await remembered(salon) == (1, ADA, MONDAY + timedelta(days=1))


async def test_a_moved_visit_is_the_same_visit(salon: TenantInfo) -> None:
    reservation = uuid4()
    moved = AppointmentMoved(**facts(reservation, stylist=BOLA, day=3), previous_starts_at=MONDAY)
    await deliver(salon, booked(reservation, stylist=ADA, day=1), moved)
    assert await remembered(salon) == (1, BOLA, MONDAY + timedelta(days=3))


async def test_a_cancelled_visit_no_longer_counts_even_when_its_booking_is_told_again(salon: TenantInfo) -> None:
    kept, dropped = uuid4(), uuid4()
    await deliver(
        salon,
        booked(kept, stylist=ADA, day=1),
        booked(dropped, stylist=BOLA, day=5),
        AppointmentCancelled(**facts(dropped, stylist=BOLA, day=5)),
        booked(dropped, stylist=BOLA, day=5),
    )
    assert await remembered(salon) == (1, ADA, MONDAY + timedelta(days=1))
    await deliver(salon, AppointmentCancelled(**facts(kept, stylist=ADA, day=1)))
    assert await remembered(salon) == (0, None, None)


async def test_visits_told_at_the_same_moment_are_all_counted(salon: TenantInfo) -> None:
    await asyncio.gather(*(deliver(salon, booked(uuid4(), stylist=ADA, day=day)) for day in range(8)))
    assert await remembered(salon) == (8, ADA, MONDAY + timedelta(days=7))


async def test_events_about_something_else_leave_no_trace(salon: TenantInfo) -> None:
    await deliver(salon, ReminderDue(reservation_id=uuid4(), customer_id=CLIENT, starts_at=MONDAY))
    assert await remembered(salon) is None


async def test_another_business_sees_nothing_of_it(salon: TenantInfo) -> None:
    await deliver(salon, booked(uuid4(), stylist=ADA, day=1))
    for table in ("beauty_client_preferences", "beauty_counted_visits"):
        assert await tenants.rows(uuid4(), f"select 1 from {table}") == []


@pytest.mark.parametrize("table", ["beauty_client_preferences", "beauty_counted_visits"])
async def test_its_tables_are_under_the_tenant_policy(salon: TenantInfo, table: str) -> None:
    found = await tenants.rows(
        salon.id, "select relrowsecurity and relforcerowsecurity as forced from pg_class where relname = $1", [table]
    )
    assert found[0]["forced"] is True
