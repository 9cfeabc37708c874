"""`booka db`: the tables of the core and of every plugin."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated

import typer

from booka_core.db import migrate
from booka_core.db.config import core_app
from booka_core.embedded.instance import connect_environment
from booka_core.plugins.discovery import migration_apps
from booka_core.sdk.errors import BadInput

app = typer.Typer(no_args_is_help=True)


class UnknownApp(BadInput):
    """There are no tables called {label}; there are: {known}."""


@app.command()
def upgrade(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")] = False,
) -> None:
    """Apply every migration that is pending: the core's, then the plugins'. Ends with 1 when a plugin's fails."""
    connect_environment()
    report = asyncio.run(migrate.upgrade(migration_apps()))
    if as_json:
        typer.echo(json.dumps({"applied": report.applied, "failed": report.failed}, indent=2))
    else:
        for label, files in report.applied.items():
            typer.echo(f"{label}: {', '.join(files) if files else 'up to date'}")
        for label, reason in report.failed.items():
            typer.echo(f"{label}: FAILED: {reason}", err=True)
    sys.exit(1 if report.failed else 0)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")] = False,
) -> None:
    """What is applied and what is pending. Ends with 1 when something is pending."""
    connect_environment()
    apps = (core_app(), *migration_apps())
    pending = asyncio.run(migrate.pending(migration_apps()))
    found = {
        one.label: {
            "applied": [f.name for f in migrate.migration_files(one) if f.name not in pending.get(one.label, [])],
            "pending": pending.get(one.label, []),
        }
        for one in migrate.in_order(apps)
    }
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        for label, files in found.items():
            state = f"pending: {', '.join(files['pending'])}" if files["pending"] else "up to date"
            typer.echo(f"{label}: {len(files['applied'])} applied, {state}")
    sys.exit(1 if pending else 0)


@app.command()
def make(
    label: Annotated[str, typer.Argument(help="Whose tables: core, or a plugin's label.")],
    name: Annotated[str, typer.Argument(help="What the migration does, in a few words_like_this.")],
    empty: Annotated[bool, typer.Option(help="Begin an empty one, to be written by hand.")] = False,
) -> None:
    """Write the next migration from what the models say. Needs no database."""
    apps = {one.label: one for one in (core_app(), *migration_apps())}
    if label not in apps:
        raise UnknownApp(label=label, known=", ".join(sorted(apps)))
    typer.echo(asyncio.run(migrate.make(apps[label], name=name, empty=empty)))
