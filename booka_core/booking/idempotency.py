"""Requests that may arrive twice. The same key with the same content gets the same reservation; the same key with other
content is refused. The key is written in the booking's own transaction, so that no answer is remembered for a booking
that was rolled back.
"""

from __future__ import annotations

import hashlib
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from booka_core.booking.errors import IdempotencyConflict
from booka_core.booking.queries import read_reservation
from booka_core.booking.types import ReservationInfo
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id

_replayed: ContextVar[bool] = ContextVar("booka_replayed", default=False)


def was_replayed() -> bool:
    """Whether this request was answered with what an earlier one with its key got."""
    return _replayed.get()


class AlreadyWritten(Exception):
    """The same request was written by somebody else a moment ago; roll back and read theirs."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request's key, and a fingerprint of its content that tells a repetition from another request."""

    key: str
    digest: bytes

    @classmethod
    def of(cls, key: str | None, *content: object) -> Request | None:
        """None for a request without a key."""
        if key is None:
            return None
        return cls(key, hashlib.sha256("|".join(str(part) for part in content).encode()).digest())


async def answered(request: Request | None) -> ReservationInfo | None:
    """The reservation this request already got. Raises `IdempotencyConflict` when its key came with other content."""
    if request is None:
        return None
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select fingerprint, reservation_id from idempotency_keys where key = $1", [request.key]
        )
        if not rows:
            return None
        if bytes(rows[0]["fingerprint"]) != request.digest:
            raise IdempotencyConflict
        _replayed.set(True)
        return await read_reservation(connection, rows[0]["reservation_id"])


async def remember(connection: Queries, request: Request, reservation_id: UUID) -> None:
    """Note in the open transaction which reservation a request got. Raises `AlreadyWritten`."""
    made = await connection.execute_query_dict(
        """insert into idempotency_keys (id, tenant_id, key, fingerprint, reservation_id, created_at)
           values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, key) do nothing returning id""",
        [new_id(), current_tenant(), request.key, request.digest, reservation_id, clock.now()],
    )
    if not made:
        raise AlreadyWritten
