"""Consent of the plugins to a booking, asked for before any transaction opens.

The consent carries a fingerprint of exactly what was asked (whom, what, when, for whom), and the verb that uses it
compares, so that nothing can be changed between the question and the deed.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from booka_core.booking.errors import ApprovalMismatch, BookingRefused, NeedsPerson
from booka_core.booking.plans import Plan
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


def fingerprint(wish: Plan | ReservationInfo) -> str:
    """A short hash of what a booking is about: for whom, what, when and with whom."""
    parts = [str(wish.customer_id), *sorted(str(item.service_id) for item in wish.items), wish.starts_at.isoformat()]
    parts += sorted(str(resource.id) for resource in wish.resources)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def require_approval(approval: Approval, reservation: ReservationInfo) -> None:
    """Raises `ApprovalMismatch` when the consent was to another booking."""
    if approval.fingerprint != fingerprint(reservation):
        raise ApprovalMismatch


async def approve_reservation(reservation_id: UUID, *, customer_id: UUID | None = None) -> Approval:
    """Ask about a held reservation as it stands, or as if it were another customer's.

    Raises `BookingRefused`, `NeedsPerson`, `ReservationNotFound`.
    """
    found = await get_reservation(reservation_id)
    if customer_id is not None:
        found = found.model_copy(update={"customer_id": customer_id})
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
                customer_visits=await _been_here(wish),
                starts_at=wish.starts_at,
                ends_at=wish.ends_at,
                price=wish.price,
                party_size=wish.party_size,
                intake=wish.intake,
            )
        )
    return Approval(
        fingerprint=fingerprint(wish),
        advice=advice,
    )


async def _been_here(wish: Plan | ReservationInfo) -> int:
    known = wish.customer_visits if isinstance(wish, Plan) else None
    return await visits(wish.customer_id) if known is None else known


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
