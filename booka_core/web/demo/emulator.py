"""The demonstration's line to the local stand-ins: what the phone and the mailbox show, and what the customer writes.
Each call is bounded; a stand-in that does not answer is one error that says so.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from booka_core.kernel import egress
from booka_core.kernel.settings import settings
from booka_core.sdk.errors import NotFound, Upstream
from booka_core.web.demo.thread import ThreadMessage

T = TypeVar("T")

EVOLUTION = "_emulator/evolution"
SECONDS = 5.0
SILENCE = 40.0


class EmulatorUnreachable(Upstream):
    """The demonstration's stand-in for WhatsApp and mail does not answer yet; reload in a moment."""


class MailNotFound(NotFound):
    """There is no such mail."""


class Account(BaseModel):
    """A business's account at the messenger; `instance` is the business's short name."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    instance: str
    name: str
    phone: str


class Mail(BaseModel):
    """A mail that arrived."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    id: str
    to: str
    sender: str = Field(alias="from")
    subject: str
    at: datetime
    text: str = ""


_ACCOUNTS = TypeAdapter(list[Account])
_MESSAGES = TypeAdapter(list[ThreadMessage])
_MAILS = TypeAdapter(list[Mail])


async def accounts() -> list[Account]:
    """Every paired account. Raises `EmulatorUnreachable`."""
    return _read(_ACCOUNTS, await _call("GET", f"{EVOLUTION}/instances"))


async def thread(instance: str, phone: str) -> list[ThreadMessage]:
    """What a customer's phone shows of the conversation with an account, oldest first."""
    return _read(_MESSAGES, await _call("GET", f"{EVOLUTION}/{quote(instance)}/thread", params={"phone": phone}))


async def say(instance: str, *, phone: str, name: str, text: str) -> None:
    """Write to an account as a customer."""
    await _call(
        "POST", f"{EVOLUTION}/{quote(instance)}/customer-message", json={"from": phone, "name": name, "text": text}
    )


async def follow(instance: str, phone: str) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """What happens in a thread, as (event, data), until the connection ends. Raises `EmulatorUnreachable`."""
    address = _address(f"{EVOLUTION}/{quote(instance)}/stream")
    try:
        async with (
            egress.client(timeout=SILENCE) as client,
            client.stream("GET", address, params={"phone": phone}) as response,
        ):
            response.raise_for_status()
            event = ""
            async for line in response.aiter_lines():
                if line.startswith("event:"):
                    event = line.removeprefix("event:").strip()
                elif line.startswith("data:") and event:
                    data = json.loads(line.removeprefix("data:"))
                    yield event, data if isinstance(data, dict) else {}
                    event = ""
    except (httpx.HTTPError, ValueError) as error:
        raise EmulatorUnreachable from error


async def mails() -> list[Mail]:
    """Everything in the mailbox, newest first."""
    return _read(_MAILS, await _call("GET", "_emulator/mail"))


async def mail(mail_id: str) -> Mail:
    """One mail. Raises `MailNotFound`."""
    for one in await mails():
        if one.id == mail_id:
            return one
    raise MailNotFound


def _address(path: str) -> str:
    return f"{settings().require('BOOKA_EMULATOR_URL').rstrip('/')}/{path}"


async def _call(method: str, path: str, **request: Any) -> Any:
    try:
        async with egress.client(timeout=SECONDS) as client:
            response = await client.request(method, _address(path), **request)
            response.raise_for_status()
            return response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise EmulatorUnreachable from error


def _read(shape: TypeAdapter[T], answer: Any) -> T:
    try:
        return shape.validate_python(answer)
    except ValidationError as error:
        raise EmulatorUnreachable from error
