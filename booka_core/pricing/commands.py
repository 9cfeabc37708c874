"""Verbs of quotes and vouchers: name a price, keep it for a while, and spend the voucher in it exactly once.

`redeem` and `give_back` join the transaction of the booking that they belong to; the others own theirs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id
from booka_core.plugins.facade import hooks
from booka_core.pricing.bill import Bill
from booka_core.pricing.errors import (
    BadQuoteTime,
    QuoteExpired,
    QuoteForSomethingElse,
    QuoteNotFound,
    VoucherAlreadyUsed,
    VoucherUsedUp,
)
from booka_core.pricing.price_list import note_change
from booka_core.pricing.queries import current_book, read_voucher, used_by
from booka_core.pricing.types import PriceBook, PriceQuestion
from booka_core.sdk.pricing import Quote, QuoteLine

LONGEST_MINUTES = 7 * 1440

_STORE = """
insert into quotes (id, tenant_id, fingerprint, content, expires_at, created_at) values ($1, $2, $3, $4, $5, $6)
"""
# Ids are sorted by time, so the oldest stand first in the index. A few for each new one keep the table small, and
# nobody waits for a row that another process is sweeping out.
_SWEEP = """
delete from quotes where id in (
  select id from quotes where tenant_id = $1 order by id limit 8 for update skip locked
) and expires_at < $2
"""
_NOTE = """
with noted as (
  insert into redemptions (id, tenant_id, promotion_id, reservation_id, customer_id, amount, active, created_at)
  values ($1, $2, $3, $4, $5, $6, true, $7)
  on conflict (tenant_id, promotion_id, reservation_id) do update
  set active = true, customer_id = excluded.customer_id, amount = excluded.amount, created_at = excluded.created_at
  where not redemptions.active
  returning promotion_id
)
select name, code, once_per_customer, once_per_customer or uses_left is not null as limited from promotions
where id = (select promotion_id from noted)
"""
# One statement decides and takes: two bookings that want the last use meet at this row, and the second finds none left.
# Where there is no limit it only holds the row, so that one customer's two bookings see each other.
_SPEND = """
update promotions set uses_left = uses_left - 1 where id = $1 and (uses_left is null or uses_left > 0)
returning uses_left
"""
_OTHERS = """
select 1 from redemptions where promotion_id = $1 and customer_id = $2 and reservation_id <> $3 and active limit 1
"""
_RELEASE = """
with released as (
  update redemptions set active = false where reservation_id = any($1::uuid[]) and active returning promotion_id
)
select promotion_id, count(*) as uses from released group by promotion_id order by promotion_id
"""
_RESTORE = """
update promotions set uses_left = uses_left + $2::int where id = $1 and uses_left is not null
returning uses_left, code
"""


async def quote_visit(question: PriceQuestion, book: PriceBook | None = None, *, ask_plugins: bool = True) -> Quote:
    """What a visit costs, line by line. Asks plugins, so never inside a scope, unless the caller knows of none to ask.

    With a `book`, no voucher and no plugin that takes part, it asks nobody anything. Raises `VoucherUnknown`,
    `VoucherUsedUp` and `VoucherNotValid`, whose subclasses say why.
    """
    voucher, used = None, frozenset[UUID]()
    ask_for_used = question.customer_id is not None and (book is None or book.once_per_customer)
    if book is None or question.voucher is not None or ask_for_used:
        async with tenant_scope() as connection:
            book = book or await current_book(connection)
            if book.once_per_customer:
                used = await used_by(connection, question.customer_id, promotion_ids=book.once_per_customer)
            if question.voucher is not None:
                voucher = await read_voucher(connection, question.voucher, customer_id=question.customer_id)
    bill = Bill(question)
    bill.add_rules(book.rules)
    if ask_plugins:
        bill.add_plugin_lines(await hooks().quote_adjust(current_tenant(), bill.draft()))
    known = question.customer_id is not None
    open_to_them = [one for one in book.promotions if one.id not in used and (known or not one.once_per_customer)]
    bill.add_promotions(open_to_them, voucher=voucher)
    return bill.quote()


async def store_quote(quote: Quote, *, fingerprint: bytes, minutes: int = 30) -> Quote:
    """Keep a price that was named, for exactly what `fingerprint` stands for. Raises `BadQuoteTime`."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise BadQuoteTime
    now = clock.now()
    stored = quote.model_copy(update={"id": new_id(), "expires_at": now + timedelta(minutes=minutes)})
    async with tenant_scope() as connection:
        await connection.execute_query(
            _STORE,
            [stored.id, current_tenant(), fingerprint, stored.model_dump_json(), stored.expires_at, now],
        )
        await connection.execute_query(_SWEEP, [current_tenant(), now - timedelta(days=1)])
    return stored


async def kept_quote(quote_id: UUID, *, fingerprint: bytes) -> Quote:
    """The price that was named before, whatever has changed since.

    Raises `QuoteNotFound`, `QuoteForSomethingElse`, `QuoteExpired`.
    """
    async with tenant_scope() as connection:
        rows = await connection.execute_query_dict(
            "select fingerprint, content::text as content, expires_at from quotes where id = $1", [quote_id]
        )
    if not rows:
        raise QuoteNotFound
    if bytes(rows[0]["fingerprint"]) != fingerprint:
        raise QuoteForSomethingElse
    if rows[0]["expires_at"] <= clock.now():
        raise QuoteExpired
    return Quote.model_validate_json(rows[0]["content"])


async def redeem(connection: Queries, quote: Quote, *, reservation_id: UUID, customer_id: UUID) -> None:
    """Spend the promotions of a quote on a reservation, in the booking's own transaction. Once, however often called.

    Raises `VoucherUsedUp`, `VoucherAlreadyUsed`.
    """
    spent = [line for line in quote.lines if line.promotion_id is not None]
    for line in sorted(spent, key=lambda one: str(one.promotion_id)):  # one order, so that no two wait for each other
        await _spend(connection, line, reservation_id=reservation_id, customer_id=customer_id)


async def give_back(connection: Queries, *reservation_ids: UUID) -> None:
    """Give back what reservations had spent, in the transaction that ends them. Once, however often called."""
    for row in await connection.execute_query_dict(_RELEASE, [list(reservation_ids)]):
        left = await connection.execute_query_dict(_RESTORE, [row["promotion_id"], row["uses"]])
        if left and left[0]["uses_left"] == row["uses"] and left[0]["code"] is None:
            await note_change(connection)  # books of prices have it again from now on


async def _spend(connection: Queries, line: QuoteLine, *, reservation_id: UUID, customer_id: UUID) -> None:
    promotion: list[dict[str, Any]] = await connection.execute_query_dict(
        _NOTE,
        [
            new_id(),
            current_tenant(),
            line.promotion_id,
            reservation_id,
            customer_id,
            -line.amount,
            clock.now(),
        ],
    )
    if not promotion or not promotion[0]["limited"]:
        return
    left = await connection.execute_query_dict(_SPEND, [line.promotion_id])
    if not left:
        raise VoucherUsedUp(name=promotion[0]["name"])
    if promotion[0]["once_per_customer"] and await connection.execute_query_dict(
        _OTHERS, [line.promotion_id, customer_id, reservation_id]
    ):
        raise VoucherAlreadyUsed(name=promotion[0]["name"])
    if left[0]["uses_left"] == 0 and promotion[0]["code"] is None:
        await note_change(connection)  # books of prices leave it out from now on
