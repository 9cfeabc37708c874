"""`booka up` and `booka demo`: the whole product on one machine, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from booka_core.embedded.home import Home
from booka_core.embedded.parts import preparation, product_parts
from booka_core.embedded.supervisor import Supervisor
from booka_core.kernel.settings import reset_settings

app = typer.Typer()

_Port = Annotated[int | None, typer.Option(help="Port of the web part; default BOOKA_PORT, or 8000 or the next free.")]
_HomeOption = Annotated[Path | None, typer.Option(help="Data directory; default BOOKA_HOME or the user's own.")]


@app.command()
def up(port: _Port = None, home: _HomeOption = None) -> None:
    """Start Booka with everything it needs, on this machine. PostgreSQL and Redis are started too, unless DATABASE_URL
    and REDIS_URL name others. Ctrl-C stops everything."""
    _supervise(port=port, home=home, demo=False)


@app.command()
def demo(port: _Port = None, home: _HomeOption = None) -> None:
    """Start Booka with two demo salons, a phone to write from, and local stand-ins for outside services."""
    _supervise(port=port, home=home, demo=True)


def _supervise(*, port: int | None, home: Path | None, demo: bool) -> None:
    if port is not None:
        os.environ["BOOKA_PORT"] = str(port)
    if home is not None:
        os.environ["BOOKA_HOME"] = str(home.expanduser().absolute())
    if demo:
        os.environ["BOOKA_DEMO"] = "1"
    reset_settings()
    sys.exit(Supervisor(Home(), parts=product_parts, prepare=preparation(), demo=demo).run())
