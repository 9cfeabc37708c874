"""What the supervisor promises: an ordered start and stop, a fresh start of what dies, and never an orphan."""

import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from booka_core.testing.instances import RunningInstance, instance_directory, start_instance

pytestmark = pytest.mark.faults

TOY = Path(__file__).with_name("toy_instance.py")
WORKPLACE = Path(__file__).parents[2]


class Toys:
    """Starts toy instances and leaves none behind."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.started: list[RunningInstance] = []

    def start(self, *words: str, home: str = "home", environment: dict[str, str] | None = None) -> RunningInstance:
        command = (sys.executable, str(TOY), *words)
        toy = start_instance(self.directory / home, command=command, environment=environment)
        self.started.append(toy)
        return toy


@pytest.fixture
def toys() -> Iterator[Toys]:
    with instance_directory() as directory:
        mine = Toys(directory)
        try:
            yield mine
        finally:
            for toy in mine.started:
                toy.destroy()


def page(url: str) -> str:
    return httpx.get(url, timeout=5).text


def part(toy: RunningInstance, name: str) -> psutil.Process:
    state = toy.state()
    assert state is not None
    return psutil.Process(state.parts[name])


def test_everything_starts_in_order_and_serves(toys: Toys) -> None:
    toy = toys.start()
    state = toy.wait_ready()
    assert page(state.url) == "here"
    steps = [toy.printed().index(f"{name} is up") for name in ("postgres", "redis", "worker", "web")]
    assert steps == sorted(steps)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_stops_everything_in_reverse_and_counts_as_success(toys: Toys, sent: signal.Signals) -> None:
    toy = toys.start()
    toy.wait_ready()
    assert toy.stop(sent) == 0
    assert toy.survivors(0) == []
    steps = [toy.printed().index(f"{name} stopped") for name in ("web", "worker", "redis", "postgres")]
    assert steps == sorted(steps)
    assert not (toy.home / "state.json").exists()


def test_the_stores_run_without_the_rights_of_root(toys: Toys) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root has rights to give up")
    toy = toys.start()
    toy.wait_ready()
    assert part(toy, "postgres").uids().real != 0
    assert part(toy, "redis").uids().real != 0


def test_killing_the_supervisor_leaves_no_orphan(toys: Toys) -> None:
    toy = toys.start()
    toy.wait_ready()
    toy.kill()
    assert toy.survivors() == []


@pytest.mark.parametrize("guard", ["untied", "unreaped"])
def test_each_guard_against_orphans_is_enough_alone(toys: Toys, guard: str) -> None:
    if guard == "unreaped" and sys.platform != "linux":
        pytest.skip("only Linux ties a child to its parent")
    toy = toys.start(guard)
    toy.wait_ready()
    toy.kill()
    left = toy.survivors()
    # Without the reaper, a grandchild is its parent's own care.
    assert [line for line in left if "time.sleep(600)" not in line] == []


def test_sabotage_without_both_guards_the_orphans_are_seen(toys: Toys) -> None:
    toy = toys.start("untied", "unreaped")
    toy.wait_ready()
    toy.kill()
    assert len(toy.survivors(2)) >= 4


@pytest.mark.parametrize("name", ["worker", "web", "redis", "postgres"])
def test_what_dies_is_started_again_where_it_was(toys: Toys, name: str) -> None:
    toy = toys.start()
    before = toy.wait_ready()
    part(toy, name).kill()
    toy.wait_printed(f"{name} ended (SIGKILL); starting it again")
    deadline = time.monotonic() + 30
    while (state := toy.state()) is None or state.parts[name] == before.parts[name]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert state.environment == before.environment
    deadline = time.monotonic() + 10
    while True:
        try:
            assert page(state.url) == "here"
            break
        except httpx.HTTPError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert toy.stop() == 0


def test_a_part_that_keeps_dying_ends_the_instance_with_its_last_words(toys: Toys) -> None:
    toy = toys.start("dying-worker")
    assert toy.supervisor.wait(60) == 1
    assert "The part 'worker' keeps dying" in toy.printed()
    assert "the reason it died" in toy.printed()
    assert toy.survivors(5) == []


def test_a_refusal_is_final_and_says_why(toys: Toys) -> None:
    toy = toys.start("refusing")
    assert toy.supervisor.wait(60) == 1
    assert "Booka refuses to start" in toy.printed()
    assert "fsync is off" in toy.printed()
    assert "starting it again" not in toy.printed()


def test_a_killed_instance_starts_again_at_once_on_the_same_data(toys: Toys) -> None:
    for _ in range(3):
        toy = toys.start()
        state = toy.wait_ready()
        assert page(state.url) == "here"
        toy.kill()
    assert toys.start().wait_ready().url == state.url


def test_a_second_instance_on_the_same_data_is_refused_with_the_first_ones_number(toys: Toys) -> None:
    first = toys.start()
    first.wait_ready()
    second = toys.start()
    assert second.supervisor.wait(30) != 0
    assert "Booka already runs" in second.printed()
    assert str(first.supervisor.pid) in second.printed()
    assert page(first.wait_ready().url) == "here"


def test_two_instances_with_data_of_their_own_run_side_by_side(toys: Toys) -> None:
    one, two = toys.start(home="one"), toys.start(home="two")
    first, second = one.wait_ready(), two.wait_ready()
    assert first.url != second.url
    assert page(first.url) == page(second.url) == "here"
    assert first.environment["DATABASE_URL"] != second.environment["DATABASE_URL"]


def test_a_port_that_somebody_insists_on_is_not_exchanged(toys: Toys) -> None:
    taken = toys.start(home="one").wait_ready().environment["BOOKA_PORT"]
    other = toys.start(home="two", environment={"BOOKA_PORT": taken})
    assert other.supervisor.wait(30) == 1
    assert f"Port {taken} is taken" in other.printed()


def test_the_end_of_the_program_that_started_it_is_the_end(toys: Toys) -> None:
    toy = start_instance(
        toys.directory / "home", command=("/bin/sh", "-c", f"'{sys.executable}' '{TOY}'; true"), environment={}
    )
    toys.started.append(toy)
    toy.wait_ready()
    toy.kill()  # the shell, without warning
    assert toy.survivors() == []
    assert "The program that started Booka is gone" in toy.printed()


def test_secrets_are_private_and_survive_a_restart(toys: Toys) -> None:
    toy = toys.start()
    first = toy.wait_ready()
    for name in ("secrets.json", "state.json"):
        assert (toy.home / name).stat().st_mode & 0o077 == 0
    toy.stop()
    again = toys.start().wait_ready()
    assert again.environment["BOOKA_SECRET_KEY"] == first.environment["BOOKA_SECRET_KEY"]


def test_no_password_is_visible_in_the_list_of_processes(toys: Toys) -> None:
    toy = toys.start()
    toy.wait_ready()
    values = list(json.loads((toy.home / "secrets.json").read_text()).values())
    shown = " ".join(" ".join(process.cmdline()) for process in toy.family())
    assert len(values) >= 6
    assert not [value for value in values if value in shown]


def test_a_plain_user_can_run_it(toys: Toys) -> None:
    python = "/usr/bin/python3.11" if sys.version_info[:2] == (3, 11) else sys.executable
    if os.geteuid() != 0:
        pytest.skip("every other test here already ran as a plain user")
    nobody = pwd.getpwnam("nobody").pw_uid
    paths = os.pathsep.join([str(WORKPLACE), *(entry for entry in sys.path if entry.endswith("site-packages"))])
    allowed = subprocess.run(
        [python, "-c", "import booka_core.embedded.supervisor"],
        user=nobody,
        env={"PYTHONPATH": paths},
        check=False,
        capture_output=True,
        cwd="/",
    )
    if allowed.returncode:
        pytest.skip("a plain user cannot enter this Python")
    home = toys.directory / "plain"
    home.mkdir()
    os.chown(home, nobody, nobody)
    toy = start_instance(home, command=(python, str(TOY)), environment={"PYTHONPATH": paths}, user=nobody)
    toys.started.append(toy)
    state = toy.wait_ready()
    assert page(state.url) == "here"
    assert {process.uids().real for process in toy.family()} == {nobody}
    assert toy.stop() == 0
    assert toy.survivors(0) == []
