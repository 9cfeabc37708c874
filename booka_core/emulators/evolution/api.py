"""The part of Evolution's API that Booka uses, with its real answers: names that differ between request and reply,
errors in one envelope whose `message` has many shapes, and sends that may meet a fault.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import Any
from uuid import uuid4

from quart import Blueprint, Quart, request
from quart.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from booka_core.emulators.evolution.phone import Phones, jid_of
from booka_core.emulators.evolution.world import Instance, SendFault, World, digits, stamp

VERSION = "2.3.7"
_TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error"}
_INTEGRATIONS = {"WHATSAPP-BAILEYS", "WHATSAPP-BUSINESS", "EVOLUTION"}
_NUMBER = re.compile(r"^\d+[\.@\w-]*$")


class Refused(Exception):
    """The emulated server answers with its error envelope."""

    def __init__(self, status: int, message: Any) -> None:
        super().__init__(status)
        self.status = status
        self.message = message


def install_errors(app: Quart) -> None:
    """Every error leaves in Evolution's envelope."""

    @app.errorhandler(Refused)
    async def _refused(refused: Refused) -> ResponseReturnValue:
        return _error(refused.status, refused.message)

    @app.errorhandler(HTTPException)
    async def _http(failure: HTTPException) -> ResponseReturnValue:
        status = failure.code or 500
        return _error(status, [f"Cannot {request.method} {request.path}"] if status in {404, 405} else [failure.name])


def _error(status: int, message: Any) -> ResponseReturnValue:
    return {"status": status, "error": _TITLES.get(status, "Error"), "response": {"message": message}}, status


def blueprint(world: World, phones: Phones) -> Blueprint:  # noqa: C901, PLR0915 - one short function per endpoint
    """The routes that the real server has."""
    api = Blueprint("evolution_api", __name__)

    def authorised(name: str | None) -> None:
        given = request.headers.get("apikey", "")
        known = world.instances.get(name) if name else None
        if given != world.api_key and (known is None or given != known.token):
            raise Refused(401, "Unauthorized")

    def instance(name: str) -> Instance:
        authorised(name)
        found = world.instances.get(name)
        if found is None:
            raise Refused(404, [f'The "{name}" instance does not exist'])
        return found

    async def body() -> dict[str, Any]:
        parsed = await request.get_json(force=True, silent=True)
        if not isinstance(parsed, dict):
            raise Refused(400, ["The request body is not valid JSON"])
        return parsed

    @api.get("/")
    async def welcome() -> ResponseReturnValue:
        message = "Welcome to the Evolution API, it is working!"
        return {"status": 200, "message": message, "version": VERSION, "clientName": "booka_emulator"}

    @api.post("/instance/create")
    async def create() -> ResponseReturnValue:
        authorised(None)
        wanted = await body()
        name = wanted.get("instanceName")
        if not isinstance(name, str) or not name:
            raise Refused(400, [['instance requires property "instanceName"']])
        if name in world.instances:
            raise Refused(403, [f'This name "{name}" is already in use.'])
        if wanted.get("integration") not in _INTEGRATIONS:
            raise Refused(400, ["Invalid integration"])
        created = Instance(name, str(wanted.get("number") or ""), integration=wanted["integration"])
        # The real server learns the account's name from WhatsApp; here its creator says it.
        created.label = str(wanted.get("profileName") or "")
        created.token = str(wanted.get("token") or created.token)
        if isinstance(wanted.get("webhook"), dict):
            created.webhook = _webhook_row(created, wanted["webhook"], None)
        world.instances[name] = created
        world.save()
        world.spawn(_come_online(phones, created))
        hook = created.webhook or {}
        return {
            "instance": {
                "instanceName": name,
                "instanceId": created.id,
                "integration": created.integration,
                "webhookWaBusiness": None,
                "accessTokenWaBusiness": "",
                "status": "connecting",
            },
            "hash": created.token,
            "webhook": {
                "webhookUrl": hook.get("url"),
                "webhookHeaders": hook.get("headers"),
                "webhookByEvents": hook.get("webhookByEvents"),
                "webhookBase64": hook.get("webhookBase64"),
            },
            "settings": {"groupsIgnore": bool(wanted.get("groupsIgnore"))},
            "qrcode": {"count": 0},
        }, 201

    @api.get("/instance/connectionState/<name>")
    async def connection_state(name: str) -> ResponseReturnValue:
        return {"instance": {"instanceName": name, "state": instance(name).state}}

    @api.get("/instance/fetchInstances")
    async def fetch_instances() -> ResponseReturnValue:
        given = request.headers.get("apikey", "")
        seen = [i for i in world.instances.values() if given in {world.api_key, i.token}]
        if not seen and given != world.api_key:
            raise Refused(401, "Unauthorized")
        wanted = request.args.get("instanceName")
        return [
            {
                "id": i.id,
                "name": i.name,
                "connectionStatus": i.state,
                "ownerJid": i.jid,
                "profileName": i.label,
                "integration": i.integration,
                "number": digits(i.phone),
                "token": i.token,
            }
            for i in seen
            if wanted in {None, i.name}
        ]

    @api.delete("/instance/logout/<name>")
    async def logout(name: str) -> ResponseReturnValue:
        found = instance(name)
        if found.state == "close":
            raise Refused(400, [f'The "{name}" instance is not connected'])
        phones.connect(found, "close", 401)
        return {"status": "SUCCESS", "error": False, "response": {"message": "Instance logged out"}}

    @api.delete("/instance/delete/<name>")
    async def delete(name: str) -> ResponseReturnValue:
        instance(name)
        del world.instances[name]
        world.save()
        return {"status": "SUCCESS", "error": False, "response": {"message": "Instance deleted"}}

    @api.post("/webhook/set/<name>")
    async def set_webhook(name: str) -> ResponseReturnValue:
        found = instance(name)
        wanted = (await body()).get("webhook")
        if not isinstance(wanted, dict) or "enabled" not in wanted or not wanted.get("url"):
            raise Refused(
                400, [['instance.webhook requires property "enabled"', 'instance.webhook requires property "url"']]
            )
        found.webhook = _webhook_row(found, wanted, found.webhook)
        world.save()
        return found.webhook, 201

    @api.get("/webhook/find/<name>")
    async def find_webhook(name: str) -> ResponseReturnValue:
        found = instance(name).webhook
        return found if found is not None else ("null", 200, {"Content-Type": "application/json"})

    @api.post("/message/sendText/<name>")
    async def send_text(name: str) -> ResponseReturnValue:
        found = instance(name)
        wanted = await body()
        if missing := [p for p in ("number", "text") if not isinstance(wanted.get(p), str) or not wanted[p].strip()]:
            raise Refused(400, [[f'instance requires property "{name}"' for name in missing]])
        number = re.sub(r"[+\s()-]", "", wanted["number"])
        if not _NUMBER.match(number):
            raise Refused(400, [{"jid": jid_of(number), "exists": False, "number": number}])
        delay = wanted.get("delay")
        if isinstance(delay, int) and 0 < delay <= 60_000:
            world.show_typing(name, number, delay / 1000)
            await asyncio.sleep(delay / 1000)
        fault, seconds = world.faults.sends.popleft() if world.faults.sends else (None, 0.0)
        if fault is not None and not fault.startswith("accept"):
            return await _faulty(world, fault, seconds, number)
        if found.state != "open":
            raise Refused(500, "Connection Closed")
        sent = phones.deliver(found, to=number, text=wanted["text"])
        if fault is not None:
            return await _faulty(world, fault, seconds, number)
        return sent, 201

    @api.post("/chat/sendPresence/<name>")
    async def send_presence(name: str) -> ResponseReturnValue:
        instance(name)
        wanted = await body()
        if not isinstance(wanted.get("delay"), int) or not isinstance(wanted.get("number"), str):
            raise Refused(400, [['instance requires property "number"', 'instance requires property "delay"']])
        world.show_typing(name, wanted["number"], wanted["delay"] / 1000)
        await asyncio.sleep(min(wanted["delay"], 60_000) / 1000)
        return {"presence": wanted.get("presence", "composing")}, 201

    @api.post("/chat/markMessageAsRead/<name>")
    async def mark_as_read(name: str) -> ResponseReturnValue:
        instance(name)
        for one in (await body()).get("readMessages", []):
            if isinstance(one, dict) and not str(one.get("remoteJid", "")).endswith("@lid"):
                world.advance(name, str(one.get("remoteJid", "")), str(one.get("id", "")), "read")
        return {"message": "Read messages", "read": "success"}, 201

    return api


async def _come_online(phones: Phones, created: Instance) -> None:
    """Pairing without a telephone: nobody has to scan anything here."""
    await asyncio.sleep(0)
    phones.connect(created, "open")


async def _faulty(world: World, fault: SendFault, seconds: float, number: str) -> ResponseReturnValue:
    if fault in {"hang", "accept_then_hang"}:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(world.stopping.wait(), seconds)
        raise Refused(500, "The caller should have given up long ago")
    if fault == "licence":
        manager = "http://127.0.0.1/manager"
        return {"error": "service not activated", "code": "LICENSE_REQUIRED", "register_url": manager}, 503
    if fault == "disconnected":
        raise Refused(500, "Connection Closed")
    if fault == "not_on_whatsapp":
        raise Refused(400, [{"jid": jid_of(number), "exists": False, "number": number}])
    if fault == "rejected":
        raise Refused(400, ["[object Object]"])
    raise Refused(500, "Cannot read properties of undefined (reading 'length')")


def _webhook_row(instance: Instance, wanted: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """The stored row; headers that are left out keep their old values, as on the real server."""
    if "events" not in wanted:
        raise Refused(500, "Cannot read properties of undefined (reading 'length')")
    if len(str(wanted["url"])) > 500:
        raise Refused(400, [["instance.webhook.url is too long"]])
    enabled = bool(wanted.get("enabled", True))
    return {
        "id": (before or {}).get("id") or str(uuid4()),
        "url": wanted["url"],
        "headers": wanted.get("headers", (before or {}).get("headers")),
        "enabled": enabled,
        "events": list(wanted["events"]) if enabled else [],
        "webhookByEvents": bool(wanted.get("byEvents", False)),
        "webhookBase64": bool(wanted.get("base64", False)),
        "createdAt": (before or {}).get("createdAt") or stamp(),
        "updatedAt": stamp(),
        "instanceId": instance.id,
    }
