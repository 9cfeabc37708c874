"""Nothing is ever confirmed, cancelled or moved without a yes to the stored draft, and what is done is what was
shown.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booka_core.conversation.dialog import drafts
from booka_core.conversation.types import Draft
from tests.unit.conversation.world import World

YES = (
    "yes",
    "Yes please!",
    "ok",
    "perfect, thanks",
    "yep",
    "go ahead",
    "that's right",
    "👍",
    "yes and what is the address?",
)
NOT_YES = (
    "no",
    "hello",
    "haircut",
    "braids with Ada",
    "tomorrow at 10",
    "haircut with Bola on Thursday at 3pm",
    "actually make it 4pm",
    "yes but can it be at 11?",
    "yes, cancel it all, I changed my mind about the time, maybe later",
    "ok, how much is it?",
    "is that ok?",
    "not sure",
    "No, that's okay.",
    "No that's fine. That's all I needed.",
    "Okay. Anyone else?",
    "Great. All I need now is a cab",
    "maybe",
    "cancel",
    "cancel my appointment",
    "move my appointment to Friday at 9",
    "what have I booked?",
    "1",
    "2",
    "3",
    "anyone",
    "anyone but Ada",
    "at 3",
    "next week",
    "asdf",
    "don't book it",
    "yes I would like to speak to someone about it later",
    "do you do tattoos?",
    "31 February",
    "thanks",
    "why do you ask",
    "right now?",
    "sure is cold today",
    "",
    "🤷",
)
LINES = st.one_of(
    st.tuples(st.sampled_from(YES), st.booleans()),
    st.tuples(st.sampled_from(NOT_YES), st.booleans()),
    st.tuples(st.text(max_size=30).filter(lambda text: text.strip().lower() not in {"y", "k", "c"}), st.just(True)),
)


def check(lines: list[tuple[str, bool]]) -> int:
    """Say the lines; return how many deeds were done. Each needs a yes, in time, to a draft that showed just that."""
    world = World()
    world.book(day=5, hour=10)
    deeds = 0
    for text, in_time in lines:
        before, shown = world.state.draft, world.said_by_bot[-1:] or [""]
        rows = dict(world.rows)
        world.say(text, asked_before=in_time)
        if not world.deeds:
            changed = [r for r in world.rows.values() if rows.get(r.id, r) != r and r.status == "confirmed"]
            assert not changed, "a reservation was changed without any deed"
            continue
        assert len(world.deeds) == 1, "one message did two things"
        deed = world.deeds.pop()
        deeds += 1
        assert in_time, f"{text!r} was written before the question it is said to answer"
        assert before is not None, f"{text!r} committed although no draft was shown"
        assert text in YES or text not in NOT_YES, f"{text!r} is no yes"
        assert deed.token == before.token
        assert deed.reservation == before.reservation_id
        says_what_was_shown(world, before, shown[0])
        assert world.state.draft is None or world.state.draft.token != before.token, "a token was left for a second yes"
    return deeds


def says_what_was_shown(world: World, draft: Draft, shown: str) -> None:
    """The committed row carries the service, person, day and time of the draft's own words."""
    row = world.rows[draft.reservation_id]
    if draft.kind == "cancel":
        assert row.status == "cancelled"
        return
    words = world.wording().about(row)
    for part in ("service", "staff", "date", "time"):
        assert words[part] in shown, f"the draft said {shown!r}, the row says {words[part]!r}"


@given(st.lists(LINES, min_size=1, max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_sequence_of_messages_commits_without_a_yes_to_the_stored_draft(lines: list[tuple[str, bool]]) -> None:
    check(lines)


def _story(*lines: str) -> list[tuple[str, bool]]:
    return [(line, True) for line in lines]


@pytest.mark.parametrize("yes", YES)
def test_every_plain_yes_commits(yes: str) -> None:
    assert check(_story("haircut with Bola tomorrow at 3pm", yes)) == 1


@pytest.mark.parametrize("other", NOT_YES)
def test_nothing_else_does(other: str) -> None:
    assert check(_story("haircut with Bola tomorrow at 3pm", other)) == 0


def test_a_yes_written_before_the_question_commits_nothing() -> None:
    world = World()
    world.say("haircut with Bola tomorrow at 3pm")
    reply = world.say("yes", asked_before=False)
    assert not world.confirmed
    assert "Shall I book it?" in reply, "the question is put again"
    world.say("yes")
    assert len(world.confirmed) == 1


def test_a_token_is_good_for_one_yes() -> None:
    world = World()
    world.say("haircut with Bola tomorrow at 3pm")
    world.say("yes")
    world.say("yes")
    assert len(world.confirmed) == 1
    assert len(world.deeds) == 1


def test_a_row_that_changed_under_the_draft_is_shown_again_before_it_is_committed() -> None:
    world = World()
    world.say("haircut with Bola tomorrow at 3pm")
    draft = world.state.draft
    assert draft is not None
    held = world.rows[draft.reservation_id]
    dearer = held.price.model_copy(update={"amount": held.price.amount + 1000})
    world.rows[held.id] = held.model_copy(update={"price": dearer})
    reply = world.say("yes")
    assert not world.confirmed
    assert "Something changed" in reply


# -- the same, with a guard taken away: the damage has to show


def test_without_the_check_of_the_words_a_no_would_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "says_yes", lambda *_: True)
    with pytest.raises(AssertionError, match="is no yes"):
        for other in NOT_YES:
            check(_story("haircut with Bola tomorrow at 3pm", other))


def test_without_the_token_a_yes_to_an_older_question_would_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "answers", lambda *_: True)
    with pytest.raises(AssertionError, match="before the question"):
        check([("haircut with Bola tomorrow at 3pm", True), ("yes", False)])


def test_without_the_hash_a_changed_row_would_be_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    from booka_core.conversation.dialog import booking  # noqa: PLC0415 - the guard as its user sees it

    monkeypatch.setattr(booking, "still_shows", lambda *_: True)
    world = World()
    world.say("haircut with Bola tomorrow at 3pm")
    draft: Any = world.state.draft
    row = world.rows[draft.reservation_id]
    world.rows[row.id] = row.model_copy(update={"service_name": "Something dearer"})
    world.say("yes")
    assert world.confirmed[0].service_name == "Something dearer"
