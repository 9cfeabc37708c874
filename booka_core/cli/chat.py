"""`booka chat`: a customer in the terminal. Nothing is short-circuited: a line goes to the messenger's stand-in,
from there as a real webhook to the running instance, and the answer comes back through the provider's own call. It
therefore needs a running demonstration.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote

import httpx
import typer
from rich.console import Console
from rich.panel import Panel
from rich.prompt import Prompt
from rich.text import Text

from booka_core.embedded.instance import find_instance
from booka_core.kernel import egress
from booka_core.kernel.settings import settings
from booka_core.sdk.errors import NotFound, Upstream, WrongState

app = typer.Typer()

POLL = 0.1
QUIET = 0.6
"""Seconds without a further bubble after which an answer is taken to be complete."""


class NoDemonstration(WrongState):
    """There is no demonstration running to chat with; start one with `booka demo`."""


class NoSuchAccount(NotFound):
    """No business called {tenant} is in the demonstration; there are: {known}."""


class NoAnswer(Upstream):
    """No answer came within {seconds} seconds."""


@dataclass
class Chat:
    """One customer's chat with one business, at the messenger's stand-in."""

    address: str
    account: str
    phone: str
    name: str | None
    http: httpx.AsyncClient
    seen: set[str] = field(default_factory=set)

    async def join(self) -> None:
        """Leave aside what was written before."""
        self.seen = {entry["id"] for entry in await self._thread()}

    async def say(self, text: str, *, timeout: float) -> list[str]:  # noqa: ASYNC109 - the command's own option
        """Write, and wait for the answer. Raises `NoAnswer`."""
        message = {"from": self.phone, "text": text} | ({"name": self.name} if self.name else {})
        answer = await self.http.post(f"{self._base}/customer-message", json=message)
        answer.raise_for_status()
        self.seen.add(answer.json()["id"])
        replies: list[str] = []
        deadline, quiet_at = time.monotonic() + timeout, None
        while time.monotonic() < deadline and (quiet_at is None or time.monotonic() < quiet_at):
            await asyncio.sleep(POLL)
            new = [entry for entry in await self._thread() if entry["id"] not in self.seen]
            self.seen |= {entry["id"] for entry in new}
            found = [entry["text"] for entry in new if entry["direction"] == "out"]
            if found:
                replies += found
                quiet_at = time.monotonic() + QUIET
        if not replies:
            raise NoAnswer(seconds=f"{timeout:g}")
        return replies

    @property
    def _base(self) -> str:
        return f"{self.address}/_emulator/evolution/{quote(self.account)}"

    async def _thread(self) -> list[dict[str, Any]]:
        answer = await self.http.get(f"{self._base}/thread", params={"phone": self.phone})
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found


@app.command()
def chat(  # noqa: PLR0917 - the options of a command
    tenant: Annotated[
        str | None, typer.Option("--tenant", "-t", help="Short name of the business; default the first.")
    ] = None,
    sender: Annotated[str, typer.Option("--from", help="The customer's phone number.")] = "+2348035550100",
    name: Annotated[str | None, typer.Option(help="The customer's name, as their phone tells it.")] = None,
    say: Annotated[list[str] | None, typer.Option(help="Say this and end; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document; with --say.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for an answer.")] = 20.0,
) -> None:
    """Talk to a business as a customer, here in the terminal. Ends with 1 when no answer comes."""
    address = _emulator()
    try:
        asyncio.run(
            _run(
                address=address,
                tenant=tenant,
                sender=sender,
                name=name,
                lines=say or [],
                as_json=as_json,
                timeout=timeout,
            )
        )
    except httpx.HTTPError as error:
        raise NoDemonstration from error


def _emulator() -> str:
    """Where the messenger's stand-in of the running instance is. Raises `NoDemonstration`."""
    if settings().BOOKA_EMULATOR_URL:
        return str(settings().BOOKA_EMULATOR_URL).rstrip("/")
    found = find_instance()
    address = found.environment.get("BOOKA_EMULATOR_URL") if found else None
    if not address:
        raise NoDemonstration
    return address.rstrip("/")


async def _run(
    *,
    address: str,
    tenant: str | None,
    sender: str,
    name: str | None,
    lines: list[str],
    as_json: bool,
    timeout: float,  # noqa: ASYNC109
) -> None:
    async with egress.client() as http:
        accounts = (await http.get(f"{address}/_emulator/evolution/instances")).raise_for_status().json()
        account = next((a for a in accounts if tenant in (None, a["instance"])), None)
        if account is None:
            raise NoSuchAccount(tenant=tenant, known=", ".join(a["instance"] for a in accounts) or "none")
        talk = Chat(address, account["instance"], sender, name, http)
        await talk.join()
        if lines or as_json or not sys.stdin.isatty():
            await _script(
                talk, lines or [line.strip() for line in sys.stdin if line.strip()], as_json=as_json, timeout=timeout
            )
        else:
            await _converse(talk, account["name"], timeout=timeout)


async def _script(talk: Chat, lines: list[str], *, as_json: bool, timeout: float) -> None:  # noqa: ASYNC109
    turns = []
    for line in lines:
        began = time.monotonic()
        replies = await talk.say(line, timeout=timeout)
        turns.append({"say": line, "replies": replies, "seconds": round(time.monotonic() - began, 3)})
        if not as_json:
            typer.echo(f"> {line}")
            typer.echo("\n".join(replies) + "\n")
    if as_json:
        typer.echo(
            json.dumps({"tenant": talk.account, "from": talk.phone, "turns": turns}, indent=2, ensure_ascii=False)
        )


async def _converse(talk: Chat, business: str, *, timeout: float) -> None:  # noqa: ASYNC109
    console = Console()
    console.print(Panel(f"You are {talk.phone}, writing to [bold]{business}[/]. Ctrl-D ends the chat.", expand=False))
    while True:
        try:
            line = (await asyncio.to_thread(Prompt.ask, "[bold green]you[/]", console=console)).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not line:
            continue
        try:
            with console.status("…"):
                replies = await talk.say(line, timeout=timeout)
        except NoAnswer as silence:
            console.print(f"[dim]{silence}[/]")
            continue
        for reply in replies:
            console.print(Panel(Text(reply), title=business, title_align="left", border_style="cyan", expand=False))
