"""Who may call what. Every view carries one declaration; the application asks it before the view runs, and a view
without one is not reachable at all. What a person may do is read from the database for this very request.

Whatever belongs to another tenant, or to nobody, is one and the same `NotFound`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from urllib.parse import quote
from uuid import UUID

from quart import g, request

from booka_core.identity import tokens
from booka_core.identity.errors import BadToken, BusinessSuspended, NotAllowed, NotSignedIn
from booka_core.identity.permissions import MATRIX, Scope, allowed, permits
from booka_core.identity.queries import person_by_session, person_by_session_token
from booka_core.identity.sign_in import touch_session
from booka_core.identity.types import Person
from booka_core.tenancy.errors import TenantNotFound
from booka_core.tenancy.queries import find_tenant, get_tenant
from booka_core.tenancy.types import TenantInfo
from booka_core.web.cookies import SESSION

View = TypeVar("View", bound=Callable[..., Any])
Kind = Literal["public", "machine", "signed_in", "permission"]
Credential = Literal["session", "token"]

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ATTRIBUTE = "booka_declaration"


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who may call a view, and how they prove it."""

    kind: Kind
    why: str = ""
    permission: str = ""
    reading: bool = False
    narrows: bool = False
    credential: Credential = "session"


def public(why: str, *, credential: Credential = "session") -> Callable[[View], View]:
    """Anybody may call this view; `why` says what for. Where cookies mean nothing (`credential="token"`) it needs no
    guard against other sites.
    """
    return _declare(Declaration("public", why=why, credential=credential))


def machine(proof: str) -> Callable[[View], View]:
    """Another system calls this view and proves itself as `proof` says; cookies mean nothing to it."""
    return _declare(Declaration("machine", why=proof))


def signed_in(*, credential: Credential = "session") -> Callable[[View], View]:
    """Any signed-in person may call this view, for what is their own."""
    return _declare(Declaration("signed_in", credential=credential))


def requires(
    permission: str, *, reading: bool = False, narrows: bool = False, credential: Credential = "session"
) -> Callable[[View], View]:
    """Only who has `permission` at the tenant of this request may call this view.

    `reading`: it changes nothing, so the scope `view` is enough. `narrows`: the view itself limits the scope `self` to
    what is assigned to the person (`g.membership.resource_id`); without it, `self` is not enough.
    """
    if permission not in MATRIX:
        raise KeyError(f"{permission} is not in the permission matrix")
    return _declare(
        Declaration("permission", permission=permission, reading=reading, narrows=narrows, credential=credential)
    )


def _declare(declaration: Declaration) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, declaration)
        return view

    return mark


def declaration_of(view: Callable[..., Any]) -> Declaration | None:
    """What a view declares, or None."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, Declaration) else None


async def admit(declaration: Declaration) -> TenantInfo | None:
    """Let the present request in or raise. Returns the tenant it is for, if it is for one.

    Raises `NotSignedIn`, `BadToken`, `NotAllowed`, `BusinessSuspended`, `TenantNotFound`.
    """
    g.person, g.tenant, g.membership, g.scope = None, None, None, "none"
    if declaration.kind == "public":
        return None
    tenant: TenantInfo | None
    if declaration.credential == "token":
        person, tenant = await _by_token()
    else:
        person, tenant = await _by_session(), await _tenant_of_path(declaration)
    g.person, g.tenant = person, tenant
    if declaration.kind == "permission":
        g.scope = _scope(person, tenant, declaration)
    return tenant


def may(permission: str, *, reading: bool = False, narrows: bool = True) -> bool:
    """Whether the person of this request has `permission` here: for pages, to show only what can be done."""
    role = g.person.role_at(g.tenant.id) if g.person and g.tenant else None
    return role is not None and permits(allowed(role, permission), reading=reading, narrows=narrows)


async def recognise() -> Person | None:
    """The signed-in person, for a public view that greets whom it knows."""
    try:
        return await _by_session()
    except NotSignedIn:
        return None


def sign_in_address() -> str:
    """Where to send somebody who has to sign in before this page."""
    here = quote(request.path, safe="/-._~")
    query = request.query_string.decode("ascii", "ignore")
    return f"/sign-in?next={quote(here + ('?' + query if query else ''), safe='/')}"


async def _by_session() -> Person:
    token = request.cookies.get(SESSION.name, "")
    found = await person_by_session_token(token) if token else None
    if found is None:
        raise NotSignedIn
    person, seen_at = found
    await touch_session(person.session_id, seen_at=seen_at)
    return person


async def _by_token() -> tuple[Person, TenantInfo]:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if not text:
        raise NotSignedIn
    if scheme.lower() != "bearer":
        raise BadToken
    claims = tokens.verify(text.strip())
    person = await person_by_session(claims.session_id)
    if person is None or person.user_id != claims.user_id or person.role_at(claims.business_id) is None:
        raise BadToken
    try:
        return person, await get_tenant(claims.business_id)
    except TenantNotFound:
        raise BadToken from None


async def _tenant_of_path(declaration: Declaration) -> TenantInfo | None:
    slug = (request.view_args or {}).get("tenant")
    if slug is None:
        if declaration.kind == "permission":
            raise TenantNotFound
        return None
    if not _SLUG.fullmatch(slug):
        raise TenantNotFound
    return await find_tenant(slug)


def _scope(person: Person, tenant: TenantInfo | None, declaration: Declaration) -> Scope:
    role = person.role_at(tenant.id) if tenant else None
    if tenant is None or role is None:
        raise TenantNotFound
    g.membership = person.membership(tenant.id)
    scope = allowed(role, declaration.permission)
    if not permits(scope, reading=declaration.reading, narrows=declaration.narrows):
        raise NotAllowed
    if tenant.status == "suspended" and not declaration.reading and role != "superadmin":
        raise BusinessSuspended
    return scope


def own_resource() -> UUID | None:
    """The staff member that the person of this request is limited to; None when they see the whole business.

    Raises `NotAllowed` when they are limited to themselves but are nobody in the catalogue.
    """
    if g.scope != "self":
        return None
    if g.membership is None or g.membership.resource_id is None:
        raise NotAllowed("You are not linked to anybody in the catalogue yet; ask your manager.")
    resource_id: UUID = g.membership.resource_id
    return resource_id
