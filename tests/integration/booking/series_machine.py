"""The same days with repeating appointments: booked all or none, or with what cannot be had left out, moved together
onto their own old times, and cancelled. Local times stay what they are when the clocks change.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from booka_core.availability import Recurrence, instant
from booka_core.booking.errors import NothingToMove
from booka_core.series.commands import book_series
from booka_core.series.edits import cancel_series, move_series
from booka_core.series.errors import SeriesCollision, SeriesEmpty, SeriesInClockGap
from booka_core.series.queries import get_series
from booka_core.series.types import Scope
from tests.integration.booking.book_machine import DESK, BookMachine
from tests.integration.booking.paper_book import Entry, at_clock, shown

TIMES = 3
CANNOT = (SeriesCollision, SeriesInClockGap, SeriesEmpty)
REPEATED = ("colour", "cut", "cut and colour", "sauna")


class SeriesMachine(BookMachine):
    """A salon that knows repeating appointments."""

    @rule(kind=st.sampled_from(REPEATED), choice=st.integers(0, 255), lenient=st.booleans())
    def book_series(self, kind: str, choice: int, lenient: bool) -> None:
        """Three days in a row, from the day of the clock change on."""
        day, now = shown(self.scene, self._start(choice))
        if (day - self.scene.first_day).days != 1:
            return
        first = self._start(choice)
        wanted = [first, *(at_clock(self.scene, day + timedelta(days=number), now) for number in range(1, TIMES))]
        can = [start is not None and self.paper.can(kind, start) for start in wanted]
        note(f"series of {kind} from {self._told(first)}: {can}, {'lenient' if lenient else 'strict'}")
        series = None
        try:
            series = self._do(
                lambda: book_series(
                    wish=self.shop.wish(kind, first),
                    recurrence=Recurrence(frequency="daily", count=TIMES),
                    customer_id=self.shop.customer,
                    actor=DESK,
                    source="admin",
                    skip_taken=lenient,
                )
            )
        except CANNOT:
            assert not (any(can) if lenient else all(can)), "a series was refused that could be had"
        if series is None:
            return
        assert lenient or all(can), "a series was booked that could not be had"
        booked = {one.series_position: one for one in series.occurrences}
        assert {number for number, free in enumerate(can, start=1) if free} == set(booked)
        for position, one in booked.items():
            start = wanted[(position or 0) - 1]
            assert start is not None
            self.paper.entries[one.id] = Entry(kind, start, one.status, frozenset())

    @precondition(lambda self: self._repeated())
    @rule(choice=st.integers(0, 255), scope=st.sampled_from(("this", "future", "all")))
    def cancel_series(self, choice: int, scope: Scope) -> None:
        one, entry = self._pick(choice, self._repeated())
        note(f"cancel {scope} of the series of {entry.kind} at {self._told(entry.start)}")
        concerned = [one] if scope == "this" else self._ahead(one, scope)
        self._do(lambda: cancel_series(reservation_id=one, scope=scope, actor=DESK, source="admin"))
        for gone in concerned:
            self._end(self.paper.entries[gone], "cancelled")

    @precondition(lambda self: self._repeated())
    @rule(choice=st.integers(0, 255), to=st.integers(0, 255), scope=st.sampled_from(("future", "all")))
    def move_series(self, choice: int, to: int, scope: Scope) -> None:
        one, entry = self._pick(choice, self._repeated())
        start = self._start(to)
        if (shown(self.scene, start)[0] - self.scene.first_day).days > 1 or start % 15:
            return  # the last would leave the days that are on paper
        wanted = self._wanted(one, start, scope)
        can = all(
            new is not None and self.paper.can(self.paper.entries[which].kind, new, leaving_out=wanted)
            for which, new in wanted.items()
        )
        note(
            f"move {scope} of the series of {entry.kind} from {self._told(entry.start)} to {self._told(start)}:"
            f" {len(wanted)} of them {'can' if can else 'cannot'}"
        )
        moved = False
        try:
            self._do(
                lambda: move_series(
                    reservation_id=one, scope=scope, starts_at=instant(start), actor=DESK, source="admin"
                )
            )
            moved = True
        except CANNOT:
            assert not can, "a series was not moved that could be"
        except NothingToMove:
            assert any(self.paper.entries[which].start == new for which, new in wanted.items())
        if moved:
            assert can, "a series was moved to where it could not be"
            for which, new in wanted.items():
                was = self.paper.entries[which]
                assert new is not None
                self.paper.entries[which] = Entry(was.kind, new, was.status, frozenset())

    def _repeated(self) -> dict[UUID, Entry]:
        """Appointments of series that lie ahead."""
        return {
            one: entry
            for one, entry in self._those("confirmed").items()
            if self.rows[one]["series_id"] is not None and entry.start > self.paper.now
        }

    def _ahead(self, one: UUID, scope: Scope) -> list[UUID]:
        row = self.rows[one]
        since = row["series_position"] if scope == "future" else 1
        return [
            other
            for other in self._repeated()
            if self.rows[other]["series_id"] == row["series_id"] and self.rows[other]["series_position"] >= since
        ]

    def _wanted(self, one: UUID, start: int, scope: Scope) -> dict[UUID, int | None]:
        """What an edit means: as many days later, at that time of the day; who was moved by itself is left alone."""
        series = self._do(lambda: get_series(self.rows[one]["series_id"]))
        planned = {which: series.starts[self.rows[which]["series_position"] - 1] for which in self._ahead(one, scope)}
        to = self._naive(start)
        shift = to.date() - planned[one].date()
        clock = to.hour * 60 + to.minute
        return {
            which: start if which == one else at_clock(self.scene, local.date() + shift, clock)
            for which, local in planned.items()
            if which == one or local == self._naive(self.paper.entries[which].start)
        }

    def _naive(self, minute: int) -> datetime:
        return instant(minute).astimezone(ZoneInfo(self.scene.zone)).replace(tzinfo=None)
