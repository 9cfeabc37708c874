"""The live reservations page of one business, one reservation with its history, and cancelling it. Somebody whose role
reaches only to themselves sees their own column and their own bookings, and any other is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from quart import Blueprint, g, redirect, request
from quart.typing import ResponseReturnValue

from booka_core.booking import commands, queries
from booka_core.booking.errors import IllegalTransition, NoticeTooShort, ReservationNotFound
from booka_core.booking.types import Actor, ChangeInfo, DaySheet, ReservationInfo
from booka_core.customers.queries import get_customer
from booka_core.kernel import clock
from booka_core.sdk.errors import BadInput
from booka_core.tenancy.types import TenantInfo
from booka_core.web.admin.board import FEED_LENGTH, Board, build_board
from booka_core.web.admin.detail import build_detail
from booka_core.web.admin.shell import admin_page
from booka_core.web.requests import own_resource, requires

VIEWS = ("day", "list")


class BadDate(BadInput):
    """A date looks like 2026-11-21."""


@dataclass(frozen=True)
class Wanted:
    """Which part of the book a page shows; `only` narrows it to one person of the staff."""

    day: date | None
    view: str
    only: UUID | None


def blueprint() -> Blueprint:
    pages = Blueprint("admin_reservations", __name__, url_prefix="/admin/t/<tenant>/reservations")

    @pages.get("")
    @requires("booking.manage", reading=True, narrows=True)
    async def day(tenant: str) -> ResponseReturnValue:  # noqa: ARG001 - resolved to g.tenant before the view runs
        board = await load_board(g.tenant, wanted())
        return await admin_page("admin/reservations.html", "reservations", board=board)

    @pages.get("/<uuid:reservation_id>")
    @requires("booking.manage", reading=True, narrows=True)
    async def one(tenant: str, reservation_id: UUID) -> ResponseReturnValue:  # noqa: ARG001
        return await _detail(await _find(reservation_id))

    @pages.post("/<uuid:reservation_id>/cancel")
    @requires("booking.manage", narrows=True)
    async def cancel(tenant: str, reservation_id: UUID) -> ResponseReturnValue:
        reservation = await _find(reservation_id)
        actor = Actor(kind="user", id=g.person.user_id, label=g.person.name)
        try:
            reservation = await commands.cancel_reservation(
                reservation_id=reservation_id, actor=actor, source="admin", reason=""
            )
        except (IllegalTransition, NoticeTooShort) as refused:
            return await _detail(await _find(reservation_id), error=str(refused))
        if _partial():
            return await _detail(reservation)
        return redirect(f"/admin/t/{tenant}/reservations/{reservation_id}", 303)

    return pages


def wanted() -> Wanted:
    """What the request asks to see. Raises `BadDate`."""
    text = request.args.get("date", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadDate from error
    if day is not None and not 1970 < day.year < 9000:
        raise BadDate
    view = request.args.get("view", "day")
    return Wanted(day=day, view=view if view in VIEWS else "day", only=own_resource())


async def load_board(tenant: TenantInfo, asked: Wanted, *, opens_drawer: bool = True) -> Board:
    """The board of the bound tenant, read anew."""
    day = asked.day or await queries.local_today()
    sheet, changes = await queries.day_sheet(day), await queries.recent_changes(limit=FEED_LENGTH * 3)
    if asked.only is not None:
        sheet, changes = narrowed(sheet, changes, only=asked.only)
    return build_board(
        tenant=tenant, sheet=sheet, changes=changes, now=clock.now(), view=asked.view, opens_drawer=opens_drawer
    )


def narrowed(
    sheet: DaySheet, changes: tuple[ChangeInfo, ...], *, only: UUID
) -> tuple[DaySheet, tuple[ChangeInfo, ...]]:
    """What concerns one person alone. Their figures are theirs too."""
    mine = tuple(one for one in sheet.reservations if any(resource.id == only for resource in one.resources))
    staff = tuple(person for person in sheet.staff if person.id == only)
    open_minutes = sum((end - start).total_seconds() / 60 for person in staff for start, end in person.open_ranges)
    earning = [one for one in mine if one.status in ("confirmed", "checked_in", "completed", "no_show")]
    taken = sum((one.ends_at - one.starts_at).total_seconds() / 60 for one in earning)
    kept = sheet.model_copy(
        update={
            "reservations": mine,
            "staff": staff,
            "booked": sheet.booked.model_copy(update={"amount": sum(one.price.amount for one in earning)}),
            "free_minutes": max(0, int(open_minutes - taken)),
        }
    )
    return kept, tuple(change for change in changes if any(resource.id == only for resource in change.resources))


async def _find(reservation_id: UUID) -> ReservationInfo:
    reservation = await queries.get_reservation(reservation_id)
    only = own_resource()
    if only is not None and all(resource.id != only for resource in reservation.resources):
        raise ReservationNotFound
    return reservation


def _partial() -> bool:
    return request.headers.get("HX-Request") == "true"


async def _detail(reservation: ReservationInfo, *, error: str = "") -> ResponseReturnValue:
    history = await queries.history(reservation.id)
    customer = await get_customer(reservation.customer_id)
    detail = build_detail(reservation, history, tenant=g.tenant, phone=customer.phone)
    partial = _partial()
    template = "admin/reservation_detail.html" if partial else "admin/reservation.html"
    return await admin_page(template, "reservations", detail=detail, error=error, in_drawer=partial)
