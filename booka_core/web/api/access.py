"""Getting an access token from a session, and asking who one is."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from quart import Blueprint, Response, current_app, g

from booka_core.identity import limits, tokens
from booka_core.identity.permissions import MATRIX, allowed
from booka_core.identity.types import Person
from booka_core.kernel.errors import MissingSecret
from booka_core.sdk.errors import BadInput
from booka_core.tenancy.errors import TenantNotFound
from booka_core.tenancy.queries import get_tenant
from booka_core.web.api.answers import Business, Me, answer
from booka_core.web.api.bodies import TokenRequest, body
from booka_core.web.api.operations import Operation, add
from booka_core.web.requests import requires, signed_in


class WhichBusiness(BadInput):
    """You work for several businesses, or for none: say which one with business_id."""


@Operation(
    "createToken",
    "access",
    body=TokenRequest,
    answers={201: tokens.AccessToken},
    problems=(WhichBusiness, TenantNotFound, MissingSecret),
    limited=True,
)
@signed_in()
async def make_token() -> Response:
    """A token of 15 minutes for one business, for whoever is signed in with a browser."""
    wanted = await body(TokenRequest)
    person = cast("Person", g.person)
    limiter = cast("limits.Limiter", current_app.limiter)  # type: ignore[attr-defined]  # BookaApp has one
    await limiter.take(limits.TOKENS_BY_PERSON, str(person.user_id))
    business_id = wanted.business_id or _only_business(person)
    role = person.role_at(business_id)
    if role is None:
        raise TenantNotFound
    await get_tenant(business_id)
    return answer(tokens.issue(person, business_id=business_id, role=role), 201)


@Operation("whoAmI", "access", answers={200: Me})
@requires("business.enter", reading=True, credential="token")
async def me() -> Response:
    """The caller, their business, and their permissions as they are at this moment."""
    person, business = cast("Person", g.person), g.tenant
    role = person.role_at(business.id)
    assert role is not None  # noqa: S101 - the door admits nobody without a role
    return answer(
        Me(
            user_id=person.user_id,
            email=person.email,
            name=person.name,
            role=role,
            business=Business(
                id=business.id,
                slug=business.slug,
                name=business.name,
                zone=business.zone,
                locale=business.locale,
                currency=business.currency,
            ),
            permissions={permission: allowed(role, permission) for permission in MATRIX},
        )
    )


def _only_business(person: Person) -> UUID:
    if len(person.memberships) != 1:
        raise WhichBusiness
    return person.memberships[0].tenant_id


def add_to(routes: Blueprint) -> None:
    add(routes, "POST", "/auth/token", make_token)
    add(routes, "GET", "/me", me)
