"""The shape of the `booka` command: quick help, one sentence for a known failure, and what the parts are for."""

import os
import subprocess
import sys
from pathlib import Path

from booka_core.cli.app import ENTRIES

HEAVY = ("tortoise", "quart", "celery", "asyncpg", "pydantic_settings", "babel")


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.defpath, "COLUMNS": "160", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def booka(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.argv[1:] = {list(words)!r}; from booka_core.cli import main; main()"
    return python(code, **environment)


def test_help_lists_every_command_without_importing_the_product() -> None:
    done = python(
        "import sys, atexit\n"
        f"atexit.register(lambda: print('imported:', [name for name in {HEAVY!r} if name in sys.modules]))\n"
        "sys.argv[1:] = ['--help']\n"
        "from booka_core.cli import main; main()"
    )
    assert "imported: []" in done.stdout
    for entry in ENTRIES:
        assert f" {entry.name} " in done.stdout, entry.name


def test_every_command_answers_a_call_for_help() -> None:
    for entry in ENTRIES:
        done = booka(entry.name, "--help")
        assert done.returncode == 0, f"{entry.name}: {done.stderr}"


def test_a_reading_command_without_a_running_instance_says_what_to_do(tmp_path: Path) -> None:
    done = booka("tenant", "list", BOOKA_HOME=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.strip() == "booka: No running Booka found; start `booka up` or set DATABASE_URL."


def test_a_second_start_on_the_same_data_is_one_sentence(tmp_path: Path) -> None:
    code = (
        "import sys; from booka_core.embedded.home import Home\n"
        "home = Home(); home.lock(); print('inside', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={"PATH": os.defpath, "BOOKA_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = booka("up", BOOKA_HOME=str(tmp_path))
        assert done.returncode == 1
        assert done.stderr.strip() == f"booka: Booka already runs on {tmp_path} (process {holder.pid})."
        assert holder.stdin is not None
        holder.stdin.close()


def test_a_data_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = booka("up", BOOKA_HOME=str(tmp_path / "file" / "data"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"booka: The data directory {tmp_path}/file/data cannot be used")
