"""`booka chat` takes the same road as everybody: the messenger's stand-in, a webhook, a job, and back."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from booka_core.channels import turns
from booka_core.cli import chat
from booka_core.jobs.runner import drain
from booka_core.runtime.wiring import connect_rooms
from booka_core.testing.database import environment
from booka_core.testing.line import Line
from booka_core.testing.salon import Salon


async def _nobody(**_: object) -> None:
    """No bot."""


@pytest_asyncio.fixture(loop_scope="session")
async def running(line: Line, salon: Salon, redis: Any) -> AsyncIterator[Line]:
    """The line, with somebody doing the work in the background."""
    connect_rooms()

    async def work() -> None:
        while True:
            await drain()
            await asyncio.sleep(0.05)

    working = asyncio.create_task(work())
    yield line
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    turns.register(_nobody)


async def _chat(*arguments: str) -> Any:
    """The command, in a thread of its own as in a terminal of its own."""
    return await asyncio.to_thread(CliRunner().invoke, chat.app, list(arguments))


async def test_lines_are_said_and_answers_printed_as_json(running: Line) -> None:
    with environment({"BOOKA_EMULATOR_URL": running.evolution.url}):
        outcome = await _chat(
            *("--tenant", "salon-1", "--from", "+2348031112222", "--name", "Uche", "--json"),
            *("--say", "hello", "--say", "1"),
        )
    assert outcome.exit_code == 0, outcome.output
    document = outcome.stdout[outcome.stdout.index('{\n  "tenant"') :]  # this process's log lines go there too
    said, _ = json.JSONDecoder().raw_decode(document)
    assert [turn["say"] for turn in said["turns"]] == ["hello", "1"]
    assert "1. Book an appointment" in said["turns"][0]["replies"][0]
    assert "2. Haircut" in said["turns"][1]["replies"][0]


async def test_a_business_that_is_not_there_is_said_to_be_so(running: Line) -> None:
    with environment({"BOOKA_EMULATOR_URL": running.evolution.url}):
        outcome = await _chat("--tenant", "nowhere", "--say", "hello")
    assert isinstance(outcome.exception, chat.NoSuchAccount)
    assert "salon-1" in str(outcome.exception)


async def test_silence_ends_after_the_timeout(line: Line) -> None:
    """Nobody works off the jobs here."""
    with environment({"BOOKA_EMULATOR_URL": line.evolution.url}):
        outcome = await _chat("--say", "hello", "--timeout", "0.5")
    assert isinstance(outcome.exception, chat.NoAnswer)


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9"])
def test_without_a_demonstration_it_says_what_to_start(address: str, tmp_path: Any) -> None:
    with environment({"BOOKA_EMULATOR_URL": address, "BOOKA_HOME": str(tmp_path)}):
        outcome = CliRunner().invoke(chat.app, ["--say", "hello"])
    assert isinstance(outcome.exception, chat.NoDemonstration)
    assert "booka demo" in str(outcome.exception)
