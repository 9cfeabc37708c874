"""The table of commands. A command's module is imported when the command runs, not when somebody asks what there is,
so `booka --help` answers at once and one command never pays for another.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from booka_core.sdk.errors import BookaError

_START, _USE, _OPERATE, _PARTS = "Start", "Use", "Operate", "Parts, for production"


@dataclass(frozen=True)
class Entry:
    """One command. `group` has subcommands; `shared` is one of several commands of its module's `app`."""

    name: str
    module: str
    summary: str
    panel: str
    group: bool = False
    shared: bool = False
    hidden: bool = False


ENTRIES = (
    Entry(
        "demo",
        "up",
        "Start Booka with two demo salons, a phone and stand-ins for outside services.",
        _START,
        shared=True,
    ),
    Entry("up", "up", "Start Booka with everything it needs, on this machine.", _START, shared=True),
    Entry("doctor", "doctor", "Look for what is wrong with this installation.", _OPERATE),
    Entry("chat", "chat", "Talk to a business as a customer, here in the terminal.", _USE),
    Entry("reservation", "reservation", "Look at reservations.", _USE, group=True),
    Entry("availability", "availability", "See what can be booked, and why a time can or cannot be.", _USE, group=True),
    Entry("catalog", "catalog", "Look at what a business offers.", _USE, group=True),
    Entry("tenant", "tenant", "Create and list businesses.", _USE, group=True),
    Entry("plugin", "plugin", "List plugins and switch them on and off.", _OPERATE, group=True),
    Entry("db", "db", "Migrate the database.", _OPERATE, group=True),
    Entry("jobs", "jobs", "Look after background work and its dead letters.", _OPERATE, group=True),
    Entry("web", "parts", "Serve pages, the API and webhooks.", _PARTS, shared=True),
    Entry("worker", "parts", "Run background work.", _PARTS, shared=True),
    Entry("dispatcher", "parts", "Hand due background work to the workers.", _PARTS, shared=True),
    Entry("emulators", "parts", "Serve the local stand-ins for outside services.", _PARTS, shared=True),
    Entry("prepare", "parts", "Check and migrate the database, as a start does.", _PARTS, shared=True),
)


class LazyGroup(TyperGroup):
    """Lists every command from the table, and imports the one that is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self._entries = {entry.name: entry for entry in ENTRIES if _installed(entry)}
        for entry in self._entries.values():
            self.add_command(
                TyperCommand(entry.name, help=entry.summary, rich_help_panel=entry.panel, hidden=entry.hidden)
            )

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, _load(self._entries[name]) if name in self._entries else command, rest


def _installed(entry: Entry) -> bool:
    return importlib.util.find_spec(f"booka_core.cli.{entry.module}") is not None


def _load(entry: Entry) -> Any:
    commands: typer.Typer = importlib.import_module(f"booka_core.cli.{entry.module}").app
    if entry.shared:
        return get_group(commands).commands[entry.name]
    return get_group(commands) if entry.group else get_command(commands)


app = typer.Typer(
    cls=LazyGroup,
    name="booka",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def booka() -> None:
    """Booka takes bookings where customers already are: in a chat."""


def run() -> NoReturn:
    """Run the command line. A failure that Booka knows is one sentence and status 1, never a traceback."""
    try:
        app()
    except BookaError as error:
        typer.echo(f"booka: {error}", err=True)
        sys.exit(1)
    sys.exit(0)
