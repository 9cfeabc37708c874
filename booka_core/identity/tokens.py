"""Access tokens for the API: signed, short-lived, for one business. A token proves which session it came from and for
which business it was made; what its holder may do is looked up anew each time, so the `role` inside is only a courtesy
to the client.

The algorithm is fixed, every claim is required, and whatever is wrong with a token is one and the same `BadToken`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from booka_core.identity.errors import BadToken
from booka_core.identity.permissions import ROLES, Role
from booka_core.identity.types import Person
from booka_core.kernel import clock
from booka_core.kernel.crypto import derived_key
from booka_core.kernel.ids import new_id
from booka_core.sdk.values import Frozen

LIFE = timedelta(minutes=15)
AUDIENCE = "booka-api"
ISSUER = "booka"
_ALGORITHMS = ("HS256",)
_TYPE = "at+jwt"
_LEEWAY = 60  # seconds: clocks of several machines, and one that was set back a little
_LONGEST = 4096


class TokenClaims(Frozen):
    """What a valid token says."""

    user_id: UUID
    session_id: UUID
    business_id: UUID
    role: Role


class AccessToken(Frozen):
    """A token as the API hands it out; `expires_in` is seconds."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the name of the scheme
    expires_in: int
    business_id: UUID
    role: Role


def _key() -> OctKey:
    return OctKey.import_key(derived_key("access-tokens"))


def check_key() -> None:
    """Raise `WeakSecret` or `MissingSecret` unless tokens can be signed safely."""
    _key()


def issue(person: Person, *, business_id: UUID, role: Role) -> AccessToken:
    """A token for `person` at one business."""
    at = int(clock.now().timestamp())
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(person.user_id),
        "sid": str(person.session_id),
        "business_id": str(business_id),
        "role": role,
        "iat": at,
        "exp": at + int(LIFE.total_seconds()),
        "jti": str(new_id()),
    }
    text = jwt.encode({"alg": _ALGORITHMS[0], "typ": _TYPE}, claims, _key(), algorithms=_ALGORITHMS)
    return AccessToken(access_token=text, expires_in=int(LIFE.total_seconds()), business_id=business_id, role=role)


def verify(text: str) -> TokenClaims:
    """What a token says, if it was issued here, for this API, and has not expired. Raises `BadToken`."""
    if len(text) > _LONGEST or not text.isascii():
        raise BadToken
    key = _key()
    try:
        token = jwt.decode(text, key, algorithms=_ALGORITHMS)
        _check(token.header, token.claims)
        return TokenClaims(
            user_id=UUID(token.claims["sub"]),
            session_id=UUID(token.claims["sid"]),
            business_id=UUID(token.claims["business_id"]),
            role=token.claims["role"],
        )
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise BadToken from error


def _check(header: Mapping[str, Any], claims: dict[str, Any]) -> None:
    if set(header) != {"alg", "typ"} or header["typ"] != _TYPE:
        raise BadToken
    jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=0,
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": AUDIENCE},
        sub={"essential": True},
        sid={"essential": True},
        business_id={"essential": True},
        role={"essential": True, "values": [*map(str, ROLES)]},
        exp={"essential": True},
        jti={"essential": True},
    ).validate({name: value for name, value in claims.items() if name != "iat"})
    issued, expires = claims["iat"], claims["exp"]
    if isinstance(issued, bool) or not isinstance(issued, int) or isinstance(claims["aud"], list):
        raise BadToken
    if issued > clock.now().timestamp() + _LEEWAY or expires - issued > LIFE.total_seconds():
        raise BadToken
