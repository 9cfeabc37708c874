"""The permission matrix: one table of what each role may do, read by routes, pages and tests alike.

A cell is a scope. `all` is every business; `own` is everything in the businesses where the person has this role;
`view` is reading in them and changing nothing; `self` is only what concerns the person; `none` is nothing. Whether a
request may pass is decided from the role stored at this moment, never from one remembered in a token.
"""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["superadmin", "owner", "manager", "staff"]
MemberRole = Literal["owner", "manager", "staff"]
Scope = Literal["all", "own", "view", "self", "none"]

ROLES: tuple[Role, ...] = get_args(Role)
MEMBER_ROLES: tuple[MemberRole, ...] = get_args(MemberRole)
SCOPES: tuple[Scope, ...] = get_args(Scope)

MATRIX: dict[str, tuple[Scope, Scope, Scope, Scope]] = {
    # permission                superadmin owner  manager  staff
    "platform.analytics":       ("all",    "own",  "view", "self"),
    "tenants.manage":           ("all",    "own",  "view", "self"),
    "modules.manage":           ("all",    "own",  "view", "none"),
    "templates.manage":         ("all",    "own",  "view", "none"),
    "templates.wording":        ("all",    "own",  "own",  "none"),  # a manager rewords, but neither adds nor removes
    "staff.manage":             ("all",    "own",  "view", "self"),
    "booking.manage":           ("all",    "own",  "own",  "self"),  # staff: what is assigned to them
    "analytics.view":           ("all",    "own",  "view", "self"),
    "llm_usage.view":           ("all",    "own",  "view", "none"),
    "billing.manage":           ("all",    "own",  "none", "none"),
    "compliance.manage":        ("all",    "own",  "none", "none"),
    "ai.features":              ("all",    "own",  "view", "none"),
    "ai.recommendations":       ("all",    "own",  "own",  "self"),
    "ai.conversation":          ("all",    "own",  "view", "none"),
    "ai.predictions":           ("all",    "own",  "view", "none"),
    # What pages and routes need beyond the named matrix.
    "business.enter":           ("all",    "own",  "own",  "own"),
    "catalogue.read":           ("all",    "own",  "view", "view"),
    "audit.read":               ("all",    "view", "none", "none"),
    "jobs.manage":              ("all",    "own",  "view", "none"),
}  # fmt: skip


def allowed(role: Role, permission: str) -> Scope:
    """How far `permission` reaches for `role`. An unknown permission is a `KeyError`: a typo lets nobody in."""
    return MATRIX[permission][ROLES.index(role)]


def permits(scope: Scope, *, reading: bool, narrows: bool) -> bool:
    """Whether a scope is enough for a deed.

    `view` is enough for `reading` only; `self` only where the caller itself narrows to what concerns the person.
    """
    match scope:
        case "all" | "own":
            return True
        case "view":
            return reading
        case "self":
            return narrows
        case _:
            return False


def may_grant(granter: Role, role: MemberRole) -> bool:
    """Whether `granter` may give somebody `role`: only who manages the staff, and never above oneself."""
    manages = permits(allowed(granter, "staff.manage"), reading=False, narrows=False)
    return manages and ROLES.index(granter) <= ROLES.index(role)
