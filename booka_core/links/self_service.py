"""What the holder of a manage link does without an account: see one reservation, look for another time, move it, cancel
it, and say how it was. Each finds the tenant in the link, so callers bind nothing, and acts as that customer: the
notice limits of the business hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from booka_core.booking.attendance import rate
from booka_core.booking.commands import cancel_reservation, notice_minutes
from booka_core.booking.lifecycle import AHEAD, TRANSITIONS
from booka_core.booking.moves import approve_move, move_reservation, wish_of
from booka_core.booking.queries import get_reservation, read_reservation
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.catalog.queries import read_shop, shop
from booka_core.catalog.types import Catalogue, LocationInfo
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.links.errors import NoLongerOpen, TakesNoChanges
from booka_core.links.manage import open_manage_link
from booka_core.links.types import Closed, ManagedReservation
from booka_core.offers.prepare import prepare
from booka_core.offers.queries import offered
from booka_core.offers.types import OfferedSlot
from booka_core.tenancy.queries import get_tenant, read_tenant
from booka_core.tenancy.types import TenantInfo

MOST_DAYS = 31


async def managed(token: str) -> ManagedReservation:
    """The reservation of a link and what can be done with it. Raises `BadManageLink`."""
    with _opened(token) as reservation_id:
        return await _managed(reservation_id)


async def managed_times(token: str, *, from_day: date, days: int) -> list[OfferedSlot]:
    """The starts to which the reservation can be moved, on at most 31 local days; its own time makes way for it.

    Raises `BadManageLink`, `NoLongerOpen`.
    """
    with _opened(token) as reservation_id:
        current = await get_reservation(reservation_id)
        _require_open(current)
        offer = await prepare(
            wish_of(current, (await shop()).catalogue, starts_at=current.starts_at),
            first=from_day,
            days=max(1, min(days, MOST_DAYS)),
            customer_id=current.customer_id,
            moving=current.id,
        )
        return offered(offer)


async def cancel_managed(
    token: str, *, reason: str = "", source: str = "web", expected_version: int | None = None
) -> ManagedReservation:
    """Cancel it. Raises `BadManageLink`, `NoLongerOpen`, `TakesNoChanges` and what `cancel_reservation` raises."""
    with _opened(token) as reservation_id:
        current = await _open_for_changes(reservation_id)
        await cancel_reservation(
            reservation_id=reservation_id,
            actor=_customer(current),
            source=source,
            reason=reason.strip()[:300],
            expected_version=expected_version,
        )
        return await _managed(reservation_id)


async def move_managed(
    token: str, *, starts_at: datetime, source: str = "web", expected_version: int | None = None
) -> ManagedReservation:
    """Give it another time, with the same people where they are free.

    Raises `BadManageLink`, `NoLongerOpen`, `TakesNoChanges` and what `approve_move` and `move_reservation` raise.
    """
    with _opened(token) as reservation_id:
        current = await _open_for_changes(reservation_id)
        await move_reservation(
            reservation_id=reservation_id,
            starts_at=starts_at,
            approval=await approve_move(reservation_id=reservation_id, starts_at=starts_at),
            actor=_customer(current),
            source=source,
            expected_version=expected_version,
        )
        return await _managed(reservation_id)


async def rate_managed(token: str, *, rating: int, review: str = "", source: str = "web") -> ManagedReservation:
    """Say how it was. Raises `BadManageLink`, `TakesNoChanges` and what `rate` raises."""
    with _opened(token) as reservation_id:
        if (await get_tenant()).status == "suspended":
            raise TakesNoChanges
        current = await get_reservation(reservation_id)
        await rate(reservation_id=reservation_id, rating=rating, review=review, actor=_customer(current), source=source)
        return await _managed(reservation_id)


@contextmanager
def _opened(token: str) -> Iterator[UUID]:
    tenant_id, reservation_id = open_manage_link(token)
    with bind_tenant(tenant_id):
        yield reservation_id


def _customer(reservation: ReservationInfo) -> Actor:
    return Actor(kind="customer", id=reservation.customer_id)


async def _open_for_changes(reservation_id: UUID) -> ReservationInfo:
    if (await get_tenant()).status == "suspended":
        raise TakesNoChanges
    current = await get_reservation(reservation_id)
    _require_open(current)
    return current


def _require_open(reservation: ReservationInfo) -> None:
    # What the verbs themselves allow a colleague: cancelling what has begun, say. A link does not.
    if reservation.status in AHEAD and reservation.starts_at <= clock.now():
        raise NoLongerOpen


async def _managed(reservation_id: UUID) -> ManagedReservation:
    async with tenant_scope() as connection:
        tenant = await read_tenant(connection)
        catalogue = (await read_shop(connection, tenant.catalog_revision)).catalogue
        reservation = await read_reservation(connection, reservation_id)
        notice = await notice_minutes(connection, reservation)
    place = _place(reservation, catalogue)
    until = reservation.starts_at - timedelta(minutes=notice)
    return ManagedReservation(
        business=tenant.name,
        slug=tenant.slug,
        locale=tenant.locale,
        zone=place.zone if place else tenant.zone,
        place=place.name if place else "",
        address=place.address if place else "",
        reservation=reservation,
        notice_minutes=notice,
        changeable_until=until,
        move_closed=_closed("move", reservation, tenant, until=until),
        cancel_closed=_closed("cancel", reservation, tenant, until=until),
        rate_closed="not_confirmed" if reservation.status != "completed" else _suspended(tenant),
    )


def _closed(verb: str, reservation: ReservationInfo, tenant: TenantInfo, *, until: datetime) -> Closed:
    if reservation.status not in AHEAD:
        return "ended"
    if reservation.starts_at <= clock.now():
        return "begun"
    if reservation.status not in TRANSITIONS[verb].allowed:
        return "not_confirmed"
    if clock.now() > until and reservation.status != "held":
        return "too_late"
    return _suspended(tenant)


def _suspended(tenant: TenantInfo) -> Closed:
    return "suspended" if tenant.status == "suspended" else ""


def _place(reservation: ReservationInfo, catalogue: Catalogue) -> LocationInfo | None:
    found = (place for place in catalogue.locations if place.id == reservation.location_id)
    return next(found, catalogue.location)
