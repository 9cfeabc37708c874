"""Any command finds the database: by its environment, else by the instance that runs on the data directory."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from booka_core.embedded.errors import NothingRunning
from booka_core.embedded.home import Home
from booka_core.embedded.instance import Instance, announce, connect_environment
from booka_core.kernel.settings import reset_settings, settings
from booka_core.testing.database import environment

ADDRESS = "postgres://booka_app:secret@127.0.0.1:1/booka"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with environment({"BOOKA_HOME": str(tmp_path)}):
        mine = Home()
        yield mine
        mine.unlock()
    reset_settings()


def announce_running(home: Home) -> None:
    announce(
        home,
        Instance(
            pid=os.getpid(), url="http://127.0.0.1:1", started_at="", ready=True, parts={},
            environment={"DATABASE_URL": ADDRESS, "REDIS_URL": "redis://running"},
        ),
    )  # fmt: skip


def test_a_running_instance_is_found_by_its_data_directory(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.lock()
    announce_running(home)
    monkeypatch.setenv("REDIS_URL", "redis://mine")
    connect_environment()
    monkeypatch.setenv("DATABASE_URL", os.environ["DATABASE_URL"])  # so that it is taken back after the test
    assert settings().require("DATABASE_URL") == ADDRESS
    assert settings().require("REDIS_URL") == "redis://mine"


def test_the_environment_wins(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.lock()
    announce_running(home)
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/booka")
    connect_environment()
    assert os.environ["DATABASE_URL"] == "postgres://elsewhere/booka"
    assert "REDIS_URL" not in os.environ


def test_what_a_killed_instance_left_behind_does_not_count(home: Home) -> None:
    announce_running(home)  # but nobody holds the lock
    with pytest.raises(NothingRunning, match="start `booka up` or set DATABASE_URL"):
        connect_environment()


def test_nothing_running_is_said_plainly(home: Home) -> None:
    with pytest.raises(NothingRunning):
        connect_environment()
