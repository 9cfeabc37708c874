"""The other side of the emulator, which the real server does not have: play a customer, look at a thread on their
phone, follow it live, and say what shall go wrong next. The demo's phone page and the tests speak to it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any, cast, get_args

from quart import Blueprint, Response, request
from quart.typing import ResponseReturnValue

from booka_core.emulators.evolution.api import Refused
from booka_core.emulators.evolution.deliveries import Sender
from booka_core.emulators.evolution.phone import Phones
from booka_core.emulators.evolution.world import Instance, SendFault, World, digits

PREFIX = "/_emulator/evolution"
_KEEP_ALIVE = 15.0
_STATES = {"open", "connecting", "close"}


def blueprint(world: World, sender: Sender, phones: Phones) -> Blueprint:  # noqa: C901, PLR0915 - one short function per endpoint
    """The control routes."""
    control = Blueprint("evolution_control", __name__, url_prefix=PREFIX)

    def instance(name: str) -> Instance:
        found = world.instances.get(name)
        if found is None:
            raise Refused(404, [f'The "{name}" instance does not exist'])
        return found

    async def body() -> dict[str, Any]:
        parsed = await request.get_json(force=True, silent=True)
        return parsed if isinstance(parsed, dict) else {}

    def customer(wanted: dict[str, Any], field: str = "from") -> str:
        phone = wanted.get(field)
        if not isinstance(phone, str) or not 5 <= len(digits(phone)) <= 20:
            raise Refused(400, [f'"{field}" must be a phone number'])
        return phone

    @control.get("/instances")
    async def instances() -> ResponseReturnValue:
        return [
            {"instance": i.name, "name": i.label or i.name, "phone": f"+{digits(i.phone)}", "state": i.state}
            for i in world.instances.values()
        ]

    @control.post("/instances")
    async def pair() -> ResponseReturnValue:
        """Pair an account, or change the name and number of one that is paired; answers its key."""
        wanted = await body()
        name, phone = wanted.get("instance"), customer(wanted, "phone")
        if not isinstance(name, str) or not name:
            raise Refused(400, ['"instance" is missing'])
        paired = world.instances.setdefault(name, Instance(name, phone))
        paired.phone, paired.label = phone, str(wanted.get("name") or name)
        world.save()
        return {"instance": name, "token": paired.token}, 201

    @control.post("/<name>/customer-message")
    async def customer_message(name: str) -> ResponseReturnValue:
        found, wanted = instance(name), await body()
        text, message = wanted.get("text") or "", wanted.get("message")
        if not isinstance(text, str) or not (text or isinstance(message, dict)):
            raise Refused(400, ['"text" is missing'])
        entry_id = phones.write(
            found,
            phone=customer(wanted),
            name=wanted.get("name"),
            text=text,
            message=message,
            message_type=wanted.get("message_type", "conversation"),
            message_id=wanted.get("id"),
            privacy_id=wanted.get("privacy_id"),
            quoted=wanted.get("quoted"),
        )
        return {"id": entry_id}, 202

    @control.post("/<name>/owner-message")
    async def owner_message(name: str) -> ResponseReturnValue:
        wanted = await body()
        text = str(wanted.get("text", ""))
        return {"id": phones.write_as_owner(instance(name), phone=customer(wanted, "to"), text=text)}, 202

    @control.post("/<name>/read")
    async def read(name: str) -> ResponseReturnValue:
        return {"read": phones.read_all(instance(name), phone=customer(await body()))}

    @control.post("/<name>/event")
    async def event(name: str) -> ResponseReturnValue:
        """Send any event with any data, as a test needs it."""
        wanted = await body()
        sender.emit(instance(name), str(wanted.get("event", "")), wanted.get("data"))
        return {}, 202

    @control.post("/<name>/state")
    async def state(name: str) -> ResponseReturnValue:
        wanted = await body()
        if wanted.get("state") not in _STATES:
            raise Refused(400, ['"state" must be open, connecting or close'])
        phones.connect(instance(name), wanted["state"], int(wanted.get("reason", 200)))
        return {}, 202

    @control.get("/<name>/thread")
    async def thread(name: str) -> ResponseReturnValue:
        instance(name)
        phone = customer(dict(request.args), "phone")
        return [asdict(entry) for entry in world.thread(name, phone)]

    @control.get("/<name>/stream")
    async def stream(name: str) -> ResponseReturnValue:
        """Server-sent events `message`, `status` and `typing` of one thread."""
        instance(name)
        response = Response(
            _events(world, name, customer(dict(request.args), "phone")), content_type="text/event-stream; charset=utf-8"
        )
        response.timeout = None
        response.headers["Cache-Control"] = "no-store"
        return response

    @control.post("/faults")
    async def faults() -> ResponseReturnValue:
        wanted = await body()
        for one in wanted.get("sends", []):
            fault, seconds = (one, 60.0) if isinstance(one, str) else (one["fault"], float(one.get("seconds", 60.0)))
            if fault not in get_args(SendFault):
                raise Refused(400, [f"unknown fault {fault!r}; known: {', '.join(get_args(SendFault))}"])
            world.faults.sends.append((cast("SendFault", fault), seconds))
        world.faults.copies = int(wanted.get("copies", world.faults.copies))
        world.faults.delay = float(wanted.get("delay", world.faults.delay))
        world.faults.hold = bool(wanted.get("hold", world.faults.hold))
        return {"sends": [fault for fault, _ in world.faults.sends]}

    @control.post("/release")
    async def release() -> ResponseReturnValue:
        wanted = await body()
        world.faults.hold = False
        return {"released": sender.release(backwards=bool(wanted.get("backwards")))}

    @control.post("/reset")
    async def reset() -> ResponseReturnValue:
        world.reset()
        sender.log.clear()
        return {}

    @control.get("/deliveries")
    async def deliveries() -> ResponseReturnValue:
        return [asdict(delivery) for delivery in sender.log]

    return control


async def _events(world: World, name: str, phone: str) -> AsyncIterator[bytes]:
    with world.watching(name, phone) as queue:
        yield b": open\n\n"
        while not world.stopping.is_set():
            following = asyncio.ensure_future(queue.get())
            stopping = asyncio.ensure_future(world.stopping.wait())
            try:
                await asyncio.wait({following, stopping}, timeout=_KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED)
                if following.done():
                    event = following.result()
                    kind = event.pop("type")
                    yield f"event: {kind}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
                else:
                    yield b": still here\n\n"
            finally:
                following.cancel()
                stopping.cancel()
