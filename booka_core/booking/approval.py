"""Consent of the plugins to a booking, asked for before any transaction opens.

The consent carries a fingerprint of exactly what was asked (whom, what, when, for whom), and the verb that uses it
compares, so that nothing can be changed between the question and the deed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from booka_core.booking.errors import BookingRefused, NeedsPerson
from booka_core.booking.planning import Plan
from booka_core.booking.queries import get_reservation, visits
from booka_core.booking.types import Approval
from booka_core.catalog.queries import catalogue
from booka_core.db.scope import current_tenant
from booka_core.kernel.logging import get_logger
from booka_core.plugins.facade import hooks
from booka_core.sdk.booking import BookingDraft, BookingVerdict
from booka_core.sdk.values import Money

log = get_logger(__name__)
_UNSURE = "one of our checks did not answer"


def fingerprint(*, customer_id: UUID, service_id: UUID, starts_at: datetime, resource_ids: Sequence[UUID]) -> str:
    """A short hash of what a booking is about."""
    parts = [str(customer_id), str(service_id), starts_at.isoformat(), *sorted(str(r) for r in resource_ids)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


async def approve_reservation(reservation_id: UUID) -> Approval:
    """Ask about a held reservation as it stands. Raises `BookingRefused`, `NeedsPerson`, `ReservationNotFound`."""
    found = await get_reservation(reservation_id)
    return await _approve(
        customer_id=found.customer_id,
        service_id=found.service_id,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        resource_ids=[r.id for r in found.resources],
        price=found.price,
        party_size=found.party_size,
        intake=found.intake,
    )


async def approve_plan(plan: Plan) -> Approval:
    """Ask about a booking that is not written yet. Raises `BookingRefused` or `NeedsPerson`."""
    return await _approve(
        customer_id=plan.customer_id,
        service_id=plan.service_id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        resource_ids=plan.resource_ids,
        price=plan.price,
        party_size=plan.party_size,
        intake=plan.intake,
    )


async def _approve(
    *,
    customer_id: UUID,
    service_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    resource_ids: Sequence[UUID],
    price: Money,
    party_size: int,
    intake: dict[str, Any],
) -> Approval:
    """Ask every plugin of the bound tenant; the strictest answer counts."""
    service = (await catalogue()).service(service_id)
    await _ask(
        BookingDraft(
            service_id=service_id,
            service_name=service.name if service else "",
            service_category=service.category if service else "",
            resource_ids=tuple(resource_ids),
            customer_id=customer_id,
            customer_visits=await visits(customer_id),
            starts_at=starts_at,
            ends_at=ends_at,
            price=price,
            party_size=party_size,
            intake=intake,
        )
    )
    return Approval(
        fingerprint=fingerprint(
            customer_id=customer_id, service_id=service_id, starts_at=starts_at, resource_ids=resource_ids
        )
    )


async def _ask(draft: BookingDraft) -> None:
    verdicts: list[BookingVerdict] = []
    for outcome in await hooks().booking_check(current_tenant(), draft):
        if outcome.error is not None:
            log.warning("booking.check_failed", plugin=outcome.plugin, error=str(outcome.error))
        if outcome.value is not None:
            verdicts.append(outcome.value)
    for verdict in verdicts:
        if verdict.decision == "refuse":
            raise BookingRefused(verdict.message, reason=verdict.code)
    for verdict in verdicts:
        if verdict.decision == "hold":
            raise NeedsPerson(verdict.message or _UNSURE, reason=verdict.code)
