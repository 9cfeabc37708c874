"""The parts of a running Booka, each a process of its own: what the supervisor starts, and what runs under another
process manager in production. A part imports everything first, then waits for the supervisor if there is one.
"""

from __future__ import annotations

import asyncio
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from booka_core.embedded import gate
from booka_core.embedded.parts import REFUSED
from booka_core.kernel.errors import MissingSecret
from booka_core.sdk.errors import BookaError

app = typer.Typer()


@app.command()
def web() -> None:
    """Serve pages, the API and webhooks."""
    with _refusals():
        from booka_core import runtime  # noqa: F401, PLC0415  what serving will import anyway
        from booka_core.web import server  # noqa: PLC0415

        gate.wait_for_start()
        server.serve()


@app.command()
def worker() -> None:
    """Run background work: one Celery worker with BOOKA_WORKER_PROCESSES processes."""
    with _refusals():
        import billiard.pool  # noqa: PLC0415
        from celery.platforms import SecurityWarning  # noqa: PLC0415
        from celery.signals import worker_ready  # noqa: PLC0415

        from booka_core.kernel.settings import settings  # noqa: PLC0415
        from booka_core.worker import app as celery  # noqa: PLC0415

        gate.wait_for_start()
        worker_ready.connect(_say_ready, weak=False)
        # A process that ends waits up to half a minute for somebody to read its results. Ours has none: the table does.
        billiard.pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = 10  # tenths of a second
        # It warns of root because of pickled messages; ours carry ids as JSON only.
        warnings.simplefilter("ignore", SecurityWarning)
        celery.worker_main(["worker", "--loglevel=WARNING", f"--concurrency={settings().BOOKA_WORKER_PROCESSES}"])


@app.command()
def dispatcher() -> None:
    """Hand due background work to the workers."""
    with _refusals():
        from booka_core.jobs.dispatcher import run  # noqa: PLC0415

        gate.wait_for_start()
        gate.report_ready()
        asyncio.run(run())


@app.command()
def emulators() -> None:
    """Serve the local stand-ins for outside services."""
    with _refusals():
        from booka_core.emulators.server import run  # noqa: PLC0415

        gate.wait_for_start()
        gate.report_ready()
        run()


@app.command()
def prepare() -> None:
    """Check and migrate the database, as a start does. In the demo, fill it too."""
    with _refusals():
        from booka_core.cli import preparing  # noqa: PLC0415

        gate.wait_for_start()
        asyncio.run(preparing.prepare())


def _say_ready(**_: object) -> None:
    gate.report_ready()


@contextmanager
def _refusals() -> Iterator[None]:
    """A part that may not run says why in one sentence, with a status that tells the supervisor not to insist."""
    try:
        yield
    except (MissingSecret, BookaError) as error:
        typer.echo(str(error), err=True)
        sys.exit(REFUSED)
