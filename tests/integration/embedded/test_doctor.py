"""`booka doctor` and `booka prepare` name what is wrong, and refuse what would lose data."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from booka_core.testing.database import TestDatabase


def run(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "booka_core.cli", *words],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def findings(environment: dict[str, str]) -> tuple[int, dict[str, dict[str, Any]]]:
    done = run("doctor", "--json", environment=environment)
    return done.returncode, {finding["name"]: finding for finding in json.loads(done.stdout)}


async def test_doctor_names_every_setting_that_could_lose_data(database: TestDatabase, tmp_path: Path) -> None:
    status, found = findings({**database.environment, "BOOKA_HOME": str(tmp_path)})
    assert status == 1  # the tests' own server forgets, for speed
    assert found["database"]["state"] == "fail"
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert f"{name} is off" in found["database"]["detail"]
    assert {found[name]["state"] for name in ("migrations", "clock", "redis", "disk")} == {"ok"}


async def test_doctor_sees_pending_migrations(empty_database: TestDatabase, tmp_path: Path) -> None:
    status, found = findings({**empty_database.environment, "BOOKA_HOME": str(tmp_path)})
    assert status == 1
    assert found["migrations"]["state"] == "fail"
    assert "booka db upgrade" in found["migrations"]["detail"]


async def test_doctor_sees_a_privileged_application_role(database: TestDatabase, tmp_path: Path) -> None:
    _, found = findings({**database.environment, "DATABASE_URL": database.owner_url, "BOOKA_HOME": str(tmp_path)})
    assert "booka_owner, which may see every tenant's rows" in found["database"]["detail"]


async def test_doctor_shows_names_of_secrets_and_never_values(database: TestDatabase, tmp_path: Path) -> None:
    key = "k" * 40
    done = run("doctor", environment={**database.environment, "BOOKA_SECRET_KEY": key, "BOOKA_HOME": str(tmp_path)})
    assert "BOOKA_SECRET_KEY is set" in done.stdout
    assert "SMTP_URL is not set: sign-in links cannot be sent" in done.stdout
    password = database.application_url.split(":")[2].split("@")[0]
    assert key not in done.stdout + done.stderr
    assert password not in done.stdout + done.stderr


def test_doctor_without_anything_running_says_what_to_do(tmp_path: Path) -> None:
    status, found = findings({"BOOKA_HOME": str(tmp_path)})
    assert "booka up" in found["database"]["detail"]
    assert found["database"]["state"] == "warn"
    assert status == 0


def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    status, found = findings({"BOOKA_HOME": str(tmp_path), "BOOKA_PORT": "many"})
    assert status == 1
    assert "BOOKA_PORT" in found["settings"]["detail"]


async def test_an_unsafe_database_is_refused_before_anything_is_written(empty_database: TestDatabase) -> None:
    done = run("prepare", environment=empty_database.environment)
    assert done.returncode == 78  # the supervisor does not insist
    assert "fsync is off: a power cut could destroy the whole database" in done.stderr
    async with empty_database.connect() as connection:
        assert await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
