"""Finding a time. From whatever is known of day and time this settles on one free start, or shows the customer the
starts nearest to what they asked for, with the reason why theirs is not possible.
"""

from __future__ import annotations

import datetime as dt

from booka_core.catalog.types import ServiceInfo
from booka_core.conversation.dialog.requests import CheckTime, Nearest, Openings, Talk, TimeAnswer, check_time, slots
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import Choice
from booka_core.offers.types import OfferedSlot

SHOWN = 6
"""Starts in one menu: as many as fit on a phone without scrolling."""
DAYS_SHOWN = 4
DAYS_SEARCHED = 14

BY_PERSON = "by_person"
"""The reason when a wish is beyond what can be arranged in a chat, and no other time would help."""
_OF_THE_DAY = ("holiday", "absent", "cap_reached", "outside_dates", "beyond_window")
"""Reasons that hold for the whole of a day."""


def settle_time(turn: Turn, service: ServiceInfo) -> Talk[dt.datetime | None]:
    """The start to hold; None when the customer has been asked something instead."""
    wish = turn.wish
    if wish.day is None and wish.time is None and wish.earliest is None and wish.latest is None and wish.pick is None:
        yield from _ask_when(turn, service)
        return None
    if wish.day is not None and wish.time is not None and wish.last_day is None:
        return (yield from _exact(turn, service, wish.day, wish.time))
    return (yield from _among(turn, service))


def _ask_when(turn: Turn, service: ServiceInfo) -> Talk[None]:
    slot = turn.slot("time")
    turn.say(
        slot.ask if slot else "ask_time", service=service.name, **turn.wording.person(turn.staff_name(turn.wish.staff))
    )
    open_days: list[dt.date] = []
    offered = yield from slots(Openings(service.id, turn.whom, turn.today, DAYS_SEARCHED, turn.moving))
    for start in offered:
        day = turn.local(start.starts_at).date()
        if day not in open_days:
            open_days.append(day)
    if not open_days:
        turn.say("no_slots")
        turn.ask("time")
        return
    menu = [Choice(kind="day", value=day.isoformat(), label=_day_label(turn, day)) for day in open_days[:DAYS_SHOWN]]
    turn.show(menu, asked="time", hint="time_hint")


def _day_label(turn: Turn, day: dt.date) -> str:
    name = turn.wording.date(day)
    if day == turn.today:
        return f"{turn.wording.say('today')}: {name}"
    return f"{turn.wording.say('tomorrow')}: {name}" if day == turn.today + dt.timedelta(days=1) else name


def _exact(turn: Turn, service: ServiceInfo, day: dt.date, time: dt.time) -> Talk[dt.datetime | None]:
    start = turn.instant(day, time)
    if start is None:
        turn.say("reason_clock_change", date=turn.wording.date(day), time=turn.wording.time(time))
        wanted = dt.datetime.combine(day, time, tzinfo=turn.zone).astimezone(dt.UTC)
        yield from _offer_nearest(turn, service, wanted)
        return None
    answer = yield from check_time(CheckTime(service.id, turn.whom, start, turn.moving or turn.state.held))
    if answer.free:
        return start
    yield from _refuse(turn, service, start, answer)
    return None


def _refuse(turn: Turn, service: ServiceInfo, start: dt.datetime, answer: TimeAnswer) -> Talk[None]:
    """Say why a start is not possible, and what is."""
    yield from turn.let_go()
    local = turn.local(start)
    reason = answer.reason
    if reason == "closed":
        that_day = yield from slots(Openings(service.id, turn.whom, local.date(), moving=turn.moving))
        whole_day = not that_day and local.date() > turn.today
        reason = "closed_day" if whole_day and _shut(turn, local.date()) else "closed"
    say_reason(turn, reason, start)
    if reason == BY_PERSON:
        turn.ask("time")
        return
    if reason != "past":
        turn.want(time=None)
    yield from _offer_nearest(turn, service, _near(turn, service, start, reason))


def say_reason(turn: Turn, reason: str, start: dt.datetime, *, otherwise: str = "reason_busy") -> None:
    """Why a start cannot be had; a person who was asked for and is away is named."""
    staff = turn.staff_name(turn.wish.staff)
    if reason == "absent" and staff:
        reason = "absent_one"
    key = f"reason_{reason}"
    turn.say(key if turn.wording.has(key) else otherwise, **turn.wording.moment(start), staff=staff or "")


def _near(turn: Turn, service: ServiceInfo, start: dt.datetime, reason: str) -> dt.datetime:
    """Where other starts are looked for: at what was asked for, unless there can be none."""
    begins = service.rules.window_from
    if reason == "outside_dates" and begins is not None and turn.local(start).date() < begins:
        return dt.datetime.combine(begins, dt.time(12), tzinfo=turn.zone).astimezone(dt.UTC)
    if reason in ("beyond_window", "outside_dates"):
        return turn.facts.now
    return max(start, turn.facts.now)


def _shut(turn: Turn, day: dt.date) -> bool:
    """Whether the business is closed all that day, by its week or by an exception."""
    exception = next((row for row in turn.facts.overrides if row.resource_id is None and row.day == day), None)
    if exception is not None:
        return not exception.ranges
    return not any(row.weekday == day.weekday() for row in turn.facts.hours if row.resource_id is None)


def first_slots(turn: Turn, service: ServiceInfo, earliest: dt.datetime) -> Talk[tuple[OfferedSlot, ...]]:
    """The first few starts at or after an instant."""
    day = earliest.astimezone(turn.wording.zone).date()
    found = yield from slots(Openings(service.id, turn.whom, day, DAYS_SEARCHED, turn.moving))
    return tuple(slot for slot in found if slot.starts_at >= earliest)[:3]


def _offer_nearest(turn: Turn, service: ServiceInfo, wanted: dt.datetime) -> Talk[None]:
    offered = yield from slots(Nearest(service.id, turn.whom, wanted, moving=turn.moving))
    if not offered:
        turn.say("no_slots")
        turn.ask("time")
        return
    turn.say("nearest")
    turn.show(turn.slot_choices(offered, with_day=True), asked="time")


def _among(turn: Turn, service: ServiceInfo) -> Talk[dt.datetime | None]:
    """A day without a time, a time without a day, a part of the day, or several days."""
    yield from turn.let_go()
    wish = turn.wish
    first = max(wish.day, turn.today) if wish.day else turn.today
    if wish.day is not None and wish.day < turn.today and (wish.last_day or wish.day) < turn.today:
        turn.say("reason_past")
        yield from _offer_nearest(turn, service, turn.facts.now)
        return None
    last = wish.last_day or (wish.day if wish.day else first + dt.timedelta(days=DAYS_SEARCHED))
    days = min(max((last - first).days + 1, 1), 31)
    offered = yield from slots(Openings(service.id, turn.whom, first, days, turn.moving))
    fitting = [slot for slot in offered if _fits(turn, slot)]
    if fitting and wish.pick and wish.time is None:
        chosen = turn.local(fitting[0 if wish.pick == "first" else -1].starts_at)
        turn.want(day=chosen.date(), last_day=None, time=chosen.time(), earliest=None, latest=None, pick=None)
        return fitting[0 if wish.pick == "first" else -1].starts_at
    if not fitting:
        yield from _nothing_fits(turn, service, first, whole_day=not offered, single=days == 1)
        return None
    if wish.day is not None and days == 1:
        turn.say("slots_on", date=turn.wording.date(first))
        turn.show(turn.slot_choices(_spread(fitting, SHOWN), with_day=False), asked="time")
    elif wish.time is not None:
        turn.say("days_at", time=turn.wording.time(wish.time))
        turn.show(turn.slot_choices(fitting[:DAYS_SHOWN], with_day=True), asked="time")
    else:
        turn.say("slots_around")
        turn.show(turn.slot_choices(_over_days(turn, fitting), with_day=True), asked="time")
    return None


def _nothing_fits(turn: Turn, service: ServiceInfo, first: dt.date, *, whole_day: bool, single: bool) -> Talk[None]:
    wish = turn.wish
    time = wish.time or wish.earliest or wish.latest or dt.time(12)
    wanted = dt.datetime.combine(first, time, tzinfo=turn.zone).astimezone(dt.UTC)
    reason = ""
    if single and whole_day:
        reason = (yield from check_time(CheckTime(service.id, turn.whom, wanted, turn.moving))).reason
    if reason in _OF_THE_DAY:
        say_reason(turn, reason, wanted)
    elif single:
        shut = whole_day and _shut(turn, first)
        key = "reason_closed_day" if shut else "reason_full_day" if whole_day else "reason_full_window"
        turn.say(key, date=turn.wording.date(first))
    turn.want(time=None, earliest=None, latest=None)
    yield from _offer_nearest(turn, service, _near(turn, service, wanted, reason))


def _fits(turn: Turn, slot: OfferedSlot) -> bool:
    wish, time = turn.wish, turn.local(slot.starts_at).time()
    if wish.time is not None:
        return time == wish.time
    return (wish.earliest is None or time >= wish.earliest) and (
        wish.latest is None or time < wish.latest or wish.latest == dt.time(0)
    )


def _spread(offered: list[OfferedSlot], count: int) -> list[OfferedSlot]:
    """A few starts spread over all of them; full hours if there are enough, because that is how people make plans."""
    for minutes in ((0,), (0, 30)):
        round_ones = [slot for slot in offered if slot.starts_at.minute in minutes]
        if len(round_ones) >= count:
            offered = round_ones
            break
    if len(offered) <= count:
        return offered
    step = (len(offered) - 1) / (count - 1)
    return [offered[round(index * step)] for index in range(count)]


def _over_days(turn: Turn, offered: list[OfferedSlot]) -> list[OfferedSlot]:
    """A few starts, taken from several days."""
    by_day: dict[dt.date, list[OfferedSlot]] = {}
    for slot in offered:
        by_day.setdefault(turn.local(slot.starts_at).date(), []).append(slot)
    per_day = max(1, SHOWN // min(len(by_day), 3))
    picked = [slot for day in sorted(by_day)[:3] for slot in _spread(by_day[day], max(per_day, 2))[:per_day]]
    return picked[:SHOWN]
