"""What happens on the WhatsApp side: customers write, messages reach their phones, ticks turn. Builds the message
objects that Evolution shows in webhooks and answers.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from booka_core.emulators.evolution.deliveries import Sender
from booka_core.emulators.evolution.world import Entry, Instance, World, digits, new_message_id, stamp
from booka_core.kernel import clock


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds until a message reaches a phone, and until it is read when its thread is open."""

    delivery: float = 0.15
    reading: float = 0.35


class Phones:
    """All customers' phones."""

    def __init__(self, world: World, sender: Sender, pace: Pace) -> None:
        self._world = world
        self._sender = sender
        self._pace = pace

    def write(
        self,
        instance: Instance,
        *,
        phone: str,
        name: str | None = None,
        text: str = "",
        message: dict[str, Any] | None = None,
        message_type: str = "conversation",
        message_id: str | None = None,
        privacy_id: str | None = None,
        quoted: str | None = None,
    ) -> str:
        """A customer sends a message: plain `text`, or any `message` object of `message_type`. Returns its id."""
        key = {"remoteJid": jid_of(phone), "fromMe": False, "id": message_id or new_message_id()}
        if privacy_id:
            key |= {"remoteJid": f"{privacy_id}@lid", "remoteJidAlt": jid_of(phone), "addressingMode": "lid"}
        data = _message(instance, key, message or {"conversation": text}, message_type, name, source="android")
        data["status"] = "DELIVERY_ACK"
        if quoted:
            data["contextInfo"] = {"stanzaId": quoted, "participant": instance.jid, "mentionedJid": []}
        entry = Entry(str(key["id"]), "in", text, stamp(), "sent", message_type)
        self._world.append(instance.name, phone, entry)
        arrived = self._sender.emit(instance, "messages.upsert", data)
        self._world.spawn(self._tick_when_taken(instance, phone, str(key["id"]), arrived))
        return str(key["id"])

    async def _tick_when_taken(
        self, instance: Instance, phone: str, entry_id: str, arrived: asyncio.Future[bool]
    ) -> None:
        if await arrived:
            self._world.advance(instance.name, phone, entry_id, "delivered")

    def write_as_owner(self, instance: Instance, *, phone: str, text: str) -> str:
        """Somebody answers a customer on the business's own phone."""
        key = {"remoteJid": jid_of(phone), "fromMe": True, "id": new_message_id()}
        data = _message(instance, key, {"conversation": text}, "conversation", "Você", source="android")
        self._world.append(instance.name, phone, Entry(str(key["id"]), "out", text, stamp(), "delivered"))
        self._sender.emit(instance, "messages.upsert", data)
        return str(key["id"])

    def deliver(self, instance: Instance, *, to: str, text: str) -> dict[str, Any]:
        """The business sends through the API. Returns the answer's body; ticks and events follow by themselves."""
        key = {"remoteJid": jid_of(to), "fromMe": True, "id": new_message_id()}
        data = _message(instance, key, {"conversation": text}, "conversation", "Você", source="web")
        data["status"] = "PENDING"
        self._world.append(instance.name, to, Entry(str(key["id"]), "out", text, stamp(), "sent"))
        self._sender.emit(instance, "send.message", dict(data))
        self._world.spawn(self._arrive(instance, to, str(key["id"])))
        return data

    async def _arrive(self, instance: Instance, phone: str, entry_id: str) -> None:
        await asyncio.sleep(self._pace.delivery)
        self.acknowledge(instance, phone=phone, entry_id=entry_id, status="DELIVERY_ACK")
        await asyncio.sleep(self._pace.reading)
        if self._world.is_watched(instance.name, phone):
            self.acknowledge(instance, phone=phone, entry_id=entry_id, status="READ")

    def read_all(self, instance: Instance, *, phone: str) -> int:
        """The customer opens the thread: everything the business wrote is read."""
        unread = [e for e in self._world.thread(instance.name, phone) if e.direction == "out" and e.status != "read"]
        for entry in unread:
            self.acknowledge(instance, phone=phone, entry_id=entry.id, status="READ")
        return len(unread)

    def acknowledge(self, instance: Instance, *, phone: str, entry_id: str, status: str) -> None:
        """A tick turns, and Evolution reports it."""
        word = {"DELIVERY_ACK": "delivered", "READ": "read", "SERVER_ACK": "sent", "ERROR": "failed"}[status]
        self._world.advance(instance.name, phone, entry_id, word)  # type: ignore[arg-type]  # the four words above
        data = {
            "messageId": f"c{entry_id.lower()}",
            "keyId": entry_id,
            "remoteJid": jid_of(phone),
            "fromMe": True,
            "status": status,
            "instanceId": instance.id,
        }
        self._sender.emit(instance, "messages.update", data)

    def connect(self, instance: Instance, state: str, reason: int = 200) -> None:
        """The account goes online or offline, and Evolution reports it."""
        instance.state = state  # type: ignore[assignment]  # checked by the caller
        self._sender.emit(
            instance, "connection.update", {"instance": instance.name, "state": state, "statusReason": reason}
        )


def _message(
    instance: Instance,
    key: dict[str, Any],
    message: dict[str, Any],
    message_type: str,
    name: str | None,
    *,
    source: str,
) -> dict[str, Any]:
    return {
        "key": key,
        "pushName": name,
        "message": {**message, "messageContextInfo": {"deviceListMetadataVersion": 2}},
        "messageType": message_type,
        "messageTimestamp": int(clock.now().timestamp()),
        "instanceId": instance.id,
        "source": source,
    }


def jid_of(address: str) -> str:
    """The address in WhatsApp's form; a full one stays as it is."""
    return address if "@" in address else f"{digits(address)}@s.whatsapp.net"
