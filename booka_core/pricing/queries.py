"""Reads of the bound tenant's rules, promotions and stored quotes."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.pricing.errors import VoucherAlreadyUsed, VoucherUnknown, VoucherUsedUp
from booka_core.pricing.types import PriceBook, PriceCondition, PriceRuleInfo, PromotionInfo

CODE = re.compile(r"[A-Za-z0-9_-]{2,40}")
"""What a voucher's code looks like; the database compares codes in upper case."""

RULE = "select id, name, service_ids, condition, basis_points, amount, position, active from price_rules"
PROMOTION = """
select id, name, code, service_ids, basis_points, amount, valid_from, valid_until, least_total, once_per_customer,
       uses_left, active
from promotions where (code is null or position('~' in code) = 0)
"""
"""Promotions that were not removed: a removed one keeps its row, with a code that nobody can type."""
_VOUCHER = f"{PROMOTION} and active and upper(code) = upper($1)"
_USED = """
select distinct promotion_id from redemptions where customer_id = $1 and active and promotion_id = any($2::uuid[])
"""

_MOST_BOOKS = 512
_books: OrderedDict[UUID, PriceBook] = OrderedDict()


async def read_book(connection: Queries, revision: int) -> PriceBook:
    """The price book as an open scope sees it, kept in this process until the catalogue's revision changes.

    Every change of it raises the revision in its own transaction, so what is kept is never older than `revision`, which
    the caller has just read.
    """
    tenant = current_tenant()
    kept = _books.get(tenant)
    if kept is not None and kept.revision == revision:
        _books.move_to_end(tenant)
        return kept
    rules = await connection.execute_query_dict(f"{RULE} where active order by position, name, id")
    promotions = await connection.execute_query_dict(
        f"{PROMOTION} and active and code is null and (uses_left is null or uses_left > 0) order by name, id"
    )
    book = PriceBook(
        revision=revision,
        rules=tuple(rule_of(row) for row in rules),
        promotions=tuple(promotion_of(row) for row in promotions),
    )
    _books[tenant] = book
    while len(_books) > _MOST_BOOKS:
        _books.popitem(last=False)
    return book


async def current_book(connection: Queries) -> PriceBook:
    """The price book as of now, for callers that have not read the tenant."""
    rows = await connection.execute_query_dict("select catalog_revision from tenants where id = $1", [current_tenant()])
    return await read_book(connection, int(rows[0]["catalog_revision"]) if rows else 0)


async def read_voucher(connection: Queries, code: str, *, customer_id: UUID | None) -> PromotionInfo:
    """The voucher with this code, in upper or lower case, if this customer may still use it.

    Raises `VoucherUnknown`, `VoucherUsedUp`, `VoucherAlreadyUsed`.
    """
    rows = await connection.execute_query_dict(_VOUCHER, [code.strip()]) if CODE.fullmatch(code.strip()) else []
    if not rows:
        raise VoucherUnknown
    voucher = promotion_of(rows[0])
    if voucher.uses_left == 0:
        raise VoucherUsedUp(name=voucher.name)
    if voucher.once_per_customer and await used_by(connection, customer_id, promotion_ids=[voucher.id]):
        raise VoucherAlreadyUsed(name=voucher.name)
    return voucher


async def used_by(connection: Queries, customer_id: UUID | None, *, promotion_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Which of these promotions a customer has had; none, while it is not known who asks."""
    if customer_id is None:
        return frozenset()
    rows = await connection.execute_query_dict(_USED, [customer_id, list(promotion_ids)])
    return frozenset(UUID(str(row["promotion_id"])) for row in rows)


async def list_price_rules() -> tuple[PriceRuleInfo, ...]:
    """Every price rule, the switched-off ones too, in the order of their lines."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"{RULE} order by position, name, id")
    return tuple(rule_of(row) for row in rows)


async def list_promotions() -> tuple[PromotionInfo, ...]:
    """Every promotion and voucher, the switched-off ones too, by name."""
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"{PROMOTION} order by name, id")
    return tuple(promotion_of(row) for row in rows)


def rule_of(row: dict[str, Any]) -> PriceRuleInfo:
    """A row of `price_rules`. Raises pydantic's `ValidationError` when its condition is none."""
    condition = PriceCondition.model_validate(_json(row["condition"]))
    return PriceRuleInfo(**{**row, "service_ids": _ids(row["service_ids"]), "condition": condition})


def promotion_of(row: dict[str, Any]) -> PromotionInfo:
    """A row of `promotions`."""
    return PromotionInfo(**{**row, "service_ids": _ids(row["service_ids"])})


def _ids(value: Any) -> tuple[UUID, ...]:
    return tuple(UUID(str(one)) for one in _json(value))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
