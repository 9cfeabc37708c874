"""Reading people. Everything a request needs to know about its sender is one statement, and nothing is remembered
between requests: a role taken away is gone with the next click.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from booka_core.db.scope import platform_scope, register_reason
from booka_core.identity.types import MemberInfo, MembershipInfo, Person, UserInfo, normalise_email
from booka_core.kernel import clock
from booka_core.kernel.crypto import token_hash

register_reason("identity.session", audited=False)
register_reason("identity.users", audited=False)

_PERSON = """
select u.id as user_id, u.email, u.name, u.is_superadmin, s.id as session_id, s.seen_at,
       coalesce((select jsonb_agg(jsonb_build_object('tenant_id', m.tenant_id, 'role', m.role,
                                                     'resource_id', m.resource_id) order by m.tenant_id)
                   from memberships m where m.user_id = u.id), '[]') as memberships
  from sessions s join users u on u.id = s.user_id
 where s.{key} = $1 and s.revoked_at is null and s.expires_at > $2 and s.idle_until > $2 and u.disabled_at is null
"""
_BY_TOKEN = _PERSON.format(key="token_hash")
_BY_SESSION = _PERSON.format(key="id")

_USER = "select id, email, name, is_superadmin from users where email = $1 and disabled_at is null"
_MEMBERSHIPS = "select tenant_id, role, resource_id from memberships where user_id = $1 order by tenant_id"
_MEMBERS = """
select m.user_id, u.email, u.name, m.role, m.resource_id
  from memberships m join users u on u.id = m.user_id
 where m.tenant_id = $1 order by m.created_at, m.user_id
"""


async def person_by_session_token(token: str) -> tuple[Person, datetime] | None:
    """Who holds this session cookie and when they were last seen; None when the session is over."""
    return await _person(_BY_TOKEN, token_hash(token))


async def person_by_session(session_id: UUID) -> Person | None:
    """The person behind a session that an access token names; None when it is over."""
    found = await _person(_BY_SESSION, session_id)
    return found[0] if found else None


async def _person(query: str, key: Any) -> tuple[Person, datetime] | None:
    async with platform_scope("identity.session") as queries:
        rows = await queries.execute_query_dict(query, [key, clock.now()])
    if not rows:
        return None
    row = rows[0]
    memberships = json.loads(row["memberships"]) if isinstance(row["memberships"], str) else row["memberships"]
    person = Person(
        user_id=row["user_id"],
        email=row["email"],
        name=row["name"],
        is_superadmin=row["is_superadmin"],
        session_id=row["session_id"],
        memberships=tuple(MembershipInfo(**m) for m in memberships),
    )
    return person, row["seen_at"]


async def find_user(email: str) -> UserInfo | None:
    """The user with this address. Raises `BadEmailAddress`."""
    async with platform_scope("identity.users") as queries:
        rows = await queries.execute_query_dict(_USER, [normalise_email(email)])
    return UserInfo(**rows[0]) if rows else None


async def memberships_of(user_id: UUID) -> tuple[MembershipInfo, ...]:
    """Where this user works, and as what."""
    async with platform_scope("identity.users") as queries:
        rows = await queries.execute_query_dict(_MEMBERSHIPS, [user_id])
    return tuple(MembershipInfo(**row) for row in rows)


async def members(tenant_id: UUID) -> list[MemberInfo]:
    """The people of one business. Names and addresses are the platform's, so the tenant is an explicit condition."""
    async with platform_scope("identity.users") as queries:
        rows = await queries.execute_query_dict(_MEMBERS, [tenant_id])
    return [MemberInfo(**row) for row in rows]
