"""Filling the journey of a new reservation: the first thing still missing is asked for, whatever order the customer
gives the rest in. Once service, person and time are known the time is held; once everything is, the customer sees a
draft.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from booka_core.booking.types import Approval, ReservationInfo
from booka_core.catalog.types import ServiceInfo
from booka_core.conversation.dialog.drafts import new_draft, still_shows
from booka_core.conversation.dialog.finding import first_slots, say_reason, settle_time
from booka_core.conversation.dialog.hearing import LARGEST_PARTY, service_choices, staff_choices
from booka_core.conversation.dialog.requests import (
    CheckTime,
    Confirm,
    HandOver,
    Hold,
    Nearest,
    Talk,
    check_time,
    do,
    look,
    slots,
)
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import Choice, Refusal, Wish
from booka_core.sdk.verticals import JourneySlot

_STANDING = ("held", "pending", "confirmed")
_NO_OTHER_TIME = ("blocked", "too_many", "terms", "private")
"""Refusals that no other time would change."""


def next_step(turn: Turn) -> Talk[None]:
    """Ask for what is missing, or show the draft."""
    turn.change(goal="book")
    for slot in turn.facts.vertical.journey.slots:
        if not (yield from _settled(turn, slot)):
            return
    held = yield from _keep(turn)
    if held is not None:
        show_draft(turn, held)


def _settled(turn: Turn, slot: JourneySlot) -> Talk[bool]:
    """Whether a slot of the journey needs nothing more; otherwise the customer has been asked."""
    match slot.kind:
        case "service":
            return _service_settled(turn, slot)
        case "staff":
            return _staff_settled(turn, slot)
        case "party_size":
            return _party_settled(turn, slot)
        case "intake":
            return _intake_settled(turn, slot)
        case "time":
            return (yield from _time_settled(turn))
        case "contact":
            return (yield from _contact_settled(turn, slot))


def _service_settled(turn: Turn, slot: JourneySlot) -> bool:
    offered = turn.facts.shop.listed
    if turn.service is None and len(offered) == 1:
        turn.want(service=offered[0].id)
    if turn.service is not None:
        return _can_be_had_here(turn, turn.service)
    turn.say(slot.ask)
    turn.show(service_choices(turn), asked="service")
    return False


def _can_be_had_here(turn: Turn, service: ServiceInfo) -> bool:
    """Whether a chat can book a service; it can take no terms, and asks for no number of nights."""
    stay = service.rules.stay
    if service.rules.terms:
        turn.say("terms", service=service.name, terms=service.rules.terms)
    elif stay is not None and stay.least_nights > 1:
        turn.say("reason_by_person")
    else:
        return True
    turn.want(service=None)
    turn.show([Choice(kind="act", value="human", label=turn.wording.say("menu_human"))])
    return False


def _party_settled(turn: Turn, slot: JourneySlot) -> bool:
    party = turn.wish.party
    if party is not None and (turn.service is None or party <= _room(turn, turn.service)):
        return True
    if party is not None:
        turn.say("party_too_large", party=party)
        turn.want(party=None)
    turn.say(slot.ask)
    turn.ask("party_size")
    return False


def _room(turn: Turn, service: ServiceInfo) -> int:
    """How many people can come together: seats of a class, or of the largest table."""
    seats = [service.rules.seats] if service.rules.seats > 1 else []
    for demand in service.demands:
        if demand.seats:
            able = turn.facts.shop.candidates(service, demand)
            seats.append(max((int(one.properties.get("seats", 1)) for one in able), default=0))
    return min(seats, default=LARGEST_PARTY)


def _contact_settled(turn: Turn, slot: JourneySlot) -> Talk[bool]:
    """The name, when the channel did not tell it. The time is held before it is asked for, so that it waits."""
    if turn.facts.customer.name:
        return True
    if (yield from _keep(turn)) is not None:
        turn.say(slot.ask)
        turn.ask("contact")
    return False


def _staff_settled(turn: Turn, slot: JourneySlot) -> bool:
    """Whether it is known who serves. A person who cannot is said so; one who alone can is not asked about."""
    service = turn.service
    if service is None or "staff" not in service.kinds:
        return True
    able = turn.able(service)
    wanted = turn.wish.staff
    if wanted is not None and wanted not in {person.id for person in able}:
        turn.say("staff_cannot", staff=turn.staff_name(wanted), service=service.name)
        turn.want(staff=None)
        turn.show(staff_choices(turn, able, anyone=len(able) > 1), asked="staff")
        return False
    if wanted is None and not turn.wish.anyone:
        if len(able) == 1:
            turn.want(staff=able[0].id)
            return True
        turn.say(slot.ask, service=service.name)
        turn.show(staff_choices(turn, able), asked="staff")
        return False
    return True


def _intake_settled(turn: Turn, slot: JourneySlot) -> bool:
    """Whether a question of the vertical's form is answered. Optional ones are not asked here."""
    field = slot.schema_field or slot.name
    if not slot.required or field in turn.wish.intake:
        return True
    schema: dict[str, Any] = turn.facts.vertical.intake.get("properties", {}).get(field, {})
    question = turn.wording.say(slot.ask) if turn.wording.has(slot.ask) else schema.get("title", field)
    turn.quote(str(question))
    options = [str(option) for option in schema.get("enum", ())]
    if options:
        turn.show([Choice(kind="answer", value=o, label=o) for o in options], asked="intake")
        turn.change(topic=field)
    else:
        turn.ask("intake", topic=field)
    return False


def _time_settled(turn: Turn) -> Talk[bool]:
    service = turn.service
    if service is None:
        return False
    start = yield from settle_time(turn, service)
    if start is None:
        return False
    local = turn.local(start)
    turn.want(day=local.date(), last_day=None, time=local.time(), earliest=None, latest=None, pick=None)
    return True


def _fingerprint(wish: Wish) -> str:
    """What a hold is for; a hold for another wish is given back."""
    parts = (
        wish.service,
        wish.staff,
        wish.anyone,
        wish.excluded,
        wish.day,
        wish.time,
        wish.party,
        sorted(wish.intake.items()),
    )
    return "|".join(str(part) for part in parts)


def _start(turn: Turn) -> dt.datetime | None:
    wish = turn.wish
    return turn.instant(wish.day, wish.time) if wish.day and wish.time else None


def _keep(turn: Turn) -> Talk[ReservationInfo | None]:
    """The hold for the present wish: the one there is, or a new one. None when the time went away, which is said."""
    service, start = turn.service, _start(turn)
    if service is None or start is None:
        return None
    wanted = _fingerprint(turn.wish)
    if turn.state.held is not None and turn.state.held_for == wanted:
        row = yield from look(turn.state.held)
        if row is not None and row.status == "held" and (row.hold_expires_at or start) > turn.facts.now:
            return row
    yield from turn.let_go()
    staff = turn.wish.staff
    if staff is None and turn.wish.excluded:  # anyone, but not everyone: somebody in particular has to be named
        staff = (yield from check_time(CheckTime(service.id, turn.whom, start))).staff
    answer = yield from do(Hold(service.id, staff, start, turn.wish.party or 1, turn.wish.intake))
    if isinstance(answer, Refusal):
        yield from say_refusal(turn, answer, service, start)
        return None
    turn.change(held=answer.id, held_for=wanted)
    return answer


def show_draft(turn: Turn, held: ReservationInfo) -> None:
    """Show exactly what would be committed, and ask for the yes."""
    turn.change(draft=new_draft("book", held, now=turn.facts.now))
    wished = turn.wish.staff
    if wished is not None and held.staff is not None and wished not in {one.id for one in held.resources}:
        turn.say("stands_in", staff=turn.staff_name(wished) or "", other=held.staff.name)
    turn.say("confirm", **turn.wording.about(held))
    if _needs_agreement(turn, held):
        turn.say("needs_agreement")
    turn.say("yes_hint")
    turn.ask("confirm")


def _needs_agreement(turn: Turn, held: ReservationInfo) -> bool:
    services = (turn.facts.shop.service(one) for one in {held.service_id, *(item.service_id for item in held.items)})
    return any(service is not None and service.rules.approval for service in services)


def commit(turn: Turn) -> Talk[None]:
    """The customer said yes to the stored draft: make it a reservation, and say so from the committed row."""
    draft = turn.state.draft
    row = (yield from look(draft.reservation_id)) if draft else None
    if draft is None or row is None or row.status not in _STANDING or not still_shows(draft, row):
        yield from turn.let_go()
        ran_out = row is None or row.status in ("expired", "cancelled")
        turn.say("hold_ran_out" if ran_out else "draft_changed")
        yield from next_step(turn)
        return
    answer = yield from do(Confirm(draft.reservation_id, draft.token))
    if isinstance(answer, Refusal):
        start = turn.facts.now if row is None else row.starts_at
        yield from turn.let_go()
        service = turn.service
        if answer.kind == "expired":
            turn.say("hold_ran_out")
            yield from next_step(turn)
        elif service is not None:
            yield from say_refusal(turn, answer, service, start)
        return
    turn.say("place_requested" if answer.status == "pending" else "booked", **turn.wording.about(answer))
    consent = turn.facts.approval
    for advice in consent.advice if isinstance(consent, Approval) else ():
        turn.quote(advice)
    _after_booking(turn)
    if turn.wish.service is not None:
        turn.new_bubble()
        turn.say("next_service", service=turn.service.name if turn.service else "")
        yield from next_step(turn)


def _after_booking(turn: Turn) -> None:
    """The draft is spent and the hold is a reservation; a further service that was asked for comes next."""
    wish = turn.wish
    if wish.then and turn.facts.shop.service(wish.then[0]):
        rest = Wish(service=wish.then[0], then=wish.then[1:], day=wish.day, party=wish.party, anyone=wish.anyone)
        turn.change(wish=rest, held=None, held_for="", draft=None, asked="", menu=())
        return
    turn.change(goal="", wish=Wish(), held=None, held_for="", draft=None, asked="", menu=(), target=None)


def say_refusal(turn: Turn, refusal: Refusal, service: ServiceInfo, start: dt.datetime) -> Talk[None]:
    """Why it could not be done, and what can."""
    if refusal.kind == "needs_person":
        if refusal.message:
            turn.quote(refusal.message)
        yield HandOver()
        turn.say("human")
        yield from turn.forget()
        return
    if refusal.kind in _NO_OTHER_TIME:
        yield from turn.forget()
        turn.say(refusal.kind, **{"service": service.name, **refusal.values})
        return
    if refusal.kind == "refused":
        turn.quote(refusal.message or turn.wording.say("refused"))
    elif refusal.kind == "not_offered":
        say_reason(turn, refusal.reason, start, otherwise="taken_meanwhile")
    else:
        turn.say("taken_meanwhile")
    turn.want(time=None)
    if refusal.not_before is None:
        offered = yield from slots(Nearest(service.id, turn.whom, max(start, turn.facts.now)))
    else:
        offered = yield from first_slots(turn, service, refusal.not_before)
    if offered:
        turn.say("nearest")
        turn.show(turn.slot_choices(offered, with_day=True), asked="time")
    else:
        turn.say("no_slots")
        turn.ask("time")
