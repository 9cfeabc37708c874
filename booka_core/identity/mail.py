"""The mails this room has to send, and a place for the one who sends them: the composition root names a mail provider
here, because providers live on a floor above.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Protocol

from booka_core.kernel.settings import settings
from booka_core.sdk.errors import Upstream
from booka_core.sdk.values import Frozen


class NoMailProvider(Upstream):
    """No mail provider is installed, so nobody can be sent a sign-in link."""


class OutgoingMail(Frozen):
    """One mail to one person."""

    to: str
    subject: str
    text: str


Sender = Callable[[OutgoingMail], Awaitable[None]]


class _Print(Protocol):
    def __call__(self, text: str) -> None: ...


_sender: Sender | None = None


def set_sender(sender: Sender) -> None:
    """Name who sends mails. It raises the messaging contract's errors when it cannot."""
    global _sender  # noqa: PLW0603 - filled once, by the composition root
    _sender = sender


async def send(mail: OutgoingMail) -> None:
    """Hand a mail to the provider. Raises `NoMailProvider` or what the provider raises."""
    if _sender is None:
        raise NoMailProvider
    await _sender(mail)


def sign_in_mail(*, to: str, name: str, address: str, minutes: int) -> OutgoingMail:
    """The mail with the link."""
    greeting = f"Hello {name}," if name else "Hello,"
    text = (
        f"{greeting}\n\nhere is your link to sign in to Booka:\n\n{address}\n\n"
        f"It works once, for {minutes} minutes, in the browser in which you asked for it.\n"
        "If you did not ask for it, ignore this mail: nobody can sign in without it.\n"
    )
    return OutgoingMail(to=to, subject="Your link to sign in", text=text)


def invitation_mail(*, to: str, name: str, business: str, address: str) -> OutgoingMail:
    """The mail that tells somebody about their new role. It holds no key: its reader signs in like everybody."""
    greeting = f"Hello {name}," if name else "Hello,"
    text = (
        f"{greeting}\n\n{business} has added you to its team on Booka. Sign in with this mail address:\n\n{address}\n"
    )
    return OutgoingMail(to=to, subject=f"{business} invites you to Booka", text=text)


def show_link(address: str, *, show: _Print | None = None) -> None:
    """In the demonstration, print a sign-in link at the console. Everywhere else this does nothing at all."""
    if settings().BOOKA_DEMO:
        (show or _to_console)(f"» Sign-in link: {address}")


def _to_console(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
