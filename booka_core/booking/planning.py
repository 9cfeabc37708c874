"""From a wish to plans: which people and things would serve a start, best first. Nothing here writes; whether a plan
holds is decided by the constraint when it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booka_core.availability import TimeCheck, assign, explain_start, minute_of
from booka_core.booking.errors import BadIntake, BadPartySize, SlotNotOffered, SlotTaken
from booka_core.booking.offers import Offer, prepare_start
from booka_core.booking.types import ReservationInfo, ReservedResource
from booka_core.forms import faults_in
from booka_core.plugins.catalogue import vertical
from booka_core.sdk.values import Money

_MOST_PLANS = 12  # people tried for one booking before its time is called taken


@dataclass(frozen=True, slots=True)
class Plan:
    """A booking that is ready to be written: what, whom it takes, and when. `resources` has one per demand."""

    customer_id: UUID
    service_id: UUID
    service_name: str
    category: str
    resources: tuple[ReservedResource, ...]
    starts_at: datetime
    minutes: int
    buffer_before: int
    buffer_after: int
    price: Money
    party_size: int
    intake: dict[str, Any]
    note: str
    source: str
    reminder_minutes: tuple[int, ...]

    @property
    def resource_ids(self) -> tuple[UUID, ...]:
        """Whom and what it takes."""
        return tuple(resource.id for resource in self.resources)

    @property
    def ends_at(self) -> datetime:
        """When the customer leaves."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def occupied(self) -> tuple[datetime, datetime]:
        """The time taken from the resources, buffers inside."""
        return (
            self.starts_at - timedelta(minutes=self.buffer_before),
            self.ends_at + timedelta(minutes=self.buffer_after),
        )


async def offer_start(
    *,
    service_id: UUID,
    starts_at: datetime,
    resource_id: UUID | None,
    party_size: int = 1,
    intake: dict[str, Any] | None = None,
) -> Offer:
    """The question about one start. Raises `BadPartySize`, `BadIntake` and `SlotNotOffered` for what no hours mend."""
    if not 1 <= party_size <= 500:
        raise BadPartySize
    _require_whole_minute(starts_at)
    offer = await prepare_start(service_id=service_id, starts_at=starts_at, resource_id=resource_id)
    if intake:
        faults = faults_in(intake, vertical(offer.tenant.vertical).intake, partial=True)
        if faults:
            raise BadIntake(" ".join(f"{fault.where}: {fault.message}." for fault in faults))
    return offer


def plan_booking(
    offer: Offer,
    starts_at: datetime,
    customer_id: UUID,
    *,
    party_size: int,
    intake: dict[str, Any] | None,
    note: str,
    source: str,
    prefer: Sequence[UUID] = (),
) -> list[Plan]:
    """Every way to serve this start. First come those of `prefer`, then those with the least to do around that day.

    Raises `SlotTaken` or `SlotNotOffered` when there is none.
    """
    report = explain_start(offer.query, minute_of(starts_at))
    if not report.check.free:
        if report.check.reason == "busy":
            raise SlotTaken
        raise SlotNotOffered(reason=report.check.reason)
    load = {resource: sum(end - start for start, end in busy) for resource, busy in offer.query.busy.items()}

    def ranked(answers: Sequence[tuple[UUID, TimeCheck]]) -> list[UUID]:
        free = [resource for resource, check in answers if check.free]
        return sorted(free, key=lambda resource: (resource not in prefer, load.get(resource, 0), str(resource)))

    by_demand = [ranked(answers) for answers in report.by_demand]
    service = offer.service
    plans: dict[tuple[UUID, ...], Plan] = {}
    for turn in range(min(_MOST_PLANS, max(len(ranks) for ranks in by_demand))):
        chosen = assign([ranks[turn % len(ranks) :] + ranks[: turn % len(ranks)] for ranks in by_demand])
        if chosen is not None and chosen not in plans:
            plans[chosen] = Plan(
                customer_id=customer_id,
                service_id=service.id,
                service_name=service.name,
                category=service.category,
                resources=_named(offer, chosen),
                starts_at=starts_at,
                minutes=service.minutes,
                buffer_before=service.buffer_before,
                buffer_after=service.buffer_after,
                price=service.price,
                party_size=party_size,
                intake=intake or {},
                note=note,
                source=source,
                reminder_minutes=offer.tenant.settings.reminder_minutes,
            )
    return list(plans.values())


async def plan_move(current: ReservationInfo, *, starts_at: datetime, resource_id: UUID | None) -> Plan:
    """The best way to serve a reservation at another time, with the same people where they are free."""
    _require_whole_minute(starts_at)
    offer = await prepare_start(
        service_id=current.service_id, starts_at=starts_at, resource_id=resource_id, moving=current.id
    )
    return plan_booking(
        offer,
        starts_at,
        current.customer_id,
        party_size=current.party_size,
        intake=current.intake,
        note=current.note,
        source=current.source,
        prefer=[resource.id for resource in current.resources],
    )[0]


def _named(offer: Offer, chosen: Sequence[UUID]) -> tuple[ReservedResource, ...]:
    found = (offer.catalogue.resource(resource_id) for resource_id in chosen)
    return tuple(ReservedResource(id=r.id, name=r.name, kind=r.kind) for r in found if r is not None)


def _require_whole_minute(starts_at: datetime) -> None:
    if starts_at.second or starts_at.microsecond:
        raise SlotNotOffered(reason="off_grid")
