"""Consent of the plugins to a booking, asked for before any transaction opens.

The consent carries a fingerprint of exactly what was asked (whom, what, when, for whom), and the verb that uses it
compares, so that nothing can be changed between the question and the deed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booka_core.booking.errors import BookingRefused, NeedsPerson
from booka_core.booking.planning import Plan
from booka_core.booking.queries import get_reservation, visits
from booka_core.booking.types import Approval, ReservationInfo
from booka_core.catalog.queries import catalogue
from booka_core.db.scope import current_tenant
from booka_core.kernel.logging import get_logger
from booka_core.plugins.facade import hooks
from booka_core.plugins.queries import effective_slugs
from booka_core.sdk.booking import BookingDraft, BookingVerdict

log = get_logger(__name__)
_UNSURE = "one of our checks did not answer"


def fingerprint(*, customer_id: UUID, service_id: UUID, starts_at: datetime, resource_ids: Sequence[UUID]) -> str:
    """A short hash of what a booking is about."""
    parts = [str(customer_id), str(service_id), starts_at.isoformat(), *sorted(str(r) for r in resource_ids)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


async def approve_reservation(reservation_id: UUID) -> Approval:
    """Ask about a held reservation as it stands. Raises `BookingRefused`, `NeedsPerson`, `ReservationNotFound`."""
    found = await get_reservation(reservation_id)
    service = (await catalogue()).service(found.service_id)
    return await _approve(found, category=service.category if service else "")


async def approve_plan(plan: Plan) -> Approval:
    """Ask about a booking that is not written yet. Raises `BookingRefused` or `NeedsPerson`."""
    return await _approve(plan, category=plan.category)


async def _approve(wish: Plan | ReservationInfo, *, category: str) -> Approval:
    """Ask every plugin of the bound tenant; the strictest answer counts."""
    resource_ids = tuple(resource.id for resource in wish.resources)
    advice: tuple[str, ...] = ()
    if await effective_slugs(current_tenant(), hook="booka_booking_check"):
        advice = await _ask(
            BookingDraft(
                service_id=wish.service_id,
                service_name=wish.service_name,
                service_category=category,
                resource_ids=resource_ids,
                customer_id=wish.customer_id,
                customer_visits=await visits(wish.customer_id),
                starts_at=wish.starts_at,
                ends_at=wish.ends_at,
                price=wish.price,
                party_size=wish.party_size,
                intake=wish.intake,
            )
        )
    return Approval(
        fingerprint=fingerprint(
            customer_id=wish.customer_id,
            service_id=wish.service_id,
            starts_at=wish.starts_at,
            resource_ids=resource_ids,
        ),
        advice=advice,
    )


async def _ask(draft: BookingDraft) -> tuple[str, ...]:
    verdicts: list[BookingVerdict] = []
    for outcome in await hooks().booking_check(current_tenant(), draft):
        if outcome.error is not None:
            log.warning("booking.check_failed", plugin=outcome.plugin, error=str(outcome.error))
        if outcome.value is not None:
            verdicts.append(outcome.value)
    for verdict in verdicts:
        if verdict.decision == "refuse":
            raise BookingRefused(verdict.message, reason=verdict.code, not_before=verdict.not_before)
    for verdict in verdicts:
        if verdict.decision == "hold":
            raise NeedsPerson(verdict.message or _UNSURE, reason=verdict.code)
    return tuple(verdict.message for verdict in verdicts if verdict.message)
