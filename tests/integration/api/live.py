"""The API under a real socket inside the test's own process, and Schemathesis let loose on it from another."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from booka_core.web.app import BookaApp

from .conftest import Business

HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "429"]

[phases.stateful.inference]
algorithms = []
"""
"""What fits the description may be refused for what it means (400), never for how it looks (422). Calls follow each
other by the links of the description alone, and not by guesses.
"""


@dataclass(frozen=True)
class Verdict:
    """What Schemathesis found: its exit code, its own words, and the events of the run."""

    code: int
    words: str
    events: list[dict[str, Any]]

    def cases_of(self, phase: str) -> int:
        """How many requests a phase made."""
        return sum(
            len(event["ScenarioFinished"]["recorder"]["interactions"])
            for event in self.events
            if "ScenarioFinished" in event and event["ScenarioFinished"]["phase"] == phase
        )

    def followed(self) -> int:
        """How many requests took what they asked about from the answer before."""
        return sum(
            case["is_transition_applied"]
            for event in self.events
            if "ScenarioFinished" in event and event["ScenarioFinished"]["phase"] == "stateful"
            for case in event["ScenarioFinished"]["recorder"]["cases"].values()
        )


@asynccontextmanager
async def listening(app: BookaApp) -> AsyncIterator[str]:
    """The application at an address of this machine, on this very event loop."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.accesslog = config.errorlog = None
    stop = asyncio.Event()
    server = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))  # type: ignore[arg-type]
    try:
        for _ in range(200):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        await server


async def fuzz(business: Business, folder: Path, *arguments: str, known: dict[str, list[str]]) -> Verdict:
    """Run Schemathesis as the owner of a business over everything that the description says."""
    (folder / "schemathesis.toml").write_text(SETTINGS)
    events = folder / "events.ndjson"
    async with listening(business.app) as address:
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            "--config-file", str(folder / "schemathesis.toml"),
            "run", f"{address}/api/v1/openapi.json",
            "--header", f"Authorization:{business.owner.headers['Authorization']}",
            "--checks", "all", "--continue-on-failure", "--no-color",
            "--generation-database", "none", "--output-sanitize", "false",
            "--report", "ndjson", "--report-ndjson-path", str(events),
            *arguments,
        ]  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS), "BOOKA_FUZZ_KNOWN": json.dumps(known)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        words, _ = await process.communicate()
    told = [json.loads(line) for line in events.read_text().splitlines()] if events.exists() else []
    return Verdict(process.returncode or 0, words.decode(errors="replace"), told)
