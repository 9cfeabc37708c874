"""Access tokens: what is accepted is exactly what was issued, and everything else is one and the same refusal."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booka_core.identity import tokens
from booka_core.identity.errors import BadToken
from booka_core.identity.types import Person
from booka_core.kernel import clock
from booka_core.kernel.crypto import derived_key
from booka_core.kernel.errors import MissingSecret, WeakSecret
from booka_core.kernel.settings import reset_settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PERSON = Person(user_id=UUID(int=1), email="ada@glow.example", name="Ada", is_superadmin=False, session_id=UUID(int=2))
BUSINESS = UUID(int=3)


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def good_claims() -> dict[str, Any]:
    at = int(clock.now().timestamp())
    return {
        "iss": "booka",
        "aud": "booka-api",
        "sub": str(PERSON.user_id),
        "sid": str(PERSON.session_id),
        "business_id": str(BUSINESS),
        "role": "owner",
        "iat": at,
        "exp": at + 900,
        "jti": "0190",
    }


def encoded(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def forged(
    claims: Any = None,
    header: Any = None,
    *,
    key: bytes | None = None,
    digest: Callable[..., Any] = hashlib.sha256,
) -> str:
    """A token made by hand, signed with our key unless another is given."""
    first = encoded({"alg": "HS256", "typ": "at+jwt"} if header is None else header)
    text = f"{first}.{encoded(good_claims() if claims is None else claims)}"
    signature = hmac.new(derived_key("access-tokens") if key is None else key, text.encode(), digest).digest()
    return f"{text}.{encoded(signature)}"


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in good_claims().items() if key != name}


def with_(**changed: Any) -> dict[str, Any]:
    return {**good_claims(), **changed}


def unsigned(alg: str) -> str:
    return f"{encoded({'alg': alg, 'typ': 'at+jwt'})}.{encoded(good_claims())}."


def now(offset: int) -> int:
    return int(NOW.timestamp()) + offset


ATTACKS: dict[str, Callable[[], str]] = {
    "no signature, alg none": lambda: unsigned("none"),
    "no signature, alg None": lambda: unsigned("None"),
    "no signature, alg HS256": lambda: unsigned("HS256"),
    "another key": lambda: forged(key=b"x" * 32),
    "the empty key": lambda: forged(key=b""),
    "HS384": lambda: forged(header={"alg": "HS384", "typ": "at+jwt"}, digest=hashlib.sha384),
    "HS512": lambda: forged(header={"alg": "HS512", "typ": "at+jwt"}, digest=hashlib.sha512),
    "RS256 over an HMAC": lambda: forged(header={"alg": "RS256", "typ": "at+jwt"}),
    "alg in lower case": lambda: forged(header={"alg": "hs256", "typ": "at+jwt"}),
    "no alg": lambda: forged(header={"typ": "at+jwt"}),
    "a list for alg": lambda: forged(header={"alg": ["HS256"], "typ": "at+jwt"}),
    "another type": lambda: forged(header={"alg": "HS256", "typ": "JWT"}),
    "no type": lambda: forged(header={"alg": "HS256"}),
    "a kid that names a file": lambda: forged(header={"alg": "HS256", "typ": "at+jwt", "kid": "../../dev/null"}),
    "a key inside the token": lambda: forged(
        header={"alg": "HS256", "typ": "at+jwt", "jwk": {"kty": "oct", "k": "eA"}}
    ),
    "a key at an address": lambda: forged(header={"alg": "HS256", "typ": "at+jwt", "jku": "https://evil.example/k"}),
    "critical extensions": lambda: forged(header={"alg": "HS256", "typ": "at+jwt", "crit": ["b64"], "b64": False}),
    "expired": lambda: forged(with_(iat=now(-1000), exp=now(-1))),
    "expires this very second": lambda: forged(with_(exp=now(0))),
    "never expires": lambda: forged(without("exp")),
    "lives for a year": lambda: forged(with_(exp=now(31_536_000))),
    "expires at text": lambda: forged(with_(exp="tomorrow")),
    "expires at infinity": lambda: forged(json.dumps(good_claims()).replace(str(now(900)), "Infinity").encode()),
    "issued in the future": lambda: forged(with_(iat=now(3600), exp=now(3700))),
    "never issued": lambda: forged(without("iat")),
    "another issuer": lambda: forged(with_(iss="somebody")),
    "no issuer": lambda: forged(without("iss")),
    "another audience": lambda: forged(with_(aud="evolution")),
    "several audiences": lambda: forged(with_(aud=["booka-api", "evolution"])),
    "no audience": lambda: forged(without("aud")),
    "no subject": lambda: forged(without("sub")),
    "a number as subject": lambda: forged(with_(sub=1)),
    "no session": lambda: forged(without("sid")),
    "no business": lambda: forged(without("business_id")),
    "a business that is no id": lambda: forged(with_(business_id="all")),
    "an unknown role": lambda: forged(with_(role="root")),
    "no id of its own": lambda: forged(without("jti")),
    "claims that are a list": lambda: forged([1, 2]),
    "claims that are no JSON": lambda: forged(b"{"),
    "claims nested very deep": lambda: forged(b"[" * 2000),
    "not a token": lambda: "hello",
    "nothing": lambda: "",
    "five parts": lambda: forged() + ".a.b",
    "very long": lambda: "a" * 100_000,
    "other alphabets": lambda: "ключ.ключ.ключ",
}


def test_what_was_issued_is_understood() -> None:
    issued = tokens.issue(PERSON, business_id=BUSINESS, role="manager")
    claims = tokens.verify(issued.access_token)
    assert (claims.user_id, claims.session_id, claims.business_id) == (PERSON.user_id, PERSON.session_id, BUSINESS)
    assert issued.expires_in == 900


def test_a_token_made_by_hand_like_ours_is_accepted_so_that_the_attacks_below_fail_for_their_own_reason() -> None:
    assert tokens.verify(forged()).business_id == BUSINESS


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_forged_token_is_refused(attack: str) -> None:
    with pytest.raises(BadToken):
        tokens.verify(ATTACKS[attack]())


def test_with_the_claims_left_unchecked_stale_and_foreign_tokens_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_check", lambda *_: None)
    passed = []
    for attack, make in ATTACKS.items():
        try:
            tokens.verify(make())
        except BadToken:
            continue
        passed.append(attack)
    assert {"expired", "another audience", "another issuer", "lives for a year"} <= set(passed)


def test_every_changed_character_breaks_the_signature() -> None:
    good = tokens.issue(PERSON, business_id=BUSINESS, role="owner").access_token
    head, body, _ = good.split(".")
    for position in range(len(head) + 1 + len(body)):
        if good[position] != ".":
            changed = good[:position] + ("A" if good[position] != "A" else "B") + good[position + 1 :]
            with pytest.raises(BadToken):
                tokens.verify(changed)


@settings(max_examples=300, deadline=None)
@given(
    claims=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
        max_leaves=10,
    ),
    name=st.sampled_from([*["iss", "aud", "sub", "sid", "business_id", "role", "iat", "exp", "jti"], "alg", "typ"]),
)
def test_no_claim_of_any_shape_ends_in_anything_but_a_refusal(claims: Any, name: str) -> None:
    with clock.frozen(NOW):
        header = {"alg": "HS256", "typ": "at+jwt"}
        body = good_claims()
        target = header if name in header else body
        if claims == target[name] or (name == "jti" and isinstance(claims, str) and claims):
            return
        target[name] = claims
        try:
            told = tokens.verify(forged(body, header))
        except BadToken:
            return
        assert name in {"iat", "exp"}, f"{name}={claims!r} was accepted"
        assert told.business_id == BUSINESS


def test_a_token_ends_after_fifteen_minutes() -> None:
    token = tokens.issue(PERSON, business_id=BUSINESS, role="owner").access_token
    clock.advance(timedelta(seconds=899))
    tokens.verify(token)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(BadToken):
        tokens.verify(token)


def test_a_clock_set_back_a_little_does_not_refuse_a_fresh_token() -> None:
    token = tokens.issue(PERSON, business_id=BUSINESS, role="owner").access_token
    clock.advance(timedelta(seconds=-45))
    tokens.verify(token)


def test_a_short_key_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKA_SECRET_KEY", "x" * 31)
    reset_settings()
    try:
        with pytest.raises(WeakSecret, match="at least 32 bytes"):
            tokens.check_key()
        monkeypatch.setenv("BOOKA_SECRET_KEY", "")
        reset_settings()
        with pytest.raises(MissingSecret, match="BOOKA_SECRET_KEY"):
            tokens.check_key()
    finally:
        monkeypatch.undo()
        reset_settings()
