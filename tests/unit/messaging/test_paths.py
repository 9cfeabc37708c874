"""A webhook's address is unguessable, and recognisable as ours without looking anything up."""

from __future__ import annotations

import pytest

from booka_core.kernel.settings import reset_settings
from booka_core.messaging import paths


def test_addresses_are_long_and_never_the_same() -> None:
    drawn = {paths.new_path() for _ in range(1000)}
    assert len(drawn) == 1000
    assert {len(path) for path in drawn} == {43}


def test_our_own_addresses_are_recognised_and_no_others() -> None:
    path = paths.new_path()
    assert paths.is_ours(path)
    for other in ("", "x", "é", path[:-1], path + "A", path + "=", path.swapcase(), "A" * 43, path[1:] + path[0]):
        assert not paths.is_ours(other)


def test_another_installations_addresses_are_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    path = paths.new_path()
    with monkeypatch.context() as patch:
        patch.setenv("BOOKA_SECRET_KEY", "another-secret-another-secret-another-secret")
        reset_settings()
        assert not paths.is_ours(path)
    reset_settings()
    assert paths.is_ours(path)


def test_the_directory_does_not_tell_the_address() -> None:
    path = paths.new_path()
    assert path not in paths.directory_key(path)
    assert len(paths.directory_key(path)) <= 100
