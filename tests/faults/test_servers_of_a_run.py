"""A test run leaves no server behind, however it ends."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.faults

TEST = """
import time
def test_it(postgres_server):
    print("servers", postgres_server.host_pid, postgres_server.home, flush=True)
    time.sleep({seconds})
"""


@contextlib.contextmanager
def run_of_tests(directory: Path, *, seconds: float, workers: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A pytest of its own on one test that needs the servers; gives it and what it said about them."""
    (directory / "test_it.py").write_text(TEST.format(seconds=seconds))
    said = directory / "said"
    with said.open("w") as out:
        run = subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", "-q", "-s", "-c", "/dev/null", "--rootdir", str(directory)),
                *("-p", "booka_core.testing.plugin", "-p", "no:cacheprovider", "-n", str(workers)),
                str(directory / "test_it.py"),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=directory,
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 - this test starts no threads
        )
    try:
        deadline = time.monotonic() + 60
        while not (found := servers_of(run.pid)) and run.poll() is None:
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.05)
        yield run, found
    finally:
        run.kill()
        run.wait(10)


def _hear_interrupts() -> None:
    """A shell's background job, such as a continuous build, hands down that SIGINT is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def servers_of(run: int) -> str:
    """The directory of the servers of a run, once they serve."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "booka_core.testing.servers" in words and words[-1] == str(run):
            directory = str(words[-2])
            return directory if (Path(directory) / "servers.json").exists() else ""
    return ""


def anything_in(directory: str) -> list[str]:
    found = [" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])]
    return [line for line in found if directory in line]


@pytest.mark.parametrize(
    ("sent", "workers"), [(signal.SIGKILL, 0), (signal.SIGKILL, 2), (signal.SIGTERM, 0), (signal.SIGINT, 2)]
)
def test_a_killed_test_run_leaves_no_server(tmp_path: Path, sent: signal.Signals, workers: int) -> None:
    with run_of_tests(tmp_path, seconds=600, workers=workers) as (run, directory):
        assert directory
        assert anything_in(directory)
        run.send_signal(sent)
        deadline = time.monotonic() + 30
        while anything_in(directory) or Path(directory).exists():
            assert time.monotonic() < deadline, anything_in(directory)
            time.sleep(0.1)


def test_a_finished_test_run_has_cleaned_up_when_it_ends(tmp_path: Path) -> None:
    with run_of_tests(tmp_path, seconds=0.5) as (run, directory):
        assert directory
        assert run.wait(60) == 0
        assert anything_in(directory) == []
        assert not Path(directory).exists()
