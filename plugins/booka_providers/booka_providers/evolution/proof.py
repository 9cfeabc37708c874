"""Is this webhook from our Evolution server? Evolution signs nothing; what it offers is a static header of our
choosing and a short token made from `jwt_key`. Both are demanded here, the first in constant time, the second with a
fixed algorithm.

Evolution makes the token once per event and repeats it for about twenty minutes of retries although it says ten: a
refusal would end the retries and lose the message, hence the leeway. Neither proof covers the body, which therefore
counts as the word of that server, not of WhatsApp.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from booka_core.sdk.messaging import Connection, ForgedRequest, OperatorNeeded, WebhookRequest

TOKEN_HEADER = "x-booka-webhook-token"  # noqa: S105 - the name of a header
LEEWAY_SECONDS = 30 * 60
_SHORTEST_KEY = 32
_ANY_TIME = 10**12


def authenticate(request: WebhookRequest, connection: Connection) -> None:
    """Raise `ForgedRequest` unless both proofs hold, `OperatorNeeded` when the connection has no secret to check by."""
    expected = connection.secrets.get("webhook_token", "")
    if not expected:
        raise OperatorNeeded("The connection has no webhook_token.")
    given = request.headers.get(TOKEN_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise ForgedRequest("The secret header is missing or wrong.")
    key = connection.secrets.get("jwt_key", "")
    if key:
        _check_token(request, key)


def _check_token(request: WebhookRequest, key: str) -> None:
    if len(key.encode()) < _SHORTEST_KEY:
        raise OperatorNeeded(f"The connection's jwt_key is shorter than {_SHORTEST_KEY} bytes.")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ForgedRequest("The bearer token is missing.")
    try:
        issued, expires = _signed_instants(token.strip(), key)
    except (JoseError, ValueError, TypeError, RecursionError, OverflowError):
        raise ForgedRequest("The bearer token does not hold.") from None
    now = request.received_at.timestamp()
    if not issued - LEEWAY_SECONDS <= now < expires + LEEWAY_SECONDS:
        raise ForgedRequest("The bearer token is out of date.")


@lru_cache(maxsize=256)
def _signed_instants(token: str, key: str) -> tuple[float, float]:
    """When a token was issued and when it expires, if its signature and claims hold; raises otherwise, which is not
    remembered.

    A token's instants are whole seconds, so all events of one second bring the same one, and so do their repetitions.
    Whether it is still good is asked every time.
    """
    claims = jwt.decode(token, OctKey.import_key(key), algorithms=["HS256"]).claims
    rules = jwt.JWTClaimsRegistry(
        now=0,
        leeway=_ANY_TIME,
        exp={"essential": True},
        app={"essential": True, "value": "evolution"},
        action={"essential": True, "value": "webhook"},
    )
    rules.validate(claims)
    return float(claims.get("iat", claims["exp"] - LEEWAY_SECONDS)), float(claims["exp"])
