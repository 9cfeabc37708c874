"""A puzzle that a program solves in a moment and a flood of programs does not: strangers book with its answer where the
business asks for it. Nothing is stored but the answers that were used; there is no cookie and no third party.

The puzzle is ALTCHA's proof of work, signed for one business; an answer is good once and for ten minutes.
"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import cast

from altcha import Challenge, Payload, Solution, create_challenge, verify_solution
from pydantic import JsonValue
from quart import current_app, g, request

from booka_core.identity.errors import TooManyAttempts
from booka_core.identity.limits import Limit, Limiter
from booka_core.kernel import clock
from booka_core.kernel.crypto import derived_key
from booka_core.sdk.errors import BadInput
from booka_core.sdk.values import Frozen

HEADER = "Booka-Captcha"
LIFE = timedelta(minutes=10)
_ALGORITHM = "PBKDF2/SHA-256"
_COST = 5_000
_PREFIX = "00"  # one of 256 keys: about a second for a phone
_LONGEST = 4_000
_USED_ONCE = Limit("captcha-answer", most=1, seconds=int(LIFE.total_seconds()) + 60)


class CaptchaNeeded(BadInput):
    """This business asks strangers for the answer to a puzzle first; it is had from `challenge`."""


class CaptchaWrong(BadInput):
    """This is not the answer to a puzzle of ours, or it was used, or it took too long; ask for another."""


class Puzzle(Frozen):
    """A puzzle as the ALTCHA widget takes it: find the number that makes a key with the prefix, and send both back."""

    parameters: dict[str, JsonValue]
    signature: str


def puzzle() -> Puzzle:
    """A puzzle for the business of this request. Raises `MissingSecret`."""
    until = int((clock.now() + LIFE).timestamp())
    challenge = create_challenge(
        _ALGORITHM,
        _COST,
        key_prefix=_PREFIX,
        data={"business": str(g.tenant.id), "until": until},
        hmac_secret=_key(),
    )
    return Puzzle(parameters=challenge.parameters.to_dict(), signature=challenge.signature or "")


async def require_answer() -> None:
    """Let a stranger's request pass if it brings an answer, where the business wants one.

    Raises `CaptchaNeeded`, `CaptchaWrong`, `MissingSecret`.
    """
    if not g.tenant.settings.captcha:
        return
    given = request.headers.get(HEADER)
    if not given:
        raise CaptchaNeeded
    challenge, solution = _read(given)
    about = challenge.parameters.data or {}
    if about.get("business") != str(g.tenant.id) or not _in_time(about.get("until")):
        raise CaptchaWrong
    if not verify_solution(Payload(challenge, solution), _key()).verified:
        raise CaptchaWrong
    limiter = cast("Limiter", current_app.limiter)  # type: ignore[attr-defined]  # BookaApp has one
    try:
        await limiter.take(_USED_ONCE, challenge.parameters.nonce)
    except TooManyAttempts:
        raise CaptchaWrong from None


def _read(given: str) -> tuple[Challenge, Solution]:
    if len(given) > _LONGEST:
        raise CaptchaWrong
    try:
        told = json.loads(base64.b64decode(given, validate=True))
        challenge, solution = Challenge.from_dict(told["challenge"]), Solution.from_dict(told["solution"])
        parameters = challenge.parameters
        # Ours, before the library spends what a stranger's parameters ask it to spend.
        ours = (parameters.algorithm, parameters.cost, parameters.key_prefix, parameters.key_length)
        if ours != (_ALGORITHM, _COST, _PREFIX, 32) or not isinstance(parameters.data, dict):
            raise CaptchaWrong
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CaptchaWrong from None
    return challenge, solution


def _in_time(until: object) -> bool:
    return isinstance(until, int) and clock.now().timestamp() <= until


def _key() -> bytes:
    return derived_key("captcha")
