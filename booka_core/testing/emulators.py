"""The stand-ins for outside services as fixtures: real servers on free ports, in the test's own event loop, empty at
the start of every test. Webhook retries wait a thousandth of the real time.

Fixtures:

- `emulators`: all of them (`Emulators`), the product's settings not touched.
- `evolution`: the emulated Evolution server with one paired account (`EvolutionServer`).
- `mailbox`: the mails that arrived (`Mailbox`); `mailbox.url` is where to send them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from booka_core.emulators.evolution.deliveries import Sender
    from booka_core.emulators.evolution.phone import Phones
    from booka_core.emulators.evolution.world import Entry, Instance, SendFault, World
    from booka_core.emulators.mail import Mailbox
    from booka_core.emulators.server import Emulators

INSTANCE = "salon-1"
BUSINESS_PHONE = "+2348099999999"


@dataclass(frozen=True, slots=True)
class EvolutionServer:
    """The emulated server and its one account."""

    url: str
    instance: Instance
    world: World
    sender: Sender
    phones: Phones

    def thread(self, phone: str) -> list[Entry]:
        """What a customer's phone shows."""
        return self.world.thread(self.instance.name, phone)

    def received(self, phone: str) -> list[str]:
        """The texts that reached a customer's phone from the business."""
        return [entry.text for entry in self.thread(phone) if entry.direction == "out"]

    def fail_next_send(self, fault: SendFault, *, seconds: float = 5.0) -> None:
        """The next send meets `fault`; `seconds` is how long a hanging one stays silent."""
        self.world.faults.sends.append((fault, seconds))

    def subscribe(self, url: str, *, headers: dict[str, str]) -> None:
        """Point the account's webhook at `url`, as its operator would."""
        self.instance.webhook = {
            "url": url,
            "headers": headers,
            "enabled": True,
            "events": [],
            "webhookByEvents": False,
            "webhookBase64": False,
        }


@pytest_asyncio.fixture(loop_scope="session")
async def emulators() -> AsyncIterator[Emulators]:
    """Every stand-in, on free ports."""
    from booka_core.emulators.evolution.phone import Pace  # noqa: PLC0415 - keeps the pytest plugin light
    from booka_core.emulators.server import Emulators  # noqa: PLC0415

    servers = Emulators(factor=0.001, pace=Pace(delivery=0.005, reading=0.005))
    await servers.start()
    yield servers
    await servers.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def evolution(emulators: Emulators) -> EvolutionServer:
    """An Evolution server with the account `salon-1` online."""
    from booka_core.emulators.evolution.world import Instance  # noqa: PLC0415

    account = Instance(INSTANCE, BUSINESS_PHONE, label="Salon One")
    emulators.world.instances[INSTANCE] = account
    return EvolutionServer(emulators.url, account, emulators.world, emulators.sender, emulators.phones)


@pytest_asyncio.fixture(loop_scope="session")
async def mailbox(emulators: Emulators) -> Mailbox:
    """The list that the SMTP port delivers to."""
    return emulators.mailbox
