"""Mail addresses and the paths a sign-in may lead to."""

from __future__ import annotations

import pytest

from booka_core.identity.errors import BadEmailAddress
from booka_core.identity.sign_in import local_path
from booka_core.identity.types import normalise_email


def test_an_address_is_kept_in_lower_case_without_blanks_around_it() -> None:
    assert normalise_email("  Ada.Obi+test@Glow.Example ") == "ada.obi+test@glow.example"


NO_ADDRESS = """
ada|ada@|@glow.example|ada@glow|a b@glow.example|a@b@c.example|ada@glow..example|<ada@glow.example>
ada@glow.example,b@c.example|"ada"@glow.example|ada@glow.example;x
"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        *NO_ADDRESS.strip().replace("\n", "|").split("|"),
        "ada@glow.example\nBcc: x@y.example",
        "ada\x00@glow.example",
        "ada@glow.example\x7f",
        "x" * 300 + "@a.bc",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadEmailAddress):
        normalise_email(text)


@pytest.mark.parametrize("path", ["/admin/", "/admin/t/glow/reservations?day=2026-03-02"])
def test_a_path_on_this_site_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "admin",
        "/a b",
        "/a\nb",
        "/\t/evil.example",
        "/ünicode",
        "/" + "a" * 600,
        "/a\\b",
    ],
)
def test_a_path_that_could_lead_elsewhere_is_dropped(path: str) -> None:
    assert local_path(path) == ""
