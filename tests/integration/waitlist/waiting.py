"""A day on which nothing is free, people who wait for it, and what a worker would do meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from booka_core.booking import commands as booking
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.customers.commands import add_customer
from booka_core.db.scope import tenant_scope
from booka_core.jobs import runner
from booka_core.kernel import clock
from booka_core.offers.types import Wish
from booka_core.runtime.wiring import connect_rooms
from booka_core.tenancy.commands import change_settings
from booka_core.tenancy.queries import get_tenant
from booka_core.testing.salon import Salon
from booka_core.waitlist.answers import answer
from booka_core.waitlist.commands import join
from booka_core.waitlist.queries import latest_offer, offers_of
from booka_core.waitlist.types import EntryInfo, OfferAnswer, OfferInfo

DESK = Actor(kind="user", label="Ngozi")
HOURS = (9, 11, 13, 15)
"""When braids by Ada fill a day: each takes two hours, and the hour that is left is too short for any."""


@dataclass
class FullDay:
    """A Tuesday on which Ada braids all day. `booked` has the reservations by their hour."""

    salon: Salon
    booked: dict[int, ReservationInfo]

    async def free(self, hour: int) -> None:
        """The customer of that hour cancels, and the work that follows is done."""
        await booking.cancel_reservation(reservation_id=self.booked[hour].id, actor=DESK, source="admin")
        await work()

    async def waits(self, name: str, *, last_hour: int = 18, first_hour: int = 8, **more: Any) -> EntryInfo:
        """Somebody new joins the waitlist for braids on that day. Nobody has looked for them yet."""
        clock.advance(timedelta(seconds=1))
        customer = await add_customer(name=name)
        wish: dict[str, Any] = {
            "customer_id": customer.id,
            "service_id": self.salon.braids,
            "wanted_from": self.salon.at(first_hour),
            "wanted_until": self.salon.at(last_hour),
            "source": "web",
        }
        return await join(**{**wish, **more})


async def full_day(salon: Salon) -> FullDay:
    """Fill Ada's Tuesday."""
    connect_rooms()
    booked = {}
    for hour in HOURS:
        customer = await add_customer(name=f"Regular of {hour}")
        booked[hour] = await booking.book(
            Wish.of(service_id=salon.braids, starts_at=salon.at(hour)),
            customer_id=customer.id,
            actor=DESK,
            source="admin",
        )
    await work()
    return FullDay(salon, booked)


async def work() -> None:
    """Everything that is due is done, as by a worker."""
    await runner.drain()


async def pass_minutes(minutes: int) -> None:
    """Time goes by, and what falls due is done."""
    clock.advance(timedelta(minutes=minutes))
    await work()


async def rules(**changed: object) -> None:
    """Change some of the business's settings."""
    await change_settings((await get_tenant()).settings.model_copy(update=changed))


async def offer_to(entry: EntryInfo) -> OfferInfo:
    """The latest offer of an entry."""
    found = await latest_offer(entry.customer_id)
    assert found is not None, f"{entry.customer_name} was offered nothing"
    assert found.entry_id == entry.id
    return found


async def asked(entries: Sequence[EntryInfo]) -> list[str]:
    """The names of those who have an open offer."""
    return [
        entry.customer_name or ""
        for entry in entries
        if any(offer.status == "open" for offer in await offers_of(entry.id))
    ]


async def says(entry: EntryInfo, accept: bool) -> OfferAnswer:
    """The customer answers their latest offer."""
    offer = await offer_to(entry)
    actor = Actor(kind="customer", id=entry.customer_id)
    return await answer(offer_id=offer.id, accept=accept, actor=actor, source="whatsapp")


async def rows(sql: str, *values: object) -> list[dict[str, Any]]:
    """What the database says, seen through the tenant's policy."""
    async with tenant_scope() as connection:
        return await connection.execute_query_dict(sql, list(values))


async def whose(hour: int, salon: Salon) -> list[UUID]:
    """Whose a start is, as far as the book of the salon says: one customer at most, or something is wrong."""
    found = await rows(
        "select customer_id from reservations where starts_at = $1 and status in ('confirmed', 'pending')",
        salon.at(hour),
    )
    return [row["customer_id"] for row in found]


async def lost(entry: EntryInfo) -> int:
    """How often a customer was told that somebody else has the time."""
    found = await rows(
        "select count(*) as n from outbox_events where type = 'waitlist.place.lost.v1' and subject = $1",
        f"waitlist:{entry.id}",
    )
    return int(found[0]["n"])
