"""The permission matrix, cell by cell as the product promises it."""

from __future__ import annotations

import pytest

from booka_core.identity.permissions import MATRIX, ROLES, SCOPES, allowed, may_grant, permits

# Written out a second time on purpose: a changed cell has to be changed by two hands.
PROMISED = {
    "platform.analytics": "all own view self",
    "tenants.manage": "all own view self",
    "modules.manage": "all own view none",
    "templates.manage": "all own view none",
    "templates.wording": "all own own none",
    "staff.manage": "all own view self",
    "booking.manage": "all own own self",
    "analytics.view": "all own view self",
    "llm_usage.view": "all own view none",
    "billing.manage": "all own none none",
    "compliance.manage": "all own none none",
    "ai.features": "all own view none",
    "ai.recommendations": "all own own self",
    "ai.conversation": "all own view none",
    "ai.predictions": "all own view none",
    "business.enter": "all own own own",
    "catalogue.read": "all own view view",
    "audit.read": "all view none none",
    "jobs.manage": "all own view none",
}


def test_every_cell_is_as_promised() -> None:
    assert {permission: " ".join(cells) for permission, cells in MATRIX.items()} == PROMISED


def test_nobody_reaches_further_than_the_role_above() -> None:
    for permission in MATRIX:
        reach = [SCOPES.index(allowed(role, permission)) for role in ROLES]
        assert reach == sorted(reach), permission


def test_an_unknown_permission_lets_nobody_in() -> None:
    with pytest.raises(KeyError):
        allowed("superadmin", "booking.mange")


@pytest.mark.parametrize(
    ("scope", "reading", "writing", "narrowed"),
    [
        ("all", True, True, True),
        ("own", True, True, True),
        ("view", True, False, False),
        ("self", False, False, True),
        ("none", False, False, False),
    ],
)
def test_viewing_never_writes_and_self_needs_a_view_that_narrows(
    scope: str, reading: bool, writing: bool, narrowed: bool
) -> None:
    assert permits(scope, reading=True, narrows=False) is reading  # type: ignore[arg-type]
    assert permits(scope, reading=False, narrows=False) is writing  # type: ignore[arg-type]
    assert permits(scope, reading=False, narrows=True) is narrowed  # type: ignore[arg-type]


def test_only_owners_and_the_platform_give_roles_and_nobody_above_their_own() -> None:
    given = {
        granter: [role for role in ("owner", "manager", "staff") if may_grant(granter, role)]  # type: ignore[arg-type]
        for granter in ROLES
    }
    assert given == {
        "superadmin": ["owner", "manager", "staff"],
        "owner": ["owner", "manager", "staff"],
        "manager": [],
        "staff": [],
    }
