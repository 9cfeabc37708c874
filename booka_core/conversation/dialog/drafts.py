"""Drafts: what a customer is shown before anything is committed, and the one yes that commits it.

A draft carries a random token and the hash of what was shown. `accepted` is the only place that decides whether a
message is a yes to it: the message must be able to be an answer to that very question (`Facts.answers`), must say
yes, and must say nothing else that would change what is booked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from uuid import UUID

from booka_core.booking.types import ReservationInfo
from booka_core.conversation.types import DialogState, Draft, Facts
from booka_core.conversation.understanding import Understanding
from booka_core.kernel import crypto

_OTHER_WISHES = ("cancel", "reschedule", "view", "human", "deny", "stop", "alternatives", "correct")


def content_of(
    kind: str, reservation: ReservationInfo, *, starts_at: dt.datetime | None = None, staff: UUID | None = None
) -> str:
    """The hash of everything a draft shows: whose, what, who, when, how much, and what would become of it."""
    shown = [
        kind,
        str(reservation.id),
        str(reservation.customer_id),
        str(reservation.service_id),
        reservation.service_name,
        sorted(str(resource.id) for resource in reservation.resources),
        reservation.starts_at.isoformat(),
        reservation.price.amount,
        reservation.price.currency,
        reservation.party_size,
        starts_at.isoformat() if starts_at else "",
        str(staff or ""),
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def new_draft(
    kind: str,
    reservation: ReservationInfo,
    *,
    now: dt.datetime,
    starts_at: dt.datetime | None = None,
    staff: UUID | None = None,
) -> Draft:
    """A draft of what is about to be shown, with a token of its own."""
    return Draft.model_validate(
        {
            "token": crypto.token(),
            "kind": kind,
            "content": content_of(kind, reservation, starts_at=starts_at, staff=staff),
            "reservation_id": reservation.id,
            "starts_at": starts_at,
            "staff": staff,
            "asked_at": now,
        }
    )


def accepted(state: DialogState, said: Understanding, facts: Facts) -> bool:
    """Whether this message is the yes to the stored draft."""
    draft = state.draft
    if draft is None or state.asked != "confirm" or not says_yes(said, draft):
        return False
    return answers(draft, facts)


def says_yes(said: Understanding, draft: Draft) -> bool:
    """Whether the words are a plain yes. "Yes, cancel it" is one only where cancelling was the question."""
    others = [act for act in _OTHER_WISHES if not (act == "cancel" and draft.kind == "cancel")]
    return said.says("confirm") and not said.says(*others) and not said.carries_values  # type: ignore[arg-type]  # acts


def answers(draft: Draft, facts: Facts) -> bool:
    """Whether the message can have been written in reply to this draft's question, and to no other."""
    return bool(facts.answers) and crypto.same(facts.answers, draft.token)


def still_shows(draft: Draft, row: ReservationInfo) -> bool:
    """Whether the row is still what the draft showed."""
    return draft.content == content_of(draft.kind, row, starts_at=draft.starts_at, staff=draft.staff)
