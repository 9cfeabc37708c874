"""What the audit record says about a deed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from booka_core.sdk.values import Frozen


class AuditActor(Frozen):
    """Who did it: a signed-in user, a person at the command line, or Booka by itself."""

    kind: Literal["user", "system", "command"]
    id: UUID | None = None

    @classmethod
    def user(cls, user_id: UUID) -> AuditActor:
        return cls(kind="user", id=user_id)


SYSTEM = AuditActor(kind="system")
COMMAND_LINE = AuditActor(kind="command")


class AuditEntryInfo(Frozen):
    """One entry, as it is shown."""

    id: UUID
    at: datetime
    actor: AuditActor
    action: str
    subject: str
    detail: dict[str, Any]
    request_id: str
