"""The yes or no to a time that was offered from the waitlist.

It is one only when it can mean nothing else: a plain yes or no, written after the offer, in a dialogue that has not
gone on since. Plugins are asked for their consent on the way, so the answer is given before the turn's transaction
opens; answering twice is harmless, and so is a crash between the two.
"""

from __future__ import annotations

from datetime import timedelta

from booka_core.booking.types import Actor, Source
from booka_core.conversation.sessions import Session
from booka_core.conversation.types import DialogState
from booka_core.conversation.understanding import Understanding
from booka_core.conversation.wording import Wording
from booka_core.messaging.types import ConversationInfo, MessageInfo
from booka_core.waitlist.answers import answer
from booka_core.waitlist.queries import latest_offer
from booka_core.waitlist.types import OfferAnswer

LATE = timedelta(hours=24)
"""How long after an offer a bare yes can still be about it."""

_YES, _NO, _POLITE = {"confirm"}, {"deny", "stop"}, {"thanks"}


async def answer_to_offer(
    said: Understanding,
    *,
    message: MessageInfo,
    conversation: ConversationInfo,
    session: Session,
    source: Source,
    wording: Wording,
) -> str | None:
    """What to tell a customer who answers an offer; None when the message is about something else."""
    accept = yes_or_no(said)
    if accept is None:
        return None
    offer = await latest_offer(conversation.customer_id)
    if offer is None or not offer.offered_at <= message.created_at <= offer.offered_at + LATE:
        return None
    if session.changed_at > offer.offered_at and session.state != DialogState():
        return None
    actor = Actor(kind="customer", id=conversation.customer_id)
    return _said(await answer(offer_id=offer.id, accept=accept, actor=actor, source=source), wording)


def yes_or_no(said: Understanding) -> bool | None:
    """Whether a message says nothing but yes, or nothing but no."""
    acts = set(said.acts) - _POLITE
    if said.carries_values or not acts:
        return None
    return True if acts <= _YES else False if acts <= _NO else None


def _said(told: OfferAnswer, wording: Wording) -> str:
    if told.reservation is not None and told.outcome in ("booked", "already_yours"):
        agreed = "booked" if told.reservation.status != "pending" else "place_requested"
        return wording.say(agreed, **wording.about(told.reservation))
    if told.outcome == "refused":
        return "\n\n".join(text for text in (wording.say("refused"), told.message) if text)
    return wording.say(f"place_{told.outcome}")
