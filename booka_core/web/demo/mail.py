"""The demonstration's mailbox: everything Booka sent, and the link in it. A mail is shown as text; nothing of its own
markup reaches the page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from booka_core.kernel.settings import settings
from booka_core.web.demo import emulator
from booka_core.web.requests import public
from booka_core.web.ui import Formats

LINK = re.compile(r"https?://[^\s<>\"]+")
OPEN_TO_ALL = "the demonstration's mailbox belongs to whoever runs it"


def blueprint() -> Blueprint:
    pages = Blueprint("demo_mail", __name__, url_prefix="/mail")

    @pages.get("")
    @public(OPEN_TO_ALL)
    async def mailbox() -> ResponseReturnValue:
        return await render_template("demo/mail.html", mails=[_shown(one) for one in await emulator.mails()])

    @pages.get("/<mail_id>")
    @public(OPEN_TO_ALL)
    async def one(mail_id: str) -> ResponseReturnValue:
        mail = await emulator.mail(mail_id)
        return await render_template("demo/mail_one.html", mail=_shown(mail) | {"action": own_link(mail.text)})

    return pages


def own_link(text: str) -> str:
    """The first link to this very Booka in a mail, as a path; another host's link is never made a button."""
    own = urlsplit(settings().BOOKA_BASE_URL).netloc
    for found in LINK.finditer(text):
        address = urlsplit(found.group().rstrip(".,;)"))
        if address.netloc == own and address.path.startswith("/"):
            return address.path + (f"?{address.query}" if address.query else "")
    return ""


def _shown(mail: emulator.Mail) -> dict[str, str]:
    formats = Formats.of(locale="en_GB", zone="UTC")
    return {
        "id": mail.id,
        "to": mail.to,
        "sender": mail.sender,
        "subject": mail.subject,
        "at": f"{formats.moment(mail.at)} UTC",
        "at_iso": mail.at.isoformat(),
        "text": mail.text,
    }
