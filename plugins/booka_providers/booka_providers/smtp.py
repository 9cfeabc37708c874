"""E-mail through an SMTP server. The message's own id becomes its Message-ID, so that a mail that went out twice
after an unclear failure can be recognised as one by the receiving side.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import ClassVar, NoReturn
from urllib.parse import unquote, urlsplit

import aiosmtplib
import httpx

from booka_core.sdk.messaging import (
    Channel,
    Connection,
    MessagingProvider,
    OperatorNeeded,
    OutboundMessage,
    SendAmbiguous,
    SendPostponed,
    SendReceipt,
    SendRejected,
)

_TIMEOUT = 15.0


class SmtpProvider(MessagingProvider):
    """Any SMTP server. The connection's secret `url` is `smtp://user:password@host:port`, `smtps://` for TLS from the
    first byte; `smtp` takes up STARTTLS when the server offers it. The setting `from` is the sender's address.
    """

    slug: ClassVar[str] = "smtp"
    channel: ClassVar[Channel] = "email"

    async def send(
        self,
        message: OutboundMessage,
        connection: Connection,
        *,
        http: httpx.AsyncClient,
    ) -> SendReceipt:
        mail = _composed(message, connection)
        client, user, password = _client(connection)
        try:
            await client.connect()
            if user:
                await client.login(user, password)
        except aiosmtplib.SMTPAuthenticationError:
            client.close()
            raise OperatorNeeded("The SMTP server does not accept the user name or password.") from None
        except (aiosmtplib.SMTPException, OSError) as failure:
            client.close()
            raise SendPostponed(f"The SMTP server cannot be reached ({type(failure).__name__}).") from None
        try:
            await client.send_message(mail)
        except aiosmtplib.SMTPException as failure:
            _explain(failure)
        except OSError as failure:
            raise SendAmbiguous(f"The SMTP server fell silent ({type(failure).__name__}).") from None
        finally:
            client.close()
        return SendReceipt(external_id=str(mail["Message-ID"]))


def _client(connection: Connection) -> tuple[aiosmtplib.SMTP, str, str]:
    try:
        url = urlsplit(connection.secrets.get("url", ""))
        host, port = url.hostname, url.port
    except ValueError:
        host = port = None
        url = urlsplit("")
    if url.scheme not in {"smtp", "smtps"} or not host:
        raise OperatorNeeded("The SMTP address must look like smtp://user:password@host:port.")
    implicit = url.scheme == "smtps"
    client = aiosmtplib.SMTP(
        hostname=host,
        port=port or (465 if implicit else 587),
        use_tls=implicit,
        start_tls=False if implicit else None,
        timeout=_TIMEOUT,
    )
    return client, unquote(url.username or ""), unquote(url.password or "")


def _composed(message: OutboundMessage, connection: Connection) -> EmailMessage:
    sender = str(connection.settings.get("from", ""))
    domain = parseaddr(sender)[1].rpartition("@")[2]
    if not domain:
        raise OperatorNeeded("The connection has no sender address.")
    mail = EmailMessage()
    try:
        mail["From"] = sender
        mail["To"] = message.to
        mail["Subject"] = message.subject or ""
        mail["Date"] = formatdate(usegmt=True)
        mail["Message-ID"] = f"<{message.id}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        if message.reply_to:
            mail["In-Reply-To"] = message.reply_to
    except (ValueError, IndexError) as failure:  # line breaks in a header, an address that is none
        raise SendRejected(f"The mail's headers are not acceptable ({type(failure).__name__}).") from None
    if "@" not in parseaddr(message.to)[1]:
        raise SendRejected("The recipient is not a mail address.")
    mail.set_content(message.text)
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html")
    return mail


def _explain(failure: aiosmtplib.SMTPException) -> NoReturn:
    """Raise what a failure after the greeting means; only the server's codes are repeated, its words may hold names."""
    if isinstance(failure, aiosmtplib.SMTPRecipientsRefused):
        codes = [refusal.code for refusal in failure.recipients]
        if codes and all(400 <= code < 500 for code in codes):
            raise SendPostponed(f"The SMTP server postponed the recipient ({codes[0]}).") from None
        raise SendRejected("The SMTP server refused the recipient.") from None
    if isinstance(failure, aiosmtplib.SMTPResponseException) and failure.code >= 400:
        if failure.code < 500:
            raise SendPostponed(f"The SMTP server answered {failure.code}.") from None
        raise SendRejected(f"The SMTP server answered {failure.code}.") from None
    if isinstance(failure, aiosmtplib.SMTPNotSupported):
        raise SendRejected("The SMTP server cannot carry this address.") from None
    raise SendAmbiguous(f"The SMTP server fell silent ({type(failure).__name__}).") from None
