"""Signing in by a link in a mail, and the session that follows.

The link's token has 256 bits, is made in the job that mails it, stored only as a hash, good for ten minutes, for one
use, and only in the browser that asked for it (a nonce in its cookie). Opening the link shows a page; only that page's
button uses it up, so that the preview of a mail program cannot. An address nobody has leaves exactly the same trace and
takes exactly the same statements as one that somebody has.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from booka_core.audit.commands import record
from booka_core.audit.types import AuditActor
from booka_core.db.scope import Queries, platform_scope, register_reason
from booka_core.identity.errors import LinkNotValid
from booka_core.identity.types import normalise_email
from booka_core.jobs.commands import enqueue
from booka_core.kernel import clock, crypto
from booka_core.kernel.ids import new_id
from booka_core.sdk.values import Frozen

register_reason("identity.sign_in", audited=False)

LINK_LIFE = timedelta(minutes=10)
ASKED_AT_MOST = timedelta(minutes=30)
"""A mail that could not be sent for this long is not sent any more: its reader has stopped waiting."""
NONCE_LIFE = ASKED_AT_MOST + LINK_LIFE

SESSION_LIFE = timedelta(days=30)
SESSION_IDLE = timedelta(days=3)
SUPERADMIN_LIFE = timedelta(hours=12)
SUPERADMIN_IDLE = timedelta(hours=1)
SEEN_STEP = timedelta(minutes=1)
"""How precisely `seen_at` is kept: one write per session and minute at most."""

_FIND = "select id from users where email = $1 and disabled_at is null"
_ASK = """
insert into sign_in_links (id, user_id, nonce_hash, next_path, requested_at) values ($1, $2, $3, $4, $5)
"""
_ARM = """
update sign_in_links l set token_hash = $2, expires_at = $3
  from users u
 where l.id = $1 and l.user_id = u.id and u.disabled_at is null and l.consumed_at is null and l.requested_at > $4
returning u.email, u.name
"""
_CONSUME = """
update sign_in_links l set consumed_at = $3
  from users u
 where l.token_hash = $1 and l.nonce_hash = $2 and l.consumed_at is null and l.expires_at > $3
   and u.id = l.user_id and u.disabled_at is null
returning u.id as user_id, u.is_superadmin, l.next_path
"""
_OPEN = """
insert into sessions (id, token_hash, user_id, created_at, seen_at, idle_until, expires_at, browser)
values ($1, $2, $3, $4, $4, $5, $6, $7)
"""
_TOUCH = """
update sessions s
   set seen_at = $2::timestamptz,
       idle_until = least(s.expires_at,
                          $2::timestamptz + case when u.is_superadmin then $3::interval else $4::interval end)
  from users u where s.id = $1 and u.id = s.user_id and s.revoked_at is null
"""
_END = "update sessions set revoked_at = $2 where id = $1 and revoked_at is null"
_FORGET_LINKS = "delete from sign_in_links where requested_at < $1"
_FORGET_SESSIONS = "delete from sessions where expires_at < $1"

_LOCAL_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,499}")


class ArmedLink(Frozen):
    """What the mail needs; `token` exists nowhere else."""

    email: str
    name: str
    token: str


class NewSession(Frozen):
    """A session that has just begun; `token` goes into the cookie and nowhere else."""

    id: UUID
    token: str
    next_path: str
    began_at: datetime
    expires_at: datetime


def local_path(text: str) -> str:
    """`text` if it is a path on this site, else nothing: a link must not lead a person elsewhere after sign-in."""
    return text if _LOCAL_PATH.fullmatch(text) else ""


async def request_link(*, email: str, nonce: str, next_path: str = "") -> None:
    """Ask for a link to be mailed. Tells nobody whether the address is known. Raises `BadEmailAddress`."""
    address = normalise_email(email)
    link_id = new_id()
    async with platform_scope("identity.sign_in") as queries:
        rows = await queries.execute_query_dict(_FIND, [address])
        user_id = rows[0]["id"] if rows else None
        values = [link_id, user_id, crypto.token_hash(nonce), local_path(next_path), clock.now()]
        await queries.execute_query(_ASK, values)
        await enqueue("identity.mail_sign_in_link", {"link_id": str(link_id)}, max_attempts=5)


async def arm_link(link_id: UUID) -> ArmedLink | None:
    """Make the token of a requested link. Done again, it replaces the token. None when there is nobody to mail it to,
    the link has been used, or it was asked for too long ago.
    """
    token = crypto.token()
    at = clock.now()
    async with platform_scope("identity.sign_in") as queries:
        values = [link_id, crypto.token_hash(token), at + LINK_LIFE, at - ASKED_AT_MOST]
        rows = await queries.execute_query_dict(_ARM, values)
    return ArmedLink(email=rows[0]["email"], name=rows[0]["name"], token=token) if rows else None


async def consume_link(*, token: str, nonce: str, browser: str = "") -> NewSession:
    """Use a link up and begin a session. Of many attempts at once exactly one succeeds. Raises `LinkNotValid`."""
    async with platform_scope("identity.sign_in") as queries:
        values = [crypto.token_hash(token), crypto.token_hash(nonce), clock.now()]
        rows = await queries.execute_query_dict(_CONSUME, values)
        if not rows:
            raise LinkNotValid
        return await _begin(queries, rows[0]["user_id"], rows[0]["is_superadmin"], rows[0]["next_path"], browser)


async def begin_session(*, user_id: UUID, browser: str = "") -> NewSession:
    """Begin a session without a link. Only the demonstration's pages and tests do this."""
    async with platform_scope("identity.sign_in") as queries:
        rows = await queries.execute_query_dict(
            "select is_superadmin from users where id = $1 and disabled_at is null", [user_id]
        )
        if not rows:
            raise LinkNotValid
        return await _begin(queries, user_id, rows[0]["is_superadmin"], "", browser)


async def touch_session(session_id: UUID, *, seen_at: datetime) -> None:
    """Note that a session is in use, unless that was noted within the last minute."""
    at = clock.now()
    if at - seen_at >= SEEN_STEP:
        async with platform_scope("identity.session") as queries:
            await queries.execute_query(_TOUCH, [session_id, at, SUPERADMIN_IDLE, SESSION_IDLE])


async def end_session(*, session_id: UUID, user_id: UUID) -> None:
    """Sign out: the cookie and every access token made from it stop working at once."""
    async with platform_scope("identity.sign_in") as queries:
        await queries.execute_query(_END, [session_id, clock.now()])
        await record(queries, "session.ended", actor=AuditActor.user(user_id), subject=f"session:{session_id}")


async def forget_expired() -> None:
    """Delete links and sessions that nobody can use any more. Safe to run at any time."""
    at = clock.now()
    async with platform_scope("identity.sign_in") as queries:
        await queries.execute_query(_FORGET_LINKS, [at - timedelta(days=1)])
        await queries.execute_query(_FORGET_SESSIONS, [at - timedelta(days=7)])


async def _begin(queries: Queries, user_id: UUID, is_superadmin: bool, next_path: str, browser: str) -> NewSession:
    at = clock.now()
    idle, life = (SUPERADMIN_IDLE, SUPERADMIN_LIFE) if is_superadmin else (SESSION_IDLE, SESSION_LIFE)
    session = NewSession(id=new_id(), token=crypto.token(), next_path=next_path, began_at=at, expires_at=at + life)
    values = [session.id, crypto.token_hash(session.token), user_id, at, at + idle, session.expires_at, browser[:200]]
    await queries.execute_query(_OPEN, values)
    await record(queries, "session.began", actor=AuditActor.user(user_id), subject=f"session:{session.id}")
    return session
