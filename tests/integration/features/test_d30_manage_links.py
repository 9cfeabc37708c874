"""D30: a customer sees, moves and cancels a booking by a signed link, without an account, within the notice limits."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from booka_core.booking.attendance import complete
from booka_core.booking.commands import book
from booka_core.booking.queries import get_reservation
from booka_core.booking.timeline import timeline
from booka_core.booking.types import SYSTEM, ReservationInfo
from booka_core.db.scope import bind_tenant
from booka_core.links.manage import manage_token
from booka_core.offers.types import Wish
from booka_core.tenancy.commands import change_settings
from booka_core.tenancy.types import TenantSettingsInfo
from booka_core.testing.database import TestDatabase
from booka_core.testing.salon import Salon, open_salon
from booka_core.testing.web import Visitor, stranger


@dataclass
class Phone:
    """A customer's browser, the link that they were sent, and what is behind it."""

    salon: Salon
    browser: Visitor
    address: str
    reservation: ReservationInfo
    clock: Any

    async def page(self, path: str = "", *, status: int = 200) -> str:
        answer = await self.browser.get(self.address + path)
        assert answer.status_code == status, await answer.get_data(as_text=True)
        return await text_of(answer)

    async def send(self, path: str, *, status: int = 303, **form: str) -> str:
        answer = await self.browser.post(self.address + path, form=form)
        assert answer.status_code == status, await answer.get_data(as_text=True)
        if status == 303:
            return await text_of(await self.browser.get(answer.headers["Location"]))
        return await text_of(answer)

    async def now(self) -> ReservationInfo:
        with bind_tenant(self.salon.tenant.id):
            return await get_reservation(self.reservation.id)

    async def limit(self, minutes: int) -> None:
        with bind_tenant(self.salon.tenant.id):
            await change_settings(TenantSettingsInfo(cancel_notice_minutes=minutes))

    def at(self, hour: int, minute: int = 0) -> str:
        return "/move?" + urlencode({"at": self.salon.at(hour, minute).isoformat()})


async def text_of(answer: Any) -> str:
    body = re.sub(r"<(script|svg|head)\b.*?</\1>", "", await answer.get_data(as_text=True), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<(?!a |form|input)[^>]+>", " ", body))


@pytest_asyncio.fixture(loop_scope="session")
async def phone(web_app: Any, tenant: Any, frozen_clock: Any) -> AsyncIterator[Phone]:
    salon = await open_salon(tenant)
    with bind_tenant(tenant.id):
        wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(10), resource_id=salon.ada)
        made = await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="whatsapp")
        address = f"/m/{manage_token(made.id)}"
    yield Phone(salon, stranger(web_app), address, made, frozen_clock)


async def test_the_link_shows_the_booking(phone: Phone) -> None:
    page = await phone.page()
    for said in (
        "Haircut",
        "Tuesday, 3 March 2026",
        "10:00",
        "45 min",
        "Ada",
        phone.reservation.reference,
        "Confirmed",
    ):
        assert said in page, said
    assert "Change the time" in page
    assert "Cancel the booking" in page
    assert "Zainab" not in page, "a forwarded link does not say whose it is"


async def test_a_booking_is_moved_in_three_taps(phone: Phone) -> None:
    times = await phone.page("/times")
    links = re.findall(r'href="[^"]*(/move\?at=[^"]+)"', times)
    assert len(links) > 10
    assert not any("10%3A00%3A00%2B00" in link and "03-03T09" in link for link in links), "where it is already"
    assert "Change the time?" in await phone.page(phone.at(14))
    done = await phone.send("/move", at=phone.salon.at(14).isoformat(), version="1")
    assert "It has been moved" in done
    moved = await phone.now()
    assert (moved.starts_at, moved.staff and moved.staff.id) == (phone.salon.at(14), phone.salon.ada)
    with bind_tenant(phone.salon.tenant.id):
        last = (await timeline(moved.id))[-1]
    assert last.sentence == "Moved from Tue 3 Mar 10:00 to 14:00 by the customer (Zainab Musa) on the web page."


async def test_its_own_time_makes_way_for_a_booking(phone: Phone) -> None:
    with bind_tenant(phone.salon.tenant.id):
        wish = Wish.of(service_id=phone.salon.haircut, starts_at=phone.salon.at(10), resource_id=phone.salon.bola)
        await book(wish, customer_id=phone.salon.customer_id, actor=SYSTEM, source="whatsapp")
    await phone.send("/move", at=phone.salon.at(10, 15).isoformat())
    assert (await phone.now()).starts_at == phone.salon.at(10, 15)


async def test_a_booking_is_cancelled_with_a_reason(phone: Phone) -> None:
    assert "Yes, cancel it" in await phone.page("/cancel")
    done = await phone.send("/cancel", reason="I am ill", version="1")
    assert "It has been cancelled" in done
    assert "Change the time" not in done
    assert (await phone.now()).status == "cancelled"
    with bind_tenant(phone.salon.tenant.id):
        assert (await timeline(phone.reservation.id))[-1].sentence.endswith("on the web page: I am ill")
    # The link still shows what became of it, and changes nothing any more.
    assert "Cancelled" in await phone.page()
    assert "already cancelled" in await phone.send("/cancel", status=409)
    await phone.send("/move", status=409, at=phone.salon.at(14).isoformat())
    assert (await phone.now()).version == 2


async def test_notice_limits_are_explained_and_hold(phone: Phone) -> None:
    await phone.limit(24 * 60)
    # It is Monday 10:00 in Lagos: exactly a day before.
    assert "until Mon, 2 Mar, 10:00" in await phone.page()
    phone.clock.advance(timedelta(minutes=1))
    page = await phone.page()
    assert "It is too late to change it here" in page
    assert "Change the time" not in page
    for path, form in (("/cancel", {}), ("/move", {"at": phone.salon.at(14).isoformat()})):
        await phone.send(path, status=409, **form)
    assert (await phone.now()).version == 1
    assert "too late" in await phone.page("/cancel")


async def test_what_has_begun_is_no_longer_changed_even_without_a_notice_limit(phone: Phone) -> None:
    phone.clock.advance(phone.salon.at(10, 5) - phone.clock.now())
    assert "It has begun" in await phone.page()
    assert "begun or is over" in await phone.send("/cancel", status=409)
    assert (await phone.now()).status == "confirmed"


async def test_a_time_that_somebody_else_took_is_said_on_the_page_of_times(phone: Phone) -> None:
    with bind_tenant(phone.salon.tenant.id):
        for person in (phone.salon.ada, phone.salon.bola):
            wish = Wish.of(service_id=phone.salon.haircut, starts_at=phone.salon.at(14), resource_id=person)
            await book(wish, customer_id=phone.salon.customer_id, actor=SYSTEM, source="whatsapp")
    assert "has just been taken" in await phone.send("/move", status=409, at=phone.salon.at(14).isoformat())
    assert "has just been taken" in await phone.page(phone.at(14), status=409)
    assert (await phone.now()).starts_at == phone.salon.at(10)


async def test_a_page_that_shows_an_older_state_changes_nothing(phone: Phone) -> None:
    await phone.send("/move", at=phone.salon.at(14).isoformat(), version="1")
    assert "has changed since you read it" in await phone.send("/cancel", status=409, version="1")
    assert (await phone.now()).status == "confirmed"


async def test_when_a_colleague_would_serve_the_page_says_so(phone: Phone) -> None:
    with bind_tenant(phone.salon.tenant.id):
        wish = Wish.of(service_id=phone.salon.haircut, starts_at=phone.salon.at(14), resource_id=phone.salon.ada)
        await book(wish, customer_id=phone.salon.customer_id, actor=SYSTEM, source="whatsapp")
    assert "Ada is not free then, so a colleague will serve you." in await phone.page(phone.at(14))
    assert "is not free then" not in await phone.page(phone.at(16))


@pytest.mark.parametrize("bad", ["", "tomorrow", "2026-03-03T14:00:00", "0001-01-01T00:00:00+00:00", "9" * 400])
async def test_a_moment_that_is_none_is_bad_input(phone: Phone, bad: str) -> None:
    assert (await phone.browser.post(phone.address + "/move", form={"at": bad})).status_code == 400
    assert (await phone.now()).version == 1


async def test_looking_changes_nothing(phone: Phone) -> None:
    for path in (
        "",
        "/times",
        phone.at(14),
        "/cancel",
        "/booking.ics",
        "/times?from=nonsense",
        "/times?from=2001-01-01",
    ):
        await phone.page(path)
    assert (await phone.now()).version == 1


async def test_another_sites_form_is_refused(phone: Phone) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}):
        answer = await phone.browser.post(phone.address + "/cancel", form={}, headers=headers)
        assert answer.status_code == 403
    assert (await phone.now()).status == "confirmed"


async def test_a_forged_link_opens_nothing(phone: Phone) -> None:
    token = phone.address.removeprefix("/m/")
    swapped = "B" if token[30] != "B" else "C"
    for forged in (token[:-1], token + "A", token[:30] + swapped + token[31:], "x" * 43, "x" * 68):
        for path in ("", "/times", "/cancel", "/booking.ics"):
            answer = await phone.browser.get(f"/m/{forged}{path}")
            assert answer.status_code == 403
            assert "This link does not work" in await text_of(answer)
        assert (await phone.browser.post(f"/m/{forged}/cancel", form={})).status_code == 403
    assert (await phone.now()).status == "confirmed"


async def test_deeds_by_one_link_are_limited(phone: Phone) -> None:
    for _ in range(20):
        await phone.send("/move", status=400, at="")
    answer = await phone.browser.post(phone.address + "/cancel", form={})
    assert answer.status_code == 429
    assert (await phone.now()).status == "confirmed"


async def test_a_suspended_business_shows_and_changes_nothing(phone: Phone, database: TestDatabase) -> None:
    async with database.connect("system") as connection:
        await connection.execute("update tenants set status = 'suspended' where id = $1", phone.salon.tenant.id)
    assert "takes no changes here" in await phone.page()
    assert "not taking changes" in await phone.send("/cancel", status=409)
    assert (await phone.now()).status == "confirmed"


async def test_a_visit_is_rated_by_the_link(phone: Phone) -> None:
    assert "How was it?" not in await phone.page()
    phone.clock.advance(phone.salon.at(11) - phone.clock.now())
    with bind_tenant(phone.salon.tenant.id):
        await complete(reservation_id=phone.reservation.id, actor=SYSTEM, source="admin")
    assert "How was it?" in await phone.page()
    assert "whole number from 1 to 5" in await phone.send("/rate", status=400, rating="9")
    assert "Thank you for telling us" in await phone.send("/rate", rating="5", review="<b>Lovely</b>")
    rated = await phone.now()
    assert (rated.rating, rated.review) == (5, "<b>Lovely</b>")


async def test_pages_are_kept_from_caches_search_engines_and_other_sites(phone: Phone) -> None:
    answer = await phone.browser.get(phone.address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


async def test_the_calendar_file_names_instants_in_utc(phone: Phone) -> None:
    answer = await phone.browser.get(phone.address + "/booking.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    body = await answer.get_data(as_text=True)
    assert "DTSTART:20260303T090000Z\r\nDTEND:20260303T094500Z\r\n" in body
    assert f"http://localhost{phone.address}" in body.replace("\r\n ", "")
