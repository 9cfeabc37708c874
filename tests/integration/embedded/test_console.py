"""What reaches the terminal from the parts' logs: notices as they are, alarms shortened, the rest not at all."""

import io
from pathlib import Path

import pytest

from booka_core.embedded.console import Console, LogRelay

QUIET = [
    "2026-03-02T09:00:00Z [info     ] booking.confirmed              tenant=1 error=none",
    "2026-03-02 09:00:00 UTC [12] ERROR:  conflicting key value violates exclusion constraint",
    "2026-03-02 09:00:00 UTC [12] FATAL:  terminating connection due to administrator command",
    '{"event": "warning given", "level": "info"}',
]
ALARMING = [
    "2026-03-02T09:00:00Z [warning  ] jobs.carrier_down              given_back=3",
    "2026-03-02T09:00:00Z [error    ] db.plugin_migration_failed     app=beauty",
    "ERROR celery.worker connection lost",
    '{"event": "jobs.buried", "level": "error"}',
    "2026-03-02 09:00:00 UTC [1] PANIC:  could not write to file",
    "booka_core.db.errors.UnsafeDatabase: This database would lose data",
]


@pytest.fixture
def terminal() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


def add(log: Path, *lines: str) -> None:
    with log.open("a") as out:
        out.write("".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("line", QUIET)
def test_ordinary_lines_stay_in_the_file(terminal: io.StringIO, log: Path, line: str) -> None:
    relay = LogRelay("worker", log, Console(terminal))
    add(log, line)
    relay.look()
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("line", ALARMING)
def test_an_alarm_is_shown_with_the_part_it_came_from(terminal: io.StringIO, log: Path, line: str) -> None:
    relay = LogRelay("worker", log, Console(terminal))
    add(log, line)
    relay.look()
    assert f"worker: {line}" in terminal.getvalue()


def test_a_notice_is_shown_as_it_is(terminal: io.StringIO, log: Path) -> None:
    relay = LogRelay("web", log, Console(terminal))
    add(log, "» Sign in: http://127.0.0.1:8000/sign-in/abc")
    relay.look()
    assert terminal.getvalue().strip() == "» Sign in: http://127.0.0.1:8000/sign-in/abc"


def test_a_flood_is_cut_and_points_to_the_file(terminal: io.StringIO, log: Path) -> None:
    relay = LogRelay("worker", log, Console(terminal))
    add(log, *(f"ERROR number {number}" for number in range(100)))
    relay.look()
    shown = terminal.getvalue().splitlines()
    assert len(shown) < 10
    assert f"94 more in {log}" in shown[-1]


def test_what_an_earlier_life_wrote_is_not_shown_again(terminal: io.StringIO, log: Path) -> None:
    add(log, "ERROR of yesterday")
    relay = LogRelay("worker", log, Console(terminal))
    relay.look()
    assert terminal.getvalue() == ""


def test_a_line_is_shown_once_it_is_whole(terminal: io.StringIO, log: Path) -> None:
    relay = LogRelay("worker", log, Console(terminal))
    with log.open("a") as out:
        out.write("ERROR half")
        out.flush()
        relay.look()
        out.write(" and half\n")
        out.flush()
        relay.look()
    assert terminal.getvalue().splitlines() == ["           worker: ERROR half and half"]


def test_a_log_that_has_grown_large_makes_room_and_goes_on(
    terminal: io.StringIO, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booka_core.embedded.console._LARGEST_LOG", 100)
    relay = LogRelay("worker", log, Console(terminal))
    with log.open("ab", buffering=0) as part:
        part.write(b"x" * 200 + b"\n")
        relay.look()
        assert log.stat().st_size == 0
        part.write(b"ERROR afterwards\n")
        relay.look()
    assert log.stat().st_size < 100
    assert log.with_suffix(".log.1").stat().st_size == 201
    assert "worker: ERROR afterwards" in terminal.getvalue()
