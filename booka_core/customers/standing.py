"""Verbs about how a person stands with the business: the groups they are in, whom they book for, whether they may book
at all, and that they want to be forgotten. Each leaves an entry in the audit record, without a name in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from booka_core.audit.commands import record
from booka_core.audit.types import SYSTEM, AuditActor
from booka_core.customers.commands import clean_name
from booka_core.customers.errors import (
    BadCustomerName,
    BadTag,
    CustomerErased,
    CustomerNotFound,
    DependantOfDependant,
    TooManyDependants,
)
from booka_core.customers.queries import COLUMNS, info, read_customer
from booka_core.customers.types import CustomerInfo
from booka_core.db.scope import Queries, current_tenant, tenant_scope
from booka_core.kernel import clock
from booka_core.kernel.ids import new_id

MOST_DEPENDANTS = 20
_MOST_TAGS = 30
_LONGEST_TAG = 40


async def tag(
    customer_id: UUID, *, add: Sequence[str] = (), remove: Sequence[str] = (), actor: AuditActor = SYSTEM
) -> CustomerInfo:
    """Put a customer into groups, and take them out of others.

    Raises `CustomerNotFound`, `CustomerErased`, `BadTag`.
    """
    joined = [" ".join(name.split()) for name in add]
    if any(not 1 <= len(name) <= _LONGEST_TAG or "\0" in name for name in joined):
        raise BadTag
    async with tenant_scope() as connection:
        before = await _locked(connection, customer_id)
        tags = [name for name in dict.fromkeys([*before.tags, *joined]) if name not in remove]
        if len(tags) > _MOST_TAGS:
            raise BadTag
        await connection.execute_query("update customers set tags = $2 where id = $1", [customer_id, json.dumps(tags)])
        await _record(connection, "customer.tagged", customer_id, actor)
        return before.model_copy(update={"tags": tuple(tags)})


async def block(customer_id: UUID, *, reason: str = "", actor: AuditActor = SYSTEM) -> CustomerInfo:
    """Let a customer book nothing more; what is booked stays. The reason is for the business alone.

    Raises `CustomerNotFound`, `CustomerErased`.
    """
    why = " ".join(reason.replace("\0", "").split())[:240]
    async with tenant_scope() as connection:
        await _locked(connection, customer_id)
        await connection.execute_query(
            "update customers set blocked_at = coalesce(blocked_at, $2), blocked_reason = $3 where id = $1",
            [customer_id, clock.now(), why],
        )
        await _record(connection, "customer.blocked", customer_id, actor)
        return await read_customer(connection, customer_id)


async def unblock(customer_id: UUID, *, actor: AuditActor = SYSTEM) -> CustomerInfo:
    """Let a customer book again. Raises `CustomerNotFound`, `CustomerErased`."""
    async with tenant_scope() as connection:
        await _locked(connection, customer_id)
        await connection.execute_query(
            "update customers set blocked_at = null, blocked_reason = '' where id = $1", [customer_id]
        )
        await _record(connection, "customer.unblocked", customer_id, actor)
        return await read_customer(connection, customer_id)


async def report_spam(customer_id: UUID, *, actor: AuditActor = SYSTEM) -> CustomerInfo:
    """Count a report that somebody writes what nobody wants. It never blocks: that is for a person to decide.

    Raises `CustomerNotFound`, `CustomerErased`.
    """
    async with tenant_scope() as connection:
        await _locked(connection, customer_id)
        await connection.execute_query(
            "update customers set spam_reports = spam_reports + 1 where id = $1", [customer_id]
        )
        await _record(connection, "customer.reported", customer_id, actor)
        return await read_customer(connection, customer_id)


async def add_dependant(guardian_id: UUID, name: str) -> CustomerInfo:
    """Add somebody whom a customer books for, such as a child. The same name again is the same person.

    Raises `BadCustomerName`, `CustomerNotFound`, `CustomerErased`, `DependantOfDependant`, `TooManyDependants`.
    """
    called = clean_name(name)
    if called is None or len(" ".join(name.split())) > len(called):
        raise BadCustomerName
    async with tenant_scope() as connection:
        guardian = await _locked(connection, guardian_id)
        if guardian.guardian_id is not None:
            raise DependantOfDependant
        rows = await connection.execute_query_dict(
            f"select {COLUMNS} from customers where guardian_id = $1 and erased_at is null", [guardian_id]
        )
        known = [info(row) for row in rows]
        same = next((one for one in known if (one.name or "").casefold() == called.casefold()), None)
        if same is not None:
            return same
        if len(known) >= MOST_DEPENDANTS:
            raise TooManyDependants(most=MOST_DEPENDANTS)
        dependant_id = new_id()
        await connection.execute_query(
            """insert into customers (id, tenant_id, name, phone, email, locale, guardian_id, created_at)
               values ($1, $2, $3, null, null, $4, $5, $6)""",
            [dependant_id, current_tenant(), called, guardian.locale, guardian_id, clock.now()],
        )
        return await read_customer(connection, dependant_id)


async def release_dependant(dependant_id: UUID, *, guardian_id: UUID) -> CustomerInfo:
    """Let somebody speak for themselves from now on. Raises `CustomerNotFound` unless they were in that one's care."""
    async with tenant_scope() as connection:
        changed, _ = await connection.execute_query(
            "update customers set guardian_id = null where id = $1 and guardian_id = $2", [dependant_id, guardian_id]
        )
        if not changed:
            raise CustomerNotFound
        return await read_customer(connection, dependant_id)


async def erase_customer(customer_id: UUID, *, actor: AuditActor = SYSTEM) -> CustomerInfo:
    """Forget who a customer is: names, addresses, groups, reasons, and whom they booked for. Twice is the same as once.

    The row stays, and with it what they booked and its history, so that the book still adds up. Somebody they booked
    for stays a customer of their own. Who writes again from the same address is a new customer.
    Raises `CustomerNotFound`.
    """
    async with tenant_scope() as connection:
        before = await read_customer(connection, customer_id, lock=True)
        if before.erased:
            return before
        await connection.execute_query(
            """update customers set name = null, phone = null, email = null, locale = null, zone = null, tags = '[]',
                      guardian_id = null, blocked_reason = '', erased_at = $2 where id = $1""",
            [customer_id, clock.now()],
        )
        await connection.execute_query("delete from customer_identities where customer_id = $1", [customer_id])
        await connection.execute_query("update customers set guardian_id = null where guardian_id = $1", [customer_id])
        await _record(connection, "customer.erased", customer_id, actor)
        return await read_customer(connection, customer_id)


async def _locked(connection: Queries, customer_id: UUID) -> CustomerInfo:
    found = await read_customer(connection, customer_id, lock=True)
    if found.erased:
        raise CustomerErased
    return found


async def _record(connection: Queries, action: str, customer_id: UUID, actor: AuditActor) -> None:
    await record(connection, action, actor=actor, subject=f"customer:{customer_id}")
