"""The signature on a manage link: what was made opens, and nothing else does."""

from __future__ import annotations

import base64
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booka_core.db.scope import bind_tenant
from booka_core.kernel.crypto import derived_key
from booka_core.kernel.errors import MissingSecret
from booka_core.kernel.ids import new_id
from booka_core.links import manage
from booka_core.links.errors import BadManageLink
from booka_core.testing.database import environment

TENANT, RESERVATION = new_id(), new_id()
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def made(tenant: UUID = TENANT, reservation: UUID = RESERVATION) -> str:
    with bind_tenant(tenant):
        return manage.manage_token(reservation)


def test_a_token_opens_what_it_was_made_for_and_is_always_the_same() -> None:
    token = made()
    assert manage.open_manage_link(token) == (TENANT, RESERVATION)
    assert made() == token
    assert len(token) == 68
    assert set(token) <= set(ALPHABET)


def test_no_change_of_one_character_opens_anything() -> None:
    token = made()
    for place, letter in enumerate(token):
        for other in ALPHABET.replace(letter, ""):
            with pytest.raises(BadManageLink):
                manage.open_manage_link(token[:place] + other + token[place + 1 :])


@given(st.one_of(st.text(max_size=200), st.text(ALPHABET, min_size=68, max_size=68)))
def test_nothing_made_up_opens_anything(text: str) -> None:
    with pytest.raises(BadManageLink):
        manage.open_manage_link(text)


def test_other_spellings_of_a_token_do_not_open_it() -> None:
    token = next(t for t in (made(reservation=new_id()) for _ in range(200)) if {"-", "_"} & set(t))
    for other in (token.replace("-", "+").replace("_", "/"), token + "=", token + "====", f" {token}", f"{token}\n"):
        with pytest.raises(BadManageLink):
            manage.open_manage_link(other)


def test_parts_of_two_tokens_make_none() -> None:
    one, two = (base64.urlsafe_b64decode(made(reservation=uuid4())) for _ in range(2))
    for cut in (27, 33, 40):
        with pytest.raises(BadManageLink):
            manage.open_manage_link(base64.urlsafe_b64encode(one[:cut] + two[cut:]).decode())


def test_another_key_and_another_version_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = made()
    with environment({"BOOKA_SECRET_KEY": "another" * 8}), pytest.raises(BadManageLink):
        manage.open_manage_link(token)
    monkeypatch.setattr(manage, "_VERSION", b"\x02")
    newer = made()
    monkeypatch.undo()
    with pytest.raises(BadManageLink):
        manage.open_manage_link(newer)
    # The key serves this purpose alone.
    monkeypatch.setattr(manage, "_PURPOSE", "access-tokens")
    with pytest.raises(BadManageLink):
        manage.open_manage_link(token)
    assert derived_key("manage-links") != derived_key("access-tokens")


def test_without_a_secret_the_feature_says_which_setting_is_missing() -> None:
    token = made()
    with environment({"BOOKA_SECRET_KEY": ""}):
        with pytest.raises(MissingSecret, match="BOOKA_SECRET_KEY"):
            made()
        with pytest.raises(MissingSecret):
            manage.open_manage_link(token)


def test_without_the_signature_a_made_up_link_would_open(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = base64.urlsafe_b64encode(b"\x01" + TENANT.bytes + new_id().bytes + b"x" * 18).decode()
    with pytest.raises(BadManageLink):
        manage.open_manage_link(forged)
    monkeypatch.setattr(manage, "same", lambda *_: True)
    assert manage.open_manage_link(forged)[0] == TENANT
