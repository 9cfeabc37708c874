"""Reads of customers."""

from __future__ import annotations

from uuid import UUID

from booka_core.customers.errors import CustomerNotFound
from booka_core.customers.types import CustomerInfo
from booka_core.db.scope import tenant_scope

COLUMNS = "id, name, phone, email, locale"


async def get_customer(customer_id: UUID) -> CustomerInfo:
    """One customer of the bound tenant. Raises `CustomerNotFound`."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"select {COLUMNS} from customers where id = $1", [customer_id])
    if not rows:
        raise CustomerNotFound
    return CustomerInfo(**rows[0])


async def list_customers(*, limit: int = 100) -> list[CustomerInfo]:
    """The customers of the bound tenant, newest first."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"select {COLUMNS} from customers order by id desc limit $1", [limit]
        )
    return [CustomerInfo(**row) for row in rows]
