"""What other rooms learn about people."""

from __future__ import annotations

import re
from uuid import UUID

from booka_core.identity.errors import BadEmailAddress
from booka_core.identity.permissions import MemberRole, Role
from booka_core.sdk.values import Frozen

# One @, a dot in the domain, nothing invisible: the mail server is the judge of everything finer.
_ADDRESS = re.compile(
    r"[^@\s\x00-\x20\x7f<>,;:\"\\()\[\]]{1,64}@[^@\s\x00-\x20\x7f<>,;:\"\\()\[\]]{1,186}\.[a-z0-9-]{2,60}"
)


def normalise_email(text: str) -> str:
    """An address as it is stored and compared. Raises `BadEmailAddress`."""
    address = text.strip().lower()
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise BadEmailAddress
    return address


class UserInfo(Frozen):
    """A user."""

    id: UUID
    email: str
    name: str
    is_superadmin: bool


class MembershipInfo(Frozen):
    """What a user is at one business."""

    tenant_id: UUID
    role: MemberRole
    resource_id: UUID | None = None


class Person(Frozen):
    """Who is asking, with the roles as they are stored at this moment."""

    user_id: UUID
    email: str
    name: str
    is_superadmin: bool
    session_id: UUID
    memberships: tuple[MembershipInfo, ...] = ()

    def membership(self, tenant_id: UUID) -> MembershipInfo | None:
        return next((m for m in self.memberships if m.tenant_id == tenant_id), None)

    def role_at(self, tenant_id: UUID) -> Role | None:
        """The strongest role this person has there, or None."""
        if self.is_superadmin:
            return "superadmin"
        membership = self.membership(tenant_id)
        return membership.role if membership else None


class MemberInfo(Frozen):
    """A person of one business, as the business sees them."""

    user_id: UUID
    email: str
    name: str
    role: MemberRole
    resource_id: UUID | None
