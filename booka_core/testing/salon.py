"""A salon to book in: two stylists, a chair each may use, a few services, and a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from booka_core.catalog.commands import add_location, add_resource, add_service
from booka_core.catalog.hours import set_weekly_hours
from booka_core.customers.commands import recognise
from booka_core.db.scope import bind_tenant
from booka_core.tenancy.types import TenantInfo


@dataclass(frozen=True)
class Salon:
    """The ids a test needs. Open Monday to Saturday, 09:00 to 18:00 in Lagos (UTC+1, no daylight saving)."""

    tenant: TenantInfo
    location_id: UUID
    ada: UUID
    bola: UUID
    chair: UUID
    haircut: UUID
    braids: UUID
    colour: UUID
    customer_id: UUID

    def at(self, hour: int, minute: int = 0, *, day: int = 3, month: int = 3) -> datetime:
        """An instant by the salon's wall clock in 2026; the third of March is a Tuesday."""
        return datetime(2026, month, day, hour - 1, minute, tzinfo=UTC)


async def open_salon(tenant: TenantInfo) -> Salon:
    """Fill a tenant. A haircut takes 45 minutes and 5 after, by Ada or Bola; braids take two hours, by Ada alone;
    a colour takes an hour, 10 minutes before and 15 after, by Bola, and the one chair.
    """
    with bind_tenant(tenant.id):
        location = await add_location(name="Main street", zone=tenant.zone)
        await set_weekly_hours({day: [(540, 1080)] for day in range(6)}, location_id=location)
        haircut = await add_service(
            name="Haircut", minutes=45, buffer_after=5, price=1_200_000, synonyms=["cut", "trim"]
        )
        braids = await add_service(name="Knotless braids", minutes=120, price=4_500_000, synonyms=["braids"])
        colour = await add_service(
            name="Full colour",
            minutes=60,
            buffer_before=10,
            buffer_after=15,
            price=3_500_000,
            category="colour",
            demands=["staff", "chair"],
        )
        ada = await add_resource(
            location_id=location, name="Ada", title="Senior stylist", hue=265, service_ids=[haircut, braids]
        )
        bola = await add_resource(
            location_id=location, name="Bola", title="Colourist", hue=20, service_ids=[haircut, colour]
        )
        chair = await add_resource(location_id=location, name="Chair 1", kind="chair")
        customer = await recognise(
            channel="whatsapp", external_id="2348012345678@s.whatsapp.net", phone="+2348012345678", name="Zainab Musa"
        )
    return Salon(
        tenant=tenant,
        location_id=location,
        ada=ada,
        bola=bola,
        chair=chair,
        haircut=haircut,
        braids=braids,
        colour=colour,
        customer_id=customer.id,
    )


@dataclass(frozen=True)
class Chain:
    """A salon with a second place; `chidi` belongs there, and Ada works there on Saturdays."""

    salon: Salon
    branch: UUID
    chidi: UUID


async def open_chain(salon: Salon, *, zone: str | None = None) -> Chain:
    """Open a branch, Monday to Saturday from 10:00 to 16:00 in `zone` (the salon's unless told).

    Chidi cuts hair there. Ada is at the main place from Monday to Friday, and at the branch on Saturdays.
    """
    with bind_tenant(salon.tenant.id):
        branch = await add_location(name="Second street", zone=zone or salon.tenant.zone)
        await set_weekly_hours({day: [(600, 960)] for day in range(6)}, location_id=branch)
        chidi = await add_resource(location_id=branch, name="Chidi", hue=100, service_ids=[salon.haircut])
        await set_weekly_hours(
            {day: [(540, 1080)] for day in range(5)}, location_id=salon.location_id, resource_id=salon.ada
        )
        await set_weekly_hours({5: [(600, 960)]}, location_id=branch, resource_id=salon.ada)
    return Chain(salon=salon, branch=branch, chidi=chidi)
