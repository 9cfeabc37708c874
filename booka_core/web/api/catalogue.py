"""What can be booked, by whom, and when."""

from __future__ import annotations

from quart import Blueprint, Response, g

from booka_core.booking.offers import availability
from booka_core.booking.queries import local_today
from booka_core.catalog.queries import catalogue
from booka_core.web.api.answers import Availability, Items, Service, Slot, StaffMember, answer
from booka_core.web.api.bodies import AvailabilityQuestion, question
from booka_core.web.requests import requires


@requires("catalogue.read", reading=True, credential="token")
async def services() -> Response:
    """GET /services: what the business offers."""
    shop = await catalogue()
    items = tuple(
        Service.of(service, staff_ids=tuple(person.id for person in shop.candidates(service, "staff")))
        for service in shop.services
        if service.active
    )
    return answer(Items(items=items))


@requires("catalogue.read", reading=True, credential="token")
async def staff() -> Response:
    """GET /staff: who serves."""
    shop = await catalogue()
    return answer(Items(items=tuple(StaffMember.of(person) for person in shop.staff if person.active)))


@requires("catalogue.read", reading=True, credential="token")
async def free_starts() -> Response:
    """GET /availability?service_id=…&from=2026-03-02&days=7: the starts that can be booked."""
    asked = question(AvailabilityQuestion)
    slots = await availability(
        service_id=asked.service_id,
        resource_id=asked.resource_id,
        from_day=asked.from_day or await local_today(),
        days=asked.days,
    )
    return answer(
        Availability(service_id=asked.service_id, zone=g.tenant.zone, items=tuple(Slot.of(slot) for slot in slots))
    )


def add_to(routes: Blueprint) -> None:
    routes.get("/services")(services)
    routes.get("/staff")(staff)
    routes.get("/availability")(free_starts)
