"""The ground: settings, secrets, time and the redactor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booka_core.kernel import clock, crypto
from booka_core.kernel.errors import ClockNotFrozen, MissingSecret, SealBroken, WeakSecret
from booka_core.kernel.ids import new_id, new_reference
from booka_core.kernel.logging import redact, redact_text
from booka_core.kernel.settings import settings
from booka_core.testing.database import environment

KEY = "k" * 40


def test_a_missing_secret_names_its_variable() -> None:
    with environment({"SMTP_URL": ""}), pytest.raises(MissingSecret, match="SMTP_URL"):
        settings().require("SMTP_URL")


def test_a_secret_is_never_shown_by_its_settings() -> None:
    with environment({"BOOKA_SECRET_KEY": KEY}):
        assert KEY not in repr(settings())


def test_a_short_key_is_refused() -> None:
    with environment({"BOOKA_SECRET_KEY": "short"}), pytest.raises(WeakSecret, match="at least 32 bytes"):
        crypto.seal(b"x", aad="here")


@given(st.binary(max_size=200), st.text(max_size=40))
def test_what_is_sealed_opens_only_in_its_place(plain: bytes, place: str) -> None:
    with environment({"BOOKA_SECRET_KEY": KEY}):
        sealed = crypto.seal(plain, aad=place)
        assert crypto.unseal(sealed, aad=place) == plain
        assert plain not in sealed or len(plain) < 4
        with pytest.raises(SealBroken):
            crypto.unseal(sealed, aad=place + "!")


@pytest.mark.parametrize("position", [0, 1, 13, -1])
def test_one_flipped_bit_is_noticed(position: int) -> None:
    with environment({"BOOKA_SECRET_KEY": KEY}):
        sealed = bytearray(crypto.seal(b"secret", aad="here"))
        sealed[position] ^= 1
        with pytest.raises(SealBroken):
            crypto.unseal(bytes(sealed), aad="here")


def test_another_key_opens_nothing() -> None:
    with environment({"BOOKA_SECRET_KEY": KEY}):
        sealed = crypto.seal(b"secret", aad="here")
    with environment({"BOOKA_SECRET_KEY": KEY[::-1] + "other"}), pytest.raises(SealBroken):
        crypto.unseal(sealed, aad="here")


def test_a_simulated_date_starts_there_and_ticks_on() -> None:
    with environment({"BOOKA_NOW": "2027-03-14T01:30:00-05:00", "BOOKA_NOW_SINCE": datetime.now(UTC).isoformat()}):
        clock.reset()
        try:
            assert timedelta() <= clock.now() - datetime(2027, 3, 14, 6, 30, tzinfo=UTC) < timedelta(seconds=30)
        finally:
            clock.reset()
    clock.reset()


def test_only_a_frozen_clock_is_moved() -> None:
    with pytest.raises(ClockNotFrozen):
        clock.advance(timedelta(hours=1))
    with clock.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        clock.advance(timedelta(hours=1))
        assert clock.now() == datetime(2026, 1, 1, 1, tzinfo=UTC)


def test_ids_sort_by_time_and_references_can_be_read_aloud() -> None:
    ids = [new_id() for _ in range(100)]
    assert ids == sorted(ids)
    assert not set("".join(new_reference() for _ in range(200))) & set("01IOLU")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("call +234 801 234 5678 now", "801"),
        ("call 08012345678", "8012345"),
        ("69385314111689@lid", "69385314111689"),
        ("mail ada.o@example.com", "ada.o"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9eyJhcHAiOiJldm9sdXRpb24ifQabcdef", "eyJhbGci"),
        ("postgres://booka:hunter2@db/booka", "hunter2"),
    ],
)
def test_the_redactor_masks_what_is_private(text: str, hidden: str) -> None:
    assert hidden not in redact_text(text)


def test_the_redactor_keeps_what_operators_need() -> None:
    event = redact(
        None,
        "info",
        {"event": "booking.confirmed", "reservation": "01a1fe0b-2788-75d8-8795-eaebd2aa8302", "text": "hi"},
    )
    assert event == {
        "event": "booking.confirmed",
        "reservation": "01a1fe0b-2788-75d8-8795-eaebd2aa8302",
        "text": "<redacted>",
    }
