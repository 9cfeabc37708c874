"""The demonstration's pages against its real stand-ins: a phone that only talks to the messenger, and a mailbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import aiosmtplib
import pytest
from quart.testing import QuartClient

from booka_core.db.scope import spawn
from booka_core.emulators.evolution.world import Instance
from booka_core.emulators.server import Emulators
from booka_core.tenancy.types import TenantInfo
from booka_core.testing.database import environment
from booka_core.testing.salon import Salon
from booka_core.web.app import BookaApp
from booka_core.web.demo import emulator

OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true", **OURS}
JOY = {"from": "+2348030000101"}


@pytest.fixture
def world(emulators: Emulators, tenant: TenantInfo) -> Iterator[Emulators]:
    """The stand-ins, with the salon's account online, and the product pointed at them."""
    emulators.world.instances[tenant.slug] = Instance(tenant.slug, "+2348090000001")
    with environment({"BOOKA_EMULATOR_URL": emulators.url}):
        yield emulators


@pytest.fixture
def browser(web_app: BookaApp, world: Emulators) -> QuartClient:
    return web_app.test_client()  # type: ignore[return-value]


async def shown(browser: QuartClient, path: str) -> str:
    answer = await spawn(browser.get(path))
    text = await answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    return text


async def test_what_is_written_reaches_the_salons_account_and_is_on_the_phone(
    browser: QuartClient, world: Emulators, salon: Salon
) -> None:
    form = {"salon": salon.tenant.slug, "text": "Knotless *braids*, please <b>", **JOY}
    answer = await browser.post("/phone/send", form=form, headers=HTMX)
    assert answer.status_code == 204
    entries = world.world.thread(salon.tenant.slug, JOY["from"])
    assert [(entry.direction, entry.text) for entry in entries] == [("in", "Knotless *braids*, please <b>")]
    page = await shown(browser, f"/phone?salon={salon.tenant.slug}")
    assert "Knotless <strong>braids</strong>, please &lt;b&gt;" in page
    assert "Glow Studio" in page


async def test_without_scripts_sending_leads_back_to_the_conversation(browser: QuartClient, salon: Salon) -> None:
    form = {"salon": salon.tenant.slug, "text": "Hi", "from": "+234 803 000 0999", "name": "Temi  Alade"}
    answer = await browser.post("/phone/send", form=form, headers=OURS)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/phone?salon=glow&from=%2B2348030000999&name=Temi+Alade")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": "   "}, 400),
        ({"text": "x" * 4001}, 400),
        ({"from": "12"}, 400),
        ({"from": "<script>"}, 400),
        ({"salon": "nobody"}, 404),
        ({"salon": "../../etc"}, 404),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_words(
    browser: QuartClient, salon: Salon, change: dict[str, str], status: int
) -> None:
    form = {"salon": salon.tenant.slug, "text": "Hi", **JOY, **change}
    answer = await browser.post("/phone/send", form=form, headers=OURS)
    assert answer.status_code == status, await answer.get_data(as_text=True)


async def test_the_stream_brings_the_answer_and_the_dots_before_it(
    web_app: BookaApp, browser: QuartClient, world: Emulators, salon: Salon
) -> None:
    async with browser.request(
        f"/phone/stream?salon={salon.tenant.slug}", headers={"Accept": "text/event-stream"}
    ) as line:
        await line.send_complete()
        received = ""

        async def until(text: str) -> None:
            nonlocal received
            async with asyncio.timeout(5):
                while text not in received:
                    received += (await line.receive()).decode()

        await until("bk-calendar")
        await spawn(browser.post("/phone/send", form={"salon": "glow", "text": "Hello there", **JOY}, headers=HTMX))
        await until("Hello there")
        await until("bk-typing")
        world.phones.write_as_owner(world.world.instances["glow"], phone=JOY["from"], text="Good morning, Joy")
        await until("Good morning, Joy")
        web_app.stopping.set()  # the server stops: the stream ends by itself


async def test_without_its_stand_ins_the_phone_says_so_and_recovers(
    browser: QuartClient, world: Emulators, salon: Salon
) -> None:
    with environment({"BOOKA_EMULATOR_URL": "http://127.0.0.1:1"}):
        answer = await spawn(browser.get("/phone"))
        assert answer.status_code == 502
        assert "does not answer yet" in await answer.get_data(as_text=True)
    assert "Glow Studio" in await shown(browser, "/phone")


async def test_a_mail_is_shown_as_text_with_its_own_link_as_a_button(browser: QuartClient, world: Emulators) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Booka <a@booka.example>", "joy@salon.example", "Sign <i>in</i>"
    mail.set_content("Open http://localhost/sign-in/abc\nnot http://evil.example/sign-in/abc <script>alert(1)</script>")
    address = urlsplit(world.mailbox.url)
    await aiosmtplib.send(mail, hostname=address.hostname, port=address.port, start_tls=False)
    assert "Sign &lt;i&gt;in&lt;/i&gt;" in await shown(browser, "/mail")
    (stored,) = await emulator.mails()
    page = await shown(browser, f"/mail/{stored.id}")
    assert 'class="btn btn-primary" href="/sign-in/abc"' in page
    assert "<script>alert" not in page
    assert (await spawn(browser.get("/mail/nothing"))).status_code == 404


async def test_the_first_page_leads_to_the_phone_the_salon_and_the_mail(browser: QuartClient, salon: Salon) -> None:
    page = await shown(browser, "/")
    for place in ('href="/phone"', 'action="/demo/enter/glow"', 'href="/mail"', 'href="/sign-in"'):
        assert place in page
