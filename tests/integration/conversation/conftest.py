"""A customer who writes straight into the messages table, and reads what is queued for them: everything between is
real.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest_asyncio

from booka_core.conversation.turns import take_turn
from booka_core.customers.commands import recognise
from booka_core.customers.types import CustomerInfo
from booka_core.db.scope import tenant_scope
from booka_core.kernel import clock
from booka_core.messaging import commands as messaging
from booka_core.messaging.types import ConversationInfo
from booka_core.sdk.messaging import InboundMessage, Sender
from booka_core.testing.salon import Salon

_numbers = itertools.count(1)


@dataclass
class Phone:
    """One customer's chat with the salon."""

    salon: Salon
    customer: CustomerInfo
    conversation: ConversationInfo
    time: ModuleType
    seen: int = 0
    log: list[str] = field(default_factory=list)

    async def write(self, text: str, **more: Any) -> None:
        """The message is stored; nobody has answered yet."""
        self.time.advance(timedelta(seconds=5))
        message = InboundMessage(
            external_id=f"M{next(_numbers)}",
            sender=Sender(external_id=self.conversation.address),
            kind=more.pop("kind", "text"),
            text=text,
            sent_at=clock.now(),
            **more,
        )
        assert await messaging.record_inbound(self.conversation, message) is not None

    async def say(self, text: str, **more: Any) -> str:
        """Write, let the bot take its turn, and read the answer."""
        await self.write(text, **more)
        self.time.advance(timedelta(seconds=1))
        await take_turn(conversation_id=self.conversation.id)
        return "\n~~\n".join(await self.replies())

    async def replies(self) -> list[str]:
        """What was queued for the customer since they last looked."""
        rows = await self.rows(
            "select text from messages where direction = 'out' and conversation_id = $1 order by id",
            self.conversation.id,
        )
        new, self.seen = rows[self.seen :], len(rows)
        return [row["text"] for row in new]

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Rows as the application sees them."""
        async with tenant_scope() as tx:
            return await tx.execute_query_dict(sql, list(values))

    async def booked(self) -> list[tuple[str, str, str]]:
        """Confirmed reservations of this customer: service, person, local start."""
        rows = await self.rows(
            """select r.service_name, x.name,
                      to_char(r.starts_at at time zone 'Africa/Lagos', 'YYYY-MM-DD HH24:MI') as at
               from reservations r join occupancies o on o.reservation_id = r.id
               join resources x on x.id = o.resource_id and x.kind = 'staff'
               where r.customer_id = $1 and r.status = 'confirmed' order by r.starts_at""",
            self.customer.id,
        )
        return [(row["service_name"], row["name"], row["at"]) for row in rows]

    async def statuses(self) -> list[str]:
        """The states of all of this customer's reservations, by creation."""
        rows = await self.rows("select status from reservations where customer_id = $1 order by id", self.customer.id)
        return [row["status"] for row in rows]

    async def state(self) -> dict[str, Any]:
        """What the open dialogue remembers."""
        rows = await self.rows(
            "select state from dialog_sessions where conversation_id = $1 and status = 'open'", self.conversation.id
        )
        found = rows[0]["state"]
        return dict(json.loads(found) if isinstance(found, str) else found)


async def _connection() -> Any:
    return await messaging.create_connection(
        provider="evolution",
        name="WhatsApp",
        settings={"base_url": "http://127.0.0.1:9", "instance": "salon"},
        secrets={"api_key": "k"},
    )


async def new_phone(salon: Salon, time: ModuleType, *, number: int = 1, name: str | None = "Zainab Musa") -> Phone:
    """A customer with a conversation; every call adds a connection of its own."""
    address = f"23480123456{number:02d}@s.whatsapp.net"
    customer = await recognise(channel="whatsapp", external_id=address, phone=f"+23480123456{number:02d}", name=name)
    connection = await _connection()
    conversation = await messaging.meet(
        connection_id=connection.id, channel="whatsapp", customer_id=customer.id, address=address
    )
    return Phone(salon, customer, conversation, time)


@pytest_asyncio.fixture(loop_scope="session")
async def phone(salon: Salon, plugins: None, redis: Any, frozen_clock: ModuleType) -> Phone:
    """A customer of the salon whose name is known. It is Monday 2 March 2026, 10:00 in Lagos."""
    return await new_phone(salon, frozen_clock)
