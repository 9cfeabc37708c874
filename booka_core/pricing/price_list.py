"""Verbs that change the rules and promotions of the bound tenant. Each raises the revision of the catalogue in its own
transaction, so that no process goes on naming an old price.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Unpack
from uuid import UUID

from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel.ids import new_id
from booka_core.pricing.errors import (
    BadPriceChange,
    BadPromotionCode,
    BadPromotionPeriod,
    BadReduction,
    NoSuchServiceToPrice,
    PriceRuleNotFound,
    PromotionCodeTaken,
    PromotionNotFound,
)
from booka_core.pricing.queries import CODE, PROMOTION, RULE, promotion_of, rule_of
from booka_core.pricing.sums import WHOLE
from booka_core.pricing.types import (
    MOST,
    PriceRuleChanges,
    PriceRuleInfo,
    PriceRuleTerms,
    PromotionChanges,
    PromotionInfo,
    PromotionTerms,
)

_ADD_RULE = """
insert into price_rules (id, tenant_id, name, service_ids, condition, basis_points, amount, position, active)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_CHANGE_RULE = """
update price_rules set name = $2, service_ids = $3, condition = $4, basis_points = $5, amount = $6, position = $7,
                       active = $8
where id = $1
"""
_ADD_PROMOTION = """
insert into promotions (id, tenant_id, name, code, service_ids, basis_points, amount, valid_from, valid_until,
                        least_total, once_per_customer, uses_left, active)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict do nothing returning id
"""
_REMOVE_PROMOTION = """
update promotions set active = false, code = left(coalesce(code, ''), 30) || '~' || right(id::text, 8)
where id = $1 and (code is null or position('~' in code) = 0) returning id
"""
_CHANGE_PROMOTION = """
update promotions set name = $2, service_ids = $3, basis_points = $4, amount = $5, valid_from = $6, valid_until = $7,
                      least_total = $8, once_per_customer = $9, uses_left = $10, active = $11
where id = $1
"""


async def add_price_rule(terms: PriceRuleTerms) -> PriceRuleInfo:
    """Add a rule that raises or lowers prices. Raises `BadPriceChange`, `NoSuchServiceToPrice`."""
    _check_change(terms)
    rule = PriceRuleInfo(id=new_id(), **dict(terms))
    async with tenant_scope() as connection:
        await _require_services(connection, terms.service_ids)
        await connection.execute_query(_ADD_RULE, [rule.id, current_tenant(), *_rule_values(terms)])
        await note_change(connection)
    return rule


async def change_price_rule(rule_id: UUID, **changes: Unpack[PriceRuleChanges]) -> PriceRuleInfo:
    """Change what is given of a rule; prices already named stay.

    Raises `PriceRuleNotFound`, `BadPriceChange`, `NoSuchServiceToPrice`.
    """
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"{RULE} where id = $1 for no key update", [rule_id])
        if not rows:
            raise PriceRuleNotFound
        changed = PriceRuleInfo(**{**dict(rule_of(rows[0])), **changes})
        _check_change(changed)
        await _require_services(connection, changes.get("service_ids", ()))
        await connection.execute_query(_CHANGE_RULE, [rule_id, *_rule_values(changed)])
        await note_change(connection)
    return changed


async def remove_price_rule(rule_id: UUID) -> None:
    """Forget a rule; prices already named stay. Raises `PriceRuleNotFound`."""
    async with tenant_scope() as connection:
        gone = await connection.execute_query_dict("delete from price_rules where id = $1 returning id", [rule_id])
        if not gone:
            raise PriceRuleNotFound
        await note_change(connection)


async def add_promotion(terms: PromotionTerms) -> PromotionInfo:
    """Add a promotion: for everybody, or with a code a voucher.

    Raises `BadReduction`, `BadPromotionCode`, `BadPromotionPeriod`, `PromotionCodeTaken`, `NoSuchServiceToPrice`.
    """
    _check_promotion(terms)
    promotion = PromotionInfo(id=new_id(), **dict(terms))
    values = _promotion_values(terms)
    async with tenant_scope() as connection:
        await _require_services(connection, terms.service_ids)
        made = await connection.execute_query_dict(
            _ADD_PROMOTION, [promotion.id, current_tenant(), values[0], terms.code, *values[1:]]
        )
        if not made:
            raise PromotionCodeTaken(code=terms.code)
        await note_change(connection)
    return promotion


async def change_promotion(promotion_id: UUID, **changes: Unpack[PromotionChanges]) -> PromotionInfo:
    """Change what is given of a promotion; prices already named stay.

    Raises `PromotionNotFound`, `BadReduction`, `BadPromotionPeriod`, `NoSuchServiceToPrice`.
    """
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(f"{PROMOTION} and id = $1 for no key update", [promotion_id])
        if not rows:
            raise PromotionNotFound
        before = promotion_of(rows[0])
        changed = PromotionInfo(**{**dict(before), **changes, "code": before.code})
        _check_promotion(changed)
        await _require_services(connection, changes.get("service_ids", ()))
        await connection.execute_query(_CHANGE_PROMOTION, [promotion_id, *_promotion_values(changed)])
        await note_change(connection)
    return changed


async def remove_promotion(promotion_id: UUID) -> None:
    """End a promotion for good and set its code free. What was booked with it, and prices already named, keep it.

    Raises `PromotionNotFound`.
    """
    async with tenant_scope() as connection:
        ended = await connection.execute_query_dict(_REMOVE_PROMOTION, [promotion_id])
        if not ended:
            raise PromotionNotFound
        await note_change(connection)


async def note_change(connection: Queries) -> None:
    """Tell every process that the prices it keeps are old."""
    await connection.execute_query(
        "update tenants set catalog_revision = catalog_revision + 1 where id = $1", [current_tenant()]
    )


def _check_change(terms: PriceRuleTerms) -> None:
    if (terms.basis_points is None) == (terms.amount is None):
        raise BadPriceChange
    if terms.basis_points is not None and (not terms.basis_points or not -WHOLE <= terms.basis_points <= 10 * WHOLE):
        raise BadPriceChange
    if terms.amount is not None and not 0 < abs(terms.amount) <= MOST:
        raise BadPriceChange


def _check_promotion(terms: PromotionTerms) -> None:
    if (terms.basis_points is None) == (terms.amount is None):
        raise BadReduction
    if terms.basis_points is not None and not 1 <= terms.basis_points <= WHOLE:
        raise BadReduction
    if terms.amount is not None and not 0 < terms.amount <= MOST:
        raise BadReduction
    if terms.code is not None and not CODE.fullmatch(terms.code):
        raise BadPromotionCode
    ends = [instant for instant in (terms.valid_from, terms.valid_until) if instant is not None]
    if any(instant.tzinfo is None for instant in ends) or (len(ends) == 2 and ends[0] >= ends[1]):
        raise BadPromotionPeriod


async def _require_services(connection: Queries, service_ids: Sequence[UUID]) -> None:
    if not service_ids:
        return
    rows = await connection.execute_query_dict(
        "select count(*) as n from services where id = any($1::uuid[])", [list(service_ids)]
    )
    if rows[0]["n"] != len(set(service_ids)):
        raise NoSuchServiceToPrice


def _rule_values(terms: PriceRuleTerms) -> list[Any]:
    return [
        terms.name,
        _json_ids(terms.service_ids),
        terms.condition.model_dump_json(exclude_defaults=True),
        terms.basis_points,
        terms.amount,
        terms.position,
        terms.active,
    ]


def _promotion_values(terms: PromotionTerms) -> list[Any]:
    return [
        terms.name,
        _json_ids(terms.service_ids),
        terms.basis_points,
        terms.amount,
        terms.valid_from,
        terms.valid_until,
        terms.least_total,
        terms.once_per_customer,
        terms.uses_left,
        terms.active,
    ]


def _json_ids(service_ids: Sequence[UUID]) -> str:
    return json.dumps([str(service_id) for service_id in service_ids])
