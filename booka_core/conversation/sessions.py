"""What a dialogue remembers, kept. The row in `dialog_sessions` is the truth, written in the turn's own transaction
under a version check; Redis holds a copy that is read first and trusted only as far as its version. A dialogue
therefore survives the loss of Redis and the restart of everything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import ValidationError

from booka_core.conversation import cache
from booka_core.conversation.errors import SessionMovedOn, SessionNotFound, UnknownSlot
from booka_core.conversation.types import DialogState, Wish
from booka_core.db.scope import Queries, after_commit, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.kernel.logging import get_logger
from booka_core.plugins.catalogue import vertical
from booka_core.sdk.values import Frozen
from booka_core.tenancy.queries import get_tenant

log = get_logger(__name__)

IDLE = timedelta(hours=24)
"""How long a dialogue waits for its customer. After that a message begins a new one."""


class Session(Frozen):
    """One dialogue. `version` grows with every change."""

    id: UUID
    conversation_id: UUID
    status: Literal["open", "ended"]
    state: DialogState
    version: int
    expires_at: datetime

    @property
    def changed_at(self) -> datetime:
        """When it last went on."""
        return self.expires_at - IDLE


_COLUMNS = "id, conversation_id, status, state, version, expires_at"


async def start_session(conversation_id: UUID) -> Session:
    """The open dialogue of a conversation, begun if there is none or the last waited too long. Safe to call twice."""
    now = clock.now()
    async with tenant_scope() as tx:
        await tx.execute_query(
            """update dialog_sessions set status = 'ended', changed_at = $2
               where conversation_id = $1 and status = 'open' and expires_at <= $2""",
            [conversation_id, now],
        )
        await tx.execute_query(
            """insert into dialog_sessions (id, tenant_id, conversation_id, status, state, version, started_at,
                                            changed_at, expires_at)
               values ($1, $2, $3, 'open', $4, 1, $5, $5, $6)
               on conflict (tenant_id, conversation_id) where status = 'open' do nothing""",
            [new_id(), current_tenant(), conversation_id, DialogState().model_dump_json(), now, now + IDLE],
        )
        session = await _open(tx, conversation_id)
        if session is None:  # pragma: no cover - the insert above, or whoever was faster, made one
            raise SessionNotFound
        _copy_after_commit(session)
        return session


async def get_session(conversation_id: UUID, *, fresh: bool = False) -> Session:
    """The open dialogue of a conversation; `fresh` reads past the copy. Raises `SessionNotFound`."""
    if not fresh:
        copy = await _copied(conversation_id)
        if copy is not None and copy.expires_at > clock.now():
            return copy
    async with tenant_scope() as tx:
        session = await _open(tx, conversation_id)
        if session is None or session.expires_at <= clock.now():
            raise SessionNotFound
        _copy_after_commit(session)
        return session


async def update_slot(conversation_id: UUID, name: str, value: Any) -> Session:
    """Set one of the customer's wishes, by its field of `Wish`.

    Raises `SessionNotFound`, `UnknownSlot`, `SessionMovedOn`.
    """
    session = await get_session(conversation_id, fresh=True)
    try:
        wish = Wish.model_validate({**session.state.wish.model_dump(), name: value})
    except ValidationError as error:
        raise UnknownSlot(name=name) from error
    state = session.state.model_copy(update={"wish": wish, "goal": session.state.goal or "book", "draft": None})
    return await save(session, state)


async def next_step(conversation_id: UUID) -> str:
    """What the dialogue has to find out next: the name of a journey slot, or "confirm". Raises `SessionNotFound`."""
    session = await get_session(conversation_id)
    wish = session.state.wish
    for slot in vertical((await get_tenant()).vertical).journey.slots:
        known = {
            "service": wish.service is not None,
            "staff": wish.staff is not None or wish.anyone,
            "time": wish.day is not None and wish.time is not None,
            "party_size": wish.party is not None,
            "contact": True,
            "intake": not slot.required or (slot.schema_field or slot.name) in wish.intake,
        }
        if not known[slot.kind]:
            return slot.name
    return "confirm"


async def end_session(conversation_id: UUID) -> None:
    """Close the dialogue; a further message begins a new one. Safe to call twice."""
    tenant = current_tenant()

    async def forget() -> None:
        await cache.drop(tenant, conversation_id)

    async with tenant_scope() as tx:
        await tx.execute_query(
            """update dialog_sessions set status = 'ended', version = version + 1, changed_at = $2
               where conversation_id = $1 and status = 'open'""",
            [conversation_id, clock.now()],
        )
        after_commit(forget)


async def lock(tx: Queries, session: Session) -> None:
    """Keep others from changing this dialogue until the scope ends. Raises `SessionMovedOn` if somebody already has."""
    rows = await tx.execute_query_dict(
        "select version, status from dialog_sessions where id = $1 for no key update", [session.id]
    )
    if not rows or rows[0]["version"] != session.version or rows[0]["status"] != "open":
        raise SessionMovedOn


async def save(session: Session, state: DialogState) -> Session:
    """Remember a new state. Raises `SessionMovedOn` unless `session` is the latest."""
    now = clock.now()
    async with tenant_scope() as tx:
        changed, _ = await tx.execute_query(
            """update dialog_sessions set state = $3, version = version + 1, changed_at = $4, expires_at = $5
               where id = $1 and version = $2 and status = 'open'""",
            [session.id, session.version, state.model_dump_json(), now, now + IDLE],
        )
        if not changed:
            raise SessionMovedOn
        saved = session.model_copy(update={"state": state, "version": session.version + 1, "expires_at": now + IDLE})
        _copy_after_commit(saved)
        return saved


async def _open(tx: Queries, conversation_id: UUID) -> Session | None:
    rows = await tx.execute_query_dict(
        f"select {_COLUMNS} from dialog_sessions where conversation_id = $1 and status = 'open'", [conversation_id]
    )
    if not rows:
        return None
    row = rows[0]
    state = row["state"]
    return Session(**{**row, "state": _readable(state)})


def _readable(state: Any) -> DialogState:
    """The stored state; a fresh one when another version of the product wrote what this one cannot read."""
    try:
        return DialogState.model_validate_json(state) if isinstance(state, str) else DialogState.model_validate(state)
    except ValidationError:
        log.warning("dialog.state_unreadable")
        return DialogState()


async def _copied(conversation_id: UUID) -> Session | None:
    text = await cache.read(current_tenant(), conversation_id)
    if text is None:
        return None
    try:
        return Session.model_validate_json(text)
    except ValidationError:
        return None  # written by another version of the product


def _copy_after_commit(session: Session) -> None:
    tenant = current_tenant()
    seconds = int((session.expires_at - clock.now()).total_seconds())

    async def copy() -> None:
        await cache.write(tenant, session.conversation_id, session.model_dump_json(), seconds=seconds)

    after_commit(copy)
