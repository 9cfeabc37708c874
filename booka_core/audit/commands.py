"""Writing the audit record, in the transaction of the deed itself: a deed without its entry does not commit.

`detail` says what changed in ids and words of the product. Names, addresses, phone numbers, texts and secrets stay out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog

from booka_core.audit.types import SYSTEM, AuditActor
from booka_core.db import scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id

_INSERT = """
insert into audit_entries (id, tenant_id, at, actor_kind, actor_id, action, subject, detail, request_id)
values ($1, nullif(current_setting('booka.tenant_id', true), '')::uuid, $2, $3, $4, $5, $6, $7, $8)
"""


async def record(
    queries: scope.Queries,
    action: str,
    *,
    actor: AuditActor,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry to the open scope: a tenant's own inside `tenant_scope`, the platform's inside `platform_scope`."""
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    await queries.execute_query(
        _INSERT,
        [new_id(), clock.now(), actor.kind, actor.id, action, subject, json.dumps(dict(detail or {})), request_id],
    )


async def _platform_scope_opened(queries: scope.Queries, reason: str, actor: str) -> None:
    try:
        who = AuditActor.user(UUID(actor))
    except ValueError:
        who = SYSTEM if actor == "system" else AuditActor(kind="command")
    await record(queries, "platform.scope", actor=who, subject=reason)


def install() -> None:
    """From now on, every platform scope that a person started leaves an entry."""
    scope.set_audit_sink(_platform_scope_opened)
