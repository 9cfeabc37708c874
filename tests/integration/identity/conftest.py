"""A mailbox that only the test sees, and a way to have mailed what was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from booka_core.identity import jobs as identity_jobs
from booka_core.identity import mail
from booka_core.identity.mail import OutgoingMail
from booka_core.jobs import runner


@dataclass
class Mailbox:
    """What was handed to the mail provider."""

    mails: list[OutgoingMail] = field(default_factory=list)

    async def take(self, sent: OutgoingMail) -> None:
        self.mails.append(sent)

    async def newest_token(self) -> str:
        """The token in the last mail, once all due work is done."""
        await runner.drain()
        found = re.search(r"/sign-in/([\w-]{43})\s", self.mails[-1].text)
        assert found
        return found.group(1)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    box = Mailbox()
    monkeypatch.setattr(mail, "_sender", box.take)
    identity_jobs.register()
    return box
