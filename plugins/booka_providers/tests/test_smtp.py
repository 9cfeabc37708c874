"""The contract of messaging providers, tried on SMTP against an emulated mail server, and what the mails look like."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from booka_providers import SmtpProvider

from booka_core.sdk.messaging import (
    Connection,
    OperatorNeeded,
    OutboundMessage,
    SendAmbiguous,
    SendPostponed,
    SendRejected,
)
from booka_core.testing.contracts.messaging import MessagingProviderContract, SendCase

if TYPE_CHECKING:
    from booka_core.testing.emulators import Mailbox

CONNECTION = Connection(
    id=UUID(int=1),
    tenant_id=None,
    provider="smtp",
    name="platform",
    settings={"from": "Booka <no-reply@booka.example>"},
    secrets={"url": "smtp://mailer:hidden-password@127.0.0.1:1"},
)


class TestSmtp(MessagingProviderContract):
    @pytest.fixture
    def provider(self) -> SmtpProvider:
        return SmtpProvider()

    @pytest.fixture
    def connection(self) -> Connection:
        return CONNECTION

    @pytest.fixture
    def recipient(self) -> str:
        return "ada@salon.example"

    @pytest.fixture
    def stage(self, mailbox: Mailbox) -> Mailbox:
        return mailbox

    @pytest.fixture
    def cases(self) -> Sequence[SendCase]:
        return [
            SendCase("accepted", None),
            SendCase("nobody listens", SendPostponed),
            SendCase("451 try later", SendPostponed),
            SendCase("554 no", SendRejected),
            SendCase("silence", SendAmbiguous),
            SendCase("no address", OperatorNeeded),
            SendCase("other scheme", OperatorNeeded),
            SendCase("no sender", OperatorNeeded),
        ]

    async def arrange(self, case: SendCase, connection: Connection, stage: Mailbox) -> Connection:
        secrets, settings = {"url": stage.url}, dict(connection.settings)
        match case.name:
            case "nobody listens":
                with socket.create_server(("127.0.0.1", 0)) as free:
                    secrets["url"] = f"smtp://127.0.0.1:{free.getsockname()[1]}"
            case "451 try later" | "554 no":
                stage.refuse.append(f"{case.name[:3]} {case.name[4:]}")
            case "silence":
                stage.refuse.append("")
            case "no address":
                secrets = {}
            case "other scheme":
                secrets["url"] = "http://127.0.0.1"
            case "no sender":
                settings = {}
        return replace(connection, secrets=secrets, settings=settings)


@pytest.fixture
def connection(mailbox: Mailbox) -> Connection:
    return replace(CONNECTION, secrets={"url": mailbox.url})


async def test_a_mail_arrives_with_both_its_forms_and_its_own_id(connection: Connection, mailbox: Mailbox) -> None:
    message = OutboundMessage(
        id=UUID(int=5), to="ada@salon.example", subject="Grüße", text="Hello\nthere", html="<p>Hello</p>"
    )
    receipt = await SmtpProvider().send(message, connection, http=None)  # type: ignore[arg-type]  # not used for mail
    (mail,) = mailbox.mails
    assert (mail.to, mail.subject, mail.text.strip()) == ("ada@salon.example", "Grüße", "Hello\nthere")
    assert mail.html is not None
    assert "<p>Hello</p>" in mail.html
    assert mail.sender == "Booka <no-reply@booka.example>"
    assert receipt.external_id == mail.message_id == f"<{UUID(int=5)}@booka.example>"


@pytest.mark.parametrize(
    "fields",
    [
        {"to": "ada@salon.example\r\nBcc: all@salon.example"},
        {"subject": "Hello\r\nBcc: all@salon.example"},
        {"to": "not an address"},
        {"to": ""},
    ],
)
async def test_nobody_can_add_headers_or_recipients(
    connection: Connection, mailbox: Mailbox, fields: dict[str, Any]
) -> None:
    message = OutboundMessage(id=UUID(int=6), **{"to": "ada@salon.example", "subject": "Hi", "text": "x", **fields})
    with pytest.raises(SendRejected):
        await SmtpProvider().send(message, connection, http=None)  # type: ignore[arg-type]  # not used for mail
    assert not mailbox.mails
