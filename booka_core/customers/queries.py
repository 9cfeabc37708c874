"""Reads of customers."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any
from uuid import UUID

from booka_core.customers.errors import BadCustomerCursor, CustomerNotFound
from booka_core.customers.types import CustomerInfo, CustomerPage
from booka_core.db.scope import Queries, current_tenant, tenant_scope

COLUMNS = (
    "id, name, phone, email, locale, zone, tags, guardian_id, blocked_at is not null as blocked, blocked_reason,"
    " spam_reports, erased_at is not null as erased"
)
_FEWEST_DIGITS = 3
"""So many digits in a search are taken for a part of a phone number."""


async def get_customer(customer_id: UUID) -> CustomerInfo:
    """One customer of the bound tenant. Raises `CustomerNotFound`."""
    async with tenant_scope() as connection:
        return await read_customer(connection, customer_id)


async def read_customer(connection: Queries, customer_id: UUID, *, lock: bool = False) -> CustomerInfo:
    """One customer as an open scope sees it; `lock` makes others wait who want to change the row."""
    rows = await connection.execute_query_dict(
        f"select {COLUMNS} from customers where id = $1 {'for no key update' if lock else ''}", [customer_id]
    )
    if not rows:
        raise CustomerNotFound
    return info(rows[0])


async def list_customers(query: str = "", *, cursor: str | None = None, limit: int = 50) -> CustomerPage:
    """The customers of the bound tenant, newest first, a page at a time; erased ones are left out.

    `query` finds those whose name or mail address holds each of its words, or whose phone number holds its digits, as
    people write it: with or without the country code. Raises `BadCustomerCursor`.
    """
    before = _open_cursor(cursor) if cursor else None
    digits = re.sub(r"\D", "", query).lstrip("0") if re.fullmatch(r"[\d\s()+./-]*", query) else ""
    # Under a row policy no trigram index can be used; one tenant's customers are few enough to be looked through.
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"""select {COLUMNS} from customers
                where tenant_id = $1 and erased_at is null and ($2::uuid is null or id < $2)
                  and (($4 <> '' and strpos(phone, $4) > 0)
                       or not exists (select from unnest($3::text[]) word
                                      where strpos(lower(coalesce(name, '') || ' ' || coalesce(email, '')), word) = 0))
                order by id desc limit $5""",
            [
                current_tenant(),
                before,
                query.replace("\0", "").lower().split(),
                digits if len(digits) >= _FEWEST_DIGITS else "",
                limit + 1,
            ],
        )
    items = tuple(info(row) for row in rows[:limit])
    return CustomerPage(items=items, next_cursor=_cursor(items[-1].id) if len(rows) > limit else None)


async def dependants_of(customer_id: UUID) -> tuple[CustomerInfo, ...]:
    """Those whom a customer books for, by name."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            f"select {COLUMNS} from customers where guardian_id = $1 and erased_at is null order by name, id",
            [customer_id],
        )
    return tuple(info(row) for row in rows)


def info(row: dict[str, Any]) -> CustomerInfo:
    """A row of `COLUMNS` as other rooms see it."""
    return CustomerInfo(**{**row, "tags": tuple(json.loads(row["tags"]))})


def _cursor(last: UUID) -> str:
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def _open_cursor(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error) as error:
        raise BadCustomerCursor from error
