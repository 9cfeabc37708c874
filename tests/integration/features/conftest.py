"""A customer at the counter of the salon, who asks for times and books them through the public verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from booka_core.booking import commands, moves
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.offers import queries
from booka_core.offers.types import OfferedSlot, Wish
from booka_core.testing.salon import Salon

CUSTOMER = Actor(kind="customer")
COLLEAGUE = Actor(kind="user", label="Owner")


@dataclass
class Counter:
    """Says what the salon answers; every wish is for the salon's own customer unless another is named."""

    salon: Salon

    async def book(self, *, actor: Actor = CUSTOMER, customer_id: UUID | None = None, **wish: Any) -> ReservationInfo:
        """Book at once."""
        asked = wish.pop("wish", None) or Wish.of(**wish)
        return await commands.book(
            asked, customer_id=customer_id or self.salon.customer_id, actor=actor, source="whatsapp"
        )

    async def hold(self, *, actor: Actor = CUSTOMER, customer_id: UUID | None = None, **wish: Any) -> ReservationInfo:
        """Keep a time."""
        return await commands.hold_slot(
            Wish.of(**wish), customer_id=customer_id or self.salon.customer_id, actor=actor, source="whatsapp"
        )

    async def move(self, reservation: ReservationInfo, starts_at: datetime, **whom: Any) -> ReservationInfo:
        """Another time."""
        approval = await moves.approve_move(reservation_id=reservation.id, starts_at=starts_at, **whom)
        return await moves.move_reservation(
            reservation_id=reservation.id, starts_at=starts_at, approval=approval, actor=CUSTOMER, source="api", **whom
        )

    async def cancel(self, reservation: ReservationInfo) -> ReservationInfo:
        """Give a time back."""
        return await commands.cancel_reservation(reservation_id=reservation.id, actor=CUSTOMER, source="whatsapp")

    async def slots(self, day: date, *, days: int = 1, **wish: Any) -> list[OfferedSlot]:
        """What is offered on a day."""
        asked = wish.pop("wish", None) or Wish.of(starts_at=self.salon.at(9), **wish)
        customer = wish.get("customer_id")
        return await queries.availability(wish=asked, from_day=day, days=days, customer_id=customer)

    async def starts(self, day: date, **wish: Any) -> list[str]:
        """The local times offered on a day, as people say them."""
        slots = await self.slots(day, **wish)
        return [f"{slot.starts_at.hour + 1:02}:{slot.starts_at.minute:02}" for slot in slots]


@pytest.fixture
def counter(salon: Salon, frozen_clock: object, plugins: object) -> Counter:
    """The salon's counter on Monday, the second of March 2026, at 10:00 in Lagos."""
    return Counter(salon)
