"""D27: bookings that a colleague has to agree to, and that block the time until then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from booka_core.booking import attendance
from booka_core.booking.commands import book
from booka_core.booking.errors import IllegalTransition, SlotTaken, StaleVersion
from booka_core.booking.timeline import timeline
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.commands import add_resource, add_service
from booka_core.catalog.rules import ServiceRules
from booka_core.db.scope import tenant_scope
from booka_core.offers.types import Wish
from booka_core.testing.salon import Salon

DESK = Actor(kind="user", label="Ngozi")


async def bridal(salon: Salon) -> UUID:
    service = await add_service(name="Bridal", minutes=60, price=9_000_000, rules=ServiceRules(approval=True))
    await add_resource(location_id=salon.location_id, name="Chioma", service_ids=[service])
    return service


async def asked_for(salon: Salon, service: UUID) -> ReservationInfo:
    customer = Actor(kind="customer", id=salon.customer_id)
    wish = Wish.of(service_id=service, starts_at=salon.at(11))
    return await book(wish, customer_id=salon.customer_id, actor=customer, source="whatsapp")


async def told(reservation: ReservationInfo) -> list[dict[str, Any]]:
    async with tenant_scope() as connection:
        return await connection.execute_query_dict(
            "select type from outbox_events where subject = $1 order by seq", [f"reservation:{reservation.id}"]
        )


async def kinds(reservation: ReservationInfo) -> list[str]:
    return [row["type"].removeprefix("booking.").removesuffix(".v1") for row in await told(reservation)]


async def test_a_request_blocks_its_time_and_becomes_a_booking(salon: Salon, frozen_clock, plugins) -> None:
    service = await bridal(salon)
    request = await asked_for(salon, service)
    assert request.status == "pending"
    assert await kinds(request) == ["appointment.requested"]
    with pytest.raises(SlotTaken):
        await asked_for(salon, service)

    agreed = await attendance.approve_request(reservation_id=request.id, actor=DESK, source="admin")

    assert (agreed.status, agreed.version) == ("confirmed", request.version + 1)
    assert await kinds(request) == [
        "appointment.requested",
        "appointment.approved",
        "appointment.booked",
        "reminder.requested",
        "reminder.requested",
    ]
    with pytest.raises(SlotTaken):
        await asked_for(salon, service)
    assert (await timeline(request.id))[-1].sentence == "Approved by Ngozi at the front desk."


async def test_a_declined_request_says_why_and_frees_its_time(salon: Salon, frozen_clock, plugins) -> None:
    service = await bridal(salon)
    request = await asked_for(salon, service)
    declined = await attendance.decline_request(
        reservation_id=request.id, actor=DESK, source="admin", reason="we are away at a wedding"
    )
    assert declined.status == "declined"
    assert await kinds(request) == ["appointment.requested", "appointment.declined", "slot.freed"]
    assert (await timeline(request.id))[-1].sentence.endswith(": we are away at a wedding")
    assert (await asked_for(salon, service)).status == "pending"


async def test_a_request_is_decided_once(salon: Salon, frozen_clock, plugins) -> None:
    request = await asked_for(salon, await bridal(salon))
    with pytest.raises(StaleVersion):
        await attendance.approve_request(reservation_id=request.id, actor=DESK, source="admin", expected_version=9)
    await attendance.decline_request(reservation_id=request.id, actor=DESK, source="admin")
    for verb in (attendance.approve_request, attendance.decline_request):
        with pytest.raises(IllegalTransition):
            await verb(reservation_id=request.id, actor=DESK, source="admin")
    assert [line.action for line in await timeline(request.id)] == ["request", "decline"]
