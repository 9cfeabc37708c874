"""The book as a careful person would keep it on paper: who is taken from when until when, minute by minute.

It shares no line with the product: open hours are looked up on the wall clock of every single minute, and whether
somebody is free is asked of every entry. Slow and obviously right, so that whatever differs is a fault of the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import product
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

STEP = 15
NIGHT, MORNING = (0, 360), (540, 780)
"""Open every day from midnight to six, when clocks change, and from nine to one."""
SEATS = 3
LANES = {"sauna": 2}
GUESTS = 1000
"""The lane of the first seat of a class."""
ALIVE = ("held", "pending", "confirmed", "checked_in", "completed", "no_show")


class Scene(NamedTuple):
    """A zone and the first of four local days; the clocks change on the second day, where they do."""

    zone: str
    first_day: date


SCENES = (
    Scene("Australia/Lord_Howe", date(2026, 10, 3)),  # 02:00 becomes 02:30
    Scene("Australia/Lord_Howe", date(2026, 4, 4)),  # 02:00 becomes 01:30
    Scene("America/New_York", date(2026, 3, 7)),  # 02:00 becomes 03:00
    Scene("America/New_York", date(2026, 10, 31)),  # 02:00 becomes 01:00
    Scene("Asia/Kathmandu", date(2026, 5, 1)),
    Scene("Africa/Lagos", date(2026, 3, 28)),
)
DAYS = 4


class Need(NamedTuple):
    """One of `able` for some stretches (offset, minutes) of a visit, with buffers round the first and the last."""

    able: tuple[str, ...]
    parts: tuple[tuple[int, int], ...]
    before: int = 0
    after: int = 0

    def bare(self) -> Need:
        """The same without its buffers."""
        return self._replace(before=0, after=0)


def _cut(offset: int = 0) -> Need:
    return Need(("ada", "bola"), ((offset, 45),), after=5)


def _colour(offset: int = 0) -> tuple[Need, Need]:
    return (
        Need(("bola", "chidi"), ((offset, 30), (offset + 70, 20)), before=10, after=15),
        Need(("chair",), ((offset, 90),), before=10, after=15),
    )


KINDS: Mapping[str, tuple[Need, ...]] = {
    "cut": (_cut(),),
    "cut by ada": (_cut()._replace(able=("ada",)),),
    "colour": _colour(),
    "cut and colour": (_cut(), *_colour(45)),
    "two cuts at once": (_cut(), _cut()),
    "sauna": (Need(("sauna",), ((0, 30),), after=10),),
    "two people": (Need(("ada", "bola", "chidi"), ((0, 30),)), Need(("ada", "bola", "chidi"), ((0, 30),))),
    "class": (Need(("chidi",), ((0, 60),), after=10),),
}
"""What each kind of visit needs."""


@lru_cache(maxsize=64)
def wall_clock(scene: Scene) -> tuple[tuple[int, date, int], ...]:
    """Every minute of the scene and a day after it, with the local date and minute of the day that a clock shows."""
    zone = ZoneInfo(scene.zone)
    begins = datetime.combine(scene.first_day, datetime.min.time(), UTC) - timedelta(days=1)
    found = []
    for number in range((DAYS + 3) * 1440):
        at = begins + timedelta(minutes=number)
        local = at.astimezone(zone)
        if scene.first_day <= local.date() <= scene.first_day + timedelta(days=DAYS):
            found.append((int(at.timestamp()) // 60, local.date(), local.hour * 60 + local.minute))
    return tuple(found)


@lru_cache(maxsize=64)
def open_minutes(scene: Scene) -> frozenset[int]:
    return frozenset(
        minute for minute, _, clock in wall_clock(scene) if any(a <= clock < b for a, b in (NIGHT, MORNING))
    )


@lru_cache(maxsize=64)
def grid(scene: Scene) -> tuple[int, ...]:
    """The minutes of the scene's days at which the clock shows a quarter of an hour."""
    last = scene.first_day + timedelta(days=DAYS)
    return tuple(minute for minute, day, clock in wall_clock(scene) if clock % STEP == 0 and day < last)


def at_clock(scene: Scene, day: date, clock: int) -> int | None:
    """The minute at which the clock shows this; the first of two, None where it never does."""
    return _by_clock(scene).get((day, clock))


def shown(scene: Scene, minute: int) -> tuple[date, int]:
    """What the clock shows: the local date and the minute of the day."""
    return _by_minute(scene)[minute]


@lru_cache(maxsize=64)
def _by_minute(scene: Scene) -> dict[int, tuple[date, int]]:
    return {minute: (day, clock) for minute, day, clock in wall_clock(scene)}


@lru_cache(maxsize=64)
def _by_clock(scene: Scene) -> dict[tuple[date, int], int]:
    return {(day, clock): minute for minute, day, clock in reversed(wall_clock(scene))}


class Taken(NamedTuple):
    """Somebody's time, buffers inside."""

    who: str
    start: int
    end: int
    lane: int = 0


@dataclass
class Entry:
    """One reservation on paper. A guest of a class has a seat in `meeting`, and takes nobody's time."""

    kind: str
    start: int
    status: str
    taken: frozenset[Taken]
    hold_until: int | None = None
    meeting: UUID | None = None

    def blocks(self, now: int) -> bool:
        """Whether nobody else can be offered its time; a hold that ran out blocks nobody."""
        if self.status == "held":
            return self.hold_until is not None and self.hold_until > now
        return self.status in ALIVE


@dataclass
class Meeting:
    """A class that meets at a time, as long as anybody has a seat in it."""

    start: int
    taken: frozenset[Taken]


@dataclass
class PaperBook:
    """Everything that was booked in one scene."""

    scene: Scene
    now: int
    entries: dict[UUID, Entry] = field(default_factory=dict)
    meetings: dict[UUID, Meeting] = field(default_factory=dict)

    def offered(self, kind: str, *, leaving_out: Iterable[UUID] = ()) -> set[int]:
        """Every start of the scene's days that can be had."""
        return {start for start in grid(self.scene) if self.can(kind, start, leaving_out=leaving_out)}

    def can(self, kind: str, start: int, *, leaving_out: Iterable[UUID] = ()) -> bool:
        """Whether a start can be had now; `leaving_out` make way."""
        if start < self.now or start not in grid(self.scene):
            return False
        out = frozenset(leaving_out)
        if kind == "class":
            meeting = next((one for one, held in self.meetings.items() if held.start == start), None)
            if meeting is not None:
                return self.seats_taken(meeting, leaving_out=out) < SEATS
        return any(True for _ in self.ways(kind, start, leaving_out=out))

    def ways(self, kind: str, start: int, *, leaving_out: frozenset[UUID] = frozenset()) -> Iterator[list[Taken]]:
        """Every choice of people and things that is open, free, and gives nobody two things to do at once."""
        if start not in open_starts(self.scene, kind):
            return
        taken = self.blocking(leaving_out)
        for chosen in sensible(kind):
            stretches = stretches_of(kind, chosen, start)
            if all(_room(one, taken) for one in stretches):
                yield stretches

    def seats_taken(self, meeting: UUID, *, leaving_out: frozenset[UUID] = frozenset()) -> int:
        return sum(
            entry.meeting == meeting and entry.blocks(self.now)
            for one, entry in self.entries.items()
            if one not in leaving_out
        )

    def blocking(self, leaving_out: frozenset[UUID] = frozenset()) -> list[Taken]:
        """All time that cannot be offered to anybody else."""
        entries = (
            e.taken
            for one, e in self.entries.items()
            if e.meeting is None and one not in leaving_out and e.blocks(self.now)
        )
        return [stretch for taken in (*entries, *(m.taken for m in self.meetings.values())) for stretch in taken]

    def overlaps(self) -> list[str]:
        """Who would have to be in more places than they can be, or serve more guests than have seats."""
        faults = []
        held = [e.taken for e in self.entries.values() if e.status in ALIVE]
        everything = [one for taken in (*held, *(m.taken for m in self.meetings.values())) for one in taken]
        for one in everything:
            others = [other for other in everything if (other.who, other.lane) == (one.who, one.lane)]
            no_such_lane = LANES.get(one.who, 1) <= one.lane < GUESTS
            if no_such_lane or sum(other.start <= one.start < other.end for other in others) > 1:
                faults.append(f"{one.who} is taken more than once at {one.start}")
        for meeting in self.meetings:
            guests = [e for e in self.entries.values() if e.meeting == meeting and e.status in ALIVE]
            faults += [f"{len(guests)} guests in a class of {SEATS}"] if len(guests) > SEATS else []
        return faults


@lru_cache(maxsize=256)
def open_starts(scene: Scene, kind: str) -> frozenset[int]:
    """The starts on the grid at which everything that is needed of people lies within open hours."""
    hours, needs = open_minutes(scene), KINDS[kind]
    return frozenset(
        start
        for start in grid(scene)
        if all(
            minute in hours
            for need in needs
            for offset, minutes in need.parts
            for minute in range(start + offset, start + offset + minutes)
        )
    )


@lru_cache(maxsize=64)
def sensible(kind: str) -> tuple[tuple[str, ...], ...]:
    """Every choice of people and things that gives nobody two things to do at once.

    One person may serve two services in a row: buffers keep other customers away, and not the same one.
    """
    found = []
    for chosen in product(*(need.able for need in KINDS[kind])):
        parts = [one for need, who in zip(KINDS[kind], chosen, strict=True) for one in claimed(need.bare(), who, 0)]
        if not any(
            one.who == other.who and one.start < other.end and other.start < one.end
            for index, one in enumerate(parts)
            for other in parts[:index]
        ):
            found.append(chosen)
    return tuple(found)


def stretches_of(kind: str, chosen: Iterable[str], start: int) -> list[Taken]:
    """The time that a visit takes of those who were chosen."""
    return [one for need, who in zip(KINDS[kind], chosen, strict=True) for one in claimed(need, who, start)]


def _room(wanted: Taken, taken: list[Taken]) -> bool:
    """Whether one of the lanes is free throughout."""
    crossed = {one.lane for one in taken if one.who == wanted.who and one.start < wanted.end and wanted.start < one.end}
    return len(crossed) < LANES.get(wanted.who, 1)


def claimed(need: Need, who: str, start: int) -> list[Taken]:
    """The time that a need takes of somebody, buffers inside."""
    found = []
    for index, (offset, minutes) in enumerate(need.parts):
        before = need.before if index == 0 else 0
        after = need.after if index == len(need.parts) - 1 else 0
        found.append(Taken(who, start + offset - before, start + offset + minutes + after))
    return found


def joined(stretches: Iterable[Taken]) -> frozenset[Taken]:
    """Stretches of one person that touch or overlap, as one."""
    found: list[Taken] = []
    for one in sorted(stretches):
        if found and found[-1].who == one.who and one.start <= found[-1].end:
            found[-1] = found[-1]._replace(end=max(found[-1].end, one.end))
        else:
            found.append(one)
    return frozenset(found)


def explains(kind: str, start: int, taken: frozenset[Taken]) -> bool:
    """Whether a visit at a start takes exactly this time, with some choice of people."""
    in_one_lane = frozenset(one._replace(lane=0) for one in taken)
    return any(joined(stretches_of(kind, chosen, start)) == in_one_lane for chosen in sensible(kind))
