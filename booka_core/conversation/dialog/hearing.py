"""Taking what a message says into what the customer wants. A new day keeps the time and a new time keeps the day,
because that is how people correct themselves; whatever contradicts the catalogue is said at once and not taken.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from booka_core.catalog.types import ResourceInfo, ServiceInfo
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import Choice, Wish
from booka_core.conversation.understanding import When

LARGEST_PARTY = 500


def choose(turn: Turn, choice: Choice) -> str | None:
    """Take a menu entry into the wishes. Returns the name of an act when the entry stands for one."""
    if choice.kind == "service":
        _take_service(turn, UUID(choice.value))
    elif choice.kind == "staff":
        turn.want(staff=UUID(choice.value), anyone=False)
    elif choice.kind == "anyone":
        turn.want(staff=None, anyone=True)
    elif choice.kind == "day":
        turn.want(day=dt.date.fromisoformat(choice.value), last_day=None, pick=None)
    elif choice.kind == "slot":
        local = turn.local(dt.datetime.fromisoformat(choice.value))
        turn.want(day=local.date(), last_day=None, time=local.time(), earliest=None, latest=None, pick=None)
    elif choice.kind == "reservation":
        turn.change(target=UUID(choice.value))
    elif choice.kind == "answer":
        turn.want(intake={**turn.wish.intake, turn.state.topic: choice.value})
    else:
        return choice.value
    return None


def merged(wish: Wish, when: When | None) -> Wish:
    """The wish after what was said about when."""
    if when is None or when.fault:
        return wish
    update: dict[str, Any] = {}
    if when.date is not None:
        update |= {"day": when.date, "last_day": when.end_date, "pick": None}
    if when.exact:
        update |= {"time": when.time, "earliest": None, "latest": None, "pick": None}
    elif when.time is not None:
        update |= {"time": None, "pick": None}
        if when.modifier == "before":
            update |= {"earliest": None, "latest": when.time}
        elif when.modifier == "after":
            update |= {"earliest": when.time, "latest": None}
        else:
            update |= {"earliest": when.time, "latest": when.end_time}
    if when.pick is not None:
        update["pick"] = when.pick
        if when.time is None:
            update["time"] = None
    return wish.model_copy(update=update)


def hear(turn: Turn) -> bool:
    """Take everything that was said into the wishes. False when something has to be settled first: then it is asked."""
    said = turn.said
    if said.party_size is not None:
        turn.want(party=min(said.party_size, LARGEST_PARTY))
    return _hear_service(turn) and _hear_staff(turn) and _hear_when(turn)


def _hear_service(turn: Turn) -> bool:
    said = turn.said
    if said.services:
        wanted = list(said.services)
        if turn.wish.service in wanted and len(wanted) > 1:
            wanted.remove(turn.wish.service)
            wanted.insert(0, turn.wish.service)
        _take_service(turn, wanted[0], then=tuple(wanted[1:]) or None)
        return True
    if said.service_choices:
        known = turn.service
        if known and known.id in said.service_choices and not said.says("correct"):
            return True  # "the haircut" about the one that is already chosen
        _keep_rest(turn)
        turn.say("which_service")
        turn.show(service_choices(turn, said.service_choices), asked="service")
        return False
    lacking = said.unknown_service and (turn.service is None or not (said.when or set(said.acts) - {"book", "provide"}))
    if lacking:
        _keep_rest(turn)
        turn.say("unknown_service", thing=said.unknown_service)
        turn.show(service_choices(turn), asked="service")
        return False
    return True


def _keep_rest(turn: Turn) -> None:
    """While the service is asked for, the person and the time that were said with it are not lost."""
    said = turn.said
    turn.change(wish=merged(turn.wish, said.when))
    if said.staff:
        turn.want(staff=said.staff, anyone=False)
    elif said.any_staff:
        turn.want(staff=None, anyone=True)
    _exclude(turn)


def _take_service(turn: Turn, service: UUID, *, then: tuple[UUID, ...] | None = None) -> None:
    if service == turn.wish.service and then is None:
        return
    turn.want(service=service, then=turn.wish.then if then is None else then)
    found = turn.service
    if found is not None and turn.wish.staff not in {person.id for person in turn.able(found)}:
        turn.want(staff=None)  # chosen for another service; whoever asks for them now is told that they cannot


def _exclude(turn: Turn) -> None:
    excluded = tuple(dict.fromkeys((*turn.wish.excluded, *turn.said.excluded_staff)))
    if excluded == turn.wish.excluded:
        return
    turn.want(excluded=excluded)
    if turn.wish.staff in excluded:
        turn.want(staff=None)
    turn.want(anyone=turn.wish.staff is None)


def _hear_staff(turn: Turn) -> bool:
    said = turn.said
    _exclude(turn)
    if said.staff is not None:
        turn.want(staff=said.staff, anyone=False, excluded=tuple(x for x in turn.wish.excluded if x != said.staff))
    elif said.staff_choices:
        able = [p for p in turn.facts.shop.staff if p.id in said.staff_choices and _may(turn, p)]
        if len(able) == 1:
            turn.want(staff=able[0].id, anyone=False)
            return True
        _note_when(turn)
        turn.say("which_staff")
        turn.show(staff_choices(turn, able or list(turn.facts.shop.staff), anyone=False), asked="staff")
        return False
    elif said.any_staff:
        turn.want(staff=None, anyone=True)
    elif said.unknown_staff and turn.slot("staff"):
        _note_when(turn)
        turn.say("unknown_staff", name=said.unknown_staff)
        service = turn.service
        if service is None:
            turn.say("staff_list")
            turn.quote(", ".join(person.name for person in turn.facts.shop.staff))
            turn.show(service_choices(turn), asked="service")
        else:
            turn.show(staff_choices(turn, turn.able(service)), asked="staff")
        return False
    return True


def _note_when(turn: Turn) -> None:
    turn.change(wish=merged(turn.wish, turn.said.when))


def _may(turn: Turn, person: ResourceInfo) -> bool:
    service = turn.service
    return service is None or person in turn.able(service)


def _hear_when(turn: Turn) -> bool:
    when = turn.said.when
    if when is not None and when.fault:
        # What was said well beside the slip is kept: the day of a strange time, the time of a strange day.
        turn.change(wish=merged(turn.wish, when.model_copy(update={"fault": None, "end_time": None})))
        turn.say(when.fault)
        turn.ask("time")
        return False
    turn.change(wish=merged(turn.wish, when))
    return True


def service_choices(turn: Turn, only: tuple[UUID, ...] = ()) -> tuple[Choice, ...]:
    """The services as a menu; when the person is known, those that this person does."""
    offered = [service for service in turn.facts.shop.listed if not only or service.id in only]
    staff = turn.wish.staff
    offered = [s for s in offered if staff is None or staff in {p.id for p in turn.able(s)}] or offered
    return tuple(Choice(kind="service", value=str(s.id), label=service_label(turn, s)) for s in offered)


def service_label(turn: Turn, service: ServiceInfo) -> str:
    """A service as a menu shows it: with its price, unless it costs nothing."""
    if not service.price.amount:
        return service.name
    return f"{service.name} ({turn.wording.money(service.price)})"


def staff_choices(
    turn: Turn, people: tuple[ResourceInfo, ...] | list[ResourceInfo], *, anyone: bool = True
) -> tuple[Choice, ...]:
    """People as a menu, with "anyone" at its end."""
    menu = [Choice(kind="staff", value=str(p.id), label=f"{p.name} ({p.title})" if p.title else p.name) for p in people]
    if anyone:
        menu.append(Choice(kind="anyone", value="", label=turn.wording.say("anyone")))
    return tuple(menu)
