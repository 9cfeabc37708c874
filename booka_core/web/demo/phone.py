"""The demonstration phone: a messenger beside the salon's live day. What is typed goes to the stand-in for WhatsApp,
which delivers it as a real webhook; the answers come back through the provider's real calls and are followed here. The
phone itself never touches a reservation.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import phonenumbers
from quart import Blueprint, current_app, redirect, render_template, request
from quart.typing import ResponseReturnValue

from booka_core.booking.queries import recent_changes
from booka_core.booking.types import ChangeInfo
from booka_core.db.scope import bind_tenant, spawn
from booka_core.kernel import clock
from booka_core.sdk.errors import BadInput, NotFound
from booka_core.tenancy.queries import find_tenant, list_tenants
from booka_core.tenancy.types import TenantInfo
from booka_core.web import live
from booka_core.web.admin.board import Board
from booka_core.web.admin.reservations import Wanted, load_board
from booka_core.web.demo import emulator
from booka_core.web.demo.thread import Thread, build_thread
from booka_core.web.requests import public
from booka_core.web.ui import Formats, phone_number

ANYBODY = "the demonstration's phone belongs to whoever holds it"
LONGEST_TEXT = 4000
LONGEST_NAME = 60
RETRY_EMULATOR = 1.0
NEWS_FOR = timedelta(minutes=15)


class NoSuchSalon(NotFound):
    """There is no salon of this name in the demonstration."""


class BadPhoneNumber(BadInput):
    """A phone number is written with its country code, such as +234 803 000 0101."""


class NothingSaid(BadInput):
    """A message has between 1 and 4000 characters."""


@dataclass(frozen=True)
class Customer:
    """Who holds the phone."""

    name: str
    phone: str


PEOPLE = (
    Customer("Joy Essien", "+2348030000101"),
    Customer("Halima Yusuf", "+2348030000102"),
    Customer("Bayo Coker", "+2348030000103"),
)
PEOPLE_BY_COUNTRY = {
    "FR": (
        Customer("Camille Moreau", "+33639980101"),
        Customer("Inès Haddad", "+33639980102"),
        Customer("Hugo Lambert", "+33639980103"),
    ),
}


def blueprint() -> Blueprint:
    pages = Blueprint("demo_phone", __name__, url_prefix="/phone")

    @pages.get("")
    @public(ANYBODY)
    async def phone() -> ResponseReturnValue:
        salons = await _salons()
        if not salons:
            return await render_template("demo/phone.html", salon=None)
        wanted_slug = request.args.get("salon") or next(iter(salons))
        if wanted_slug not in salons:
            raise NoSuchSalon
        salon = salons[wanted_slug][0]
        customer, presets = _customer(request.args, salon), people_of(salon)
        return await render_template(
            "demo/phone.html",
            lang=salon.locale.replace("_", "-"),
            salon=salon,
            customer=customer,
            salons=[
                {
                    "name": tenant.name,
                    "phone": phone_number(account.phone),
                    "href": _href(slug),
                    "current": slug == wanted_slug,
                }
                for slug, (tenant, account) in salons.items()
            ],
            people=[
                {
                    "name": person.name,
                    "phone": phone_number(person.phone),
                    "href": _href(wanted_slug, person),
                    "current": person.phone == customer.phone,
                }
                for person in (() if customer in presets else (customer,)) + presets
            ],
            thread=await _thread(salon, customer),
            board=await _board(salon),
            draft=request.args.get("say", "")[:LONGEST_TEXT],
            stream_href=_href(wanted_slug, customer, path="/phone/stream"),
        )

    @pages.post("/send")
    @public(ANYBODY)
    async def send() -> ResponseReturnValue:
        form = await request.form
        salon, text = await _salon(form.get("salon", "")), form.get("text", "").strip()
        customer = _customer(form, salon)
        if not 0 < len(text) <= LONGEST_TEXT:
            raise NothingSaid
        await emulator.say(salon.slug, phone=customer.phone, name=customer.name, text=text)
        if request.headers.get("HX-Request") == "true":
            return "", 204
        return redirect(_href(salon.slug, customer), 303)

    @pages.get("/stream")
    @public(ANYBODY)
    async def stream() -> ResponseReturnValue:
        salon = await _salon(request.args.get("salon", ""))
        customer = _customer(request.args, salon)
        app: Any = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - outlives the request
        return live.streaming(_events(app, salon, customer))

    return pages


async def _salons() -> dict[str, tuple[TenantInfo, emulator.Account]]:
    """The businesses of the demonstration that have an account, those that answer in English first."""
    paired = {account.instance: account for account in await emulator.accounts()}
    tenants = english_first(await list_tenants())
    return {tenant.slug: (tenant, paired[tenant.slug]) for tenant in tenants if tenant.slug in paired}


async def _salon(slug: str) -> TenantInfo:
    salon = await find_tenant(slug)
    if salon.slug not in {account.instance for account in await emulator.accounts()}:
        raise NoSuchSalon
    return salon


def english_first(tenants: Sequence[TenantInfo]) -> list[TenantInfo]:
    """Most visitors read English: a salon that answers in it comes first."""
    return sorted(tenants, key=lambda tenant: not tenant.locale.startswith("en"))


def people_of(salon: TenantInfo) -> tuple[Customer, ...]:
    """Names and numbers to write to this salon with."""
    return PEOPLE_BY_COUNTRY.get(salon.country, PEOPLE)


def _customer(values: Any, salon: TenantInfo) -> Customer:
    """The person the request speaks for; without a number, the first of the presets. Raises `BadPhoneNumber`."""
    text = values.get("from", "").strip()
    if not text:
        return people_of(salon)[0]
    try:
        parsed = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException as error:
        raise BadPhoneNumber from error
    if not phonenumbers.is_possible_number(parsed):
        raise BadPhoneNumber
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    known = next((person for person in people_of(salon) if person.phone == number), None)
    name = " ".join(values.get("name", "").split())[:LONGEST_NAME]
    return known or Customer(name or phone_number(number), number)


def _href(slug: str, customer: Customer | None = None, *, path: str = "/phone") -> str:
    """Another salon is written to by one of its own presets, so the customer may be left out."""
    person = {"from": customer.phone, "name": customer.name} if customer else {}
    return f"{path}?{urlencode({'salon': slug, **person})}"


async def _board(salon: TenantInfo) -> Board:
    with bind_tenant(salon.id):
        day = day_to_watch(await recent_changes(limit=1), zone=salon.zone, now=clock.now())
        return await load_board(salon, Wanted(day=day, view="day", only=None), opens_drawer=False)


def day_to_watch(newest: Sequence[ChangeInfo], *, zone: str, now: datetime) -> date | None:
    """The day beside the phone: that of the booking just made by message, wherever it lies, or else today."""
    for change in newest[:1]:
        if change.source == "whatsapp" and now - change.at < NEWS_FOR:
            return change.starts_at.astimezone(ZoneInfo(zone)).date()
    return None


async def _thread(salon: TenantInfo, customer: Customer, *, typing: bool = False) -> Thread:
    return build_thread(
        await emulator.thread(salon.slug, customer.phone),
        salon=salon.name,
        customer=customer.name,
        formats=Formats.of(locale=salon.locale, zone=salon.zone),
        now=clock.now(),
        typing=typing,
    )


async def _events(app: Any, salon: TenantInfo, customer: Customer) -> AsyncIterator[bytes]:
    """The thread and the salon's day in one stream, so that a browser spends one connection on them."""
    parts: asyncio.Queue[bytes] = asyncio.Queue(maxsize=100)
    day = spawn(_pump(_day_events(app, salon), parts))
    chat = spawn(_pump(_chat_events(app, salon, customer), parts))
    try:
        while not app.stopping.is_set():
            taking = asyncio.ensure_future(parts.get())
            stopping = asyncio.ensure_future(app.stopping.wait())
            try:
                await asyncio.wait({taking, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if taking.done():
                    yield taking.result()
            finally:
                taking.cancel()
                stopping.cancel()
    finally:
        day.cancel()
        chat.cancel()


async def _pump(source: AsyncIterator[bytes], parts: asyncio.Queue[bytes]) -> None:
    async with contextlib.aclosing(cast("Any", source)) as events:
        async for event in events:
            await parts.put(event)


def _day_events(app: Any, salon: TenantInfo) -> AsyncIterator[bytes]:
    template = app.jinja_env.get_template("demo/board_live.html")

    async def render() -> str:
        return cast("str", await template.render_async(board=await _board(salon)))

    return live.follow(salon.id, stopping=app.stopping, render=render)


async def _chat_events(app: Any, salon: TenantInfo, customer: Customer) -> AsyncIterator[bytes]:
    template = app.jinja_env.get_template("demo/thread_live.html")

    async def shown(*, typing: bool = False) -> bytes:
        return live.message(await template.render_async(thread=await _thread(salon, customer, typing=typing)))

    while not app.stopping.is_set():
        with contextlib.suppress(emulator.EmulatorUnreachable):
            yield await shown()
            async for event, _ in emulator.follow(salon.slug, customer.phone):
                yield await shown(typing=event == "typing")
        await live.first_of(app.stopping, timeout=RETRY_EMULATOR)
