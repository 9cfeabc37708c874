"""Reservations that are already there: seeing, cancelling and moving them. Whose they are is proved by the sender:
only the customer's own are ever found.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.booking.types import ReservationInfo
from booka_core.conversation.dialog.drafts import new_draft, still_shows
from booka_core.conversation.dialog.finding import say_reason, settle_time
from booka_core.conversation.dialog.requests import (
    Cancel,
    CheckTime,
    HandOver,
    Move,
    Nearest,
    Talk,
    check_time,
    do,
    look,
    slots,
    upcoming,
)
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import Choice, Goal, Refusal
from booka_core.conversation.understanding import When

_CHANGEABLE = ("pending", "confirmed")
_DONE = {
    ("cancel", False): "cancelled",
    ("cancel", True): "request_cancelled",
    ("move", False): "moved",
    ("move", True): "request_moved",
}


def show_upcoming(turn: Turn) -> Talk[None]:
    """List what the customer has booked."""
    mine = yield from upcoming()
    if not mine:
        turn.say("none_upcoming")
        return
    turn.say("upcoming")
    turn.quote("\n".join(_line(turn, row) for row in mine))
    turn.say("upcoming_hint")


def begin(turn: Turn, goal: Goal) -> Talk[None]:
    """Find out which reservation is to be cancelled or moved."""
    yield from turn.let_go()
    mine = yield from upcoming()
    if not mine:
        yield from turn.forget()
        turn.say("none_upcoming")
        return
    named = _named(turn, mine, goal)
    turn.change(goal=goal, target=None, draft=None)
    if len(named) == 1 and _is_meant(turn, named[0]):
        turn.change(target=named[0].id)
        yield from go_on(turn)
        return
    turn.say("which_cancel" if goal == "cancel" else "which_move")
    turn.show(_menu(turn, named or mine), asked="which")


def _is_meant(turn: Turn, row: ReservationInfo) -> bool:
    """Whether nothing that was said speaks against it: "cancel my haircut" does not mean the only other booking."""
    wanted = {*turn.said.services, *turn.said.service_choices}
    return not wanted or row.service_id in wanted


def _named(turn: Turn, mine: tuple[ReservationInfo, ...], goal: Goal) -> tuple[ReservationInfo, ...]:
    """Those that what was said fits. For moving, the day in the message may be the old one or the new one."""
    said, found = turn.said, mine
    if said.services:
        found = tuple(r for r in found if r.service_id in said.services) or found
    if said.staff is not None:
        found = tuple(r for r in found if r.staff and r.staff.id == said.staff) or found
    when = said.when
    if when is not None and when.date is not None and len(found) > 1:
        on_day = tuple(r for r in found if turn.local(r.starts_at).date() == when.date)
        if on_day and (goal == "cancel" or len(on_day) == 1):
            found = on_day
    if when is not None and when.time is not None and len(found) > 1 and goal == "cancel":
        found = tuple(r for r in found if turn.local(r.starts_at).time() == when.time) or found
    return found


def _menu(turn: Turn, rows: tuple[ReservationInfo, ...]) -> list[Choice]:
    return [Choice(kind="reservation", value=str(row.id), label=_line(turn, row)) for row in rows]


def _line(turn: Turn, row: ReservationInfo) -> str:
    """A reservation in one line; what nobody has agreed to yet is no booking and says so."""
    return turn.wording.say("asked_line" if row.status == "pending" else "upcoming_line", **turn.wording.about(row))


def go_on(turn: Turn) -> Talk[None]:
    """The next step with the reservation that is meant."""
    target = turn.state.target
    row = (yield from look(target)) if target else None
    if row is None or row.status not in _CHANGEABLE or row.starts_at <= turn.facts.now:
        yield from turn.forget()
        turn.say("gone")
        return
    if turn.state.goal == "cancel":
        turn.change(draft=new_draft("cancel", row, now=turn.facts.now))
        turn.say("confirm_cancel", **turn.wording.about(row))
        turn.say("yes_no_hint")
        turn.ask("confirm")
        return
    yield from _find_new_time(turn, row)


def _find_new_time(turn: Turn, row: ReservationInfo) -> Talk[None]:
    service = turn.facts.shop.service(row.service_id)
    if service is None:
        yield from turn.forget()
        turn.say("gone")
        return
    wish = turn.wish
    turn.want(
        service=service.id,
        staff=wish.staff or (None if wish.anyone else _keeps(row, wish.excluded)),
        party=row.party_size,
    )
    old = turn.local(row.starts_at)
    if wish.day is None and wish.time is not None:
        turn.want(day=old.date())  # "move it to four": the same day
    elif _only_a_day_was_said(turn) and wish.day != old.date():
        turn.want(time=old.time())  # "move it to Tuesday": at the same time
    if turn.wish.day is None and turn.wish.earliest is None and turn.wish.latest is None and turn.wish.pick is None:
        turn.say("move_when", **turn.wording.about(row))
        turn.ask("time")
        return
    start = yield from settle_time(turn, service)
    if start is None:
        return
    if start == row.starts_at and turn.wish.staff in (None, row.staff.id if row.staff else None):
        _say_unchanged(turn, row)
        return
    wished = turn.wish.staff
    staff = (yield from check_time(CheckTime(service.id, turn.whom, start, row.id))).staff or wished
    if not _by_one_person(row):
        staff = wished  # who serves which part is settled when it moves
    turn.change(draft=new_draft("move", row, now=turn.facts.now, starts_at=start, staff=staff))
    if wished is not None and staff != wished:
        turn.say("stands_in", staff=turn.staff_name(wished) or "", other=turn.staff_name(staff) or "")
    zone = turn.wording.zone_of(row)
    was = turn.wording.moment(row.starts_at, zone=zone)
    then = turn.wording.span(start, _end(row, start, zone), zone=zone)
    shown = {**turn.wording.about(row), **then, **turn.wording.person(turn.staff_name(staff))}
    turn.say("confirm_move", **shown, old_date=was["date"], old_time=was["time"])
    turn.say("yes_hint")
    turn.ask("confirm")


def _say_unchanged(turn: Turn, row: ReservationInfo) -> None:
    turn.say("already_then", **turn.wording.about(row))
    turn.want(day=None, time=None)
    turn.change(draft=None)
    turn.ask("time")


def _end(row: ReservationInfo, start: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """When it will end if it begins at `start`: as late on the wall clock, whatever the clocks do in between."""
    shift = start.astimezone(zone).replace(tzinfo=None) - row.starts_at.astimezone(zone).replace(tzinfo=None)
    return (row.ends_at.astimezone(zone) + shift).astimezone(dt.UTC)


def _only_a_day_was_said(turn: Turn) -> bool:
    when = turn.said.when
    said = when is not None and when.date is not None and when.time is None and when.end_date is None and not when.pick
    return said and turn.wish.time is None


def _keeps(row: ReservationInfo, excluded: tuple[UUID, ...]) -> UUID | None:
    return row.staff.id if row.staff and _by_one_person(row) and row.staff.id not in excluded else None


def _by_one_person(row: ReservationInfo) -> bool:
    """Whether one person serves all of it, and serves nobody else meanwhile as in a class."""
    return len(row.items) <= 1 and row.session_id is None and len([r for r in row.resources if r.kind == "staff"]) == 1


def commit(turn: Turn) -> Talk[None]:
    """The customer said yes to cancelling or moving."""
    draft = turn.state.draft
    row = (yield from look(draft.reservation_id)) if draft else None
    if draft is None or row is None or row.status not in _CHANGEABLE:
        yield from turn.forget()
        turn.say("gone")
        return
    if not still_shows(draft, row):
        turn.say("draft_changed")
        yield from go_on(turn)
        return
    if draft.kind == "cancel":
        answer = yield from do(Cancel(draft.reservation_id, draft.token))
    else:
        answer = yield from do(Move(draft.reservation_id, draft.starts_at or row.starts_at, draft.staff, draft.token))
    if not isinstance(answer, Refusal):
        turn.say(_DONE[draft.kind, row.status == "pending"], **turn.wording.about(answer))
        yield from turn.forget()
        return
    yield from _say_refusal(turn, answer, row, draft.starts_at)


def _say_refusal(turn: Turn, refusal: Refusal, row: ReservationInfo, wanted: dt.datetime | None) -> Talk[None]:
    if refusal.kind == "unchanged":
        _say_unchanged(turn, row)
        return
    if refusal.kind in ("too_late", "gone"):
        yield from turn.forget()
        turn.say(refusal.kind)
        return
    if refusal.message:
        turn.quote(refusal.message)
    if refusal.kind == "needs_person":
        yield HandOver()
        turn.say("human")
        yield from turn.forget()
        return
    if refusal.kind in ("blocked", "too_many", "terms", "private"):
        yield from turn.forget()
        turn.say(refusal.kind, **{"service": row.service_name, **refusal.values})
        return
    if not refusal.message:
        say_reason(turn, refusal.reason, wanted or row.starts_at, otherwise="taken_meanwhile")
    turn.change(draft=None)
    turn.want(day=None, time=None)
    near = max(wanted or row.starts_at, turn.facts.now)
    offered = yield from slots(Nearest(row.service_id, turn.whom, near, moving=row.id))
    if offered:
        turn.say("nearest")
        turn.show(turn.slot_choices(offered, with_day=True), asked="time")
    else:
        turn.say("no_slots")
        turn.ask("time")


def target_of(when: When | None) -> When | None:
    """Of "from Monday to Tuesday" or "from 3 to 5", the second is where a reservation shall go."""
    if when is None:
        return None
    update: dict[str, object] = {}
    if when.end_date is not None and when.date is not None and (when.end_date - when.date).days < 7:
        update |= {"date": when.end_date, "end_date": None}
    if when.end_time is not None and when.part is None and not when.said.startswith(("between", "entre")):
        update |= {"time": when.end_time, "end_time": None}
    return when.model_copy(update=update)
