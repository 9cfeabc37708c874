"""Reservations that are already there: seeing, cancelling and moving them. Whose they are is proved by the sender:
only the customer's own are ever found.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.conversation.dialog.drafts import new_draft, still_shows
from booka_core.conversation.dialog.finding import settle_time
from booka_core.conversation.dialog.requests import Cancel, HandOver, Move, Nearest, Talk, do, look, slots, upcoming
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import Choice, Goal, Refusal
from booka_core.conversation.understanding import When


def show_upcoming(turn: Turn) -> Talk[None]:
    """List what the customer has booked."""
    mine = yield from upcoming()
    if not mine:
        turn.say("none_upcoming")
        return
    turn.say("upcoming")
    turn.quote("\n".join(turn.wording.say("upcoming_line", **turn.wording.about(row)) for row in mine))
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
    label = turn.wording.say
    return [
        Choice(kind="reservation", value=str(r.id), label=label("upcoming_line", **turn.wording.about(r))) for r in rows
    ]


def go_on(turn: Turn) -> Talk[None]:
    """The next step with the reservation that is meant."""
    target = turn.state.target
    row = (yield from look(target)) if target else None
    if row is None or row.status != "confirmed" or row.starts_at <= turn.facts.now:
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
    turn.want(service=service.id, staff=wish.staff or (None if wish.anyone else _keeps(row, wish.excluded)))
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
    staff = turn.wish.staff
    name = turn.staff_name(staff) or (row.staff.name if row.staff else None)
    turn.change(draft=new_draft("move", row, now=turn.facts.now, starts_at=start, staff=staff))
    was = turn.wording.moment(row.starts_at)
    shown = {**turn.wording.about(row), **turn.wording.moment(start), **turn.wording.person(name)}
    turn.say("confirm_move", **shown, old_date=was["date"], old_time=was["time"])
    turn.say("yes_hint")
    turn.ask("confirm")


def _only_a_day_was_said(turn: Turn) -> bool:
    when = turn.said.when
    said = when is not None and when.date is not None and when.time is None and when.end_date is None and not when.pick
    return said and turn.wish.time is None


def _keeps(row: ReservationInfo, excluded: tuple[UUID, ...]) -> UUID | None:
    return row.staff.id if row.staff and row.staff.id not in excluded else None


def commit(turn: Turn) -> Talk[None]:
    """The customer said yes to cancelling or moving."""
    draft = turn.state.draft
    row = (yield from look(draft.reservation_id)) if draft else None
    if draft is None or row is None or row.status != "confirmed":
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
        turn.say("cancelled" if draft.kind == "cancel" else "moved", **turn.wording.about(answer))
        yield from turn.forget()
        return
    yield from _say_refusal(turn, answer, row, draft.starts_at)


def _say_refusal(turn: Turn, refusal: Refusal, row: ReservationInfo, wanted: dt.datetime | None) -> Talk[None]:
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
    if not refusal.message:
        turn.say("taken_meanwhile")
    turn.change(draft=None)
    turn.want(day=None, time=None)
    offered = yield from slots(Nearest(row.service_id, turn.whom, max(wanted or row.starts_at, turn.facts.now)))
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
