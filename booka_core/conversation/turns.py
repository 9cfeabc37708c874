"""The bot's turn: takes what a customer wrote and nobody has dealt with, oldest first, and answers each message in
one transaction of its own. What the message changes, the dialogue's new state, the mark that it is handled and the
queued replies are written together or not at all, so that a crash anywhere leaves a turn that can simply be taken
again: nothing is done twice and no reply is lost. The plugins' consent is asked for before that transaction opens.
"""

from __future__ import annotations

from uuid import UUID

from booka_core.booking.prices import PriceFirst, name_price, price_fingerprint
from booka_core.booking.types import Source
from booka_core.catalog import queries as catalog
from booka_core.conversation import sessions
from booka_core.conversation.desk import Desk, seek_approval
from booka_core.conversation.dialog import converse, media_answer
from booka_core.conversation.dialog.drafts import says_yes
from booka_core.conversation.errors import SessionMovedOn, SessionNotFound, TurnGivenUp
from booka_core.conversation.places import answer_to_offer
from booka_core.conversation.sessions import Session
from booka_core.conversation.situation import hear_in, names_of, wording_of
from booka_core.conversation.types import DialogState, Draft, Facts, Outcome
from booka_core.conversation.understanding import Understanding
from booka_core.customers.queries import get_customer
from booka_core.db.scope import Queries, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.logging import get_logger
from booka_core.messaging.commands import mark_handled, queue_message, take_over
from booka_core.messaging.queries import get_conversation, unhandled
from booka_core.messaging.types import ConversationInfo, MessageInfo
from booka_core.offers.types import Wish
from booka_core.plugins.catalogue import vertical
from booka_core.tenancy.queries import get_tenant

log = get_logger(__name__)

_TRIES = 5
_PATIENCE = 3
_IGNORED = ("reaction", "sticker", "other")
_SOURCES: dict[str, Source] = {"whatsapp": "whatsapp", "web": "web"}


async def take_turn(*, conversation_id: UUID, attempt: int = 1) -> None:
    """Answer everything in a conversation that waits for an answer. Safe to run twice, also at once.

    What fails is tried again by the caller. From the third `attempt` on, a message that cannot be answered goes to a
    person instead, so that it does not block those after it, and `TurnGivenUp` says why.
    """
    while True:
        waiting = await unhandled(conversation_id, limit=1)
        if not waiting:
            return
        conversation = await get_conversation(conversation_id)
        if conversation.state != "bot":
            return
        try:
            await _answer(conversation, waiting[0])
        except Exception as fault:
            if attempt < _PATIENCE:
                raise
            await _give_up(conversation, waiting[0])
            raise TurnGivenUp(f"{type(fault).__name__}: {fault}") from fault


async def _answer(conversation: ConversationInfo, message: MessageInfo) -> None:
    """Answer one message; when another one got ahead of it, begin again from what that one left."""
    quotes: dict[str, UUID] = {}
    for attempt in range(_TRIES):
        try:
            await _answer_once(conversation, message, fresh=attempt > 0, quotes=quotes)
        except SessionMovedOn:
            continue
        except PriceFirst as asked:
            quotes |= await _name_price(asked.wish, conversation)
            continue
        return
    raise SessionMovedOn


async def _name_price(wish: Wish, conversation: ConversationInfo) -> dict[str, UUID]:
    """Ask the plugins for their part of a price, outside the turn's transaction, and keep it for the turn."""
    quote = await name_price(wish, customer_id=conversation.customer_id)
    return {price_fingerprint(wish).hex(): quote.id} if quote.id is not None else {}


async def _answer_once(
    conversation: ConversationInfo, message: MessageInfo, *, fresh: bool, quotes: dict[str, UUID]
) -> None:
    if message.kind == "reaction" or (message.kind in _IGNORED and not message.text):
        await mark_handled([message.id])
        return
    session = await _session(conversation.id, fresh=fresh)
    facts = (await _facts(conversation)).model_copy(update={"quotes": quotes})
    wording = wording_of(facts.tenant, facts.shop)
    said = _understood(message, session, facts)
    source = _SOURCES.get(conversation.channel, "system")
    if said is not None:
        told = await answer_to_offer(
            said, message=message, conversation=conversation, session=session, source=source, wording=wording
        )
        if told is not None:
            await _tell(message, session, told)
            return
    draft = session.state.draft
    if draft is not None and message.created_at >= draft.asked_at:
        facts = facts.model_copy(update={"answers": draft.token})
        if said is not None and _may_accept(said, draft):
            facts = facts.model_copy(update={"approval": await seek_approval(draft)})
    async with tenant_scope() as tx:
        await sessions.lock(tx, session)
        if await _handled(tx, message.id):
            return
        if said is None:
            outcome = media_answer(session.state, facts, wording)
        else:
            desk = Desk(
                facts,
                conversation_id=conversation.id,
                draft=draft,
                source=source,
            )
            outcome = await desk.carry_out(converse(session.state, said, facts, wording))
        await _conclude(message, session, outcome)
    log.info(
        "conversation.turn",
        conversation=str(conversation.id),
        acts=said.acts if said else ("media",),
        asked=outcome.state.asked,
        replies=len(outcome.replies),
    )


async def _tell(message: MessageInfo, session: Session, text: str) -> None:
    """Answer beside the dialogue, which stays where it is."""
    async with tenant_scope() as tx:
        await sessions.lock(tx, session)
        if not await _handled(tx, message.id):
            await mark_handled([message.id])
            await queue_message(conversation_id=message.conversation_id, text=text, dedupe_key=f"turn:{message.id}:0")


async def _give_up(conversation: ConversationInfo, message: MessageInfo) -> None:
    """Hand the conversation to a person, say so, and have done with the message."""
    tenant = await get_tenant()
    wording = wording_of(tenant, await catalog.catalogue())
    async with tenant_scope():
        await mark_handled([message.id])
        await take_over(conversation.id)
        await queue_message(
            conversation_id=conversation.id, text=wording.say("human"), dedupe_key=f"given-up:{message.id}"
        )


async def _session(conversation_id: UUID, *, fresh: bool) -> Session:
    try:
        return await sessions.get_session(conversation_id, fresh=fresh)
    except SessionNotFound:
        return await sessions.start_session(conversation_id)


async def _facts(conversation: ConversationInfo) -> Facts:
    tenant = await get_tenant()
    now = clock.now()
    async with tenant_scope():
        shop = await catalog.shop()
        customer = await get_customer(conversation.customer_id)
    place = shop.catalogue.location
    timetable = shop.timetable.at(place.id) if place else shop.timetable
    return Facts(
        now=now,
        tenant=tenant,
        shop=shop.catalogue,
        hours=timetable.hours,
        overrides=timetable.overrides,
        vertical=vertical(tenant.vertical),
        customer=customer,
    )


def _understood(message: MessageInfo, session: Session, facts: Facts) -> Understanding | None:
    """What the message says; None when it says nothing in words."""
    text = message.text or ""
    if message.choice_id is not None and message.choice_id.strip().isdigit():
        text = message.choice_id
    if not text.strip():
        return None
    return hear_in(text, session.state, facts, names=names_of(facts.shop))


def _may_accept(said: Understanding, draft: Draft) -> bool:
    """Whether the consent of the plugins may be needed. Asking in vain costs a moment; not asking would block a yes."""
    bare = said.model_copy(update={"when": None, "services": (), "staff": None, "any_staff": False, "party_size": None})
    return says_yes(bare, draft)


async def _handled(tx: Queries, message_id: UUID) -> bool:
    """Whether somebody else answered this message in the meantime."""
    rows = await tx.execute_query_dict("select handled_at from messages where id = $1 for no key update", [message_id])
    return not rows or rows[0]["handled_at"] is not None


def _asked_now(session: Session, state: DialogState) -> DialogState:
    """A new draft's question leaves now, and not when the turn began: what arrived in between cannot answer it."""
    if state.draft is None or state.draft == session.state.draft:
        return state
    return state.model_copy(update={"draft": state.draft.model_copy(update={"asked_at": clock.now()})})


async def _conclude(message: MessageInfo, session: Session, outcome: Outcome) -> None:
    await sessions.save(session, _asked_now(session, outcome.state))
    await mark_handled([message.id])
    for number, text in enumerate(outcome.replies):
        await queue_message(
            conversation_id=message.conversation_id, text=text, dedupe_key=f"turn:{message.id}:{number}"
        )
