"""One message, one answer: decides which part of the dialogue a message belongs to. The order of the branches is
the order of caution: a wish to talk to a person first, then the yes to a draft, then everything that changes the
draft.
"""

from __future__ import annotations

from booka_core.conversation.dialog import answering, booking, existing
from booka_core.conversation.dialog.drafts import accepted, answers
from booka_core.conversation.dialog.hearing import choose, hear, merged, service_choices
from booka_core.conversation.dialog.requests import HandOver, Introduce, Talk
from booka_core.conversation.dialog.turn import Turn
from booka_core.conversation.types import Choice, DialogState, Draft, Facts, Outcome
from booka_core.conversation.understanding import Understanding
from booka_core.conversation.wording import Wording

LOST = 3
"""Messages in a row that were not understood before a person is offered."""


def converse(state: DialogState, said: Understanding, facts: Facts, wording: Wording) -> Talk[Outcome]:
    """Answer one message. Yields requests and returns the new state with the replies."""
    turn = Turn(state, said, facts, wording)
    yield from _introduce(turn)
    yield from _answer(turn)
    turn.change(greeted=True)
    return turn.outcome()


def media_answer(state: DialogState, facts: Facts, wording: Wording) -> Outcome:
    """The answer to a picture, a recording or a file without a word: what was open stays open."""
    turn = Turn(state, Understanding(text=""), facts, wording)
    turn.say("media")
    return turn.outcome()


def _introduce(turn: Turn) -> Talk[None]:
    """Remember a name or mail address that was given."""
    name, email = turn.said.name, turn.said.email
    if name and (turn.state.asked == "contact" or not turn.facts.customer.name):
        yield Introduce(name=name, email=email)
        customer = turn.facts.customer.model_copy(update={"name": name})
        turn.facts = turn.facts.model_copy(update={"customer": customer})
    elif email:
        yield Introduce(email=email)


def _answer(turn: Turn) -> Talk[None]:
    said = turn.said
    if said.says("human"):
        yield from _hand_over(turn)
    elif turn.state.draft is not None and turn.state.asked == "confirm":
        yield from _about_draft(turn)
    elif said.choice is not None:
        yield from _chosen(turn, said.choice)
    elif said.says("cancel", "reschedule", "view") and not _means_this_booking(turn):
        yield from _about_existing(turn)
    elif said.says("stop"):
        yield from _drop(turn)
    elif answering.asks(said) and not said.says("book"):
        answering.answer(turn)
        timed = said.when is not None and (said.when.date is not None or said.when.exact)
        yield from (_continue(turn) if timed and turn.state.goal == "book" else _resume(turn))
    else:
        yield from _continue(turn)


def _means_this_booking(turn: Turn) -> bool:
    """ "Change the appointment to the 14th" in the middle of booking speaks of the booking that is being made."""
    said, wish = turn.said, turn.wish
    return turn.state.goal == "book" and said.says("reschedule") and said.carries_values and wish.day is not None


def _hand_over(turn: Turn) -> Talk[None]:
    yield HandOver()
    yield from turn.forget()
    turn.say("human")


def _about_draft(turn: Turn) -> Talk[None]:
    """Something was said while a draft waits for its yes."""
    said, draft = turn.said, turn.state.draft
    if draft is None:
        return
    plain = said.model_copy(update=_NO_VALUES) if said.carries_values and _changes_nothing(turn) else said
    if accepted(turn.state, plain, turn.facts):
        yield from _accept(turn, draft)
    elif said.says("confirm") and not said.carries_values and not answers(draft, turn.facts):
        turn.say("question_was_later")
        yield from _resume(turn)
    elif said.says("deny", "stop") and not said.carries_values:
        yield from _refused_draft(turn)
    else:
        yield from _instead_of_yes(turn, draft)


def _accept(turn: Turn, draft: Draft) -> Talk[None]:
    yield from (booking.commit(turn) if draft.kind == "book" else existing.commit(turn))
    if answering.asks(turn.said):
        turn.new_bubble()
        answering.answer(turn)


def _instead_of_yes(turn: Turn, draft: Draft) -> Talk[None]:
    """Another wish, a question of fact, or a change of what the draft shows."""
    said = turn.said
    about_moving = draft.kind != "cancel" and said.says("reschedule")  # "change the appointment to 4": this one
    if said.says("cancel", "reschedule", "view") and not about_moving:
        yield from _about_existing(turn)
    elif answering.asks(said) and not said.carries_values:
        answering.answer(turn)
        yield from _resume(turn)
    else:
        yield from _continue(turn)


_NO_VALUES = {
    "services": (),
    "service_choices": (),
    "staff": None,
    "staff_choices": (),
    "any_staff": False,
    "excluded_staff": (),
    "when": None,
    "party_size": None,
    "unknown_service": "",
    "unknown_staff": "",
}


def _changes_nothing(turn: Turn) -> bool:
    """Whether all that was said is already what the draft shows ("yes, tomorrow at 3 please")."""
    said, wish = turn.said, turn.wish
    if said.service_choices or said.staff_choices or said.excluded_staff or said.unknown_service or said.unknown_staff:
        return False
    if said.services and said.services != (wish.service,):
        return False
    if (said.staff and said.staff != wish.staff) or (said.any_staff and not wish.anyone):
        return False
    if said.party_size and said.party_size != wish.party:
        return False
    return not (said.when and said.when.fault) and merged(wish, said.when) == wish


def _refused_draft(turn: Turn) -> Talk[None]:
    draft = turn.state.draft
    if turn.said.says("stop") or (draft and draft.kind != "book"):
        yield from _drop(turn)
        return
    yield from turn.let_go()
    turn.say("what_to_change")
    say = turn.wording.say
    menu = [Choice(kind="act", value="change_time", label=say("change_time"))]
    if turn.slot("staff"):
        menu.append(Choice(kind="act", value="change_staff", label=say("change_staff")))
    menu.append(Choice(kind="act", value="change_service", label=say("change_service")))
    menu.append(Choice(kind="act", value="stop", label=say("change_stop")))
    turn.show(menu, asked="menu")


def _drop(turn: Turn) -> Talk[None]:
    goal = turn.state.goal
    yield from turn.forget()
    turn.say("dropped" if goal == "book" else "kept")  # "nothing is booked" may be untrue of what was booked before


def _bare_cancel(turn: Turn) -> bool:
    """ "Cancel" and nothing else, in the middle of booking: it means this booking, and not one made before."""
    return turn.said.says("cancel") and len(turn.said.text.split()) <= 2 and turn.state.goal == "book"


def _about_existing(turn: Turn) -> Talk[None]:
    said = turn.said
    if _bare_cancel(turn):
        yield from _drop(turn)
    elif said.says("cancel"):
        yield from turn.forget()
        yield from existing.begin(turn, "cancel")
    elif said.says("reschedule"):
        yield from turn.forget()
        turn.change(wish=merged(turn.wish, existing.target_of(said.when)))
        if said.staff:
            turn.want(staff=said.staff)
        yield from existing.begin(turn, "move")
    else:
        yield from existing.show_upcoming(turn)
        if turn.state.goal:
            yield from _resume(turn)


def _chosen(turn: Turn, number: int) -> Talk[None]:
    choice = turn.state.menu[number - 1]
    act = choose(turn, choice)
    if act is not None:
        yield from _act(turn, act)
    elif turn.state.goal in ("cancel", "move"):
        yield from existing.go_on(turn)
    else:
        yield from booking.next_step(turn)


def _act(turn: Turn, act: str) -> Talk[None]:
    if act == "human":
        yield from _hand_over(turn)
    elif act == "view":
        yield from existing.show_upcoming(turn)
        turn.ask("")
    elif act == "services":
        turn.said = turn.said.model_copy(update={"acts": ("ask_services",)})
        answering.answer(turn)
        turn.ask("")
    elif act == "stop":
        yield from _drop(turn)
    elif act == "change_staff":
        turn.want(staff=None, anyone=False)
        yield from booking.next_step(turn)
    elif act == "change_service":
        turn.want(service=None, then=())
        turn.say("ask_service")
        turn.show(service_choices(turn), asked="service")
    elif act == "change_time":
        turn.want(day=None, last_day=None, time=None, earliest=None, latest=None, pick=None)
        yield from booking.next_step(turn)
    else:
        yield from booking.next_step(turn)


def _continue(turn: Turn) -> Talk[None]:
    """Values, a wish to book, small talk, or nothing that was understood."""
    said, state = turn.said, turn.state
    if state.goal in ("cancel", "move"):
        yield from _continue_existing(turn)
        return
    if state.asked == "intake" and not said.acts:
        turn.want(intake={**turn.wish.intake, state.topic: said.text[:500]})
        yield from booking.next_step(turn)
        return
    if said.says("alternatives") and not said.when and turn.service:
        turn.want(time=None, earliest=None, latest=None, pick=None)
        yield from turn.let_go()
        turn.change(misses=0)
        yield from booking.next_step(turn)
        return
    if said.carries_values or said.says("book", "ask_availability", "any") or (said.name and state.goal == "book"):
        turn.change(misses=0, goal="book")
        if hear(turn):
            yield from booking.next_step(turn)
        return
    if said.says("deny") and state.goal == "book" and state.asked in ("service", "staff", "time", "contact", "menu"):
        yield from _drop(turn)
        return
    yield from _small_talk(turn)


def _continue_existing(turn: Turn) -> Talk[None]:
    said = turn.said
    if said.says("deny", "stop") and not said.carries_values:
        yield from _drop(turn)
    elif said.services and turn.wish.service is not None and turn.wish.service not in said.services:
        yield from turn.forget()  # another service: that is a new booking, and the old one stays
        turn.change(goal="book")
        if hear(turn):
            yield from booking.next_step(turn)
    elif turn.state.target is None:
        if said.carries_values:
            yield from existing.begin(turn, turn.state.goal)
        else:
            yield from _small_talk(turn)
    elif turn.state.goal == "move" and (said.carries_values or said.says("alternatives", "ask_availability")):
        turn.change(draft=None)
        if hear(turn):
            yield from existing.go_on(turn)
    elif said.says("book") and said.services:
        yield from turn.forget()
        if hear(turn):
            yield from booking.next_step(turn)
    else:
        yield from _small_talk(turn)


def _small_talk(turn: Turn) -> Talk[None]:
    said = turn.said
    if said.says("help"):
        turn.say("help", example=_example(turn))
        main_menu(turn)
    elif said.says("greet"):
        if turn.state.goal:
            yield from _resume(turn, greeting=True)
        else:
            _greet(turn)
    elif said.says("thanks", "bye"):
        turn.say("bye" if said.says("bye") and not said.says("thanks") else "thanks")
        if turn.state.asked == "confirm":
            yield from _resume(turn)
    elif said.says("confirm", "any") and turn.state.goal and turn.state.asked:
        yield from _which_of_the_menu(turn)
    elif said.says("confirm") and turn.state.asked == "menu":
        yield from booking.next_step(turn)  # "yes" to "would you like to book?"
    elif said.says("confirm") and turn.state.greeted:
        turn.say("thanks")  # one "yes" too many, after everything was done
    elif said.says("deny"):
        turn.say("dropped" if turn.state.goal == "book" else "kept")
    else:
        yield from _not_understood(turn)


def _which_of_the_menu(turn: Turn) -> Talk[None]:
    """A yes to a question that was none: it takes the only entry of a menu, and has the choice of a longer one."""
    menu, asked = turn.state.menu, turn.state.asked
    if len(menu) == 1:
        yield from _chosen(turn, 1)
    elif menu:
        turn.say("which_one")
        turn.show(menu, asked=asked)
    else:
        yield from _resume(turn)


def _greet(turn: Turn) -> None:
    name = turn.facts.customer.name
    if turn.state.greeted:
        turn.say("greeting_again", name=f" {name.split()[0]}" if name else "")
    else:
        turn.say("greeting")
    main_menu(turn)


def main_menu(turn: Turn) -> None:
    """What can be done here, by number."""
    say = turn.wording.say
    turn.show(
        [
            Choice(kind="act", value="book", label=say("menu_book")),
            Choice(kind="act", value="view", label=say("menu_view")),
            Choice(kind="act", value="services", label=say("menu_services")),
            Choice(kind="act", value="human", label=say("menu_human")),
        ]
    )


def _example(turn: Turn) -> str:
    offered = turn.facts.shop.listed
    return turn.wording.say("example", service=offered[0].name if offered else "")


def _not_understood(turn: Turn) -> Talk[None]:
    turn.change(misses=turn.state.misses + 1)
    if not turn.state.greeted and turn.state.misses == 1:
        _greet(turn)
        return
    if turn.state.misses < LOST:
        turn.say("not_understood")
    else:
        turn.say("still_lost")
        if not turn.state.goal:
            turn.show([Choice(kind="act", value="human", label=turn.wording.say("menu_human"))])
            return
    yield from _resume(turn)


def _resume(turn: Turn, *, greeting: bool = False) -> Talk[None]:
    """Return to the question that was open; with none open, show what can be done."""
    state = turn.state
    if greeting and turn.silent:
        turn.say("greeting_again", name="")
    if state.goal == "book":
        yield from booking.next_step(turn)
    elif state.goal in ("cancel", "move") and state.target is not None:
        yield from existing.go_on(turn)
    elif state.goal in ("cancel", "move"):
        yield from existing.begin(turn, state.goal)
    elif state.menu and not turn.silent and state.asked == "menu":
        turn.show(state.menu)
    elif not state.asked:
        main_menu(turn)
