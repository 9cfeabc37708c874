"""Saying what happened, in the transaction that makes it true."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from booka_core.db.errors import NoTenantBound
from booka_core.db.scope import after_commit, open_scope
from booka_core.jobs import hints
from booka_core.jobs.commands import wake_after_commit
from booka_core.jobs.statements import rows as job_rows
from booka_core.kernel import clock
from booka_core.outbox import statements
from booka_core.sdk.events import Event


async def emit(*events: Event) -> tuple[UUID, ...]:
    """Write events and what delivers them in the open tenant scope, by one statement. Returns their ids.

    Raises `NoTenantBound` outside a tenant's scope.
    """
    tx, tenant = open_scope()
    if tenant is None:
        raise NoTenantBound
    if not events:
        return ()
    now = clock.now()
    draft = statements.draft(events, tenant_id=tenant, now=now)
    await tx.execute_query_dict(statements.EMIT, [draft.rows, job_rows(draft.jobs, tenant_id=tenant, now=now)])
    announce(events)
    return draft.ids


def announce(events: Iterable[Event]) -> None:
    """Have dispatchers and live pages look once the open scope has committed. For those who write events by own SQL."""
    _tx, tenant = open_scope()
    subjects = {event.subject for event in events}

    async def publish() -> None:
        for subject in sorted(subjects):
            kind, _, key = subject.partition(":")
            hints.publish(hints.of_tenant(tenant), json.dumps({"kind": kind, "id": key}))

    wake_after_commit()
    after_commit(publish)
