"""Random days of a salon, in the product and on paper at once. After every step both must agree: on what each
reservation is and takes, on who is free, and on which starts are offered; what is offered can be booked, and what is
not is refused with a reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from booka_core.availability import instant, minute_of
from booka_core.booking import attendance, commands, moves
from booka_core.booking.approval import approve_reservation
from booka_core.booking.errors import AlreadyCancelled, HoldExpired, IllegalTransition, NothingToMove, SlotTaken
from booka_core.booking.types import Actor, ReservationInfo
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.offers.errors import SlotNotOffered
from booka_core.offers.queries import availability, check_time
from tests.integration.booking.paper_book import (
    DAYS,
    GUESTS,
    KINDS,
    MORNING,
    SCENES,
    SEATS,
    STEP,
    Entry,
    Meeting,
    PaperBook,
    Scene,
    Taken,
    explains,
    grid,
    wall_clock,
)
from tests.integration.booking.paper_shop import HOLD_MINUTES, Shop, open_shop

T = TypeVar("T")
DESK = Actor(kind="user", label="Desk")
REFUSED = (SlotTaken, SlotNotOffered)
SINGLE = {"ada", "bola"}  # either may cut

_OCCUPANCIES = """
select o.reservation_id, o.session_id, o.resource_id, o.lane, o.starts_at, o.ends_at
from occupancies o where o.active
"""
_RESERVATIONS = "select id, status, starts_at, session_id, series_id, series_position from reservations"
_MEETINGS = "select id, starts_at from class_sessions where active"


def tempting_starts(scene: Scene) -> tuple[int, ...]:
    """Where most of the asking happens: the night of the clock change and the morning after it, and a few others."""
    quarters = [(minute, day, now) for minute, day, now in wall_clock(scene) if now % STEP == 0]
    second = [(minute, now) for minute, day, now in quarters if (day - scene.first_day).days == 1]
    night = [minute for minute, now in second if 30 <= now < 270]
    morning = [minute for minute, now in second if MORNING[0] <= now < MORNING[1]]
    later = [minute for minute, day, now in quarters if (day - scene.first_day).days == 2 and now in (0, 540, 600)]
    never = [morning[0] - 60, morning[0] + 7, grid(scene)[0], night[3] + 1]
    return (*night, *morning, *later, *never)


class BookMachine(RuleBasedStateMachine):
    """One salon for some steps. The test gives `run`, which runs a coroutine on the loop the product is open on, and
    `fresh_shop`, which finds a salon without any booking.
    """

    run: Callable[[Coroutine[Any, Any, Any]], Any] = staticmethod(asyncio.run)
    fresh_shop: Callable[[Scene], Coroutine[Any, Any, Shop]] = staticmethod(open_shop)

    def __init__(self) -> None:
        super().__init__()
        self.step = 0

    @initialize(scene=st.sampled_from(SCENES))
    def open(self, scene: Scene) -> None:
        self.scene = scene
        opening = next(m for m, day, now in wall_clock(scene) if day == scene.first_day and now == 420)
        self._clock = clock.frozen(instant(opening))
        self._clock.__enter__()
        self.paper = PaperBook(scene, now=opening)
        self.starts = tempting_starts(scene)
        self.shop = self.run(self.fresh_shop(scene))

    def teardown(self) -> None:
        if hasattr(self, "_clock"):
            self._clock.__exit__(None, None, None)

    # What people do

    @rule(kind=st.sampled_from(sorted(KINDS)), choice=st.integers(0, 255), held=st.booleans())
    def book(self, kind: str, choice: int, held: bool) -> None:
        start = self._start(choice)
        verb = commands.hold_slot if held else commands.book
        wish = self.shop.wish(kind, start)
        made = self._attempt(
            lambda: verb(wish, customer_id=self.shop.customer, actor=DESK, source="admin"),
            expected=self.paper.can(kind, start),
            what=f"{'hold' if held else 'book'} {kind} at {self._told(start)}",
        )
        if made is None:
            check = self._do(lambda: check_time(wish=wish, starts_at=wish.starts_at))
            assert not check.free, f"{kind} at {self._told(start)} was refused and is said to be free"
        else:
            until = self.paper.now + HOLD_MINUTES if held else None
            self.paper.entries[made.id] = Entry(kind, start, made.status, frozenset(), until)

    @rule(minutes=st.sampled_from((1, 5, 11, 61)))
    def wait(self, minutes: int) -> None:
        clock.advance(timedelta(minutes=minutes))
        self.paper.now += minutes

    @precondition(lambda self: self._those("held"))
    @rule(choice=st.integers(0, 255))
    def confirm(self, choice: int) -> None:
        one, entry = self._pick(choice, self._those("held"))

        async def say_yes() -> ReservationInfo:
            approval = await approve_reservation(one)
            return await commands.confirm_reservation(reservation_id=one, approval=approval, actor=DESK, source="admin")

        note(f"confirm {entry.kind} at {self._told(entry.start)}, {entry.hold_until} at {self.paper.now}")
        self._do(say_yes)  # what ran out but that nobody has taken is still good
        entry.status, entry.hold_until = "confirmed", None

    @precondition(lambda self: self._those("held", "expired"))
    @rule(choice=st.integers(0, 255))
    def expire(self, choice: int) -> None:
        one, entry = self._pick(choice, self._those("held", "expired"))
        due = entry.status == "held" and entry.hold_until is not None and entry.hold_until <= self.paper.now
        assert self._do(lambda: commands.expire_hold(one)) is due
        if due:
            self._end(entry, "expired")

    @precondition(lambda self: self._those("expired"))
    @rule(choice=st.integers(0, 255))
    def confirm_too_late(self, choice: int) -> None:
        one, _ = self._pick(choice, self._those("expired"))

        async def say_yes() -> None:
            approval = await approve_reservation(one)
            await commands.confirm_reservation(reservation_id=one, approval=approval, actor=DESK, source="admin")

        self._refused(say_yes, HoldExpired)

    @precondition(lambda self: self.paper.entries)
    @rule(choice=st.integers(0, 255))
    def cancel(self, choice: int) -> None:
        one, entry = self._pick(choice, self.paper.entries)

        def verb() -> Awaitable[object]:
            return commands.cancel_reservation(reservation_id=one, actor=DESK, source="admin")

        if entry.status in ("held", "pending", "confirmed"):
            note(f"cancel {entry.kind} at {self._told(entry.start)}")
            self._do(verb)
            self._end(entry, "cancelled")
        else:
            self._refused(verb, AlreadyCancelled if entry.status == "cancelled" else IllegalTransition)

    @precondition(lambda self: self._those("confirmed"))
    @rule(choice=st.integers(0, 255), to=st.integers(0, 255))
    def move(self, choice: int, to: int) -> None:
        one, entry = self._pick(choice, self._those("confirmed"))
        start = self._start(to)
        kind = (
            "cut" if entry.kind == "cut by ada" else entry.kind
        )  # people are kept where they are free, and only there

        async def give_other_time() -> ReservationInfo | None:
            try:
                approval = await moves.approve_move(reservation_id=one, starts_at=instant(start))
            except NothingToMove:
                assert start == entry.start, "a move to another time changes something"
                return None
            return await moves.move_reservation(
                reservation_id=one, starts_at=instant(start), approval=approval, actor=DESK, source="admin"
            )

        moved = self._attempt(
            give_other_time,
            expected=self.paper.can(kind, start, leaving_out=[one]),
            what=f"move {entry.kind} from {self._told(entry.start)} to {self._told(start)}",
            nothing=start == entry.start,
        )
        if moved is not None:
            self.paper.entries[one] = Entry(kind, start, entry.status, frozenset())

    @precondition(lambda self: self._served_by_one())
    @rule(choice=st.integers(0, 255))
    def reassign(self, choice: int) -> None:
        """Ada's cut by Bola, or the other way round; whether they work then is the colleague's decision."""
        one, entry = self._pick(choice, self._served_by_one())
        (mine,) = entry.taken
        (other,) = SINGLE - {mine.who}
        swapped = mine._replace(who=other)
        in_the_way = [t for t in self.paper.blocking() if t.who == other and t.start < mine.end and mine.start < t.end]
        made = self._attempt(
            lambda: attendance.reassign(
                reservation_id=one, resource_ids=[self.shop.people[other]], actor=DESK, source="admin"
            ),
            expected=not in_the_way,
            what=f"{other} instead of {mine.who} at {self._told(entry.start)}",
        )
        if made is not None:
            entry.kind, entry.taken = "cut", frozenset([swapped])

    # What must hold after every step

    @invariant()
    def agree(self) -> None:
        if not hasattr(self, "shop"):
            return
        reservations, taken, meetings = self._do(self._read)
        self.rows = reservations
        for one, entry in self.paper.entries.items():
            row = reservations[one]
            ran_out = entry.status == "held" and entry.hold_until is not None and entry.hold_until <= self.paper.now
            if ran_out and row["status"] == "expired":
                self._end(entry, "expired")  # whoever wanted the time has given it back
            assert (entry.status, entry.start) == (row["status"], minute_of(row["starts_at"])), f"{entry} is {row}"
            mine = taken.get(one, frozenset())
            if not entry.taken and entry.status in ("held", "confirmed"):
                self._learn(entry, row["session_id"], mine)
            assert mine == entry.taken, f"{entry.kind} at {self._told(entry.start)} takes {mine}, not {entry.taken}"
        assert len(reservations) == len(self.paper.entries), "a reservation that nobody made"
        self._agree_on_meetings(meetings, taken)
        assert not self.paper.overlaps(), self.paper.overlaps()
        self._agree_on_offers()

    def _learn(self, entry: Entry, meeting: UUID | None, mine: frozenset[Taken]) -> None:
        """Whom the product chose; on paper any choice is right that is free, which `overlaps` looks at."""
        if entry.kind == "class":
            assert meeting is not None, "a guest of no class"
            entry.meeting = meeting
            assert len(mine) == 1, f"a guest has one seat, not {mine}"
            (seat,) = mine
            assert GUESTS <= seat.lane < GUESTS + SEATS, f"there is no seat {seat.lane}"
        else:
            assert explains(entry.kind, entry.start, mine), f"{entry.kind} at {entry.start} cannot take {mine}"
        entry.taken = mine

    def _agree_on_meetings(self, meetings: dict[UUID, int], taken: dict[UUID, frozenset[Taken]]) -> None:
        with_guests = {
            e.meeting for e in self.paper.entries.values() if e.meeting and e.status in ("held", "confirmed")
        }
        assert with_guests == set(meetings), f"classes meet for {with_guests}, and stand in {meetings}"
        for one, start in meetings.items():
            assert explains("class", start, taken.get(one, frozenset())), f"a class at {start} takes {taken.get(one)}"
        self.paper.meetings = {one: Meeting(start, taken[one]) for one, start in meetings.items()}

    def _agree_on_offers(self) -> None:
        self.step += 1
        kind = sorted(KINDS)[self.step % len(KINDS)]
        wish = self.shop.wish(kind, 0)
        slots = self._do(lambda: availability(wish=wish, from_day=self.scene.first_day, days=DAYS))
        found, wanted = {minute_of(slot.starts_at) for slot in slots}, self.paper.offered(kind)
        assert not found - wanted, f"{kind} is offered and not free at {self._list(found - wanted)}"
        assert not wanted - found, f"{kind} is free and not offered at {self._list(wanted - found)}"

    # How it is done

    def _do(self, verb: Callable[[], Awaitable[T]]) -> T:
        async def bound() -> T:
            with bind_tenant(self.shop.tenant):
                return await verb()

        result: T = self.run(bound())
        return result

    def _attempt(
        self, verb: Callable[[], Awaitable[T]], *, expected: bool, what: str, nothing: bool = False
    ) -> T | None:
        note(f"{what}: {'can' if expected else 'cannot'} be had")
        made, refusal = None, None
        try:
            made = self._do(verb)
        except REFUSED as error:
            refusal = error
        if refusal is not None:
            assert not expected, f"{what} was refused ({refusal!r}) and is free"
            assert isinstance(refusal, SlotTaken) or refusal.fields.get("reason"), f"{what}: refused without a reason"
        else:
            assert expected or (nothing and made is None), f"{what} was done and is not free"
        return made

    def _refused(self, verb: Callable[[], Awaitable[object]], error: type[Exception]) -> None:
        try:
            self._do(verb)
        except error:
            return
        raise AssertionError(f"{error.__name__} was not raised")

    def _end(self, entry: Entry, status: str) -> None:
        entry.status, entry.taken, entry.hold_until = status, frozenset(), None

    def _start(self, choice: int) -> int:
        return self.starts[choice % len(self.starts)]

    def _those(self, *statuses: str) -> dict[UUID, Entry]:
        return {one: e for one, e in self.paper.entries.items() if e.status in statuses}

    def _served_by_one(self) -> dict[UUID, Entry]:
        return {one: e for one, e in self._those("confirmed").items() if e.kind in ("cut", "cut by ada") and e.taken}

    @staticmethod
    def _pick(choice: int, entries: dict[UUID, Entry]) -> tuple[UUID, Entry]:
        known = sorted(entries)
        one = known[choice % len(known)]
        return one, entries[one]

    def _told(self, start: int) -> str:
        return next(
            (f"{day} {now // 60:02}:{now % 60:02}" for m, day, now in wall_clock(self.scene) if m == start), "?"
        )

    def _list(self, starts: Iterable[int]) -> list[str]:
        return [self._told(start) for start in sorted(starts)]

    async def _read(self) -> tuple[dict[UUID, dict[str, Any]], dict[UUID, frozenset[Taken]], dict[UUID, int]]:
        async with tenant_scope() as connection:
            reservations = await connection.execute_query_dict(_RESERVATIONS)
            occupancies = await connection.execute_query_dict(_OCCUPANCIES)
            meetings = await connection.execute_query_dict(_MEETINGS)
        taken: dict[UUID, set[Taken]] = {}
        for row in occupancies:
            one = Taken(
                self.shop.name(row["resource_id"]), _minute(row["starts_at"]), _minute(row["ends_at"]), row["lane"]
            )
            taken.setdefault(row["reservation_id"] or row["session_id"], set()).add(one)
        return (
            {row["id"]: row for row in reservations},
            {one: frozenset(stretches) for one, stretches in taken.items()},
            {row["id"]: _minute(row["starts_at"]) for row in meetings},
        )


def _minute(at: datetime) -> int:
    assert not at.second, "times are sold by the minute"
    return minute_of(at)
