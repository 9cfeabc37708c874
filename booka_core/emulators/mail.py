"""A mail server that delivers to a list: whatever is sent through its SMTP port can be read over HTTP, newest first.
The demo's mailbox page and the tests read it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP
from quart import Blueprint, request
from quart.typing import ResponseReturnValue

from booka_core.kernel import clock
from booka_core.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient."""

    id: str
    to: str
    sender: str
    subject: str
    at: str
    text: str
    html: str | None
    message_id: str


class Mailbox:
    """All mails that arrived, at most the newest thousand. `refuse` answers the next mails with these SMTP replies;
    `url` is the address of the SMTP port once it listens.
    """

    def __init__(self) -> None:
        self.url = ""
        self.mails: deque[Mail] = deque(maxlen=1000)
        self.refuse: deque[str] = deque()

    def protocol(self) -> SMTP:
        """One SMTP conversation."""
        return SMTP(self, hostname="mail.booka.example", enable_SMTPUTF8=True, ident="Booka mail emulator")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        if self.refuse:
            return self.refuse.popleft()
        parsed = message_from_bytes(envelope.original_content, policy=default)
        plain, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
        for recipient in envelope.rcpt_tos:
            self.mails.appendleft(
                Mail(
                    id=str(new_id()),
                    to=recipient,
                    sender=str(parsed["From"] or envelope.mail_from),
                    subject=str(parsed["Subject"] or ""),
                    at=clock.now().isoformat(),
                    text=plain.get_content().replace("\r\n", "\n") if plain else "",
                    html=html.get_content() if html else None,
                    message_id=str(parsed["Message-ID"] or ""),
                )
            )
        return "250 OK"


def blueprint(mailbox: Mailbox) -> Blueprint:
    """`GET /_emulator/mail` lists mails, newest first, `?to=` one address's; `DELETE` empties the list."""
    mail = Blueprint("mail", __name__, url_prefix="/_emulator/mail")

    def shown(one: Mail) -> dict[str, Any]:
        fields = asdict(one)
        fields["from"] = fields.pop("sender")
        return fields

    @mail.get("")
    async def listed() -> ResponseReturnValue:
        wanted = request.args.get("to")
        return [shown(one) for one in mailbox.mails if wanted is None or one.to.lower() == wanted.lower()]

    @mail.get("/<mail_id>")
    async def one(mail_id: str) -> ResponseReturnValue:
        found = next((shown(one) for one in mailbox.mails if one.id == mail_id), None)
        return found if found is not None else ({"error": "There is no such mail."}, 404)

    @mail.delete("")
    async def emptied() -> ResponseReturnValue:
        mailbox.mails.clear()
        return "", 204

    return mail
