"""The whole product under its supervisor: `booka demo` from an empty directory to its pages, and back to nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from booka_core.embedded.instance import Instance
from booka_core.testing.instances import RunningInstance, instance_directory, start_instance

pytestmark = pytest.mark.faults
DEMO = (sys.executable, "-m", "booka_core.cli", "demo")


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    with instance_directory() as path:
        yield path


@pytest.fixture(scope="module")
def demo(directory: Path) -> Iterator[RunningInstance]:
    """One demonstration for the tests of this module, the last of which ends it: `make test` keeps a file together."""
    running = start_instance(directory / "demo", command=DEMO)
    try:
        running.wait_ready(180)
        yield running
    finally:
        running.destroy()


def booka(home: Path, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "booka_core.cli", *words, "--json"],
        env={"PATH": os.defpath, "BOOKA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def wait_until_all_well(url: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while (answer := httpx.get(f"{url}/api/ready", timeout=10)).status_code != 200:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.2)


def test_the_demo_serves_its_pages_and_every_part_is_well(demo: RunningInstance) -> None:
    url = demo.wait_ready().url
    wait_until_all_well(url)
    for page in ("/", "/phone", "/mail"):
        assert httpx.get(url + page, timeout=10).status_code == 200, page


def test_reading_commands_find_the_running_instance_by_its_directory(demo: RunningInstance) -> None:
    tenants = booka(demo.home, "tenant", "list")
    assert len(tenants) == 2
    assert booka(demo.home, "db", "status")["core"]["pending"] == []
    assert {finding["state"] for finding in booka(demo.home, "doctor")} <= {"ok", "warn"}


@pytest.mark.parametrize("name", ["worker", "dispatcher", "web", "emulators", "redis"])
def test_a_killed_part_comes_back_and_the_whole_is_well_again(demo: RunningInstance, name: str) -> None:
    before = demo.wait_ready()
    psutil.Process(before.parts[name]).kill()
    demo.wait_printed(f"{name} ended (SIGKILL); starting it again")
    deadline = time.monotonic() + 60
    while True:
        state: Instance | None = demo.state()
        if state is not None and state.parts[name] != before.parts[name]:
            break
        assert time.monotonic() < deadline
        time.sleep(0.05)
    deadline = time.monotonic() + 60
    while True:
        try:
            wait_until_all_well(before.url)
            break
        except httpx.HTTPError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_killed_demo_leaves_no_orphan_and_the_next_start_is_quick_and_ends_cleanly(demo: RunningInstance) -> None:
    demo.kill()
    assert demo.survivors(30) == []
    started = time.monotonic()
    again = start_instance(demo.home, command=DEMO)
    try:
        assert httpx.get(again.wait_ready(60).url, timeout=10).status_code == 200
        took = time.monotonic() - started
        assert again.stop(signal.SIGINT) == 0
        assert again.survivors(0) == []
    finally:
        again.destroy()
    # Ten seconds are promised for a machine to itself; this one is shared with the other tests.
    assert took < 30, again.printed()
