"""Reading the audit record of the bound tenant."""

from __future__ import annotations

import json

from booka_core.audit.types import AuditActor, AuditEntryInfo
from booka_core.db.scope import tenant_scope

_LIST = """
select id, at, actor_kind, actor_id, action, subject, detail, request_id
from audit_entries order by at desc, id desc limit $1
"""


async def entries(*, limit: int = 100) -> list[AuditEntryInfo]:
    """The newest entries of the bound tenant."""
    async with tenant_scope() as queries:
        rows = await queries.execute_query_dict(_LIST, [limit])
    return [
        AuditEntryInfo(
            id=row["id"],
            at=row["at"],
            actor=AuditActor(kind=row["actor_kind"], id=row["actor_id"]),
            action=row["action"],
            subject=row["subject"],
            detail=json.loads(row["detail"]) if isinstance(row["detail"], str) else row["detail"],
            request_id=row["request_id"],
        )
        for row in rows
    ]
