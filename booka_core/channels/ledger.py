"""Stores what webhooks brought, many requests in one commit.

While one commit is under way the next requests of the same tenant wait and then share the following one, so that a
quiet account is written at once and a busy one costs few commits. A request is told that it is stored only after the
commit; a caller that hangs up meanwhile changes nothing for the others. Everything is written in the tenant's own
scope.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from booka_core.channels import statements
from booka_core.db.scope import spawn, tenant_scope
from booka_core.jobs.commands import wake_after_commit
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.sdk.messaging import InboundEnvelope, UnreadableRequest

_LARGEST_BATCH = 100
_PATIENCE = 8.0


@dataclass(slots=True, eq=False)
class _Waiting:
    """One request and what it brought."""

    events: list[dict[str, Any]]
    stored: asyncio.Future[int]


class Ledger:
    """The requests of this process that wait to be stored, per tenant."""

    def __init__(self) -> None:
        self._waiting: dict[UUID, list[_Waiting]] = {}
        self._writing: set[UUID] = set()

    async def store(
        self, tenant_id: UUID, connection_id: UUID, envelopes: Sequence[InboundEnvelope], *, received_at: datetime
    ) -> int:
        """Return once the envelopes are safe; how many of them are new.

        Raises `UnreadableRequest` for what cannot be stored at all, and whatever the database raises.
        """
        events = [_event(connection_id, envelope, received_at) for envelope in envelopes]
        one = _Waiting(events, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(tenant_id, []).append(one)
        if tenant_id not in self._writing:
            self._writing.add(tenant_id)
            spawn(self._write(tenant_id))
        return await one.stored

    async def _write(self, tenant_id: UUID) -> None:
        try:
            while waiting := self._waiting.pop(tenant_id, []):
                batch, rest = waiting[:_LARGEST_BATCH], waiting[_LARGEST_BATCH:]
                if rest:
                    self._waiting[tenant_id] = rest
                await self._commit(tenant_id, batch)
        finally:
            self._writing.discard(tenant_id)

    async def _commit(self, tenant_id: UUID, batch: list[_Waiting]) -> None:
        try:
            # A database that never answers must not hold everybody for ever. What it stored all the same is
            # recognised when the sender comes back.
            async with asyncio.timeout(_PATIENCE):
                new = await _insert(tenant_id, batch)
        except Exception as failure:  # noqa: BLE001 - every caller is told, and answers that it could not be stored
            if not _is_unstorable(failure):
                for one in batch:
                    _tell(one, failure)
            elif len(batch) > 1:
                # One of them is at fault; the others must not suffer from it.
                for one in batch:
                    await self._commit(tenant_id, [one])
            else:
                _tell(batch[0], UnreadableRequest(f"({type(failure).__name__})"))
        else:
            for one in batch:
                _tell(one, sum(event["id"] in new for event in one.events))


async def _insert(tenant_id: UUID, batch: list[_Waiting]) -> set[str]:
    events = json.dumps([event for one in batch for event in one.events], allow_nan=False)
    async with tenant_scope(tenant_id) as tx:
        rows = await tx.execute_query_dict(statements.STORE, [events, tenant_id, clock.now()])
        if rows:
            wake_after_commit()
    return {str(row["id"]) for row in rows}


def _is_unstorable(failure: BaseException | None) -> bool:
    """Whether the values are at fault rather than the database. Tortoise wraps what PostgreSQL says."""
    while failure is not None:
        if isinstance(failure, asyncpg.DataError | ValueError):
            return True
        failure = failure.__cause__
    return False


def _tell(one: _Waiting, outcome: int | Exception) -> None:
    """A caller that hung up has cancelled its future; what it brought is stored all the same."""
    if one.stored.done():
        return
    if isinstance(outcome, Exception):
        one.stored.set_exception(outcome)
    else:
        one.stored.set_result(outcome)


def _event(connection_id: UUID, envelope: InboundEnvelope, received_at: datetime) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "connection_id": str(connection_id),
        "dedupe_key": envelope.dedupe_key,
        "kind": envelope.kind,
        "order_key": envelope.order_key,
        "payload": envelope.payload,
        "received_at": received_at.isoformat(),
    }


ledger = Ledger()
"""This process's ledger."""
