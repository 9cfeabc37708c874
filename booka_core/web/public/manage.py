"""The page behind a manage link: one reservation, to see, move, cancel, rate and put into a calendar, without an
account and without scripts. The link is the proof; looking changes nothing, so a messenger's preview does no harm, and
every deed is a form of our own page.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from quart import Blueprint, Response, current_app, redirect, render_template, request
from quart.typing import ResponseReturnValue

from booka_core.booking.errors import (
    BadRating,
    BookingRefused,
    IllegalTransition,
    NeedsPerson,
    NotCompletedYet,
    NothingToMove,
    NoticeTooShort,
    ReviewTooLong,
    SlotTaken,
    StaleVersion,
)
from booka_core.identity.limits import Limit, Limiter
from booka_core.kernel import clock
from booka_core.kernel.settings import settings
from booka_core.links import self_service
from booka_core.links.errors import BadManageLink, NoLongerOpen, TakesNoChanges
from booka_core.links.types import ManagedReservation
from booka_core.offers.errors import SlotNotOffered
from booka_core.sdk.errors import BadInput, BookaError
from booka_core.web.public.calendar_file import MEDIA_TYPE, calendar_file
from booka_core.web.public.visit import DAYS, DONE, build_move, build_times, build_visit
from booka_core.web.requests import public

LOOKS_BY_CLIENT = Limit("manage-look", most=300, seconds=600)
DEEDS_BY_LINK = Limit("manage-deed", most=20, seconds=600)

_TOLD = (
    BadRating, BookingRefused, IllegalTransition, NeedsPerson, NoLongerOpen, NotCompletedYet, NothingToMove,
    NoticeTooShort, ReviewTooLong, SlotNotOffered, SlotTaken, StaleVersion, TakesNoChanges,
)  # fmt: skip
"""What a customer can do something about: said on the page on which it happened."""


class BadMoment(BadInput):
    """Choose one of the times on the page."""


def blueprint() -> Blueprint:
    pages = Blueprint("public_manage", __name__, url_prefix="/m/<token>")
    pages.register_error_handler(BadManageLink, _bad_link)
    _looks(pages)
    _deeds(pages)
    return pages


def _looks(pages: Blueprint) -> None:
    """What only shows."""

    @pages.get("")
    @public("the signed link is the proof; shows one reservation")
    async def see(token: str) -> ResponseReturnValue:
        await _look()
        managed = await self_service.managed(token)
        return await _page("visit.html", token, managed, done=DONE.get(request.args.get("done", ""), ""))

    @pages.get("/booking.ics")
    @public("the signed link is the proof; one reservation as a calendar file")
    async def calendar(token: str) -> ResponseReturnValue:
        await _look()
        managed = await self_service.managed(token)
        address = f"{settings().BOOKA_BASE_URL.rstrip('/')}/m/{token}"
        answer = Response(calendar_file(managed, address=address), content_type=MEDIA_TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="booking-{managed.reservation.reference}.ics"'
        return answer

    @pages.get("/times")
    @public("the signed link is the proof; shows the times to which the reservation can be moved")
    async def times(token: str) -> ResponseReturnValue:
        await _look()
        return await _times(token, await self_service.managed(token))

    @pages.get("/move")
    @public("the signed link is the proof; asks whether the reservation shall be moved")
    async def ask_move(token: str) -> ResponseReturnValue:
        await _look()
        managed, at = await self_service.managed(token), _moment(request.args.get("at", ""))
        if managed.move_closed:
            return await _page("visit.html", token, managed)
        day = at.astimezone(ZoneInfo(managed.zone)).date()
        slots = await self_service.managed_times(token, from_day=day, days=1)
        slot = next((slot for slot in slots if slot.starts_at == at), None)
        if slot is None:
            return await _times(token, managed, error=SlotTaken())
        return await _page("move.html", token, managed, move=build_move(managed, slot))

    @pages.get("/cancel")
    @public("the signed link is the proof; asks whether the reservation shall be cancelled")
    async def ask_cancel(token: str) -> ResponseReturnValue:
        await _look()
        return await _page("cancel.html", token, await self_service.managed(token))


def _deeds(pages: Blueprint) -> None:
    """What changes something."""

    @pages.post("/move")
    @public("the signed link is the proof; moves the reservation")
    async def move(token: str) -> ResponseReturnValue:
        form = await _deed(token)
        await self_service.managed(token)  # who has no link learns nothing, not even what a form lacks
        at = _moment(form.get("at", ""))
        try:
            await self_service.move_managed(token, starts_at=at, expected_version=_version(form))
        except _TOLD as refused:
            return await _times(token, await self_service.managed(token), error=refused)
        return redirect(f"/m/{token}?done=moved", 303)

    @pages.post("/cancel")
    @public("the signed link is the proof; cancels the reservation")
    async def cancel(token: str) -> ResponseReturnValue:
        form = await _deed(token)
        try:
            await self_service.cancel_managed(token, reason=form.get("reason", ""), expected_version=_version(form))
        except _TOLD as refused:
            return await _refused(token, refused)
        return redirect(f"/m/{token}?done=cancelled", 303)

    @pages.post("/rate")
    @public("the signed link is the proof; rates a visit that took place")
    async def rate(token: str) -> ResponseReturnValue:
        form = await _deed(token)
        chosen = form.get("rating", "")
        rating = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) == 1 else 0
        try:
            await self_service.rate_managed(token, rating=rating, review=form.get("review", ""))
        except _TOLD as refused:
            return await _refused(token, refused)
        return redirect(f"/m/{token}?done=rated", 303)


def _limiter() -> Limiter:
    return cast("Limiter", current_app.limiter)  # type: ignore[attr-defined]  # BookaApp has one


async def _look() -> None:
    await _limiter().take(LOOKS_BY_CLIENT, request.remote_addr or "unknown")


async def _deed(token: str) -> Any:
    await _look()
    await _limiter().take(DEEDS_BY_LINK, token)
    return await request.form


async def _times(token: str, managed: ManagedReservation, *, error: BookaError | None = None) -> Response:
    """The week of times that the request asks for, beginning with the reservation's own day when it does not say."""
    today = clock.now().astimezone(ZoneInfo(managed.zone)).date()
    if managed.move_closed:
        return await _page("visit.html", token, managed, error=str(error or ""), status=409)
    own = managed.reservation.starts_at.astimezone(ZoneInfo(managed.zone)).date()
    first = max(today, _day(request.args.get("from", "")) or own)
    slots = await self_service.managed_times(token, from_day=first, days=DAYS)
    times = build_times(managed, slots, first=first, today=today, address=f"/m/{token}")
    return await _page(
        "times.html", token, managed, times=times, error=str(error or ""), status=409 if error is not None else 200
    )


async def _refused(token: str, refused: BookaError) -> Response:
    """The reservation as it stands now, and why the deed was not done."""
    status = 400 if isinstance(refused, BadInput) else 409
    return await _page("visit.html", token, await self_service.managed(token), error=str(refused), status=status)


async def _page(template: str, token: str, managed: ManagedReservation, *, status: int = 200, **more: Any) -> Response:
    visit = build_visit(managed)
    said = {"error": "", "done": "", **more}
    page = await render_template(f"public/{template}", visit=visit, address=f"/m/{token}", **said)
    answer = Response(page, status=status, content_type="text/html; charset=utf-8")
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


async def _bad_link(error: BadManageLink) -> Response:
    page = await render_template("public/bad_link.html", error=str(error))
    return Response(page, status=403, content_type="text/html; charset=utf-8")


def _moment(text: str) -> datetime:
    """An aware instant of the page. Raises `BadMoment`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadMoment from None
    if at.tzinfo is None or not 1970 < at.year < 9000:
        raise BadMoment
    return at


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 < day.year < 9000 else None


def _version(form: Any) -> int | None:
    text = form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
