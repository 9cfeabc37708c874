"""Roles: who gives them, who has them, and that a business keeps an owner."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from booka_core.audit.queries import entries
from booka_core.db.scope import bind_tenant, tenant_scope
from booka_core.identity import queries, sign_in
from booka_core.identity.commands import add_member, ensure_user, invite, remove_member
from booka_core.identity.errors import BadEmailAddress, LastOwner, NotAMember, RoleNotGrantable
from booka_core.identity.permissions import MemberRole
from booka_core.identity.types import Person
from booka_core.jobs import runner
from booka_core.tenancy.types import TenantInfo

from .conftest import Mailbox


async def person(tenant: TenantInfo, email: str, role: MemberRole) -> Person:
    """Somebody signed in, with a role at the tenant."""
    user = await ensure_user(email=email)
    with bind_tenant(tenant.id):
        await add_member(user_id=user.id, role=role)
    session = await sign_in.begin_session(user_id=user.id)
    found = await queries.person_by_session(session.id)
    assert found is not None
    return found


async def roles(tenant_id: UUID) -> dict[str, str]:
    return {member.email: member.role for member in await queries.members(tenant_id)}


async def test_an_address_is_one_user_however_it_is_written(tenant: TenantInfo) -> None:
    first = await ensure_user(email="Ada@Glow.example")
    assert (await ensure_user(email=" ada@glow.EXAMPLE ")).id == first.id
    with pytest.raises(BadEmailAddress):
        await ensure_user(email="ada")


async def test_an_invited_person_becomes_a_member_and_is_told_without_a_key_in_the_mail(
    tenant: TenantInfo, mailbox: Mailbox
) -> None:
    owner = await person(tenant, "owner@glow.example", "owner")
    with bind_tenant(tenant.id):
        await invite(email="chidi@glow.example", name="Chidi", role="staff", by=owner)
    assert await roles(tenant.id) == {"owner@glow.example": "owner", "chidi@glow.example": "staff"}
    await runner.drain()
    (mail,) = mailbox.mails
    assert mail.to == "chidi@glow.example"
    assert mail.text.rstrip().endswith("/sign-in")


@pytest.mark.parametrize("role", ["manager", "staff"])
async def test_who_may_not_manage_staff_cannot_invite_anybody_nor_themselves(
    tenant: TenantInfo, role: MemberRole
) -> None:
    someone = await person(tenant, "m@glow.example", role)
    with bind_tenant(tenant.id):
        for email in ("friend@glow.example", "m@glow.example"):
            with pytest.raises(RoleNotGrantable):
                await invite(email=email, name="", role="owner", by=someone)
    assert await roles(tenant.id) == {"m@glow.example": role}


async def test_an_owner_of_one_business_has_no_say_in_another(tenant: TenantInfo, other_tenant: TenantInfo) -> None:
    stranger = await person(other_tenant, "stranger@other.example", "owner")
    with bind_tenant(tenant.id), pytest.raises(RoleNotGrantable):
        await invite(email="stranger@other.example", name="", role="owner", by=stranger)
    assert await roles(tenant.id) == {}


async def test_the_last_owner_can_be_neither_demoted_nor_removed(tenant: TenantInfo) -> None:
    owner = await person(tenant, "owner@glow.example", "owner")
    with bind_tenant(tenant.id):
        with pytest.raises(LastOwner):
            await add_member(user_id=owner.user_id, role="staff")
        with pytest.raises(LastOwner):
            await remove_member(user_id=owner.user_id, by=owner)


async def test_of_two_owners_who_remove_each_other_at_once_one_stays(tenant: TenantInfo) -> None:
    one = await person(tenant, "one@glow.example", "owner")
    two = await person(tenant, "two@glow.example", "owner")
    with bind_tenant(tenant.id):
        results = await asyncio.gather(
            remove_member(user_id=two.user_id, by=one),
            remove_member(user_id=one.user_id, by=two),
            return_exceptions=True,
        )
    assert sorted(type(result).__name__ for result in results) == ["LastOwner", "NoneType"]
    assert len(await roles(tenant.id)) == 1


async def test_a_role_taken_away_is_gone_with_the_next_look(tenant: TenantInfo) -> None:
    owner = await person(tenant, "owner@glow.example", "owner")
    worker = await person(tenant, "w@glow.example", "manager")
    with bind_tenant(tenant.id):
        await remove_member(user_id=worker.user_id, by=owner)
        with pytest.raises(NotAMember):
            await remove_member(user_id=worker.user_id, by=owner)
    again = await queries.person_by_session(worker.session_id)
    assert again is not None
    assert again.role_at(tenant.id) is None


async def test_every_change_of_a_role_is_on_record_with_who_did_it(tenant: TenantInfo, mailbox: Mailbox) -> None:
    owner = await person(tenant, "owner@glow.example", "owner")
    with bind_tenant(tenant.id):
        invited = await invite(email="c@glow.example", name="C", role="staff", by=owner)
        await invite(email="c@glow.example", name="C", role="manager", by=owner)
        found = [entry for entry in await entries() if entry.subject == f"user:{invited.id}"]
    assert [(entry.actor.id, entry.detail) for entry in found] == [
        (owner.user_id, {"role": "manager", "before": "staff"}),
        (owner.user_id, {"role": "staff", "before": None}),
    ]
    assert "glow.example" not in str(found)


async def test_a_change_that_fails_leaves_no_entry(tenant: TenantInfo) -> None:
    owner = await person(tenant, "owner@glow.example", "owner")
    second = await ensure_user(email="second@glow.example")
    with bind_tenant(tenant.id):
        before = len(await entries())
        with pytest.raises(NotAMember):
            await _add_then_fail(second.id, owner)
        assert len(await entries()) == before
    assert await roles(tenant.id) == {owner.email: "owner"}


async def _add_then_fail(user_id: UUID, by: Person) -> None:
    async with tenant_scope():
        await add_member(user_id=user_id, role="staff")
        await remove_member(user_id=by.session_id, by=by)  # nobody's id, so the whole change is undone
