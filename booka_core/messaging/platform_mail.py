"""Mails of the platform itself (sign-in links, invitations), which belong to no tenant: through the provider `smtp`
with the address in SMTP_URL. The link inside is made by the caller and lives no longer than this call.
"""

from __future__ import annotations

from typing import Protocol

from booka_core.kernel import egress
from booka_core.kernel.ids import new_id
from booka_core.kernel.settings import settings
from booka_core.kernel.transaction import forbid_in_transaction
from booka_core.plugins import catalogue
from booka_core.sdk.messaging import Connection, OutboundMessage


class OutgoingMail(Protocol):
    """What a mail needs."""

    @property
    def to(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def text(self) -> str: ...


async def send(mail: OutgoingMail) -> None:
    """Send one mail. Raises `MissingSecret` without SMTP_URL, `UnknownProvider`, and what the provider raises."""
    forbid_in_transaction("smtp.send")
    chosen = settings()
    connection = Connection(
        id=new_id(),
        tenant_id=None,
        provider="smtp",
        name="platform",
        settings={"from": chosen.BOOKA_MAIL_FROM},
        secrets={"url": chosen.require("SMTP_URL")},
    )
    message = OutboundMessage(
        id=new_id(), to=mail.to, subject=mail.subject, text=mail.text, html=getattr(mail, "html", None)
    )
    async with egress.client() as http:
        await catalogue.provider("smtp").send(message, connection, http=http)
