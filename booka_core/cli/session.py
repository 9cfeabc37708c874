"""What a command needs around its work: the running instance's addresses, and the product open on its database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from booka_core.embedded.instance import connect_environment
from booka_core.kernel.settings import reset_settings


@asynccontextmanager
async def command_line_session() -> AsyncIterator[None]:
    """The product, started for one command. Raises `NothingRunning` when there is no database to work on."""
    from booka_core import runtime  # noqa: PLC0415 - after the environment is known

    connect_environment()
    os.environ.setdefault("BOOKA_LOG_LEVEL", "WARNING")  # a command's output is its answer
    reset_settings()
    await runtime.start()
    try:
        yield
    finally:
        await runtime.stop()
