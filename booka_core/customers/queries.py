"""Reads of customers."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from booka_core.customers.errors import CustomerNotFound
from booka_core.customers.types import CustomerInfo
from booka_core.db.scope import tenant_scope

COLUMNS = (
    "id, name, phone, email, locale, zone, tags, guardian_id, blocked_at is not null as blocked,"
    " erased_at is not null as erased"
)


async def get_customer(customer_id: UUID) -> CustomerInfo:
    """One customer of the bound tenant. Raises `CustomerNotFound`."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"select {COLUMNS} from customers where id = $1", [customer_id])
    if not rows:
        raise CustomerNotFound
    return info(rows[0])


async def list_customers(*, limit: int = 100) -> list[CustomerInfo]:
    """The customers of the bound tenant, newest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"select {COLUMNS} from customers order by id desc limit $1", [limit]
        )
    return [info(row) for row in rows]


def info(row: dict[str, Any]) -> CustomerInfo:
    """A row of `COLUMNS` as other rooms see it."""
    return CustomerInfo(**{**row, "tags": tuple(json.loads(row["tags"]))})
