"""Verbs about users and their roles. Who may give which role is asked of the permission matrix, every change of a role
leaves an audit entry in the same transaction, and a business never loses its last owner.
"""

from __future__ import annotations

from uuid import UUID

from booka_core.audit.commands import record
from booka_core.audit.types import SYSTEM, AuditActor
from booka_core.db.scope import Queries, current_tenant, platform_scope, tenant_scope
from booka_core.identity.errors import LastOwner, NotAMember, RoleNotGrantable
from booka_core.identity.permissions import MemberRole, Role, may_grant
from booka_core.identity.queries import find_user
from booka_core.identity.types import MembershipInfo, Person, UserInfo, normalise_email
from booka_core.jobs.commands import enqueue
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id

_ENSURE_USER = """
insert into users (id, email, name, is_superadmin, created_at) values ($1, $2, $3, $4, $5)
on conflict (email) do nothing
"""
_PUT_MEMBER = """
insert into memberships (id, tenant_id, user_id, role, resource_id, created_at) values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, user_id) do update set role = excluded.role, resource_id = excluded.resource_id
returning tenant_id, role, resource_id
"""
# Every owner's row is locked: two owners who demote each other at once would otherwise both succeed.
_OWNERS = "select user_id from memberships where role = 'owner' order by user_id for update"
_ROLE = "select role from memberships where user_id = $1"
_END_SESSIONS = "update sessions set revoked_at = $2 where user_id = $1 and revoked_at is null"


async def ensure_user(*, email: str, name: str = "", is_superadmin: bool = False) -> UserInfo:
    """The user with this address, made if there is none; an existing one is left as it is.

    Raises `BadEmailAddress`.
    """
    address = normalise_email(email)
    async with platform_scope("identity.users") as queries:
        user_id = new_id()
        made, _ = await queries.execute_query(_ENSURE_USER, [user_id, address, name, is_superadmin, clock.now()])
        if made and is_superadmin:
            await record(queries, "user.made_superadmin", actor=SYSTEM, subject=f"user:{user_id}")
        found = await find_user(address)
    if found is None:
        raise NotAMember  # the address belongs to a disabled user: said as if there were nobody
    return found


async def add_member(
    *, user_id: UUID, role: MemberRole, resource_id: UUID | None = None, actor: AuditActor = SYSTEM
) -> MembershipInfo:
    """Give a user a role at the bound tenant, or change the one they have. Raises `LastOwner`.

    Asks no permission: callers act for Booka itself (seeding, the command line) or have asked, as `invite` does.
    """
    async with tenant_scope() as queries:
        before = await queries.execute_query_dict(_ROLE, [user_id])
        if before and before[0]["role"] == "owner" and role != "owner":
            await _keep_an_owner(queries, without=user_id)
        rows = await queries.execute_query_dict(
            _PUT_MEMBER, [new_id(), current_tenant(), user_id, role, resource_id, clock.now()]
        )
        detail = {"role": role, "before": before[0]["role"] if before else None}
        await record(queries, "member.role_set", actor=actor, subject=f"user:{user_id}", detail=detail)
    return MembershipInfo(**rows[0])


async def invite(*, email: str, name: str, role: MemberRole, by: Person, resource_id: UUID | None = None) -> UserInfo:
    """Make somebody a member of the bound tenant and tell them by mail how to sign in. Raises `RoleNotGrantable`."""
    tenant_id = current_tenant()
    _check_grant(by.role_at(tenant_id), role)
    user = await ensure_user(email=email, name=name)
    current = await _role_of(user.id)
    if current is not None:
        _check_grant(by.role_at(tenant_id), current)
    async with tenant_scope():
        await add_member(user_id=user.id, role=role, resource_id=resource_id, actor=AuditActor.user(by.user_id))
        await enqueue("identity.mail_invitation", {"user_id": str(user.id)})
    return user


async def remove_member(*, user_id: UUID, by: Person) -> None:
    """Take somebody's role at the bound tenant away. Raises `NotAMember`, `RoleNotGrantable`, `LastOwner`."""
    async with tenant_scope() as queries:
        rows = await queries.execute_query_dict(_ROLE, [user_id])
        if not rows:
            raise NotAMember
        _check_grant(by.role_at(current_tenant()), rows[0]["role"])
        if rows[0]["role"] == "owner":
            await _keep_an_owner(queries, without=user_id)
        await queries.execute_query("delete from memberships where user_id = $1", [user_id])
        await record(queries, "member.removed", actor=AuditActor.user(by.user_id), subject=f"user:{user_id}")


async def disable_user(*, user_id: UUID, actor: AuditActor) -> None:
    """Shut a person out everywhere at once: no sign-in, and every session over."""
    async with platform_scope("identity.users") as queries:
        at = clock.now()
        await queries.execute_query("update users set disabled_at = $2 where id = $1", [user_id, at])
        await queries.execute_query(_END_SESSIONS, [user_id, at])
        await record(queries, "user.disabled", actor=actor, subject=f"user:{user_id}")


async def _role_of(user_id: UUID) -> MemberRole | None:
    async with tenant_scope() as queries:
        rows = await queries.execute_query_dict(_ROLE, [user_id])
    return rows[0]["role"] if rows else None


async def _keep_an_owner(queries: Queries, *, without: UUID) -> None:
    owners = await queries.execute_query_dict(_OWNERS)
    if all(row["user_id"] == without for row in owners):
        raise LastOwner


def _check_grant(granter: Role | None, role: MemberRole) -> None:
    if granter is None or not may_grant(granter, role):
        raise RoleNotGrantable
