"""Runs the scale benchmark: the same reads by the product in a large and in a small database, a few calls in turn.

Large: one business with a million reservations over three years, beside ten thousand small businesses. Small: one with
two thousand reservations, and one of those small ones. Both books are equally full on the days that are asked for, so
that the same question has as long an answer in both, and only what else is in the tables differs. The plans of the
statements that the product sends are looked at as well, as the application role, under the policies: the occupancies
of a question are read from indexes alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from bench.options import Options
from bench.report import Outcome
from bench.scale.data import copy_business, fill_book
from bench.scale.plans import faults_of
from bench.servers import ROOT, Servers, servers

RESERVATIONS, FEW, BUSINESSES = 1_000_000, 2_000, 10_000
PAST = 730  # days before the asked one that the large book begins
BOUND = 1.5
QUESTIONS = {
    "day view": ("shop", {"read": "day"}),
    "free starts of two days, anybody of fifty": ("shop", {"read": "offers", "days": 2, "person": None}),
    "free starts of two days, one person": ("shop", {"read": "offers", "days": 2}),
    "day view of one among ten thousand": ("corner", {"read": "day"}),
    "free starts of one among ten thousand": ("corner", {"read": "offers", "days": 2, "person": None}),
}
CALLS = 5  # in a row, so that neither database loses its place in the processor's caches at every call


def run(options: Options) -> Outcome:
    outcome = Outcome("scale")
    wanted = datetime.now(UTC).date() + timedelta(days=10)
    with servers() as running:
        began = time.perf_counter()
        running.postgres.run_sql("create database small owner booka_owner template booka")
        large = _filled(running, options, "booka", reservations=RESERVATIONS, copies=BUSINESSES, wanted=wanted)
        small = _filled(running, options, "small", reservations=FEW, copies=0, wanted=wanted)
        outcome.notes.append(f"filled in {time.perf_counter() - began:.0f} seconds")
        with _product(running, "booka") as big, _product(running, "small") as little:
            for name, (whose, question) in QUESTIONS.items():
                options.say(f"scale: {name}")
                asked = {"day": wanted.isoformat(), **question}
                sides = {
                    "large": (big, {**large[whose], **asked}),
                    "small": (little, {**small[whose], **asked}),
                }
                _time(outcome, name, sides, options)
            for name, (whose, question) in QUESTIONS.items():
                asked = {**large[whose], "day": wanted.isoformat(), **question}
                sent = big.ask({**asked, "explain": True})["statements"]
                address = _address(running, "booka_app", "booka")
                outcome.faults += [
                    f"{name}: {fault}" for fault in asyncio.run(faults_of(address, UUID(asked["tenant"]), sent))
                ]
    for name in QUESTIONS:
        outcome.compare(f"large / small: {name}", f"large, {name}", f"small, {name}", at_most=BOUND)
    return outcome


class Product:
    """A process of the product on one database, which answers one question at a time."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._child = child

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps(question) + "\n")
        self._child.stdin.flush()
        if not (line := self._child.stdout.readline()):
            raise RuntimeError("the product's process has ended; what it said is above")
        found: dict[str, Any] = json.loads(line)
        return found


def _time(outcome: Outcome, name: str, sides: dict[str, tuple[Product, dict[str, Any]]], options: Options) -> None:
    found = {}
    for product, asked in sides.values():
        product.ask({**asked, "times": 10})  # statements are prepared and their plans have settled
    for _ in range(options.rounds):
        best = dict.fromkeys(sides, float("inf"))
        until = time.perf_counter() + 2 * options.seconds
        while time.perf_counter() < until:
            for side, (product, asked) in sides.items():
                answer = product.ask({**asked, "times": CALLS})
                best[side], found[side] = min(best[side], answer["ms"]), answer["found"]
        for side, took in best.items():
            outcome.add(f"{side}, {name}", took, unit="ms", better="lower", found=str(found[side]))
    if found["large"] != found["small"] or not found["large"]:
        outcome.faults.append(
            f"{name}: {found['large']} found in the large database, {found['small']} in the small one"
        )


def _filled(
    running: Servers, options: Options, database: str, *, reservations: int, copies: int, wanted: date
) -> dict[str, dict[str, str]]:
    """A database with its two businesses; the questions to each of them."""
    known = {}
    for name, staff, guests in (("shop", 50, 500), ("corner", 2, 20)):
        told = running.python(
            "bench.scale.booka", "seed", name, str(staff), str(guests), seconds=300, **_environment(running, database)
        )
        known[name] = json.loads(told.splitlines()[-1])
    options.say(f"scale: filling a database with {reservations:,} reservations and {copies:,} businesses beside it")
    asyncio.run(_fill(running, database, known, reservations=reservations, copies=copies, wanted=wanted))
    return known


async def _fill(
    running: Servers, database: str, known: dict[str, Any], *, reservations: int, copies: int, wanted: date
) -> None:
    connection = await asyncpg.connect(_address(running, "postgres", database))
    try:
        past = timedelta(days=PAST if reservations == RESERVATIONS else 0)
        await fill_book(connection, UUID(known["shop"]["tenant"]), reservations=reservations, first_day=wanted - past)
        await fill_book(connection, UUID(known["corner"]["tenant"]), reservations=36, first_day=wanted)
        if copies:
            await copy_business(connection, UUID(known["corner"]["tenant"]), copies=copies)
        await connection.execute("vacuum analyze", timeout=600)
    finally:
        await connection.close()


@contextlib.contextmanager
def _product(running: Servers, database: str) -> Iterator[Product]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.scale.booka", "serve"],
        cwd=ROOT,
        env={**os.environ, **running.environment, **_environment(running, database)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            yield Product(child)
        finally:
            assert child.stdin is not None
            child.stdin.close()
            child.wait(30)


def _environment(running: Servers, database: str) -> dict[str, str]:
    return {
        f"DATABASE{part}_URL": running.postgres.url(f"booka_{role}", database=database)
        for part, role in (("", "app"), ("_OWNER", "owner"), ("_SYSTEM", "system"))
    }


def _address(running: Servers, role: str, database: str) -> str:
    return running.postgres.url(role, database=database).replace("postgres://", "postgresql://", 1)
